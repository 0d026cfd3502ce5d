"""The calendar under the time expressions: periods, durations, holidays."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.timex import calendar
from dateline.annotate.timex.holidays import holiday
from dateline.codebook.times import time_tables


@pytest.mark.parametrize(("name", "year", "days"), [
    ("easter", 2024, ["2024-03-31"]),
    ("orthodox-easter", 2024, ["2024-05-05"]),
    ("orthodox-easter", 2022, ["2022-04-24"]),
    ("good-friday", 2022, ["2022-04-15"]),
    ("thanksgiving", 2022, ["2022-11-24"]),
    ("memorial-day", 2022, ["2022-05-30"]),
    ("yom-kippur", 2023, ["2023-09-25"]),
    ("purim", 2024, ["2024-03-24"]),
    ("simchat-torah", 2023, ["2023-10-07/2023-10-08"]),
    ("ramadan", 2024, ["2024-03-11/2024-04-09"]),
    ("eid-al-adha", 2000, ["2000-03-16/2000-03-19"]),
])  # fmt: skip
def test_a_holiday_falls_on_its_day(name, year, days):
    assert [period.value for period in holiday(name, year)] == days


@given(st.sampled_from(sorted(time_tables().holidays)), st.integers(1, 9999))
def test_holidays_lie_in_their_year_and_never_crash(name, year):
    for period in holiday(name, year):
        assert period.value.startswith(f"{year:04d}")


@pytest.mark.parametrize(("n", "unit", "value"), [
    (2, "D", "P2D"), (2.5, "Y", "P2Y6M"), (5.5, "H", "PT5H30M"), (0.5, "H", "PT30M"), (2, "E", "P20Y"),
    (1, "F", "P2W"), (None, "W", "PXW"), (None, "H", "PTXH"), (1.5, "D", "P1DT12H"),
])  # fmt: skip
def test_durations_are_written_as_timex3_does(n, unit, value):
    assert calendar.duration(n, unit) == value


@pytest.mark.parametrize(("period", "value", "start", "end"), [
    (calendar.quarter(2021, 4), "2021-Q4", datetime(2021, 10, 1), datetime(2022, 1, 1)),  # noqa: DTZ001
    (calendar.half(2021, 1), "2021-H1", datetime(2021, 1, 1), datetime(2021, 7, 1)),  # noqa: DTZ001
    (calendar.half(2021, 2), "2021-H2", datetime(2021, 7, 1), datetime(2022, 1, 1)),  # noqa: DTZ001
    (calendar.decade(199), "199", datetime(1990, 1, 1), datetime(2000, 1, 1)),  # noqa: DTZ001
    (calendar.week(date(2022, 1, 1)), "2021-W52", datetime(2021, 12, 27), datetime(2022, 1, 3)),  # noqa: DTZ001
    (calendar.year(0), "BC0001", None, datetime(1, 1, 1)),  # noqa: DTZ001
])  # fmt: skip
def test_periods_are_half_open(period, value, start, end):
    assert (period.value, period.start, period.end) == (value, start, end)


@given(st.dates(), st.sampled_from("DWFMQYECL"), st.integers(-(10**6), 10**6))
def test_a_shift_beyond_the_calendar_has_no_bounds(day, unit, n):
    period = calendar.shifted(day, unit, n)
    assert period is None or period.start is None or period.end is None or period.start < period.end
