"""The opening of a report: "KYIV, Feb 25 (Reuters) -" names place, day and agency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.intake.dates import DateOrder, written_out
from dateline.intake.lists import rows, words

__all__ = ["Opening", "read_opening"]

_HEAD = 400  # an opening, with a byline before it, stands within so many characters
_LINES = 4
_OPENING = 160  # one is no longer than this, its mark included
_MARK = re.compile(r"[-–—―:]\s|[\d)] ?[-–—―:]")  # looked for first: most texts have none and need no more

_CAPITALS = r"[^\W\d_a-zà-ÿа-я][^\Wa-zà-ÿа-я\d_]+(?:[ .'’-]+[^\Wa-zà-ÿа-я\d_]+){0,3}\.?"
_NAME = r"[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+| (?:de|do|da|al|el|la|on|upon|of|and)(?= )){0,4}"
_LATER = rf"(?:/(?:{_CAPITALS}|{_NAME})|, ?{_NAME}){{0,2}}?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:{_MONTH} ?\d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})"
)
_AGENCY = r"\((?P<agency>[^\W\d_][\w .&'’/-]{1,39})\)"
_END = r"\s*(?:--?|–|—|―|:)\s"
_DASH = r"\s*(?:--?|–|—|―|:\s)"
_WITH_DATE = re.compile(
    rf"(?:(?P<place>(?:{_CAPITALS}|{_NAME}){_LATER}),? )?(?P<date>{_DATE})(?:,?\s+{_AGENCY})?{_DASH}"
)
_WITH_AGENCY = re.compile(rf"(?:(?P<place>(?:{_CAPITALS}|{_NAME}){_LATER}),? )?{_AGENCY}{_DASH}")
_PLACE_ONLY = re.compile(rf"(?P<place>{_CAPITALS}{_LATER}){_END}")
_BYLINE = re.compile(r"\s*(?:(?:By|BY|by) [^\n]{2,120}|UPDATE \d[^\n]{0,120}|\([^()\n]{2,80}\)\s*)$")
_NOT_AGENCY = re.compile(r"\b(?:region|oblast|province|district|state|county)\b", re.IGNORECASE)
_SMALL = frozenset({"de", "do", "da", "del", "la", "al", "el", "on", "upon", "of", "and", "sur"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening says; None for what it leaves out.

    place: in ordinary capitals, "Kyiv" for "KYIV". agency: its full name where it is known.
    day: ISO; only where the opening gives the year too.
    """

    place: str | None = None
    agency: str | None = None
    day: str | None = None


def read_opening(text: str, order: DateOrder | None = None) -> Opening:
    """Read the first words of a report; a byline or a note in brackets may stand before the opening."""
    head = text[:_HEAD]
    for line in head.lstrip("\ufeff \t\r\n").split("\n")[:_LINES]:
        if not line.strip() or _BYLINE.match(line):
            continue
        return _of_line(line.lstrip() + " ", order)
    return Opening()


def _of_line(line: str, order: DateOrder | None) -> Opening:
    if not _MARK.search(line, 0, _OPENING):
        return Opening()
    for pattern in (_WITH_DATE, _WITH_AGENCY, _PLACE_ONLY):
        found = pattern.match(line)
        if found:
            parts = found.groupdict()
            place, agency, day = parts.get("place"), parts.get("agency"), parts.get("date")
            if (place and place.split()[0].rstrip(".:") in words("not_places.txt")) or (
                agency and _NOT_AGENCY.search(agency)
            ):
                return Opening()
            return Opening(
                place=_ordinary(place) if place else None,
                agency=_full_name(agency.strip()) if agency else None,
                day=_day(day, order) if day else None,
            )
    return Opening()


def _day(date: str, order: DateOrder | None) -> str | None:
    return date if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) else written_out(date, order)


@lru_cache(maxsize=1024)
def _full_name(agency: str) -> str:
    return next((name for short, name in rows("agencies.tsv") if short == agency), agency)


def _ordinary(place: str) -> str:
    """Write "NEW YORK" as "New York"; short forms after a comma ("UAE", "D.C.") stay."""
    first, *rest = place.split(", ")
    return ", ".join([re.sub(r"[^\W\d_]+", _word, first), *rest])


def _word(found: re.Match[str]) -> str:
    word = found[0]
    if not word.isupper() or (len(word) == 1 and found.end() < len(found.string) and found.string[found.end()] == "."):
        return word
    return word.lower() if found.start() and word.lower() in _SMALL else word.capitalize()
