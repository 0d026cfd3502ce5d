"""Find the time expressions of a report and resolve them to the calendar, in the terms of TIMEX3.

The finder looks for words that can only be, or often are, part of a time; round these it cuts the
text into pieces, lets a small grammar (``codebook/time/patterns.tsv``) build all readings and takes the
longest from the left. The normaliser then turns each reading into a value and bounds, from the date of
publication, the tense round it and the times told of before. After HeidelTime (Strötgen & Gertz 2013)
in method, after TimeML 1.2.1 in values.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from dateline.annotate.context import Context
from dateline.annotate.timex.chart import chart
from dateline.annotate.timex.dates import clocks, halves
from dateline.annotate.timex.needs import NEEDS
from dateline.annotate.timex.normaliser import Normaliser
from dateline.annotate.timex.pieces import Edge, Piece, cut
from dateline.annotate.timex.sense import Sense, sense_of
from dateline.annotate.timex.tenses import Around
from dateline.annotate.words import Words
from dateline.codebook.times import time_tables
from dateline.records import TimeExpression

__all__ = ["find_times"]

_DIGITS = re.compile(
    r"""\D*(?:\d{4}s?|\d0s|\d{1,2}[:.]\d\d.*|\d+[./-]\d+[./-]\d+.*
    |\d+(?:am|pm|a\.m\.|p\.m\.|st|nd|rd|th|h|hrs)\b.*|.*[–—-].*)""",
    re.VERBOSE,
)
"""Tokens with digits that may be a year, a clock time, a date or a day of the month."""


_JOINED = ("and", "to", "through", "until")


def find_times(words: Words, context: Context) -> list[TimeExpression]:
    """All time expressions of a report in text order; without a date of publication relative ones stay open."""
    if not len(words):
        return []
    normaliser = Normaliser(words, context.report, context.codebook.starts)
    for first, end in _stretches(words):
        for found in _expressions(words, first, end):
            normaliser.add(*found)
    return normaliser.times


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """Words that begin the search, and words that may stand in a time expression at all."""
    tables = time_tables()
    starts = {w for w, senses in tables.words.items() if any(s.gives in tables.lists["search-classes"] for s in senses)}
    starts |= tables.lists["search-words"]
    abbreviated = {w + "." for w, senses in tables.words.items() if any(s.gives.endswith("ABBR") for s in senses)}
    starts |= {w for w in abbreviated if w[:-1] in starts}
    known = set(tables.words) | starts | abbreviated
    for pattern in tables.patterns:
        for names, _, _ in pattern.items:
            known.update(name for name in names if name == name.lower())
        if pattern.gives == "HOLIDAY":
            rare = [names[0] for names, _, _ in pattern.items if len(names[0]) > 3 and names[0] not in ("year", "day")]
            starts.update(rare[:1])
    return frozenset(starts), frozenset(known)


def _stretches(words: Words) -> Iterator[tuple[int, int]]:
    """Token ranges round the words that hint at a time, as far as known words and numbers reach."""
    starts, known = _vocabulary()
    lower = words.lower
    end = 0
    for i, word in enumerate(lower):
        if i < end or not (
            word in starts or (not word.isalpha() and _DIGITS.match(word) and any(map(str.isdigit, word)))
        ):
            continue
        first = i
        bounds = words.paragraphs[words.paragraph[i]]
        while first > max(end, bounds[0]) and _known(lower[first - 1], known):
            first -= 1
        end = i + 1
        while end < bounds[1] and _known(lower[end], known):
            end += 1
        yield first, end


def _known(word: str, known: frozenset[str]) -> bool:
    return word in known or word[0].isdigit() or word[-1].isdigit() or not word[0].isalnum()


def _expressions(words: Words, first: int, end: int) -> Iterator[tuple[Piece, Piece, Sense]]:
    """The time expressions of a stretch: the longest from the left whose conditions hold."""
    pieces = cut(words.text, words.start[first], words.end[end - 1])
    edges = chart(pieces, time_tables())
    i = 0
    while i < len(pieces):
        best = None
        for edge in sorted((e for e in edges[i] if e.gives == "T"), key=lambda e: (-e.end, e.order)):
            if _holds(words, pieces[i], pieces[edge.end - 1], edge):
                best = edge
                break
        if best is None:
            i += 1
            continue
        sense = sense_of(best.features)
        if sense.kind == "pair":
            middle = _index(pieces, _JOINED, i)
            first_day, second_day = halves(sense)
            yield pieces[i], pieces[middle - 1], first_day
            yield pieces[middle + 1], pieces[best.end - 1], second_day
        elif sense.kind == "clocks":  # what follows the bracket is read again, as a time of its own
            opens, closes = _index(pieces, ("(",), i), _index(pieces, (")",), i)
            first_clock, second_clock = clocks(sense)
            yield pieces[i], pieces[opens - 1], first_clock
            yield pieces[opens + 1], pieces[closes - 1], second_clock
            i = closes + 1
            continue
        elif sense.kind != "none":
            yield pieces[i], pieces[best.end - 1], sense
        i = best.end


def _index(pieces: list[Piece], texts: tuple[str, ...], start: int) -> int:
    return next(k for k in range(start, len(pieces)) if pieces[k].text.lower() in texts)


def _holds(words: Words, first: Piece, last: Piece, edge: Edge) -> bool:
    need = edge.features.get("need")
    if not isinstance(need, str):
        return True
    around = Around(words, bisect_right(words.start, first.start) - 1, bisect_left(words.end, last.end) + 1)
    return all(NEEDS[name](around) for name in need.split("+"))
