"""Pages that hide names: every address there is, followed from the overview, after people reviewed and merged."""

from __future__ import annotations

import base64
import html
import re
from collections import deque
from urllib.parse import unquote, urlsplit

import pytest
from fastapi.testclient import TestClient

from dateline.desk import relink
from dateline.ledger import open_ledger
from dateline.look.page import Settings, create_app
from tests.look.pages import ODD, fill

PRIVATE = re.compile("olha|melnyk|melnik", re.IGNORECASE)
HOSTS = ("testserver",)


@pytest.fixture
def reviewed(tmp_path):
    """A ledger whose only private person was renamed, spoken of in a reason, and in a merged incident."""
    path = tmp_path / "x.db"
    ids = fill(path, more=3)
    odd = ids["odd"]
    with open_ledger(path) as ledger:
        ledger.correct(f"{odd}:a0", {"name": "Olha Melnik"}, who="Ann", why="Melnyk spells it so")
        ledger.correct(f"{odd}:a0", {"name": "Olha Melnyk-Bo"}, who="Ann", why="Olha told me")
        ledger.correct(f"{odd}:e0", {"initiators": ["a0", "a2"]}, who="Ann", why="")
        ledger.correct(f"{odd}:e0", {"status": "possible"}, who="Bo", why="the men may have missed Olha")
        ledger.review(f"{odd}:c0", "accept", who="Bo", why="")
        relink(ledger)
        of_odd = next(i.id for i in ledger.incidents() if odd in i.reports)
        other = next(i.id for i in ledger.incidents() if odd not in i.reports)
        ledger.merge([of_odd, other], who="Ann", why="Olha Melnyk saw both")
        relink(ledger)
    return path, ids


@pytest.fixture
def veiled(reviewed):
    with TestClient(create_app(reviewed[0], Settings(hosts=HOSTS, names=False))) as client:
        yield client


def decoded(address):
    """An address with what its cursor holds, in which a name may stand as well."""
    cursor = re.search(r"after=([\w-]+)", address)
    inside = base64.urlsafe_b64decode(cursor[1] + "==").decode(errors="replace") if cursor else ""
    return unquote(address) + inside


def kin(address):
    """Addresses that differ in values only, beyond a few of each: one page of a kind is like another."""
    parts = urlsplit(address)
    names = sorted(part.partition("=")[0] for part in parts.query.split("&"))
    return re.sub(r"/[0-9a-f]{12,}", "/*", parts.path), tuple(names)


def every_page(client, start=("/", "/review", "/corrections", "/add")):
    """All that a reader can reach, each address with its answer; of addresses that are alike the first few."""
    waiting, met, alike = deque(start), set(start), {}
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        yield path, answer
        for href in re.findall(r'href="(/[^"#]*)', answer.text):
            to = html.unescape(href)
            if to not in met and not to.startswith(("/static/", "/zone", "/known", "/signout")):
                met.add(to)
                alike[kin(to)] = alike.get(kin(to), 0) + 1
                if alike[kin(to)] <= 4:
                    waiting.append(to)


def test_no_private_name_is_on_any_page_nor_in_its_address(veiled):
    seen = {}
    for path, answer in every_page(veiled):
        seen[path.partition("?")[0]] = answer.status_code
        found = PRIVATE.search(answer.text + decoded(path))
        assert not found, (path, answer.text[max(0, found.start() - 200) : found.end() + 50])
    assert {path: code for path, code in seen.items() if code != 200} == {}
    for beginning in ("/review/", "/corrections.csv", "/incidents/", "/reports/", "/sources/Person", "/map.json"):
        assert any(path.startswith(beginning) for path in seen), beginning


@pytest.mark.parametrize("path", [
    "/search?q=Melnyk", "/search?q=olha", "/sources?q=melnyk", "/records/claims?source=Melnyk",
    "/sources/Olha Melnyk-Bo", "/records/events?actor=melnyk", "/review?kind=claims&source=olha",
])  # fmt: skip
def test_who_knows_the_name_learns_nothing_by_asking(veiled, path):
    text = veiled.get(path).text
    assert "told" not in re.sub(r"<title>.*?</title>|Told as having", "", text)
    assert "Person " not in text


def test_what_a_reviewer_writes_on_veiled_words_is_kept_as_it_stands_in_the_report(veiled, reviewed):
    from tests.look.test_page_review import form_of  # noqa: PLC0415

    path, ids = reviewed
    page = f"/review/{ids['odd']}:c0"
    words = re.search(r'<p class="context".*?</p>', veiled.get(page).text, re.DOTALL)[0]
    shown = html.unescape(re.sub("<[^>]*>", "", words))
    assert "Person " in shown
    start = shown.index("told")
    veiled.post(page, data=form_of(veiled, page, do="save", cue_span=f"{start}–{start + 10}"))
    with open_ledger(path) as ledger:
        span = ledger.reading(ids["odd"]).claims[0].cue_span
        assert ODD[span.start : span.end] == shown[start : start + 10]
        assert ledger.reading(ids["odd"]).actors[0].name == "Olha Melnyk-Bo"
