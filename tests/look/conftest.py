"""A small ledger made by hand: two reports that differ over an airport; and Chromium before the pages of another."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from playwright.sync_api import sync_playwright

from dateline.ledger import open_ledger
from dateline.link import link
from dateline.look.page import Settings
from dateline.records import Actor, Claim, Dispute, Event, Place, Reading, Report, Side, Span, TimeExpression, Unknown
from scripts.shots import FLAGS, chromium, served
from tests.look.browsing import watched
from tests.look.pages import fill

FIRST = "Russia's military said it seized the airport at Hostomel on Friday, a resident, Olha Melnyk, said."
SECOND = "=SUM(1) Ukraine denied that Russia seized the airport at Hostomel. How many died was unclear."
DAY = (datetime(2022, 2, 25, tzinfo=UTC), datetime(2022, 2, 26, tzinfo=UTC))


def span(text, words):
    start = text.index(words)
    return start, start + len(words)


def reading_of(text, *, source, denied):
    s, t, p = span(text, source), span(text, "seized"), span(text, "Hostomel")
    r = span(text, "Russia")
    people = [Actor(id="a0", name=source, kind="armed_force", country="RUS" if not denied else "UKR",
                    mentions=((*s, "name"),)),
              Actor(id="a1", name="Russia", kind="government", country="RUS", mentions=((*r, "name"),))]  # fmt: skip
    if "Olha" in text:
        people.append(Actor(id="a2", name="Olha Melnyk", kind="person", public=False,
                            mentions=((*span(text, "Olha Melnyk"), "name"),)))  # fmt: skip
    content = (span(text, "it")[0] if not denied else r[0], p[1])
    return Reading(
        times=(TimeExpression(start=p[0], end=p[1], type="DATE", value="2022-02-25", earliest=DAY[0], latest=DAY[1]),),
        places=(Place(start=p[0], end=p[1], name="Hostomel", kind="literal", lat=50.57, lon=30.26, radius_km=2.0,
                      country="UKR", geonames_id=707155),),
        actors=tuple(people),
        claims=(Claim(start=s[0], end=content[1], source="a0", source_span=Span(*s), content=(content,), cue="say",
                      mode="indirect", stance="denies" if denied else "asserts"),),
        events=(Event(start=r[0], end=p[1], type="CONTROL", trigger=Span(*t), sentence=Span(0, p[1] + 1), claim=0,
                      initiators=("a1",), place=0, place_basis="argument", time=0, time_basis="sentence",
                      earliest=DAY[0], latest=DAY[1], status="denied" if denied else "happened",
                      factuality=-3.0 if denied else 3.0),),
        unknowns=(Unknown(start=0, end=5, words=text[:5]),),
    )  # fmt: skip


@pytest.fixture
def ledger(tmp_path):
    reports = [
        (Report(text=FIRST, published="2022-02-25", outlet="Tessel Wire", title="Olha Melnyk saw it"),
         reading_of(FIRST, source="Russia's military", denied=False)),
        (Report(text=SECOND, published="2022-02-25T18:00+00:00", outlet="Podil Post"),
         reading_of(SECOND, source="Ukraine", denied=True)),
    ]  # fmt: skip
    with open_ledger(tmp_path / "x.db") as ledger:
        run = ledger.start_run(version="0", model="m", codebook="c")
        ledger.add_many(reports, run)
        ledger.replace_linked(*link(ledger.readings())._replace(disputes=(_dispute(*reports),)))
        yield ledger


def _dispute(first, second):
    """Made by hand, so that what is shown does not hang on how disputes are found."""
    voices = ((first, "happened", "Russia's military"), (second, "denied", "Ukraine"))
    sides = tuple(Side(label=label, records=(f"{told[0].id}:e0",), sources=(who,)) for told, label, who in voices)
    return Dispute(id="d0", kind="occurrence", about="Russia seized the airport", sides=sides)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests: their marks keep them in one process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """The path of a ledger with all a page can show, not to be changed, and ids out of it (``pages.fill``)."""
    path = tmp_path_factory.mktemp("filled") / "x.db"
    return path, fill(path, more=12)


@pytest.fixture(scope="session")
def address(filled):
    """Where the pages of ``filled`` are served."""
    with served(filled[0], Settings()) as at:
        yield at.rstrip("/")


@pytest.fixture
def visit(browser):
    """Open pages, each by somebody with cookies of their own; they are closed in the end."""
    opened = []

    def go(home, path, **options):
        context = browser.new_context(**options)
        opened.append(context)
        page = watched(context.new_page(), home)
        page.goto(home + path)
        return page

    yield go
    for context in opened:
        context.close()


@pytest.fixture
def own(filled, tmp_path):
    """A ledger like ``filled`` for one test to change: its path and ids."""
    return shutil.copy(filled[0], tmp_path / "x.db"), filled[1]


@pytest.fixture
def own_address(own):
    """Where the pages of ``own`` are served."""
    with served(own[0], Settings()) as at:
        yield at.rstrip("/")
