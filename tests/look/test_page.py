"""The page, asked as a browser asks it, without one."""

from __future__ import annotations

import csv
import io
import json
import re
import time

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import open_ledger
from dateline.look.page import Settings, create_app, past
from dateline.look.page.views import changes
from tests.look.pages import copied, fill

HOSTS = ("testserver",)
PAGES = (
    "/", "/?since=2022-02-25T16:00", "/timeline", "/timeline?by=place&since=2022-02-25", "/map", "/incidents",
    "/incidents/{incident}", "/disputes", "/disputes/{dispute}", "/reversals", "/threads", "/questions", "/reports",
    "/reports/{odd}", "/records/events", "/records/claims?source=Russia", "/records/unknowns", "/sources",
    "/review", "/review?kind=claims&source=Russia", "/review/{odd}:e0", "/review/{odd}:p0?look=Lviv",
    "/review/new?report={odd}&kind=places&start=0&end=9", "/corrections", "/incidents/{incident}/join", "/add",
    "/sources?q=rus", "/sources/Russia", "/sources/Tessel Wire", "/search?q=airport", "/search?q=%22",
)  # fmt: skip
SHEETS = ("/incidents", "/disputes", "/reversals", "/threads", "/questions", "/reports", "/records/events", "/map",
          "/timeline", "/sources/Russia", "/reports/{odd}", "/incidents/{incident}")  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "x.db"
    return path, fill(path, more=110)


@pytest.fixture(scope="module")
def page(place):
    with TestClient(create_app(place[0], Settings(hosts=HOSTS))) as client:
        client.ids = place[1]
        yield client


def form(path, ending):
    stem, mark, query = path.partition("?")
    return ("/overview" if stem == "/" else stem) + ending + mark + query


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_twin_answer_and_nothing_in_it_is_inline(page, path):
    path = path.format(**page.ids)
    answer = page.get(path)
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", answer.text)
    assert isinstance(json.loads(page.get(form(path, ".json")).text), dict)


@pytest.mark.parametrize("path", SHEETS)
def test_a_sheet_has_a_head_and_rows_of_its_width(page, path):
    rows = list(csv.reader(io.StringIO(page.get(form(path.format(**page.ids), ".csv")).text)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_names_are_shown_unless_they_are_veiled(page):
    assert "Melnyk" in page.get("/records/claims").text


@pytest.mark.parametrize("path", [*(f"{path}.csv" for path in SHEETS), "/search.csv?q=neighbour", "/corrections.csv"])
def test_what_is_taken_away_holds_no_private_names_even_where_the_page_shows_them(page, path):
    assert "Melnyk" not in page.get(path.format(**page.ids)).text


@pytest.mark.parametrize(
    ("path", "code"),
    [("/incidents/none", 404), ("/disputes/none", 404), ("/reports/none", 404), ("/sources/Nobody", 404), ("/no", 404),
     ("/incidents?since=yesterday", 400), ("/incidents?after=x", 400), ("/records/events?after=WzFd", 400),
     ("/records/nothing", 422), ("/zone?zone=Mars/Base", 400)],
)  # fmt: skip
def test_what_is_not_there_is_said_in_words(page, path, code):
    answer = page.get(path)
    assert answer.status_code == code
    assert "<h1>" in answer.text


def test_the_guard_refuses_a_stranger_and_keeps_the_browser_strict(page):
    assert page.get("/", headers={"host": "evil.example"}).status_code == 421
    headers = page.get("/").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/incidents", "/records/events", "/records/claims", "/reports", "/sources?q=a", "/records/events?place=kyiv",
        "/records/events?actor=ruritania", "/records/claims?source=ana",
    ],
)  # fmt: skip
def test_pages_of_a_list_hold_each_row_once(page, path):
    seen, at = [], path
    while at:
        text = page.get(at).text
        body = re.search(r"<tbody>(.*?)</tbody>", text, re.DOTALL)[1]
        seen += re.findall(r"<tr.*?</tr>", body, re.DOTALL)
        found = re.search(r'rel="next"[^>]*href="([^"]+)"', text)
        at = found and found[1].replace("&amp;", "&")
    if not path.startswith("/sources"):
        assert len(seen) == len(page.get(form(path, ".csv")).text.strip().splitlines()) - 1
    assert len(set(seen)) == len(seen)


def test_moments_are_shown_in_the_zone_the_reader_chose(place):
    with TestClient(create_app(place[0], Settings(hosts=HOSTS))) as client:
        assert "25 Feb 2022 14:00" in client.get("/reports").text
        answer = client.get("/zone?zone=Europe/Kyiv&back=//evil.example", follow_redirects=False)
        assert answer.headers["location"] == "/"
        assert "25 Feb 2022 16:00" in client.get("/reports").text


