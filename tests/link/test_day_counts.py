"""Numbered days that another report of the ledger resolves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline.link.day_counts import count_days
from dateline.link.happenings import happenings
from dateline.records import Event, Reading, Report, Span, TimeExpression

BEGUN = "Rebels laid siege to {town} on Sunday."
LATER = "On {words} of the siege of Maronvale, a shell killed nine people."
TWELFTH = datetime(2022, 3, 3, tzinfo=UTC)


def told(text, trigger, words, start, days, published, basis="argument"):
    """A report with one event and the time that dates it."""
    at, on = text.index(words), text.index(trigger)
    bounds = {"earliest": start, "latest": start + timedelta(days=days)}
    time = TimeExpression(start=at, end=at + len(words), type="DATE", value="2022-03-04", anchor="published", **bounds)
    whole = Span(0, len(text))
    event = Event(
        start=0, end=len(text), type="ASSAULT", trigger=Span(on, on + len(trigger)), sentence=whole, time=0,
        time_basis=basis, status="happened", factuality=3.0, **bounds,
    )  # fmt: skip
    return Report(text=text, published=published), Reading(times=(time,), events=(event,))


def bounds_of_killed(words="Day 12", town="Maronvale", began=datetime(2022, 2, 20, tzinfo=UTC), days=2):
    first = told(BEGUN.format(town=town), "laid siege", "Sunday", began, 1, "2022-02-21")
    printed = datetime(2022, 3, 5, tzinfo=UTC)
    later = told(LATER.format(words=words), "killed", words, printed - timedelta(days=days), days, "2022-03-04")
    both = [first, later]
    found = count_days(list(happenings(both, {})), both)
    return next((h.event.earliest, h.event.latest) for h in found if h.trigger == "killed")


@pytest.mark.parametrize("words", ["Day 12", "the twelfth day", "the 12th day"])
def test_a_numbered_day_counts_from_the_start_another_report_tells(words):
    assert bounds_of_killed(words) == (TWELFTH, TWELFTH + timedelta(days=1))


@pytest.mark.parametrize("case", [
    {"town": "Altdorf"},  # another siege
    {"began": datetime(2022, 2, 1, tzinfo=UTC)},  # its twelfth day is long gone
    {"words": "Day 40"},  # to come
])  # fmt: skip
def test_a_start_that_does_not_fit_is_left_alone(case):
    assert bounds_of_killed(**case)[0] == TWELFTH


def test_a_day_that_the_reading_knew_is_not_moved():
    assert bounds_of_killed(days=1)[0] == TWELFTH + timedelta(days=1)
