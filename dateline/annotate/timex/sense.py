"""Sense: what the words of a time expression say, before it is known when they were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

from dateline.annotate.timex.calendar import Period
from dateline.codebook.times import Features

__all__ = ["Anchors", "Resolved", "Sense", "TimexType", "sense_of"]

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """The features of the grammar, typed; what is not said is None.

    unit, shift, of: a calendar unit counted from the publication or, with of="story", from the time told of before;
        of="told" is the one the report is about ("the quarter", "the day").
    period, compare: a stretch like the one told of, in another year ("the same period last year", "a year-ago loss").
    ord, sub: which quarter (Q), half (H), week (W) or century (C); -1 is the last one.
    n, n2, plus, unit2: a length, its upper figure, "and a half", its second part ("2 hours 30 minutes").
    clip: the words end or begin with the day they count from ("earlier this week"); near: "the coming Friday" can
        only be the next; exact: a clock time of 24 hours; noon: by word; into: the night that leads to the day;
        again: the time before it, told by other clocks.
    first, second: the two numbers of a date whose order (day, month) the outlet decides.
    """

    kind: Literal["date", "range", "pair", "clocks", "duration", "span", "shift", "nth", "set", "ref", "none"]
    need: str | None = None
    year: int | None = None
    era: Literal["BC", "AD", None] = None
    yy: int | None = None
    decade: int | None = None
    tens: int | None = None
    bare: int | None = None
    month: int | None = None
    day: int | None = None
    first: int | None = None
    second: int | None = None
    weekday: int | None = None
    weekend: int | None = None
    weekof: int | None = None
    season: str | None = None
    holiday: str | None = None
    ord: int | None = None
    sub: Literal["Q", "H", "W", "C", None] = None
    unit: str | None = None
    shift: int | None = None
    of: Literal["story", "told", "named", None] = None
    period: int | None = None
    compare: int | None = None
    part: str | None = None
    light: str | None = None
    small: int | None = None
    overnight: int | None = None
    into: int | None = None
    hour: int | None = None
    minute: int | None = None
    ampm: Literal["AM", "PM", None] = None
    zone: str | None = None
    zsign: int = 0
    hourz: int = 0
    minutez: int = 0
    hour2: int | None = None
    minute2: int | None = None
    ampm2: Literal["AM", "PM", None] = None
    zone2: str | None = None
    mod: str | None = None
    clip: int | None = None
    near: int | None = None
    exact: int | None = None
    noon: int | None = None
    again: int | None = None
    yearend: int | None = None
    n: float | None = None
    n2: float | None = None
    plus: float = 0
    unit2: str | None = None
    vague: int | None = None
    sign: int = 0
    quant: str | None = None
    ref: str | None = None
    year2: int | None = None
    yy2: int | None = None
    month2: int | None = None
    day2: int | None = None
    weekday2: int | None = None

    def named(self) -> Sense:
        """The date that a length is counted from: the sense without the length."""
        return msgspec.structs.replace(self, kind="date", unit=None, shift=None, of=None, n=None, mod=None)


def sense_of(features: Features) -> Sense:
    """The features as a sense; unknown names are left out (they only helped the grammar)."""
    return msgspec.convert(features, Sense)


@dataclass(slots=True)
class Anchors:
    """What relative words count from, as far as it is known at a point of the text.

    day, moment: of publication, local. story: the last period told of, and its index among the times; told_day: the
        last day, likewise; fresh: told of so lately that a bare clock time is of that day; told_from: the hour from
        which that day was told of ("Monday evening").
    quarter: the quarter the report is about; by_quarter: whether its figures are compared by quarters where it stands.
    day_first: 3/4 is 3 April.
    """

    day: date | None
    moment: datetime | None = None
    story: Period | None = None
    story_index: int | None = None
    told_day: Period | None = None
    told_index: int | None = None
    fresh: bool = False
    told_from: int = 0
    quarter: Period | None = None
    by_quarter: bool = False
    day_first: bool = True


@dataclass(slots=True)
class Resolved:
    """A time expression's value and local bounds; ``period``: what later words may count from."""

    type: TimexType
    value: str
    mod: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    anchor: Literal["published"] | int | None = None
    period: Period | None = None
    zone: str | None = None
