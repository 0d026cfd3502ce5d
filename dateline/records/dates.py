"""Dates in the terms of other trades: EDTF of the archives, UCDP's date precision."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dateline.records.reading import TimeExpression

__all__ = ["date_prec", "edtf", "interval"]

_DAY = timedelta(days=1)
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_PARTS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}
_UCDP = ((1, 1), (6, 2), (7, 3), (31, 4))


def edtf(time: TimeExpression) -> str | None:
    """A time as Extended Date/Time Format (ISO 8601-2, levels 0 to 2); None where nothing dates it.

    What EDTF has no word for (weeks, parts of days, lengths) becomes the interval of the days that hold it,
    ``..`` standing for an open side; ``~`` marks what is approximate.
    """
    about = "~" if time.mod == "APPROX" else ""
    if _PLAIN.fullmatch(time.value) and time.mod in (None, "APPROX"):
        return time.value + about
    if _CLOCK.fullmatch(time.value):
        return time.value[:16] + ":00" + time.value[16:]
    if re.fullmatch(r"\d{2,3}", time.value) and time.type == "DATE" and time.mod is None:
        return time.value + "X" * (4 - len(time.value))
    year, _, part = time.value.partition("-")
    if (code := _SEASONS.get(part) or _PARTS.get(part)) and year.isdigit() and time.mod is None:
        return f"{year}-{code}"
    return interval(time.earliest, time.latest)


def interval(earliest: datetime | None, latest: datetime | None) -> str | None:
    """The days of a half-open stretch, each as its own zone counts them, as an EDTF interval; None if both are open."""
    if earliest is None and latest is None:
        return None
    first = ".." if earliest is None else earliest.date().isoformat()
    last = ".." if latest is None else (latest - timedelta(microseconds=1)).date().isoformat()
    return first if first == last else f"{first}/{last}"


def date_prec(earliest: datetime | None, latest: datetime | None) -> int:
    """UCDP GED's date precision of a stretch: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer or open."""
    if earliest is None or latest is None:
        return 5
    days = (latest - earliest) / _DAY
    return next((precision for most, precision in _UCDP if days <= most), 5)
