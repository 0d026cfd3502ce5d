"""Reviewing in Chromium: by mouse, by keyboard, two at once; words selected in a text become offsets in code points."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import sync_playwright

from dateline.ledger import open_ledger
from dateline.look.page import Settings
from scripts.shots import FLAGS, chromium, served
from tests.look.pages import ODD, fill

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        chromium() is None and "DATELINE_TEST_BROWSER" not in os.environ,
        reason="NO BROWSER TESTS: there is no Chromium here (apt-get install chromium)",
    ),
]
SELECT = """([words]) => {
  const walker = document.createTreeWalker(document.querySelector('.context, .report'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "x.db"
    return path, fill(path)


@pytest.fixture
def people(browser, place):
    """Open the page as one more person, with cookies of their own."""
    with served(place[0], Settings()) as at:

        def come(path):
            page = browser.new_context().new_page()
            page.goto(at.rstrip("/") + path)
            return page

        yield come


def corrections(place):
    with open_ledger(place[0]) as ledger:
        return [(c.action, c.field, c.new, c.who, c.undone_by) for c in ledger.corrections()]


def test_a_record_is_corrected_by_mouse_and_the_correction_taken_back(people, place):
    page = people(f"/review/{place[1]['odd']}:e0")
    page.select_option("#v-status", label="possible")
    page.fill("input[name=who]", "Ann")
    page.fill("textarea[name=why]", "the men may have missed")
    page.click("button[value=save]")
    page.wait_for_selector(".history .person")
    assert corrections(place) == [("edit", "status", '"possible"', "Ann", None)]
    page.click(".history form.undo button")
    page.wait_for_selector(".history .undone")
    assert corrections(place) == [("edit", "status", '"possible"', "Ann", "Ann")]


def test_a_record_is_corrected_by_keyboard_alone(people, place):
    page = people(f"/review/{place[1]['odd']}:e0")
    page.keyboard.press("j")
    page.wait_for_url("**:e1")
    page.keyboard.press("4")  # the fourth field: status
    page.keyboard.type("poss")
    page.keyboard.press("Escape")
    page.focus("input[name=who]")
    page.keyboard.type("Bo")
    page.keyboard.press("Tab")
    page.keyboard.type("read it again")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.wait_for_selector(".history .person")
    assert corrections(place) == [("edit", "status", '"possible"', "Bo", None)]


def test_the_second_of_two_reviewers_is_told(people, place):
    first, second = (people(f"/review/{place[1]['odd']}:e0") for _ in range(2))
    for page, who, status in ((first, "Ann", "possible"), (second, "Bo", "planned")):
        page.select_option("#v-status", label=status)
        page.fill("input[name=who]", who)
        page.fill("textarea[name=why]", f"{who} says so")
        page.click("button[value=save]")
        page.wait_for_load_state()
    assert "no longer" in second.inner_text(".told")
    assert second.input_value("#v-status") == '"planned"'
    assert second.input_value("textarea[name=why]") == "Bo says so"
    assert len(corrections(place)) == 1


def test_words_selected_set_a_field_in_code_points(people, place):
    page = people(f"/review/{place[1]['odd']}:e0")
    page.evaluate(SELECT, ["Kyiv"])
    page.click("#v-trigger + .take")
    start = ODD.index("Kyiv")
    assert page.input_value("#v-trigger") == f"{start}–{start + 4}"


def test_a_record_is_added_on_words_selected_in_a_report(people, place):
    page = people(f"/reports/{place[1]['odd']}")
    page.evaluate(SELECT, ["a neighbour"])
    page.select_option("#add-kind", "actors")
    page.click(".adding button")
    assert page.inner_text(".picked") == "a neighbour"
    page.fill("#v-name", "a neighbour")
    page.fill("input[name=who]", "Ann")
    page.fill("textarea[name=why]", "she is meant")
    page.click("button[value=save]")
    page.wait_for_url("**:a4")
    with open_ledger(place[0]) as ledger:
        start = ODD.index("a neighbour")
        assert ledger.reading(place[1]["odd"]).actors[4].mentions == ((start, start + 11, "name"),)
