"""The file to share: whole in itself, without names of private persons, small, and honest about what it leaves out."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import sync_playwright

from dateline.ledger import open_ledger
from dateline.look.page.sharing import shared
from scripts.shots import FLAGS, chromium
from tests.look.pages import ODD, fill

PRIVATE = ("Olha", "Melnyk")


@pytest.fixture
def ledger(tmp_path):
    fill(tmp_path / "x.db", more=12)
    with open_ledger(tmp_path / "x.db") as opened:
        yield opened


def test_a_private_persons_name_is_nowhere_in_it(ledger):
    page = shared(ledger)
    assert not [name for name in PRIVATE if name in page]
    assert all(name in shared(ledger, names=True) for name in PRIVATE)


def test_all_its_links_lead_into_itself(ledger):
    page = shared(ledger)
    ids = set(re.findall(r' id="([^"]*)"', page))
    hrefs = re.findall(r'href="([^"]*)"', page)
    assert len(hrefs) > 10
    assert [href for href in hrefs if href[:1] != "#" or href[1:] not in ids] == []


@pytest.mark.parametrize("part", ["timeline", "map", "disputes", "reversals", "threads", "questions", "reports"])
def test_it_has_every_part(ledger, part):
    assert f'<section id="{part}">' in shared(ledger)


def test_without_texts_only_what_is_quoted_is_in_it(ledger):
    page = shared(ledger, text=False)
    assert "Tessel Wire" in page
    assert "a neighbour, told" not in page
    assert "a neighbour, told" in re.sub(r"<[^>]*>", "", shared(ledger))


def test_what_there_is_no_room_for_is_told(ledger):
    small = shared(ledger, limit=len(shared(ledger, text=False).encode()) + 9000)
    assert re.search(r"The texts of \d+ older reports are left out", small)
    assert "left out" not in shared(ledger)


@pytest.mark.xdist_group("browser")
@pytest.mark.skipif(
    chromium() is None and "DATELINE_TEST_BROWSER" not in os.environ,
    reason="NO BROWSER TESTS: there is no Chromium here (apt-get install chromium)",
)
def test_opened_from_disk_with_the_network_cut_it_shows_the_text_and_searches(ledger, tmp_path):
    (tmp_path / "story.html").write_text(shared(ledger, names=True), "utf-8")
    wrong = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_context(offline=True, viewport={"width": 390, "height": 800}).new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith("file:") else None)
        page.goto((tmp_path / "story.html").as_uri())
        texts = page.evaluate("[...document.querySelectorAll('article.report')].map((a) => a.textContent)")
        page.evaluate("document.getElementById('q').closest('form').style.display = 'block'")
        page.fill("#q", "neighbour hostomel-is-nowhere")
        nothing = page.inner_text("#found")
        page.fill("#q", "kyiv")
        some = page.inner_text("#found")
        wide = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert ODD.split("\r\n\r\n")[0] in "".join(texts)
    assert (nothing, wide) == ("Nothing here holds all these words", 390)
    assert re.match(r"\d+ of \d+ parts", some)
    assert wrong == []
