"""When an event was: from its own words, its sentence, the story before it, or only the publication.

The publication is never passed off as an event's date: without words that date it, an event that has happened is
bounded above by the publication, one to come is bounded below by it, and the basis says so. A time that dates
only the telling ("…, he said on Friday") bounds what is told on one side, as the publication does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal

from dateline.annotate.context import Context
from dateline.annotate.timex.tenses import Around
from dateline.annotate.timex.zones import aware, home_zone
from dateline.annotate.words import Words
from dateline.codebook.times import time_tables
from dateline.records import TimeExpression

__all__ = ["EventTime", "time_of"]

Basis = Literal["argument", "sentence", "story", "published", "none"]
Bounds = tuple[datetime | None, datetime | None]

_DAY = timedelta(days=1)
_TO_COME = frozenset({"planned", "possible"})
_CLAUSES = frozenset(
    {"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "csubjpass", "parataxis", "conj"}
)
_SAME_TIME = frozenset({"xcomp", "conj"})
_CLOSE = 2  # tokens from a trigger to a time that is its own whatever the parse says: "said on Friday"
_MOST = 40  # times of one sentence that are weighed
_HIGHEST = 50  # tokens above a token that are looked at; a parse of nonsense can be thousands deep
_OPENING = 16  # tokens in which "KYIV, Feb 25 (Agency) —" ends


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event was: index of the time it was read from, where that stood, and zoned half-open bounds."""

    time: int | None
    basis: Basis
    earliest: datetime | None = None
    latest: datetime | None = None


def time_of(words: Words, trigger: int, status: str, times: Sequence[TimeExpression], context: Context) -> EventTime:
    """The time of the event whose trigger is the token ``trigger``; ``status`` as in ``Event.status``."""
    printed = _Printed.of(context)
    first, end = words.sentence_of(trigger)
    begin = bisect_left(times, words.start[first], key=lambda t: t.start)
    stop = bisect_left(times, words.end[end - 1], lo=begin, key=lambda t: t.start)
    for own, loose, index in _in_sentence(words, trigger, times, range(begin, min(stop, begin + _MOST))):
        bounds = _under_preposition(words, trigger, times[index], status, printed)
        if loose or (status in _TO_COME and _is_past(words, times[index])):
            bounds = _one_side(bounds, status)
        if printed.allow(bounds, status):
            return EventTime(index, "argument" if own else "sentence", *bounds)
    if (
        status not in _TO_COME
        and status != "denied"
        and (told := _told_before(words, trigger, times, begin)) is not None
    ):
        bounds = _whole_days(times[told])
        if printed.allow(bounds, status):
            return EventTime(told, "story", *bounds)
    return printed.only(status, Around(words, trigger, trigger + 1).tense())


@dataclass(frozen=True, slots=True)
class _Printed:
    """The stretch in which the report was published, and its day."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def of(cls, context: Context) -> _Printed:
        report = context.report
        if report.day is None:
            return cls()
        start = aware(datetime.combine(report.day, datetime.min.time()), home_zone(report))
        begun, lasts = (start, _DAY) if report.moment is None else (report.moment, timedelta(minutes=1))
        return cls(start, _plus(begun, lasts))

    def allow(self, bounds: Bounds, status: str) -> bool:
        """Whether an event of that status can lie within the bounds: what happened is past, a plan is not."""
        earliest, latest = bounds
        if earliest is None and latest is None:
            return False
        if self.start is None or self.end is None:
            return earliest is None or latest is None or earliest < latest
        if earliest is not None and latest is not None and earliest >= latest:
            return False
        if status in _TO_COME:
            return latest is None or latest > self.start
        return status not in ("happened", "ongoing") or earliest is None or earliest < self.end

    def only(self, status: str, tense: float) -> EventTime:
        """What is known of an event that no words date."""
        if self.start is None:
            return EventTime(None, "none")
        if status in _TO_COME or (status == "denied" and tense > 0):
            return EventTime(None, "published", self.start, None)
        return EventTime(None, "published", None, self.end)


def _plus(moment: datetime | None, length: timedelta) -> datetime | None:
    try:
        return None if moment is None else moment + length
    except OverflowError:
        return None


def _in_sentence(
    words: Words, trigger: int, times: Sequence[TimeExpression], here: range
) -> Iterator[tuple[bool, bool, int]]:
    """The sentence's times that may date the event, nearest clause first: (its own, bounds one side only, index)."""
    mine = _clauses(words, trigger)
    found = []
    for index in here:
        time = times[index]
        at = words.tokens(time.start, time.end)
        if _undated(time) or _is_opening(words, at[0]) or _is_counted_from(words, trigger, at):
            continue
        theirs = _clauses(words, _top(words, at))
        close = 0 < at[0] - trigger <= _CLOSE and not _is_told(words, trigger, mine)
        ranked = (0, False) if close else _relation(words, trigger, mine, theirs)
        if ranked is not None:
            distance, loose = ranked
            found.append((distance, abs(at[0] - trigger), index, loose))
    for distance, _, index, loose in sorted(found):
        yield distance == 0, loose, index


