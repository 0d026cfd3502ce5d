"""Victims: whom a figure counts, so that soldiers of one side are never set against civilians of another."""

from __future__ import annotations

from bisect import bisect_left

from dateline.codebook.linking import load_markers
from dateline.link.happenings import Happening
from dateline.records import Place, Quantity, Reading

__all__ = ["is_part", "one_group", "victims_of"]

_GROUPS = ("soldiers", "civilians", "children")
_BEFORE = 24  # characters before a figure in which "including" makes it a part
_AFTER = 20


def victims_of(reading: Reading, quantity: Quantity, told: Happening | None) -> str:
    """Country and group of those counted, such as "RUS soldiers" or "civilians"; "" where nothing says it."""
    words = quantity.of.lower().split()
    markers = load_markers()
    group = next((g for g in _GROUPS if any(w in markers[g] for w in words)), "")
    country = _country(quantity, reading.places)
    if told is not None and not country:
        states = sorted(s for s in (side.split(":")[0] for side in told.recipients) if len(s) == 3 and s.isupper())
        country = states[0] if len(states) == 1 else ""
    return f"{country} {group}".strip()


def one_group(a: str, b: str) -> bool:
    """Whether two figures may count the same people; one that does not say whom may count anyone."""
    (country, group), (other_country, other_group) = _parts(a), _parts(b)
    if country and other_country and country != other_country:
        return False
    return group == other_group or not (group and other_group)


def is_part(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a part of a whole told beside it ("three of them children", "including 33 children")."""
    before = text[max(0, quantity.start - _BEFORE) : quantity.start].lower()
    after = text[quantity.end : quantity.end + _AFTER].lower()
    marks = load_markers()["part"]
    return any(after.lstrip(" ,").startswith(m) for m in marks) or any(before.rstrip(" ,").endswith(m) for m in marks)


def _country(quantity: Quantity, places: tuple[Place, ...]) -> str:
    """The country of a people's name among the words counted ("Russian soldiers")."""
    end = quantity.end + len(quantity.of) + 1 if quantity.of else quantity.end
    first = bisect_left(places, quantity.end, key=lambda p: p.start)
    near = (
        p.country
        for p in places[first : bisect_left(places, end, key=lambda p: p.start)]
        if p.country and p.kind == "demonymic"
    )
    return next(near, "")


def _parts(victims: str) -> tuple[str, str]:
    words = victims.split()
    country = next((w for w in words if w.isupper()), "")
    return country, next((w for w in words if not w.isupper()), "")
