"""Likeness: whether two events are one happening, as a sum of parts that can be read and told.

A positive part speaks for one happening, a negative one against it; ``same_incident`` returns them by name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from dateline.link.happenings import Happening
from dateline.link.kinship import kinship
from dateline.link.sets import Floats, Ints
from dateline.link.tellings import Tellings, numbers
from dateline.link.trees import judge, reasons
from dateline.records import Place
from dateline.records.geodesy import distance_km

__all__ = ["FAMILIES", "Frames", "apart", "family", "same_incident", "score_pairs"]

# Types that describe one happening from different ends are compared with each other.
FAMILIES = {
    "DAMAGE": "ASSAULT", "CASUALTIES": "ASSAULT", "DISASTER": "ASSAULT", "RETREAT": "CONTROL",
    "AGREE": "TALKS", "REJECT": "TALKS", "CONSULT": "TALKS", "SANCTION": "COERCE",
}  # fmt: skip
HARM = "ASSAULT"
_LATE = 5  # days between two tellings beyond which more days say no more
_NEVER = (math.nan, math.nan)
_WIDE_KM = 30.0  # a place known no better than this says little


def score_pairs(tellings: Tellings, frames: Frames, i: Ints, j: Ints) -> Floats:
    """Score whether pairs of events, given by number, are one happening: above 0 they are.

    The sum is made in the order of its parts, so that a pair scores the same alone and among others.
    """
    score = judge(kinship(tellings, i, j))
    for part in frames.parts(i, j).values():
        score = score + part
    return score


def same_incident(tellings: Tellings, frames: Frames, i: Ints, j: Ints) -> tuple[Floats, dict[str, Floats]]:
    """The scores of pairs and the parts that say why, which sum to them."""
    return score_pairs(tellings, frames, i, j), reasons(kinship(tellings, i, j)) | frames.parts(i, j)


class Frames:
    """What types, places, days and counts of the happenings say, where both of a pair have them."""

    def __init__(self, found: Sequence[Happening]) -> None:
        self._type, self._family = numbers([h.type for h in found]), numbers([family(h) for h in found])
        self._harm = np.array([family(h) == HARM for h in found], np.bool_)
        self._cumulative = np.array([_cumulative(h) for h in found], np.bool_)
        self._report = numbers([h.report for h in found])
        self._sentence = numbers([h.event.sentence for h in found])
        self._paragraph = np.array([h.paragraph for h in found], np.int64)
        self._told = np.array([_told(h) if h.published else math.nan for h in found])
        dated = [(h.day.timestamp(), h.event.latest.timestamp()) if h.day and h.event.latest else _NEVER for h in found]
        self._first, self._last = np.array(dated, np.float64).reshape(-1, 2).T
        known = {_spot(h.place): h.place for h in found if h.place}
        self._places = list(known.values())
        spots = {spot: number for number, spot in enumerate(known)}
        self._place = np.array([spots[_spot(h.place)] if h.place else -1 for h in found], np.int64)
        self._named = np.array([_id(h.place) for h in found], np.int64)
        self._stated = np.array([h.event.place_basis != "story" for h in found], np.bool_)

    def parts(self, i: Ints, j: Ints) -> dict[str, Floats]:
        """The parts for pairs of happenings, given by number."""
        harm = self._harm[i] & self._harm[j]
        kin = np.where(self._family[i] == self._family[j], 0.0, -2.0)
        return {
            "type": np.where(self._type[i] == self._type[j], 0.5, kin),
            "place": self._place_weight(i, j),
            "time": self._time_weight(i, j),
            "nearby": np.where(harm & (self._report[i] == self._report[j]), self._nearby(i, j), 0.0),
            "scale": np.where(harm & (self._cumulative[i] != self._cumulative[j]), -1.5, 0.0),
        }

    def _place_weight(self, i: Ints, j: Ints) -> Floats:
        every = len(self._places) or 1
        both = (self._place[i] >= 0) & (self._place[j] >= 0)
        codes, back = np.unique(np.where(both, self._place[i] * every + self._place[j], 0), return_inverse=True)
        pairs = [(self._places[c // every], self._places[c % every]) for c in codes.tolist()] if self._places else []
        far = np.array([_far(a, b) for a, b in pairs] or [False], np.bool_)[back]
        wide = np.array([max(a.radius_km or 0.0, b.radius_km or 0.0) > _WIDE_KM for a, b in pairs] or [False], np.bool_)
        stated = self._stated[i] & self._stated[j]
        near = np.where(wide[back], 0.3, 0.9) * np.where(stated, 1.0, 0.5)
        return np.where(both, np.where(far, np.where(stated, -2.0, -0.5), near), 0.0)

    def _time_weight(self, i: Ints, j: Ints) -> Floats:
        hours = (np.minimum(self._last[i], self._last[j]) - np.maximum(self._first[i], self._first[j])) / 3600
        longest = np.maximum(self._last[i] - self._first[i], self._last[j] - self._first[j]) / 3600
        meets = np.where(longest <= 14, 0.6, np.where(longest <= 30, 0.3, 0.0))
        days = np.minimum(_LATE, np.maximum(0, np.abs(self._told[i] - self._told[j]) - 1))
        undated = np.where(np.isnan(days), 0.0, -0.6 * days)
        return np.where(np.isnan(hours), undated, np.where(hours <= 0, -2.0, meets))

    def _nearby(self, i: Ints, j: Ints) -> Floats:
        """Harm told in one sentence, or on in the next at the place named, is mostly one happening."""
        same_place = (self._place[i] >= 0) & (self._place[j] >= 0) & (self._named[i] == self._named[j])
        paragraph = np.where(same_place, 1.7, 1.2)
        further = np.where(same_place, 0.7, 0.0)
        told = np.where(self._paragraph[i] == self._paragraph[j], paragraph, further)
        return np.where(self._sentence[i] == self._sentence[j], 2.6, told)


def family(happening: Happening) -> str:
    """The family of types an event is compared within."""
    return FAMILIES.get(happening.type, happening.type)


def apart(a: Happening, b: Happening) -> bool:
    """Two events that cannot be one: far apart, on days that do not meet, or with other people harmed."""
    if _stated(a, b) and a.place and b.place and _far(a.place, b.place):
        return True
    if _other_days(a, b):
        return True
    victims = family(a) == family(b) == HARM and a.recipients and b.recipients
    return bool(victims and _states(a) and _states(b) and not _states(a) & _states(b))


def _other_days(a: Happening, b: Happening) -> bool:
    if "story" in (a.event.time_basis, b.event.time_basis) or not (a.day and b.day):
        return False
    return bool(a.event.latest and b.event.latest and (a.event.latest <= b.day or b.event.latest <= a.day))


def _states(happening: Happening) -> frozenset[str]:
    """The countries among those it happens to, peoples and forces taken as their country."""
    sides = (side.split(":")[0] for side in happening.recipients)
    return frozenset(side for side in sides if len(side) == 3 and side.isupper())


def _cumulative(happening: Happening) -> bool:
    """A count since a war or a disaster began is another happening than one strike."""
    event = happening.event
    if event.earliest and event.latest and happening.day and (event.latest - event.earliest).days > 1:
        return True
    counted = bool(event.quantities) and happening.place is None and happening.kin in ("kill", "wound")
    return counted and "since" in happening.words


def _stated(a: Happening, b: Happening) -> bool:
    """Whether the places are in the events' own sentences, not carried over from what was told before."""
    return "story" not in (a.event.place_basis, b.event.place_basis)


def _far(a: Place, b: Place) -> bool:
    if a.geonames_id is not None and a.geonames_id == b.geonames_id:
        return False
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return False
    reach = 3 + (a.radius_km or 0) + (b.radius_km or 0)
    return distance_km(a.lat, a.lon, b.lat, b.lon) > reach


def _told(happening: Happening) -> int:
    """The number of the day it was told, for differences between two."""
    return int(happening.published[8:10] or 0) + 31 * int(happening.published[5:7] or 0)


def _spot(place: Place | None) -> tuple[int | None, float | None, float | None, float | None] | None:
    return (place.geonames_id, place.lat, place.lon, place.radius_km) if place else None


def _id(place: Place | None) -> int:
    return place.geonames_id if place and place.geonames_id is not None else -1
