"""Draft: what a file says about one report, before dates are read and doubts are said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dateline.intake.dates import DateError, DateOrder, published
from dateline.intake.decoding import well_formed
from dateline.intake.language import is_english, language_code
from dateline.intake.opening import read_opening
from dateline.intake.problem import Problem, Say
from dateline.records import Report

__all__ = ["Defaults", "Draft", "finish", "report_from"]

NO_DATE = 'no date: relative times such as "on Friday" stay open; give one with --date YYYY-MM-DD'


def _tomorrow() -> str:
    # The only look at a clock in intake, for a note and never for a record; a day's grace for zones.
    return (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


@dataclass(slots=True, kw_only=True)
class Draft:
    """One report as its file gives it.

    date: in the file's own words, None where it gives none; ``file_date``: ISO day of the file's name.
    path, line: where it stands, for ``Problem`` and ``Report.origin``.
    """

    text: str
    path: str
    line: int | None = None
    date: object = None
    file_date: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the user says of all reports: stands in where a file says nothing itself.

    tomorrow: ISO day; a report dated later is in the future.
    """

    date: str | None = None
    outlet: str | None = None
    order: DateOrder | None = None
    tomorrow: str = field(default_factory=_tomorrow)


def finish(draft: Draft, defaults: Defaults, problems: Say) -> Report | None:
    """Make the report of a draft; None, with the reason told, for one that is empty or not English."""
    if not draft.text or draft.text.isspace():
        problems(Problem(draft.path, draft.line, "is empty; skipped"))
        return None
    if not is_english(draft.text):
        problems(Problem(draft.path, draft.line, "is not English; only English is read; skipped"))
        return None

    def note(words: str) -> None:
        problems(Problem(draft.path, draft.line, words, skipped=False))

    report = report_from(draft, defaults, note)
    if report.published is None:
        note(NO_DATE)
    elif report.published[:10] > defaults.tomorrow:
        note(f"is dated in the future ({report.published}); read as it stands")
    return report


def report_from(draft: Draft, defaults: Defaults, note: Callable[[str], None]) -> Report:
    """Make the report of a draft; ``note`` is told what could not be made out.

    The day is the first of: the file's own field or header, ``defaults.date``, the file's name, the
    opening ("KYIV, Feb. 25, 2022 (AP) —").
    """
    opening = read_opening(draft.text, defaults.order)
    return Report(
        text=well_formed(draft.text),
        published=_own_date(draft, defaults.order, note) or defaults.date or draft.file_date or opening.day,
        outlet=_clean(draft.outlet) or defaults.outlet or opening.agency,
        title=_clean(draft.title),
        url=_clean(draft.url),
        language=_language(draft),
        dateline_place=opening.place,
        origin=draft.path if draft.line is None else f"{draft.path}:{draft.line}",
        partial=draft.partial,
    )


def _own_date(draft: Draft, order: DateOrder | None, note: Callable[[str], None]) -> str | None:
    if draft.date is None:
        return None
    try:
        return published(draft.date, order)
    except DateError as error:
        note(f"the date is left out: {error}")
        return None


def _language(draft: Draft) -> str:
    """The language given, if the text bears it out: crawlers give "en" to anything, and other codes to English."""
    code = language_code(draft.language) if draft.language else "en"
    return "en" if code != "en" and is_english(draft.text) else code


def _clean(words: str | None) -> str | None:
    if not words:
        return None
    if words.isascii() and words.isprintable() and "  " not in words:
        return words.strip() or None  # nearly all; the rest costs three times as much
    return well_formed(" ".join(words.split())) or None
