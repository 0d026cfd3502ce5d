"""Times in the terms of archives (EDTF) and of conflict data (UCDP)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dateline.records import TimeExpression
from dateline.records.dates import date_prec, edtf, interval

START = datetime(2022, 2, 21, tzinfo=UTC)


def expression(value, mod=None, earliest=None, latest=None, kind="DATE"):
    return TimeExpression(start=0, end=1, type=kind, value=value, mod=mod, earliest=earliest, latest=latest)


@pytest.mark.parametrize(("value", "mod", "written"), [
    ("2022-02-24", None, "2022-02-24"),
    ("2022-02", "APPROX", "2022-02~"),
    ("199", None, "199X"),
    ("18", None, "18XX"),
    ("2021-WI", None, "2021-24"),
    ("2021-Q4", None, "2021-36"),
    ("2022-02-26T01:30+05:30", None, "2022-02-26T01:30:00+05:30"),
    ("PRESENT_REF", None, None),
])  # fmt: skip
def test_values_are_written_as_edtf(value, mod, written):
    assert edtf(expression(value, mod)) == written


@pytest.mark.parametrize(("earliest", "latest", "written"), [
    (START, START + timedelta(days=7), "2022-02-21/2022-02-27"),
    (START, START + timedelta(hours=9), "2022-02-21"),
    (None, START, "../2022-02-20"),
    (START, None, "2022-02-21/.."),
])  # fmt: skip
def test_what_edtf_cannot_say_is_the_interval_of_its_days(earliest, latest, written):
    assert edtf(expression("PXW", None, earliest, latest, "DURATION")) == written


@pytest.mark.parametrize(("days", "precision"), [(0.5, 1), (1, 1), (3, 2), (7, 3), (28, 4), (31, 4), (90, 5)])
def test_precision_is_that_of_ucdp(days, precision):
    assert date_prec(START, START + timedelta(days=days)) == precision


def test_an_open_stretch_is_as_imprecise_as_can_be():
    assert date_prec(None, START) == 5


def test_the_days_of_a_stretch_are_those_of_its_own_zone():
    start = datetime(2022, 2, 24, tzinfo=timezone(timedelta(hours=2)))
    assert interval(start, start + timedelta(days=1)) == "2022-02-24"


def test_nothing_known_is_no_interval():
    assert interval(None, None) is None
