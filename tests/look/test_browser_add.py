"""Adding reports in Chromium: dropped files are read while the page is watched; without a script it comes anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dateline.ledger import open_ledger
from tests.look.browsing import BROWSER, serious

pytestmark = BROWSER
TEXT = "Soldiers seized the bridge at Hostomel on Friday, the mayor said. Two people were killed there."
END = 30_000  # ms; the model may have to load
DROP = """(texts) => {
  const data = new DataTransfer();
  texts.forEach((text, i) => data.items.add(new File([text], `${i}.txt`)));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def adding(visit, own_address):
    """The page to add reports on, of a ledger that may change."""
    return lambda **options: visit(own_address, "/add", **options)


def test_dropped_files_are_watched_being_read(adding):
    page = adding()
    assert serious(page) == {}
    page.evaluate(DROP, [f"date 2022-02-25\n{TEXT}", "Die Soldaten haben gestern die Brücke gesprengt, sagte er."])
    assert page.inner_text(".chosen").startswith("2 files")
    page.click("button.primary")
    page.wait_for_url("**/add/*")
    page.evaluate("() => { window.sameDocument = true; }")
    expect(page.locator(".how-far")).to_have_text("Done: 1 report read.", timeout=END)
    assert page.inner_text(".steps .problem").startswith("1.txt: is not English")
    assert page.evaluate("() => window.sameDocument") is True
    assert serious(page) == {}
    page.click(".steps .read a")
    assert TEXT in page.inner_text("main")
    assert page.wrong == []


def test_more_than_the_limit_is_told_before_it_is_sent(adding):
    page = adding()
    page.evaluate("() => { document.querySelector('.adder').dataset.limit = '1000'; }")
    page.evaluate(DROP, ["x" * 2000])
    assert "Add them in parts" in page.inner_text(".chosen")
    page.click("button.primary")
    assert page.url.endswith("/add")


def test_without_a_script_a_form_adds_and_the_page_comes_anew(adding, own):
    page = adding(java_script_enabled=False)
    page.fill("textarea[name=text]", TEXT)
    page.fill("input[name=date]", "2022-02-25")
    page.click("button.primary")
    expect(page.locator(".how-far")).to_have_text("Done: 1 report read.", timeout=END)
    with open_ledger(own[0]) as ledger:
        assert TEXT in [report.text for report in ledger.reports()]