def _relation(words: Words, trigger: int, mine: list[int], theirs: list[int]) -> tuple[int, bool] | None:
    """How many clauses above the event its time stands, and whether it only bounds it on one side; None: it does not.

    A time in a clause below or beside the event's dates something else, unless that clause describes the event
    ("the raid that killed nine on Friday").
    """
    if theirs[0] not in mine:
        heads = [words.head[clause] for clause in theirs if words.dep[clause] in ("relcl", "acl")]
        if trigger in heads[:1]:
            return 0, False
        return (1, False) if words.head[theirs[0]] in mine[:1] and _goes_along(words, theirs[0]) else None
    up = mine.index(theirs[0])
    told = _is_told(words, trigger, theirs)
    if up == 0:
        return 0, told
    before = any(words.lower[c] in ("have", "had") for clause in mine[:up] for c in words.dependents(clause, "aux"))
    return up, told or before or not all(_at_the_time(words, clause) for clause in mine[:up])


def _is_told(words: Words, trigger: int, clauses: list[int]) -> bool:
    """Whether the innermost of the clauses tells of the event and is not itself the event."""
    return words.lemma[clauses[0]] in time_tables().lists["reporting"] and trigger != clauses[0]


def _is_counted_from(words: Words, trigger: int, at: range) -> bool:
    """Whether a length ("two days after the attack") leads away from the event to another time."""
    after = at[-1] + 1
    if after >= len(words) or trigger <= after or words.lower[after] not in ("after", "before"):
        return False
    return trigger < words.right[after]


def _at_the_time(words: Words, clause: int) -> bool:
    """Whether a clause is at the time of the one it depends on: "… and left", "began to fire", "…, killing six"."""
    if words.dep[clause] != "advcl":
        return words.dep[clause] in _SAME_TIME
    return words.tag[clause] == "VBG" and not words.dependents(clause, "mark", "prep", "aux", "nsubj")


def _goes_along(words: Words, clause: int) -> bool:
    """Whether a clause is at the time of the one above: "and …", "began to …", "as dawn broke …"."""
    above = words.lemma[words.head[clause]]
    lists = time_tables().lists
    if words.dep[clause] == "xcomp":
        return above not in lists["planning"] and above not in lists["reporting"]
    if words.dep[clause] == "advcl":
        return any(words.lower[c] in ("as", "when", "while") for c in words.children[clause])
    return words.dep[clause] == "conj"


def _is_past(words: Words, time: TimeExpression) -> bool:
    at = words.tokens(time.start, time.end)
    return Around(words, at[0], at[-1] + 1).tense() < 0


def _clauses(words: Words, i: int) -> list[int]:
    """The heads of the clauses that hold a token, innermost first."""
    chain = [i, *islice(words.ancestors(i), _HIGHEST)]
    heads = [k for k in chain if words.dep[k] in _CLAUSES and words.pos[k] in ("VERB", "AUX")]
    return heads or [chain[-1]]


def _top(words: Words, tokens: range) -> int:
    """The token of a time that the rest hang on; of "on Friday" the preposition's governor counts."""
    return next((k for k in tokens if words.head[k] not in tokens or words.head[k] == k), tokens[0])


def _undated(time: TimeExpression) -> bool:
    return time.type == "SET" or (time.earliest is None and time.latest is None)


def _is_opening(words: Words, at: int) -> bool:
    """Whether a time stands in the opening "KYIV, Feb 25 (Agency) —", which dates the report."""
    return at < _OPENING and any(mark in ("-", "--", "–", "—", "―", "_") for mark in words.form[at + 1 : _OPENING])


def _under_preposition(words: Words, trigger: int, time: TimeExpression, status: str, printed: _Printed) -> Bounds:
    """The event's bounds under the word before its time ("since", "until", "by", …), or if it only began then."""
    earliest, latest = time.earliest, time.latest
    tokens = words.tokens(time.start, time.end)
    at, top = tokens[0], _top(words, tokens)
    before = words.lower[at - 1] if at and words.head[top] != trigger else ""  # "before Tuesday's attack" was the rest
    begun = status == "ongoing" and words.lemma[_clauses(words, at)[0]] in time_tables().lists["beginning"]
    if before == "since" or begun:
        return earliest, printed.end
    if before in ("after", "from"):
        return earliest, None if status in _TO_COME else printed.end
    if before in ("until", "till", "by", "before"):
        opens = printed.start if status in _TO_COME else None
        return (opens if opens is None or latest is None or opens < latest else None), latest
    return earliest, latest


def _one_side(bounds: Bounds, status: str) -> Bounds:
    """What the time of the telling says of what is told: no later, or if to come no earlier."""
    earliest, latest = bounds
    return (earliest, None) if status in _TO_COME else (None, latest)


def _told_before(words: Words, trigger: int, times: Sequence[TimeExpression], begin: int) -> int | None:
    """The last dated time of the paragraph's sentences before the event's."""
    start = words.start[words.paragraphs[words.paragraph[trigger]][0]]
    for index in range(begin - 1, -1, -1):
        if times[index].start < start:
            return None
        opening = _is_opening(words, words.tokens(times[index].start, times[index].end)[0])
        if times[index].type in ("DATE", "TIME") and not _undated(times[index]) and not opening:
            return index
    return None


def _whole_days(time: TimeExpression) -> Bounds:
    """The story goes on within the day, not within the hour."""
    earliest, latest = time.earliest, time.latest
    if earliest is not None:
        earliest = earliest.replace(hour=0, minute=0, second=0, microsecond=0)
    if latest is not None and (latest.hour or latest.minute):
        latest = _plus(latest.replace(hour=0, minute=0, second=0, microsecond=0), _DAY)
    return earliest, latest
