"""Numbers, moments, axes and tolls as the page words and draws them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.look.page import wording
from dateline.look.page.views.axis import axis_of, bar_of
from dateline.look.page.views.tollchart import toll_chart
from dateline.records import Toll, TollEntry

KYIV = ZoneInfo("Europe/Kyiv")
START = datetime(2022, 2, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "word", "words"),
    [(0, "report", "no reports"), (1, "report", "1 report"), (1204, "report", "1,204 reports"), (2, "copy", "2 copies"),
     (2, "open question", "2 open questions"), (2, "loss", "2 losses")],
)  # fmt: skip
def test_a_count_agrees_with_its_word(count, word, words):
    assert wording.counted(count, word) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(137, 137, "137"), (201, None, "≥ 201"), (None, 60, "≤ 60"), (0, 60, "≤ 60"), (24, 99, "24–99"), (0, 0, "0"),
     (None, None, "no figure"), (1.5, 1.5, "1.5"), (20000, 99999, "20,000–99,999")],
)  # fmt: skip
def test_a_figure_is_as_open_as_it_was_given(low, high, words):
    assert wording.figure(low, high) == words


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2022-02-23T22:00:00+00:00", "2022-02-24T22:00:00+00:00", "24 Feb"),
        ("2022-02-24T08:40:00+00:00", "2022-02-24T21:00:00+00:00", "24 Feb 10:40–23:00"),
        ("2022-02-24T08:40:00+00:00", "2022-02-24T08:41:00+00:00", "24 Feb 10:40"),
        ("2022-02-23T22:00:00+00:00", "2022-02-26T22:00:00+00:00", "24–26 Feb"),
        (None, "2022-02-24T22:00:00+00:00", "before 25 Feb 00:00"),
        ("2022-02-24T22:00:00+00:00", None, "from 25 Feb 00:00"),
        (None, None, "time not given"),
    ],
)
def test_a_stretch_is_said_as_narrowly_as_it_is_known(earliest, latest, words):
    assert wording.span(earliest, latest, KYIV) == words


def test_a_day_without_a_clock_time_is_not_moved_between_zones():
    assert wording.when("2022-02-25", ZoneInfo("America/New_York")) == "25 Feb 2022"


@given(st.integers(1, 10**8), st.integers(0, 10**8))
def test_an_axis_of_any_length_has_few_lines_in_order(minutes, shift):
    start = START + timedelta(minutes=shift % 10**6)
    axis = axis_of(start, start + timedelta(minutes=minutes), KYIV)
    xs = [tick.x for tick in axis.ticks]
    assert len(xs) < 60
    assert xs == sorted(xs)
    assert all(0 <= x <= 100 for x in xs)


def test_a_bar_without_an_earliest_time_is_open_and_ends_at_its_report():
    axis = axis_of(START, START + timedelta(days=1), ZoneInfo("UTC"))
    bar = bar_of(axis, None, None, [START + timedelta(hours=12)])
    assert (bar.open_start, bar.x + bar.width) == (True, 50.0)
    assert bar_of(axis, None, None, []) is None
    assert bar_of(axis, START + timedelta(days=2), START + timedelta(days=3), []) is None


def entry(low, high, hours=1, copy_of=None):
    when = (START + timedelta(hours=hours)).isoformat()
    return TollEntry(
        quantity="r:q0", report="r", published=when, source=f"S{hours}", low=low, high=high, copy_of=copy_of
    )


@pytest.mark.parametrize(
    ("low", "high", "shape"),
    [(137, 137, "exact"), (201, None, "least"), (0, 60, "most"), (24, 99, "range"), (None, None, "none")],
)
def test_each_kind_of_figure_has_a_shape_of_its_own(low, high, shape):
    toll = Toll(kind="killed", low=0, best=0, high=1, entries=(entry(low, high), entry(5, 5, 2, copy_of="x")))
    (point,) = toll_chart(toll, KYIV).points
    assert point.shape == shape


def test_labels_of_figures_that_stand_close_do_not_cover_each_other():
    toll = Toll(kind="killed", low=0, best=0, high=1, entries=tuple(entry(100, 100, hours) for hours in (1, 2, 3)))
    heights = sorted(point.label_y for point in toll_chart(toll, KYIV).points)
    assert all(b - a >= 28 for a, b in pairwise(heights))
