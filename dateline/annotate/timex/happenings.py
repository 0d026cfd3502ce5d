"""Happenings that times are counted from: "two days after the fire", "Day 100 of the war"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.annotate.timex import calendar
from dateline.annotate.timex.calendar import Period
from dateline.annotate.timex.sense import Sense
from dateline.annotate.timex.tenses import Around
from dateline.annotate.words import Words
from dateline.codebook.times import Start, time_tables
from dateline.records import TimeExpression

__all__ = ["begun", "dated"]

_NEAR = 10  # tokens after the expression that may name the happening
_OPENING = 200  # tokens of a report that say which war it is about
_WIDTH = 60  # tokens of a sentence either side of a time that may name what it dates
_FIRST_DAYS = 31  # after a war's start in which "the first day" alone is its first
_BACK = 12  # times before it that may have dated it


def dated(
    around: Around, times: Sequence[TimeExpression], now: date | None, starts: Sequence[Start]
) -> tuple[Period, int | None] | None:
    """The day of the happening named after the expression, and the time that dates it, if the report gave one."""
    return _told(around, times, begins=False) or _known(around, now, starts)


def begun(
    sense: Sense, around: Around, times: Sequence[TimeExpression], now: date | None, starts: Sequence[Start]
) -> tuple[Period, int | None] | None:
    """The day on which what the expression counts the days of began; "the first day" may leave out of what."""
    if around.after in ("of", "after", "into"):
        return _told(around, times, begins=True) or _known(around, now, starts)
    if sense.ord != 1:
        return None
    opening = set(around.words.lower[:_OPENING])
    known = (start for start in starts if now is not None and 0 <= (now - start.day).days < _FIRST_DAYS)
    return next(((calendar.day(start.day), None) for start in known if opening & start.which), None)


def _told(around: Around, times: Sequence[TimeExpression], *, begins: bool) -> tuple[Period, int] | None:
    noun = _noun(around)
    if noun is None:
        return None
    for index in range(len(times) - 1, max(-1, len(times) - 1 - _BACK), -1):
        time = times[index]
        if time.type == "DATE" and len(time.value) == 10 and time.value[:4].isdigit():
            sentence = _sentence(around.words, time)
            names = any(around.words.lemma[k] == noun for k in sentence)
            if names and (not begins or any(around.words.lemma[k] in time_tables().lists["begin"] for k in sentence)):
                return calendar.day(date.fromisoformat(time.value)), index
    return None


def _noun(around: Around) -> str | None:
    """The lemma of what follows "after": its head noun."""
    words = around.words
    for k in range(around.last + 1, min(around.last + _NEAR, len(words))):
        if words.pos[k] == "NOUN" and (
            words.head[k] <= around.last or words.pos[words.head[k]] not in ("NOUN", "PROPN")
        ):
            return words.lemma[k]
        if words.pos[k] in ("VERB", "PUNCT"):
            return None
    return None


def _sentence(words: Words, time: TimeExpression) -> range:
    at = words.tokens(time.start, time.end)[0]
    first, end = words.sentence_of(at)
    return range(max(first, at - _WIDTH), min(end, at + _WIDTH))


def _known(around: Around, now: date | None, starts: Sequence[Start]) -> tuple[Period, None] | None:
    """The start of a war or the like that the codebook dates, if it was before the report."""
    words = around.words
    named = set(words.lower[around.last : around.last + _NEAR])
    for start in starts:
        if now is None or start.day > now or not named & start.what:
            continue
        if named & start.which or not start.which.isdisjoint(words.lower[:_OPENING]):
            return calendar.day(start.day), None
    return None
