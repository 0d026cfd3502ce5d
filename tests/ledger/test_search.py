"""Full-text search: what a reader may type finds the same on both engines."""

from __future__ import annotations

import pytest

from dateline.records import Reading, Report

TEXTS = {
    "airport": "Troops seized the airport outside Kyiv before dawn.",
    "talks": "Kyiv and Moscow were to hold talks; the offer of talks was rejected.",
    "flood": "A flood cut the road to Łódź. Zażółć gęślą jaźń \x00 and 😀 after NUL.",
    "long": "word " * 30_000 + "needle",
}


@pytest.fixture
def find(ledger, run):
    ids = {}
    for name, text in TEXTS.items():
        report = Report(text=text, title=f"About {name}s")
        ids[report.id] = name
        ledger.add(report, Reading(), run)
    return lambda words: sorted(ids[row["report"]] for row in ledger.search(words))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kyiv", ["airport", "talks"]),
        ("KYIV airport", ["airport"]),
        ("seizing", ["airport"]),
        ("kyiv -airport", ["talks"]),
        ('kyiv -"hold talks"', ["airport"]),
        ('"hold talks"', ["talks"]),
        ('"talks hold"', []),
        ("flood OR offer", ["flood", "talks"]),
        ("floods", ["flood"]),  # in its title, too
        ("nul", ["flood"]),
        ("Łódź", ["flood"]),
        ("nowhere", []),
        ("", []),
        ('" - OR * ( NEAR', []),
        ("';DROP TABLE reports", []),
        ("😀 \x00", []),
    ],
)
def test_a_query_finds(find, words, found):
    assert find(words) == found


def test_the_best_comes_first_with_its_words_marked(ledger, find):
    rows = ledger.search("talks", marks=("<b>", "</b>"))
    assert "<b>talks</b>" in rows[0]["snippet"]
    assert len(ledger.search("kyiv", limit=1)) == 1


def test_a_report_is_found_by_its_title_and_a_name_without_accents(ledger, find):
    assert find("about airports") == ["airport"]
