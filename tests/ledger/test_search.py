"""Full-text search: what a reader may type finds the same on both engines."""

from __future__ import annotations

import pytest

from dateline.ledger import open_ledger, search
from dateline.records import Reading, Report

TEXTS = {
    "airport": "Troops seized the airport outside Kyiv before dawn.",
    "talks": "Kyiv and Moscow were to hold talks; the offer of talks was rejected.",
    "flood": "A flood cut the road to Łódź. Zażółć gęślą jaźń \x00 and 😀 after NUL.",
    "long": "word " * 30_000 + "needle",
}


@pytest.fixture(scope="module")
def filled(new_place):
    """A ledger of these texts, and which report is which; nothing changes it."""
    ids = {}
    with open_ledger(new_place()) as ledger:
        run = ledger.start_run(version="1", model="none", codebook="none")
        for name, text in TEXTS.items():
            report = Report(text=text, title=f"About {name}s")
            ids[report.id] = name
            ledger.add(report, Reading(), run)
        yield ledger, ids


@pytest.fixture(scope="module")
def find(filled):
    ledger, ids = filled
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


def test_the_best_comes_first_with_its_words_marked(filled):
    ledger, _ = filled
    rows = ledger.search("talks", marks=("<b>", "</b>"))
    assert "<b>talks</b>" in rows[0]["snippet"]
    assert len(ledger.search("kyiv", limit=1)) == 1


def test_a_report_is_found_by_its_title_and_a_name_without_accents(find):
    assert find("about airports") == ["airport"]


@pytest.mark.parametrize(("ranked", "count"), [(1, 1), (2, 2), (3, 2)])
def test_of_many_reports_with_the_words_the_latest_added_are_ranked(filled, monkeypatch, ranked, count):
    ledger, ids = filled
    monkeypatch.setattr(search, "RANKED", ranked)
    found = [ids[row["report"]] for row in ledger.search("kyiv")]
    assert len(found) == count
    assert "talks" in found  # added after "airport"
