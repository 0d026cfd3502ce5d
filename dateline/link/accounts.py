"""Accounts: of two statements that contradict each other, what they differ in, and how each side is labelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Literal

from dateline.codebook.countries import load_countries
from dateline.codebook.linking import marker_pattern
from dateline.link.happenings import Happening
from dateline.link.statements import Statement
from dateline.link.victims import one_group
from dateline.records import Quantity, TimeExpression

__all__ = ["HOLDING", "Kind", "differ_in", "disjoint", "label"]

Kind = Literal["toll", "occurrence", "responsibility", "place", "time", "control"]
_COUNTED = {"killed", "wounded", "casualties", "missing", "displaced", "detained"}
HOLDING = {"take", "retake", "hold", "contest"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_LYING = {"crash", "down"}


def differ_in(first: Sequence[Statement], second: Sequence[Statement], cue: str) -> Kind:
    """The kind of dispute two accounts make: what they give differently, else whether it happened."""
    one, other = _events(first), _events(second)
    if marker_pattern("number").search(cue) or _tolls_apart(first, second):
        return "toll"
    if _blames_another(first, second) or marker_pattern("cause").search(cue):
        return "responsibility"
    kins = {e.kin for e in (*one, *other)} | {w for s in second for w in s.words & HOLDING}
    if any(e.type == "CONTROL" or e.kin in HOLDING for e in one) and kins & HOLDING:
        return "control"
    if _times_apart(first, second):
        return "time"
    if {e.kin for e in one} & _LYING and any(s.words & _LYING for s in second):
        return "place"
    return "occurrence"


def label(kind: Kind, side: Sequence[Statement], *, second: bool) -> str:
    """What a side holds, in a word or two of its own."""
    if kind == "toll":
        said = [_range(q) for s in side for _, q, _ in s.quantities if q.unit in _COUNTED or q.low is not None]
        return said[0] if said else "another number"
    if kind == "time":
        moments = [time for s in side for time in s.times]
        return _moment(moments[-1].value) if moments else "another time"
    if kind == "place":
        places = [p.name for s in side for p in s.places]
        return places[-1] if places else "here"
    if kind == "responsibility" and any(s.blamed for s in side):
        return _countries({c for s in side for c in s.blamed})
    if kind == "control":
        return _holder(side, second=second)
    return "denied" if second else "asserted"


def _holder(side: Sequence[Statement], *, second: bool) -> str:
    """Who took it, by one account; in whose hands it is, by the other."""
    if second:
        return _countries({c for s in side for c in s.peoples}) or "not so"
    return ", ".join(sorted({e.names[i] for e in _events(side) if e.kin in HOLDING for i in e.initiators})) or "taken"


def _moment(value: str) -> str:
    """A TIMEX3 value for people: "2022-02-25TMO" is the morning of that day."""
    day, _, hour = value.partition("T")
    return f"{day} {_PARTS.get(hour, hour)}".strip()


def _countries(codes: set[str]) -> str:
    known = load_countries().by_iso3
    return ", ".join(known[c].name if c in known else c for c in sorted(codes))


def disjoint(a: Quantity, b: Quantity) -> bool:
    """Two ranges that do not meet."""
    above = a.low is not None and b.high is not None and a.low > b.high
    return above or (b.low is not None and a.high is not None and b.low > a.high)


def _events(side: Sequence[Statement]) -> list[Happening]:
    return [e for s in side for e in s.events]


def _tolls_apart(first: Sequence[Statement], second: Sequence[Statement]) -> bool:
    one, other = ([(q, v) for s in side for _, q, v in s.quantities if q.unit in _COUNTED] for side in (first, second))
    return any(a.unit == b.unit and one_group(v, w) and disjoint(a, b) for (a, v), (b, w) in product(one, other))


def _blames_another(first: Sequence[Statement], second: Sequence[Statement]) -> bool:
    """Both tell who did harm, and name others."""
    one, other = (frozenset().union(*(s.blamed for s in side)) for side in (first, second))
    return bool(one and other and not one & other)


def _times_apart(first: Sequence[Statement], second: Sequence[Statement]) -> bool:
    one, other = ([t for s in side for t in s.times if _bounded(t)] for side in (first, second))
    if one and other:
        return all(_apart(a, b) for a, b in product(one, other))
    clock = marker_pattern("clock")
    told = any(clock.search(s.text.lower()) for s in first)
    return told and not any(s.events for s in second)


def _bounded(time: TimeExpression) -> bool:
    return time.type in ("DATE", "TIME") and time.earliest is not None and time.latest is not None


def _apart(a: TimeExpression, b: TimeExpression) -> bool:
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return False
    if _DAY.match(a.value) and _DAY.match(b.value) and a.value[:10] != b.value[:10]:
        return True  # the night of one day runs into the morning of the next: the days named decide
    return a.latest <= b.earliest or b.latest <= a.earliest


def _range(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if low == high and low is not None:
        return f"{low:g}"
    if low is None:
        return f"up to {high:g}"
    return f"{low:g} or more" if high is None else f"{low:g}–{high:g}"
