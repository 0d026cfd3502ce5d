"""Reviewing in Chromium: by mouse, by keyboard, two at once; words selected in a text become offsets in code points."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dateline.ledger import open_ledger
from tests.look.browsing import BROWSER, SELECT
from tests.look.pages import ODD

pytestmark = BROWSER


@pytest.fixture
def people(visit, own_address):
    """Open the page of a ledger that may change, as one more person."""
    return lambda path: visit(own_address, path)


def corrections(own):
    with open_ledger(own[0]) as ledger:
        return [(c.action, c.field, c.new, c.who, c.undone_by) for c in ledger.corrections()]


def test_a_record_is_corrected_by_mouse_and_the_correction_taken_back(people, own):
    page = people(f"/review/{own[1]['odd']}:e0")
    page.select_option("#v-status", label="possible")
    page.fill("input[name=who]", "Ann")
    page.fill("textarea[name=why]", "the men may have missed")
    page.click("button[value=save]")
    page.wait_for_selector(".history .person")
    assert corrections(own) == [("edit", "status", '"possible"', "Ann", None)]
    page.click(".history form.undo button")
    page.wait_for_selector(".history .undone")
    assert corrections(own) == [("edit", "status", '"possible"', "Ann", "Ann")]


def test_a_record_is_corrected_by_keyboard_alone(people, own):
    page = people(f"/review/{own[1]['odd']}:e0")
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
    assert corrections(own) == [("edit", "status", '"possible"', "Bo", None)]


def test_the_second_of_two_reviewers_is_told(people, own):
    first, second = (people(f"/review/{own[1]['odd']}:e0") for _ in range(2))
    for page, who, status in ((first, "Ann", "possible"), (second, "Bo", "planned")):
        page.select_option("#v-status", label=status)
        page.fill("input[name=who]", who)
        page.fill("textarea[name=why]", f"{who} says so")
        page.click("button[value=save]")
        page.wait_for_selector(".history .person" if page is first else ".told")
    assert "no longer" in second.inner_text(".told")
    assert second.input_value("#v-status") == '"planned"'
    assert second.input_value("textarea[name=why]") == "Bo says so"
    assert len(corrections(own)) == 1


def test_words_selected_set_a_field_in_code_points(people, own):
    page = people(f"/review/{own[1]['odd']}:e0")
    page.evaluate(SELECT, ["Kyiv"])
    page.click("#v-trigger + .take")
    start = ODD.index("Kyiv")
    assert page.input_value("#v-trigger") == f"{start}–{start + 4}"


def test_a_record_is_added_on_words_selected_in_a_report(people, own):
    page = people(f"/reports/{own[1]['odd']}")
    page.evaluate(SELECT, ["a neighbour"])
    page.select_option("#add-kind", "actors")
    page.click(".adding button")
    expect(page.locator(".picked")).to_have_text("a neighbour")
    page.fill("#v-name", "a neighbour")
    page.fill("input[name=who]", "Ann")
    page.fill("textarea[name=why]", "she is meant")
    page.click("button[value=save]")
    page.wait_for_url("**:a4")
    with open_ledger(own[0]) as ledger:
        start = ODD.index("a neighbour")
        assert ledger.reading(own[1]["odd"]).actors[4].mentions == ((start, start + 11, "name"),)


def test_a_place_is_moved_by_a_click_and_by_dragging_its_marker(people, own):
    page = people(f"/review/{own[1]['odd']}:p0")
    if not page.query_selector("#place-map"):
        pytest.skip("NO MAP: the package was built without npm")
    page.wait_for_selector("#place-map.map-live")
    page.locator("#place-map").scroll_into_view_if_needed()
    box = page.locator("#place-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    east = float(page.input_value("#v-lon"))
    assert 30.52 < east < 32
    marker = page.locator(".maplibregl-marker").bounding_box()
    page.mouse.move(marker["x"] + marker["width"] / 2, marker["y"] + marker["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    west = float(page.input_value("#v-lon"))
    assert 29 < west < 30.52
    page.fill("#v-lat", "50.5")
    page.fill("input[name=who]", "Ann")
    page.fill("textarea[name=why]", "the strike was west of the river")
    page.click("button[value=save]")
    page.wait_for_selector(".history .person")
    with open_ledger(own[0]) as ledger:
        place = ledger.reading(own[1]["odd"]).places[0]
    assert (place.lat, place.lon, place.geonames_id) == (50.5, west, None)
    assert page.wrong == []
