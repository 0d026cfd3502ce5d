"""The timeline and the look back in Chromium: slider, keys, dragging over the strip."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.look.browsing import BROWSER

pytestmark = BROWSER


@pytest.fixture
def open_page(visit, address):
    """Open a wide page of the ledger that is not changed."""
    return lambda path: visit(address, path, viewport={"width": 1280, "height": 800})


def test_the_slider_looks_back_by_keyboard_and_forth_again(open_page):
    page = open_page("/")
    page.focus("form[data-as-of] input[type=range]")
    page.keyboard.press("Home")
    page.wait_for_selector(".as-of")
    expect(page.locator(".tally li").first).to_have_text("1report")
    page.focus("form[data-as-of] input[type=range]")
    page.keyboard.press("End")
    page.wait_for_selector(".as-of", state="detached")
    expect(page.locator(".tally li").first).to_have_text("15reports")


def test_keys_come_closer_and_go_on(open_page):
    page = open_page("/timeline")
    whole = page.inner_text("h1")
    page.keyboard.press("+")
    page.wait_for_function("(was) => document.querySelector('h1')?.innerText !== was", arg=whole)
    page.keyboard.press("0")
    page.wait_for_function("(was) => document.querySelector('h1')?.innerText === was", arg=whole)


def test_dragging_over_the_strip_shows_that_stretch(open_page):
    page = open_page("/timeline")
    box = page.locator("svg.strip").bounding_box()
    y = box["y"] + 10
    page.mouse.move(box["x"] + box["width"] * 0.25, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y)
    page.mouse.up()
    page.wait_for_url("**since=*")
    x, width = (float(page.get_attribute("svg.strip .window", name).rstrip("%")) for name in ("x", "width"))
    assert (round(x), round(width)) == (25, 25)
