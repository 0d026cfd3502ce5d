"""Neighbours: which reports are compared at all."""

from __future__ import annotations

import pytest

from dateline.link import neighbours
from dateline.link.neighbours import pairs, sketch
from dateline.records import Report


def report(words: str, day: str = "2022-02-25") -> Report:
    return Report(text=f"{words}.", published=day)


ONE, OTHER = "The Guarneri violin vanished from Brunnen", "A Guarneri violin turned up in a boat"


@pytest.mark.parametrize(("words", "day", "count"), [
    (OTHER, "2022-02-26", 1),
    (OTHER, "2025-02-26", 0),  # years apart
    (OTHER, "", 1),  # nobody knows when
    ("Rain flooded cellars", "2022-02-26", 0),
])  # fmt: skip
def test_reports_that_share_telling_words_within_a_year_are_neighbours(words, day, count):
    both = [report(ONE), Report(text=f"{words}.", published=day or None)]
    found = list(pairs(map(sketch, both)))
    assert len(found) == count
    assert found == sorted(tuple(sorted(pair)) for pair in found)


def test_no_reports_have_no_neighbours():
    assert list(pairs([])) == []


def test_found_step_by_step_they_are_the_same(monkeypatch):
    sketches = [sketch(report(f"{ONE} on day {n}", f"2022-02-{n + 10}")) for n in range(9)]
    whole = list(pairs(sketches))
    monkeypatch.setattr(neighbours, "_AT_ONCE", 2)
    assert list(pairs(reversed(sketches))) == whole
    assert len(whole) == 36


def test_neighbours_grow_with_the_reports_not_with_their_square():
    def count(reports: int) -> int:
        return len(list(pairs([sketch(report(f"{ONE} {n}")) for n in range(reports)])))

    assert count(200) < 3 * count(100)
