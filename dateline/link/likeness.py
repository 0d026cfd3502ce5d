"""Likeness: whether two events are one happening, as a sum of parts that can be read and told.

A positive part speaks for one happening, a negative one against it; ``same_incident`` returns them by name.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from dateline.link.happenings import Happening
from dateline.records import Place
from dateline.records.geodesy import distance_km

__all__ = ["FAMILIES", "Rarity", "apart", "rarity_of", "same_incident"]

# Types that describe one happening from different ends are compared with each other.
FAMILIES = {
    "DAMAGE": "ASSAULT", "CASUALTIES": "ASSAULT", "DISASTER": "ASSAULT", "RETREAT": "CONTROL",
    "AGREE": "TALKS", "REJECT": "TALKS", "CONSULT": "TALKS", "SANCTION": "COERCE",
}  # fmt: skip
HARM = "ASSAULT"
_BARE = 2.5  # two events told without place, day or party can only be compared by their story and kind
_WIDE_KM = 30.0  # a place known no better than this says little


def same_incident(a: Happening, b: Happening, rarity: Rarity) -> tuple[float, dict[str, float]]:
    """Score whether two events are one happening; the parts of the sum say why. Above 0 they are."""
    harm = family(a) == family(b) == HARM
    one_sentence = a.report == b.report and a.event.sentence == b.event.sentence  # its words fit both of its events
    why = {
        "bias": -2.3,
        "type": 0.5 if a.type == b.type else 0.0 if family(a) == family(b) else -2.0,
        "trigger": 1.0 if a.trigger == b.trigger else 0.8 if a.kin == b.kin else -0.2 if harm else -1.0,
        "story": 0.0 if a.story == b.story else -0.4,
        "bare": _BARE if a.story == b.story and a.kin == b.kin and a.bare and b.bare else 0.0,
        "place": _place_weight(a, b),
        "time": _time_weight(a, b),
        "actors": _actor_weight(a, b),
        "words": 0.0 if one_sentence else 3.2 * rarity.cosine(a.words, b.words),
        "names": 0.0 if one_sentence else 1.5 * rarity.cosine(a.about, b.about),
        "nearby": _nearby(a, b, harm=harm),
        "scale": -1.5 if harm and _cumulative(a) != _cumulative(b) else 0.0,
    }
    return sum(why.values()), why


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


class Rarity(dict[str, float]):
    """Inverse document frequency of words, and the lengths of sets of them, each worked out once."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self._squares = {word: weight**2 for word, weight in weights.items()}
        self._lengths: dict[frozenset[str], float] = {}

    def cosine(self, a: frozenset[str], b: frozenset[str]) -> float:
        """The cosine of two sets of words; exact sums, so that the order of a set does not matter."""
        shared = a & b
        if not shared:
            return 0.0
        # Sums of floats depend on their order, and that of a set on the process: fsum's does not.
        return math.fsum(self._squares[w] for w in shared) / ((self._length(a) * self._length(b)) or 1.0)

    def _length(self, words: frozenset[str]) -> float:
        if words not in self._lengths:
            self._lengths[words] = math.sqrt(math.fsum(self._squares[w] for w in words))
        return self._lengths[words]


def rarity_of(found: Iterable[Happening]) -> Rarity:
    """How rare each word is over the events."""
    count: Counter[str] = Counter()
    total = 0
    for happening in found:
        count.update(happening.words | happening.about)
        total += 1
    return Rarity({word: math.log((1 + total) / n) for word, n in count.items()})


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


def _place_weight(a: Happening, b: Happening) -> float:
    if a.place is None or b.place is None:
        return 0.0
    if _far(a.place, b.place):
        return -2.0 if _stated(a, b) else -0.5
    wide = max(a.place.radius_km or 0.0, b.place.radius_km or 0.0) > _WIDE_KM
    return (0.3 if wide else 0.9) * (1.0 if _stated(a, b) else 0.5)


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


def _time_weight(a: Happening, b: Happening) -> float:
    if not (a.day and b.day and a.event.latest and b.event.latest):
        return -0.6 * max(0, abs(_told(a) - _told(b)) - 1)
    shared = (min(a.event.latest, b.event.latest) - max(a.day, b.day)).total_seconds() / 3600
    if shared <= 0:
        return -2.0
    longest = max((h.event.latest - h.day).total_seconds() / 3600 for h in (a, b) if h.event.latest and h.day)
    return 0.6 if longest <= 14 else 0.3 if longest <= 30 else 0.0


def _told(happening: Happening) -> int:
    """The number of the day it was told, for differences between two."""
    return int(happening.published[8:10] or 0) + 31 * int(happening.published[5:7] or 0)


def _actor_weight(a: Happening, b: Happening) -> float:
    weight = 0.0
    for one, other in ((a.initiators, b.initiators), (a.recipients, b.recipients)):
        if one and other:
            weight += 0.5 if one & other else -0.6
    return weight


def _nearby(a: Happening, b: Happening, *, harm: bool) -> float:
    """Harm told in one sentence, or on in the next at the place named, is mostly one happening."""
    if a.report != b.report or not harm:
        return 0.0
    if a.event.sentence == b.event.sentence:
        return 2.6
    same_place = a.place is not None and b.place is not None and a.place.geonames_id == b.place.geonames_id
    if a.paragraph == b.paragraph:
        return 1.7 if same_place else 1.2
    return 0.7 if same_place else 0.0
