"""What the tests in Chromium share: the mark that keeps them together, and what they ask of a page."""

from __future__ import annotations

import os
from pathlib import Path

import axe_playwright_python
import pytest

from scripts.shots import chromium

BROWSER = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        chromium() is None and "DATELINE_TEST_BROWSER" not in os.environ,
        reason="NO BROWSER TESTS: there is no Chromium here (apt-get install chromium)",
    ),
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
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


def watched(page, home):
    """The page, noting in ``wrong`` what goes wrong: errors on the console and requests to elsewhere than ``home``."""
    page.wrong = []
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    inside = (home, "blob:", "data:")
    page.on("request", lambda asked: None if asked.url.startswith(inside) else page.wrong.append(asked.url))
    return page


def serious(page):
    """What axe finds that keeps readers out, by rule: the first elements concerned."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return {v["id"]: [n["html"] for n in v["nodes"][:3]] for v in found if v["impact"] in ("serious", "critical")}
