"""The page in Chromium: nothing fails, nothing leaves the machine, marks stand at their words, axe has no complaint."""

from __future__ import annotations

import os
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from dateline.ledger import open_ledger
from dateline.look.page import Settings
from scripts.shots import FLAGS, chromium, served
from tests.look.pages import ODD, fill

PAGES = ("/?since=2022-02-25T16:00", "/timeline", "/map", "/incidents/{incident}", "/disputes", "/threads",
         "/reports/{odd}", "/records/events", "/sources/Russia", "/search?q=airport")  # fmt: skip
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# Offsets of the DOM count in UTF-16; a span of the ledger counts in code points.
WORDS = """(id) => {
  const { classList: [, kind], dataset: { record } } = document.getElementById(id);
  const pieces = document.querySelectorAll(`p.text .m.${kind}[data-record="${record}"]`);
  return [...pieces].map((piece) => piece.textContent).join("");
}"""
TEXT = """() => [...document.querySelectorAll('.report p.text')].map((p) => p.textContent).join('')"""

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        chromium() is None and "DATELINE_TEST_BROWSER" not in os.environ,
        reason="NO BROWSER TESTS: there is no Chromium here (apt-get install chromium)",
    ),
]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "x.db"
    return path, fill(path, more=12)


@pytest.fixture(scope="module")
def address(place):
    with served(place[0], Settings()) as at:
        yield at.rstrip("/")


@pytest.fixture
def open_page(browser, address):
    """Open pages that note what goes wrong: errors on the console and requests to elsewhere."""
    opened = []

    def open_(path, **options):
        page = browser.new_page(**options)
        page.wrong = []
        page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on(
            "request",
            lambda r: page.wrong.append(r.url) if not r.url.startswith((address, "blob:", "data:")) else None,
        )
        page.goto(address + path, wait_until="networkidle")
        opened.append(page)
        return page

    yield open_
    for page in opened:
        page.close()


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_in_both_themes_and_fits_a_phone(open_page, place, path, width, theme):
    page = open_page(path.format(**place[1]), viewport={"width": width, "height": 800}, color_scheme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = {v["id"]: [n["html"] for n in v["nodes"][:3]] for v in found if v["impact"] in ("serious", "critical")}
    assert not serious
    assert not page.wrong


def test_the_text_of_the_page_is_the_stored_text_and_each_mark_holds_its_words(open_page, place):
    page = open_page(f"/reports/{place[1]['odd']}")
    assert page.evaluate(TEXT) == ODD
    with open_ledger(place[0]) as ledger:
        reading = ledger.reading(place[1]["odd"])
    for i, event in enumerate(reading.events):
        assert page.evaluate(WORDS, f"m-e{i}") == ODD[event.trigger.start : event.trigger.end]
    for i, claim in enumerate(reading.claims):
        ((start, end),) = claim.content
        assert page.evaluate(WORDS, f"m-c{i}") == ODD[start:end]


def test_a_mark_leads_to_its_record_and_back(open_page, place):
    page = open_page(f"/reports/{place[1]['odd']}", viewport={"width": 390, "height": 800})
    page.click("#m-e0")
    assert page.evaluate("document.querySelector(':target').id") == "r-e0"
    assert page.is_visible("#r-e0")
    page.click("#r-e0 > a")
    assert page.evaluate("document.querySelector(':target').id") == "m-e0"


def test_without_a_script_marks_lead_on_and_filters_hide(open_page, place):
    page = open_page(f"/reports/{place[1]['odd']}", java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page.click("#m-p0")
    assert page.url.endswith("#r-p0")
    page.uncheck("#f-place")
    assert not page.is_visible("#r-p0")


def test_without_a_script_the_map_and_the_timeline_are_drawn(open_page):
    page = open_page("/map", java_script_enabled=False)
    assert page.locator("#map svg .at").count() > 0
    page.goto(page.url.replace("/map", "/timeline"))
    page.click("text=Closer +")
    assert "since=" in page.url


def test_the_time_zone_is_changed_at_the_foot(open_page):
    page = open_page("/reports")
    page.fill("input[name=zone]", "Europe/Kyiv")
    page.click(".zone button")
    assert "25 Feb 2022 16:00" in page.inner_text("main")


def test_the_keyboard_reaches_the_records_first(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
