"""Plain text: one or more reports in a file, each after a header that gives its date.

A header is a line or the beginning of one, ``date 2022-02-25`` or ``date: 25 February 2022``, and the
lines ``outlet:``, ``title:``, ``url:`` next to it. It is not part of the text; nor is the white space
after a header and at the end of a text, which belongs to the file. Everything else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.intake.draft import Draft

__all__ = ["text_drafts"]

_ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\S)"
_LINE_END = r"[ \t]*(?P<end>\r?\n|\Z)?"
# After an ISO date the text may go on in the same line; any other date needs a colon and the line to itself.
_DATE = re.compile(rf"[ \t]*+date(?::[ \t]*+|[ \t]++)(?P<date>{_ISO}){_LINE_END}", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"[ \t]*+date:[ \t]*+(?P<date>(?=[^\n]*\d{4}|\d+[./]\d+[./]\d)[^\n]{6,60}?)[ \t]*(?P<end>\r?\n|\Z)", re.IGNORECASE
)
_FIELD = re.compile(
    r"[ \t]*+(?P<name>outlet|source|title|headline|url|language):(?P<value>[^\n]*+)(?P<end>\n|\Z)",
    re.IGNORECASE,
)
_SAME = {"source": "outlet", "headline": "title"}
_LINE_START = re.compile(rf"^{_DATE.pattern}", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n\Z")


def text_drafts(text: str, path: str, file_date: str | None = None) -> Iterator[Draft]:
    """Split a file's text into drafts at its headers; a file without any is one draft."""
    starts = _starts(text)
    line = 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        place = None if len(starts) == 1 else line
        yield _draft(text, start, end, Draft(text="", path=path, line=place, file_date=file_date))
        line += text.count("\n", start, end)


def _starts(text: str) -> list[int]:
    """Where each report begins: at date lines, and at lines that begin with a date after an empty one."""
    starts = [0]
    for found in _LINE_START.finditer(text):
        before = text[max(0, found.start() - 80) : found.start()]
        if found["end"] is not None or _BLANK_LINE.search(before):
            starts.append(found.start())
    # A header at the top (other header lines may stand before its date) opens the first report, no second one.
    if len(starts) > 1 and not text[_header(text, 0, starts[1])[0] : starts[1]].strip():
        del starts[1]
    return starts


def _draft(text: str, start: int, end: int, draft: Draft) -> Draft:
    at, held = _header(text, start, end)
    draft.text = text[at:end].rstrip()
    if held:
        draft.text = draft.text.lstrip()
    draft.date = held.get("date")
    draft.outlet, draft.title = held.get("outlet"), held.get("title")
    draft.url, draft.language = held.get("url"), held.get("language")
    return draft


def _header(text: str, start: int, end: int) -> tuple[int, dict[str, str]]:
    """Read header lines after any empty ones; return where they end (if none, ``start``) and what they say."""
    held: dict[str, str] = {}
    at = start
    while at < end and text[at].isspace():
        at += 1
    while at < end:
        found = _FIELD.match(text, at, end)
        if found is None and "date" not in held:
            found = _DATE.match(text, at, end) or _DATE_LINE.match(text, at, end)
        if found is None:
            break
        parts = found.groupdict()
        name = (parts.get("name") or "date").lower()
        held.setdefault(_SAME.get(name, name), (parts.get("value") or parts.get("date") or "").strip())
        at = found.end()
        if found["end"] is None:
            break
    return (at, held) if held else (start, held)
