"""The page in Chromium: nothing fails, nothing leaves the machine, marks stand at their words, axe has no complaint."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dateline.ledger import open_ledger
from dateline.look.page.sharing import shared
from tests.look.browsing import BROWSER, serious
from tests.look.pages import ODD

pytestmark = BROWSER
PAGES = ("/?since=2022-02-25T16:00", "/timeline", "/map", "/incidents/{incident}", "/disputes", "/threads",
         "/reports/{odd}", "/records/events", "/sources/Russia", "/search?q=airport")  # fmt: skip
OTHERS = ("/incidents", "/disputes/{dispute}", "/reversals", "/questions", "/reports", "/records/claims", "/sources",
          "/review", "/review/{odd}:e0", "/review/{odd}:p0?look=Lviv", "/corrections", "/incidents/{incident}/join",
          "/review/new?report={odd}&kind=claims&start=0&end=9", "/nowhere")  # fmt: skip
# Offsets of the DOM count in UTF-16; a span of the ledger counts in code points.
WORDS = """(id) => {
  const { classList: [, kind], dataset: { record } } = document.getElementById(id);
  const pieces = document.querySelectorAll(`p.text .m.${kind}[data-record="${record}"]`);
  return [...pieces].map((piece) => piece.textContent).join("");
}"""
TEXT = """() => [...document.querySelectorAll('.report p.text')].map((p) => p.textContent).join('')"""


@pytest.fixture
def open_page(visit, address):
    """Open a page of the ledger that is not changed."""
    return lambda path, **options: visit(address, path, **options)


@pytest.mark.parametrize(
    ("path", "width", "theme"),
    [*((path, 390, "dark") for path in (*PAGES, *OTHERS)), *((path, 1280, "light") for path in PAGES)],
)
def test_a_page_is_clean_in_both_themes_and_fits_a_phone(open_page, filled, path, width, theme):
    page = open_page(path.format(**filled[1]), viewport={"width": width, "height": 800}, color_scheme=theme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not serious(page)
    assert not [words for words in page.wrong if "404" not in words or path != "/nowhere"]


def test_the_text_of_the_page_is_the_stored_text_and_each_mark_holds_its_words(open_page, filled):
    page = open_page(f"/reports/{filled[1]['odd']}")
    assert page.evaluate(TEXT) == ODD
    with open_ledger(filled[0]) as ledger:
        reading = ledger.reading(filled[1]["odd"])
    for i, event in enumerate(reading.events):
        assert page.evaluate(WORDS, f"m-e{i}") == ODD[event.trigger.start : event.trigger.end]
    for i, claim in enumerate(reading.claims):
        ((start, end),) = claim.content
        assert page.evaluate(WORDS, f"m-c{i}") == ODD[start:end]


def test_a_mark_leads_to_its_record_and_back(open_page, filled):
    page = open_page(f"/reports/{filled[1]['odd']}", viewport={"width": 390, "height": 800})
    page.click("#m-e0")
    page.wait_for_url("**#r-e0")
    assert page.evaluate("document.querySelector(':target').id") == "r-e0"
    assert page.is_visible("#r-e0")
    page.click("#r-e0 > a")
    page.wait_for_url("**#m-e0")
    assert page.evaluate("document.querySelector(':target').id") == "m-e0"


def test_without_a_script_marks_lead_on_and_filters_hide(open_page, filled):
    page = open_page(f"/reports/{filled[1]['odd']}", java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page.click("#m-p0")
    page.wait_for_url("**#r-p0")
    page.uncheck("#f-place")
    assert not page.is_visible("#r-p0")


def test_without_a_script_the_map_and_the_timeline_are_drawn(open_page):
    page = open_page("/map", java_script_enabled=False)
    assert page.locator("#map svg .at").count() > 0
    page.goto(page.url.replace("/map", "/timeline"))
    page.click("text=Closer +")
    page.wait_for_url("**since=**")


def test_the_time_zone_is_changed_at_the_foot(open_page):
    page = open_page("/reports")
    page.fill("input[name=zone]", "Europe/Kyiv")
    page.click(".zone button")
    expect(page.locator("main")).to_contain_text("25 Feb 2022 16:00")


def test_the_keyboard_reaches_the_records_first(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")


def test_the_shared_file_opened_from_disk_with_the_network_cut_shows_the_text_and_searches(visit, filled, tmp_path):
    with open_ledger(filled[0]) as ledger:
        (tmp_path / "story.html").write_text(shared(ledger, names=True), "utf-8")
    page = visit(tmp_path.as_uri(), "/story.html", offline=True, viewport={"width": 390, "height": 800})
    texts = page.evaluate("[...document.querySelectorAll('article.report')].map((a) => a.textContent)")
    assert ODD.split("\r\n\r\n")[0] in "".join(texts)
    page.evaluate("document.getElementById('q').closest('form').style.display = 'block'")
    page.fill("#q", "neighbour hostomel-is-nowhere")
    expect(page.locator("#found")).to_have_text("Nothing here holds all these words")
    page.fill("#q", "kyiv")
    expect(page.locator("#found")).to_have_text(re.compile(r"\d+ of \d+ parts"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.wrong == []
