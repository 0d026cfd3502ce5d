"""Adding reports in Chromium: dropped files are read while the page is watched; without a script it comes anew."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from dateline.ledger import open_ledger
from dateline.look.page import Settings
from scripts.shots import FLAGS, chromium, served
from tests.look.pages import fill
from tests.look.test_browser import AXE

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        chromium() is None and "DATELINE_TEST_BROWSER" not in os.environ,
        reason="NO BROWSER TESTS: there is no Chromium here (apt-get install chromium)",
    ),
]
TEXT = "Soldiers seized the bridge at Hostomel on Friday, the mayor said. Two people were killed there."
END = 30_000  # ms; the model may have to load
DROP = """(texts) => {
  const data = new DataTransfer();
  texts.forEach((text, i) => data.items.add(new File([text], `${i}.txt`)));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def place(tmp_path):
    fill(tmp_path / "x.db")
    with served(tmp_path / "x.db", Settings()) as at:
        yield at, tmp_path / "x.db"


def opened(browser, place, **how):
    page = browser.new_context(**how).new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(place[0].rstrip("/") + "/add")
    return page, wrong


def serious(page):
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [v["id"] for v in found if v["impact"] in ("serious", "critical")]


def test_dropped_files_are_watched_being_read(browser, place):
    page, wrong = opened(browser, place)
    assert serious(page) == []
    page.evaluate(DROP, [f"date 2022-02-25\n{TEXT}", "Die Soldaten haben gestern die Brücke gesprengt, sagte er."])
    assert page.inner_text(".chosen").startswith("2 files")
    page.click("button.primary")
    page.wait_for_url("**/add/*")
    page.evaluate("() => { window.sameDocument = true; }")
    expect(page.locator(".how-far")).to_have_text("Done: 1 report read.", timeout=END)
    assert page.inner_text(".steps .problem").startswith("1.txt: is not English")
    assert page.evaluate("() => window.sameDocument") is True
    assert serious(page) == []
    page.click(".steps .read a")
    assert TEXT in page.inner_text("main")
    assert wrong == []


def test_more_than_the_limit_is_told_before_it_is_sent(browser, place):
    page, _ = opened(browser, place)
    page.evaluate("() => { document.querySelector('.adder').dataset.limit = '1000'; }")
    page.evaluate(DROP, ["x" * 2000])
    assert "Add them in parts" in page.inner_text(".chosen")
    page.click("button.primary")
    assert page.url.endswith("/add")


def test_without_a_script_a_form_adds_and_the_page_comes_anew(browser, place):
    page, _ = opened(browser, place, java_script_enabled=False)
    page.fill("textarea[name=text]", TEXT)
    page.fill("input[name=date]", "2022-02-25")
    page.click("button.primary")
    expect(page.locator(".how-far")).to_have_text("Done: 1 report read.", timeout=END)
    with open_ledger(place[1]) as ledger:
        assert TEXT in [report.text for report in ledger.reports()]
