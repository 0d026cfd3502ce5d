"""Orders of numeric dates: whether a report that writes "3/4/2022" means 3 April or March 4."""

from __future__ import annotations

import re

from dateline.annotate.outlets import country_of
from dateline.records import Report

__all__ = ["day_first"]

_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MONTH_FIRST = re.compile(_MONTHS + r"[a-z]*\.? \d\d?\b(?!:)")
_DAY_FIRST = re.compile(r"\b\d\d? " + _MONTHS)
_NUMERIC = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:\d\d|\d{4})(?![\d/])")
_BY_MONTH = frozenset({"USA", "PHL", "FSM", "PLW"})
"""Countries that write the month first (CLDR's short dates in English)."""


def day_first(report: Report) -> bool:
    """By its numeric dates that can be read in one way only, else its outlet's country, else its other dates."""
    numbers = [(int(one), int(two)) for one, two in _NUMERIC.findall(report.text)]
    days, months = sum(one > 12 for one, _ in numbers), sum(two > 12 for _, two in numbers)
    if days != months:
        return days > months
    country = country_of(report)
    if country is not None:
        return country not in _BY_MONTH
    return len(_DAY_FIRST.findall(report.text)) >= len(_MONTH_FIRST.findall(report.text))
