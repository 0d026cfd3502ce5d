"""When an event was: from its own words, its sentence, the story before it, or only the publication.

The publication is never passed off as an event's date: without words that date it, an event that has
happened is bounded above by the publication, one to come is bounded below by it, and the basis says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dateline.annotate.context import Context
from dateline.annotate.timex.zones import aware, home_zone
from dateline.annotate.words import Words
from dateline.records import TimeExpression

__all__ = ["EventTime", "time_of"]

Basis = Literal["argument", "sentence", "story", "published", "none"]
_AHEAD = frozenset({"planned", "possible"})
_SUBORDINATE = frozenset({"advcl", "relcl", "ccomp", "acl", "csubj", "parataxis"})


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event was: index of the time it was read from, where that stood, and zoned half-open bounds."""

    time: int | None
    basis: Basis
    earliest: datetime | None = None
    latest: datetime | None = None


def time_of(words: Words, trigger: int, status: str, times: Sequence[TimeExpression], context: Context) -> EventTime:
    """The time of the event whose trigger is the token ``trigger``; ``status`` as in ``Event.status``."""
    limit = _Publication.of(context)
    for basis, index in _candidates(words, trigger, times):
        bounds = _opened(words, times[index], limit)
        if bounds is not None and limit.allows(bounds, status):
            return EventTime(index, basis, *bounds)
    return limit.only(status)


@dataclass(frozen=True, slots=True)
class _Publication:
    """The stretch in which the report was published."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def of(cls, context: Context) -> _Publication:
        report = context.report
        if report.day is None:
            return cls()
        if report.moment is not None:
            return cls(report.moment, report.moment + timedelta(minutes=1))
        start = aware(datetime.combine(report.day, datetime.min.time()), home_zone(report))
        return cls(start, start + timedelta(days=1) if start else None)

    def allows(self, bounds: tuple[datetime | None, datetime | None], status: str) -> bool:
        """Whether an event of that status can lie within the bounds: what happened is past, a plan is not."""
        if self.start is None or self.end is None:
            return True
        earliest, latest = bounds
        if status in _AHEAD:
            return latest is None or latest > self.start
        if status in ("happened", "ongoing"):
            return earliest is None or earliest < self.end
        return True

    def only(self, status: str) -> EventTime:
        """What is known of an event that no words date."""
        if self.start is None:
            return EventTime(None, "none")
        if status == "planned":
            return EventTime(None, "published", self.start, None)
        return EventTime(None, "published", None, None if status == "possible" else self.end)


def _candidates(words: Words, trigger: int, times: Sequence[TimeExpression]) -> Iterator[tuple[Basis, int]]:
    """Times that may date the event, best first."""
    first, end = words.sentence_of(trigger)
    lo, hi = words.start[first], words.end[end - 1]
    begin = bisect_left(times, lo, key=lambda t: t.start)
    here = [k for k in range(begin, len(times)) if times[k].start < hi][:40]
    ranked = sorted((_distance(words, trigger, times[k]), k) for k in here if _dates(times[k]))
    for distance, k in ranked:
        yield ("argument" if distance[0] == 0 else "sentence"), k
    paragraph_start = words.start[words.paragraphs[words.paragraph[trigger]][0]]
    for k in range(begin - 1, -1, -1):
        if times[k].start < paragraph_start:
            break
        if _dates(times[k]):
            yield "story", k


def _dates(time: TimeExpression) -> bool:
    return time.type != "SET" and (time.earliest is not None or time.latest is not None)


def _distance(words: Words, trigger: int, time: TimeExpression) -> tuple[int, int]:
    """(0 if the trigger governs the time, else clause borders between the two; tokens between the two)."""
    tokens = words.tokens(time.start, time.end)
    at = tokens[0]
    top = next((k for k in tokens if words.head[k] not in tokens or words.head[k] == k), at)
    apart = abs(at - trigger)
    borders = 0
    governors = {trigger}
    for above in words.ancestors(trigger):
        if words.dep[trigger] not in ("conj", "dobj", "nsubj", "nsubjpass", "xcomp", "pobj", "attr", "compound"):
            break
        governors.add(above)
        if words.pos[above] == "VERB":
            break
    for above in words.ancestors(top):
        if above in governors:
            return borders, apart
        if words.dep[above] in _SUBORDINATE or words.pos[above] == "VERB":
            borders += 1
    return borders + 1, apart


def _opened(words: Words, time: TimeExpression, limit: _Publication) -> tuple[datetime | None, datetime | None] | None:
    """The event's bounds under the preposition before its time: "since", "until", "by", "before", "after"."""
    earliest, latest = time.earliest, time.latest
    at = words.tokens(time.start, time.end)[0]
    before = words.lower[at - 1] if at else ""
    if before in ("since", "after", "from"):
        return earliest, (limit.end if before == "since" else None)
    if before in ("until", "till", "by"):
        return (limit.start if latest and limit.start and limit.start < latest else None), latest
    if before == "before":
        return None, latest
    return earliest, latest