def test_static_files_are_kept_for_ever_under_their_hash(page):
    address = re.search(r'href="(/static/[^"]+/style\.css)"', page.get("/").text)[1]
    assert "immutable" in page.get(address).headers["cache-control"]
    assert "immutable" not in page.get("/static/old/style.css").headers.get("cache-control", "")


def test_an_empty_ledger_has_pages_too(tmp_path):
    open_ledger(tmp_path / "empty.db").close()
    with TestClient(create_app(tmp_path / "empty.db", Settings(hosts=HOSTS))) as client:
        for path in ("/", "/timeline", "/map", "/incidents", "/disputes", "/questions", "/reports", "/sources"):
            assert client.get(path).status_code == 200


def test_a_page_looks_back_to_what_was_known(place):
    with TestClient(create_app(place[0], Settings(hosts=HOSTS))) as client:
        then = "/records/claims?source=Ukraine&as_of=2022-02-25T"
        assert "No claims fit" in client.get(f"{then}16:00").text
        assert "No claims fit" not in client.get(f"{then}19:00").text
        client.get("/known?at=2022-02-25T16:00")
        assert "Shown as known at" in client.get("/incidents").text
        client.get("/known")
        assert "Shown as known at" not in client.get("/incidents").text


def test_a_search_shows_what_is_disputed_about_what_it_finds(page):
    found = page.get("/search.json?q=airport").json()["disputes"]
    assert [side["voices"][0]["source"] for side in found[0]["sides"]] == ["Russia", "Ukraine"]
    assert "What is disputed about it" in page.get("/search?q=airport").text


def asked_until(client, path, done):
    """The answer that is as wanted, asked for as often as a browser would."""
    for _ in range(200):
        answer = client.get(path)
        if done(answer):
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


def test_a_larger_ledger_looks_back_behind_the_page_which_comes_again_by_itself(place, monkeypatch):
    monkeypatch.setattr(past, "LINKED_ON_SPOT", 0)
    with TestClient(create_app(place[0], Settings(hosts=HOSTS))) as client:
        then = "/records/claims?source=Ukraine&as_of=2022-02-25T16:00"
        first = client.get(then)
        assert (first.status_code, first.headers["refresh"]) == (503, "3")
        assert "being linked anew" in first.text
        assert "Back to now" in first.text
        assert client.get(form(then, ".json")).headers["retry-after"] == "3"
        assert "No claims fit" in asked_until(client, then, lambda answer: answer.status_code == 200).text


def test_a_ledger_too_large_to_look_back_in_says_so_and_shows_the_way_to_now(place, monkeypatch):
    monkeypatch.setattr(past, "LINKED_BEHIND", 1)
    with TestClient(create_app(place[0], Settings(hosts=HOSTS))) as client:
        answer = client.get("/incidents?as_of=2022-02-25T16:00")
    assert answer.status_code == 400
    assert "dateline incidents --as-of" in answer.text
    assert "Back to now" in answer.text


def test_what_changed_in_a_larger_ledger_is_reckoned_behind_the_page(place, monkeypatch):
    monkeypatch.setattr(changes, "LINKED_ON_SPOT", 0)
    with TestClient(create_app(place[0], Settings(hosts=HOSTS))) as client:
        path = "/overview.json?since=2022-02-25T16:00"
        assert client.get(path).json()["changes"]["waits"] is True
        assert asked_until(client, path, lambda answer: not answer.json()["changes"]["waits"]).json()["changes"]["rows"]


def test_the_overview_tells_what_changed_since_a_moment(page):
    changes = page.get("/overview.json?since=2022-02-25T16:00").json()["changes"]
    assert changes["tally"]
    assert all(row["voice"] for row in changes["rows"] if row["kind"] == "incident")
    assert "What changed since" in page.get("/?since=2022-02-25T16:00").text


def test_an_incident_says_what_joined_its_reports_and_shows_the_versions_of_a_text(tmp_path):
    with open_ledger(tmp_path / "x.db") as ledger:
        ids = copied(ledger)
    with TestClient(create_app(tmp_path / "x.db", Settings(hosts=HOSTS))) as client:
        view = client.get(f"/incidents/{ids['incident']}.json").json()
        text = client.get(f"/incidents/{ids['incident']}").text
    assert [row["like"]["total"] > 0 for row in view["reports"]] == [True, True]
    assert {ground["what"] for row in view["reports"] for ground in row["like"]["grounds"]} > {"the act told"}
    (version,) = view["versions"]
    assert (version["outlet"], version["original_outlet"]) == ("Podil Post", "Tessel Wire")
    assert [(p["old"], p["new"]) for p in version["passages"]] == [("seven", "nine")]
    assert "<del>seven</del> <ins>nine</ins>" in text
