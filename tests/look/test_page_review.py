"""Reviewing in the page: corrections, conflicts, undo, who may do what; forms that are not from the page."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from dateline.desk import relink
from dateline.ledger import open_ledger
from dateline.look.page import Settings, create_app
from dateline.look.page.people import Person, UsersError, read_users
from tests.ledger.made import made

ANN, BO, CY = ("ann-has-a-token", "bo-has-a-token", "cy-has-a-token")
PEOPLE = ((ANN, Person("Ann", "reviewer")), (BO, Person("Bo", "reader")), (CY, Person("Cy", "reviewer")))


@pytest.fixture
def where(tmp_path):
    """A linked ledger of three reports, an incident each."""
    with open_ledger(tmp_path / "x.db") as ledger:
        run = ledger.start_run(version="1", model="m", codebook="c")
        for number in range(3):
            ledger.add(*made(number), run)
        relink(ledger)
    return tmp_path / "x.db"


@pytest.fixture
def client(where):
    """A browser at this machine."""
    with TestClient(create_app(where, Settings(hosts=("testserver",))), follow_redirects=False) as client:
        yield client


@pytest.fixture
def guarded(where):
    """A browser before a server that knows its people."""
    with TestClient(
        create_app(where, Settings(hosts=("testserver",), tokens=PEOPLE)), follow_redirects=False
    ) as client:
        yield client


@pytest.fixture
def event(where):
    with open_ledger(where) as ledger:
        return next(ledger.rows("events"))["id"]


def form_of(client, path, **given):
    """What a browser would send back from the form of a page, with some fields set."""
    page = client.get(path).text
    fields = re.findall(r'<input(?: id="[^"]*")? type="(?:hidden|text)"[^>]* name="([\w.]+)" value="([^"]*)"', page)
    for name, options in re.findall(r'<select id="[^"]*" name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        fields += [(name, value) for value in re.findall(r'value="([^"]*)" selected', options)]
    sent = {}
    for name, value in fields:
        sent.setdefault(name, []).append(html.unescape(value))
    return sent | {"who": "Ann", "why": "read it"} | given


def test_a_saved_correction_is_laid_over_the_reading_and_told_in_its_history(client, where, event):
    sent = client.post(f"/review/{event}", data=form_of(client, f"/review/{event}", do="save", type='"COERCE"'))
    assert (sent.status_code, sent.headers["location"]) == (303, f"/review/{event}")
    with open_ledger(where) as ledger:
        assert {row["id"]: row["type"] for row in ledger.rows("events")}[event] == "COERCE"
        assert ledger.linked()
    assert "ASSAULT</span> → COERCE" in client.get(f"/review/{event}").text


def test_the_second_of_two_reviewers_is_told_and_loses_nothing(client, event):
    first, second = (form_of(client, f"/review/{event}", do="save", type=t) for t in ('"COERCE"', '"PROTEST"'))
    client.post(f"/review/{event}", data=first)
    told = client.post(f"/review/{event}", data=second | {"why": "I saw a march"})
    assert told.status_code == 409
    assert "no longer" in told.text
    assert "I saw a march" in told.text
    assert re.search(r'value="&#34;PROTEST&#34;" selected', told.text)


@pytest.mark.parametrize(("do", "verdict"), [("accept", "accepted by Ann"), ("reject", "rejected by Ann")])
def test_a_verdict_shows_in_the_queue(client, event, do, verdict):
    client.post(f"/review/{event}", data=form_of(client, f"/review/{event}", do=do))
    other = event.rpartition(":")[0] + ":c0"
    assert verdict in client.get(f"/review/{other}").text


def test_undo_takes_a_correction_back(client, where, event):
    client.post(f"/review/{event}", data=form_of(client, f"/review/{event}", do="save", type='"COERCE"'))
    client.post("/corrections/1/undo", data=form_of(client, "/corrections"))
    with open_ledger(where) as ledger:
        assert ledger.corrections()[0].undone_by == "Ann"


def test_a_record_is_added_on_words_of_the_report(client, where, event):
    report = event.rpartition(":")[0]
    path = f"/review/new?report={report}&kind=quantities&start=0&end=6"
    sent = client.post("/review/new", data=form_of(client, path, low="2", precision='"at_least"', unit='"wounded"'))
    assert sent.headers["location"].startswith(f"/review/{report}:q")
    with open_ledger(where) as ledger:
        assert ledger.reading(report).quantities[-1].low == 2


def test_many_are_accepted_at_once(client, where):
    form = form_of(client, "/review", do="accept")
    with open_ledger(where) as ledger:
        form["record"] = [row["id"] for row in ledger.rows("events")]
        client.post("/review/bulk", data=form)
        assert len(ledger.corrections()) == 3
    assert client.get("/review.json").json()["rows"] == []


def test_incidents_are_merged(client, where):
    with open_ledger(where) as ledger:
        first, second, _ = (i.id for i in ledger.incidents())
        client.post(f"/incidents/{first}/merge", data=form_of(client, f"/incidents/{first}/join", incident=[second]))
        assert len(ledger.incidents()) == 2


@pytest.mark.parametrize(("where_", "renamed"), [("all", 3), ("some", 1)])
def test_a_name_is_given_to_all_who_bear_another_or_only_to_the_one_of_some_reports(client, where, where_, renamed):
    with open_ledger(where) as ledger:
        name = next(row["name"] for row in ledger.rows("actors") if row["reports"] == 3)
        first = next(ledger.reports()).id
    page = f"/sources/{name}"
    assert f'name="report" value="{first}"' in client.get(page).text
    form = form_of(client, page, to="Somebody Else", where=where_, report=[first])
    assert client.post("/actors/rename", data=form).status_code == 303
    with open_ledger(where) as ledger:
        assert [c.new for c in ledger.corrections()] == ['"Somebody Else"'] * renamed


@pytest.mark.parametrize("broken", [
    {"sign": "0" * 64}, {"why": ""}, {"who": " "}, {"trigger": "here"}, {"trigger": "5–900000"}, {"seen.type": "{"},
])  # fmt: skip
def test_a_form_that_will_not_do_is_refused_and_changes_nothing(client, where, event, broken):
    form = form_of(client, f"/review/{event}", do="save", type='"COERCE"') | broken
    assert client.post(f"/review/{event}", data=form).status_code in (400, 403)
    with open_ledger(where) as ledger:
        assert ledger.corrections() == []


def test_another_sites_form_is_refused(client, event):
    form = form_of(client, f"/review/{event}", do="reject")
    sent = client.post(f"/review/{event}", data=form, headers={"origin": "http://elsewhere.example"})
    assert sent.status_code == 403


@pytest.mark.parametrize(("path", "code"), [("/", 303), ("/overview.json", 401), ("/review/x:e0", 303)])
def test_a_stranger_is_asked_for_a_token(guarded, path, code):
    assert guarded.get(path).status_code == code


@pytest.mark.parametrize(("token", "code"), [("nobody-has-this", 401), (ANN, 303)])
def test_who_has_a_token_gets_in(guarded, token, code):
    assert guarded.post("/signin", data={"token": token}).status_code == code
    assert guarded.get("/").status_code == (200 if code == 303 else 303)


def test_a_reader_may_not_correct_and_a_reviewer_goes_by_the_name_of_the_token(guarded, where, event):
    bearer = {"authorization": f"Bearer {BO}"}
    assert guarded.post(f"/review/{event}", data={"do": "accept"}, headers=bearer).status_code == 403
    bearer = {"authorization": f"Bearer {CY}"}
    sent = guarded.post(f"/review/{event}", data={"do": "accept", "who": "Somebody else"}, headers=bearer)
    assert sent.status_code == 303
    with open_ledger(where) as ledger:
        assert [c.who for c in ledger.corrections()] == ["Cy"]


@pytest.mark.parametrize(("lines", "words"), [
    ("name\trole\nAnn\treader", "token is not there"),
    ("name\trole\ttoken\nAnn\tboss\tlong-enough-token", "line 2: the role is 'boss'"),
    ("name\trole\ttoken\nAnn\treader\tshort", "line 2: a name and a token of at least 12"),
    ("name\trole\ttoken\n", "names nobody"),
])  # fmt: skip
def test_a_file_of_users_that_cannot_be_read_says_where(tmp_path, lines, words):
    (tmp_path / "u.tsv").write_text(lines)
    with pytest.raises(UsersError, match=words):
        read_users(tmp_path / "u.tsv")


def test_a_place_looked_up_by_name_sets_where_it_is_without_a_script(client, where, event):
    place = event.rpartition(":")[0] + ":p0"
    page = client.get(f"/review/{place}?look=Lviv").text
    assert "called “Lviv”" in page
    number = re.search(r'name="found" value="(\d+)"', page)[1]
    client.post(f"/review/{place}", data=form_of(client, f"/review/{place}", do="save", found=number))
    with open_ledger(where) as ledger:
        corrected = {c.field for c in ledger.corrections()}
        now = ledger.reading(place.rpartition(":")[0]).places[0]
    assert {"lat", "lon", "geonames_id"} <= corrected
    assert (round(now.lat or 0, 1), round(now.lon or 0, 1)) == (49.8, 24.0)


@pytest.mark.parametrize("found", ["-1", "999999999", "Lviv", ""])
def test_a_place_that_the_gazetteer_has_not_sets_nothing(client, where, event, found):
    place = event.rpartition(":")[0] + ":p0"
    client.post(f"/review/{place}", data=form_of(client, f"/review/{place}", do="save", found=found))
    with open_ledger(where) as ledger:
        assert ledger.corrections() == []
