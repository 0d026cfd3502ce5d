"""Quotations: stretches between quotation marks, of whatever style, in one pass over the marks.

Double, single and guillemet marks are read, straight or curly, and ``''`` as wires type them. Only
outermost quotations count. A quotation that stays open at a paragraph's end runs to that end; where
the next paragraph opens with a mark again, the two are pieces of one (the convention of English
newspapers). Each mark is looked at a bounded number of times, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.words import paragraphs

__all__ = ["Quotation", "find_quotations"]

_MARK = re.compile(r"“|”|\"|„|«|»|``|''|‘|’|'")
_CLOSERS = {
    "“": ("”", '"', "“"),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "”"),
    "``": ("''", '"', "”"),
    "''": ("''",),
    "‘": ("’", "'"),
    "'": ("'", "’"),
    "”": ("”", '"'),
}
_SINGLE = ("‘", "'", "’")
_ELIDED = re.compile(r"(?:\d\ds|em|til|cause|tis|twas|n)\b", re.IGNORECASE)
_BEFORE_OPENING = " \t\n\r\u00a0([{-–—/:"
_SENTENCE_END = ".,?!…;"


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[start:end]``, marks included.

    closed: its closing mark is there. continued: it goes on in the next quotation of the list, which
    re-opens the marks at the head of the next paragraph.
    """

    start: int
    end: int
    closed: bool
    continued: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """Find the outermost quotations of a text, in order."""
    found: list[Quotation] = []
    for first, last in paragraphs(text):
        marks = [m for m in _MARK.finditer(text, first, last) if not _apostrophe(text, m)]
        here = _in_paragraph(text, marks, last)
        if found and here and not found[-1].closed and here[0].start == first and _adjacent(text, found[-1].end, first):
            before = found[-1]
            found[-1] = Quotation(before.start, before.end, closed=False, continued=True)
        found += here
    return found


def _adjacent(text: str, end: int, start: int) -> bool:
    return start - end < 64 and not text[end:start].strip()


def _in_paragraph(text: str, marks: Sequence[re.Match[str]], last: int) -> list[Quotation]:
    found: list[Quotation] = []
    opening: re.Match[str] | None = None
    for mark in marks:
        kind = mark[0]
        if opening is None:
            if _can_open(text, mark):
                opening = mark
        elif kind in _CLOSERS[opening[0]] and _can_close(text, mark):
            if mark.start() > opening.end():
                found.append(Quotation(opening.start(), mark.end(), closed=True))
            opening = None
        elif opening[0] in _SINGLE and kind not in _SINGLE:
            opening = mark if _can_open(text, mark) else opening  # a double mark outranks a stray single one
    if opening is not None and opening[0] not in _SINGLE and last > opening.end():
        found.append(Quotation(opening.start(), last, closed=False))
    return found


def _apostrophe(text: str, mark: re.Match[str]) -> bool:
    """Whether a single mark stands within a word, or for a letter left out."""
    if mark[0] not in ("'", "’"):
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if before.isalnum() and after.isalnum():
        return True
    return not before.isalnum() and bool(_ELIDED.match(text, mark.end())) and before not in _SENTENCE_END


def _can_open(text: str, mark: re.Match[str]) -> bool:
    kind = mark[0]
    if kind in ("”", "’"):
        return False
    after = text[mark.end() : mark.end() + 1]
    before = text[mark.start() - 1 : mark.start()] if mark.start() else " "
    if kind in ("“", "«", "„", "``", "‘"):
        return bool(after)
    return bool(after) and not after.isspace() and (before in _BEFORE_OPENING or before in "\"“'‘")


def _can_close(text: str, mark: re.Match[str]) -> bool:
    kind = mark[0]
    if kind in ("”", "»", "“"):
        return True
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    if kind in ("'", "’"):
        return _single_closes(text, mark, before, after)
    return not before.isspace() or not after or not after.isalnum()


def _single_closes(text: str, mark: re.Match[str], before: str, after: str) -> bool:
    """A closing single mark follows sentence punctuation, or a word and then no possessed noun."""
    if before.isspace() or after.isalnum():
        return False
    if before in _SENTENCE_END:
        return True
    plural_owner = before == "s" and after == " " and text[mark.end() + 1 : mark.end() + 2].islower()
    return not plural_owner
