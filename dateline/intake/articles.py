"""Rows of articles, from JSON or CSV, to reports: the names under which tools keep text, date and outlet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from dateline.intake.draft import Defaults, Draft, report_from
from dateline.intake.lists import rows
from dateline.intake.pages import fragment_text
from dateline.records import Report

__all__ = ["ArticleError", "draft_of", "names", "report_of"]

_CUT = re.compile(r"\[\+\d+ chars\]\Z")  # how NewsAPI ends a text that it cuts off
_NAMED = 4  # names of a text in the message that none is there
_NESTED = ("title", "name", "uri")  # Event Registry's source.title, NewsAPI's source.name


class ArticleError(ValueError):
    """A row that holds no article; the message says what is missing."""


def report_of(row: Mapping[str, object], origin: str, *, note: Callable[[str], None] | None = None) -> Report:
    """Make a report of one row; its ``text`` is kept as given, so offsets count in it.

    origin: where the row stands, such as "articles.jsonl:12". note: called with what could not be made
    out, such as a date that names no day (the report then has none). Only halves of surrogate pairs are
    changed, into U+FFFD, for no file can hold them.

    Raises ArticleError where no known name holds a text.
    """
    draft = draft_of(row, origin, None)
    return report_from(draft, Defaults(), note or _unsaid)


def draft_of(row: Mapping[str, object], path: str, line: int | None) -> Draft:
    """Find text, date and the rest in a row. Raises ArticleError where no known name holds a text."""
    parts = names(tuple(row))
    text = _first(row, parts["text"])
    if text is None and (page := _first(row, parts["page"])) is not None:
        text = fragment_text(page) if isinstance(page, str) else page
    if not isinstance(text, str):
        raise ArticleError(_no_text(row, text))
    return Draft(
        text=text,
        path=path,
        line=line,
        date=_date(row, parts["date"]),
        outlet=_name(_first(row, parts["outlet"])),
        title=_name(_first(row, parts["title"])),
        url=_name(_first(row, parts["url"])),
        language=_name(_first(row, parts["language"])),
        partial=text.endswith(" chars]") and _CUT.search(text) is not None,
    )


@lru_cache(maxsize=256)
def names(keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """For each field of ``field_names.tsv`` (text, page, date, …): which of ``keys`` hold it, best first."""
    by_name: dict[str, str] = {}
    for key in keys:
        by_name.setdefault(_plain(key), key)
    held: dict[str, list[str]] = {}
    for field, name, _ in rows("field_names.tsv"):
        keys_held = held.setdefault(field, [])
        if _plain(name) in by_name:
            keys_held.append(by_name[_plain(name)])
    return {field: tuple(dict.fromkeys(found)) for field, found in held.items()}


def _plain(key: str) -> str:
    return key.strip().lower().replace("_", "").replace("-", "").replace(" ", "")


def _first(row: Mapping[str, object], keys: tuple[str, ...]) -> object:
    """The first value that says something; an empty text stands only where there is no other."""
    empty: object = None
    for key in keys:
        value = row[key]
        if value is None or value != value:  # noqa: PLR0124 (NaN: how data frames write "nothing")
            continue
        if value != "":
            return value
        empty = value
    return empty


def _date(row: Mapping[str, object], keys: tuple[str, ...]) -> object:
    found = _first(row, keys)
    clock = row.get("time")
    if isinstance(found, str) and isinstance(clock, str) and len(found.strip()) == len("2022-02-25") and clock:
        return f"{found.strip()} {clock.strip()}"
    return found if found != "" else None


def _name(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = next((value[key] for key in _NESTED if isinstance(value.get(key), str)), None)
    return value if isinstance(value, str) else None


def _no_text(row: Mapping[str, object], found: object) -> str:
    if found is not None:
        return f"the text is no text but {type(found).__name__}"
    held = ", ".join(map(str, list(row)[:8])) or "nothing"
    known = ", ".join([name for field, name, _ in rows("field_names.tsv") if field == "text"][:_NAMED])
    return f"has no text: none of the names {known} … (it has: {held})"


def _unsaid(words: str) -> None:
    """Take a note that nobody asked for."""
