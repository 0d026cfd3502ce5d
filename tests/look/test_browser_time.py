"""The timeline and the look back in Chromium: slider, keys, dragging over the strip."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import sync_playwright

from dateline.look.page import Settings
from scripts.shots import FLAGS, chromium, served
from tests.look.pages import fill

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        chromium() is None and "DATELINE_TEST_BROWSER" not in os.environ,
        reason="NO BROWSER TESTS: there is no Chromium here (apt-get install chromium)",
    ),
]


@pytest.fixture(scope="module")
def open_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("time") / "x.db"
    fill(path, more=6)
    with sync_playwright() as playwright, served(path, Settings()) as at:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)

        def come(where):
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            page.goto(at.rstrip("/") + where)
            return page

        yield come
        browser.close()


def test_the_slider_looks_back_by_keyboard_and_forth_again(open_page):
    page = open_page("/")
    page.focus("form[data-as-of] input[type=range]")
    page.keyboard.press("Home")
    page.wait_for_selector(".as-of")
    assert page.inner_text(".tally li") == "1report"
    page.focus("form[data-as-of] input[type=range]")
    page.keyboard.press("End")
    page.wait_for_selector(".as-of", state="detached")
    assert page.inner_text(".tally li") == "9reports"


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
