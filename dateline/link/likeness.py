"""Likeness: whether two events are one happening, as a sum of parts that can be read and told.

A positive part speaks for one happening, a negative one against it; ``same_incident`` returns them by name.
"""

from __future__ import annotations

import math

from dateline.codebook.linking import load_weights
from dateline.link.happenings import Happening
from dateline.link.kinship import Tellings, kinship
from dateline.records import Place
from dateline.records.geodesy import distance_km

__all__ = ["FAMILIES", "Tellings", "apart", "frame", "same_incident"]

# Types that describe one happening from different ends are compared with each other.
FAMILIES = {
    "DAMAGE": "ASSAULT", "CASUALTIES": "ASSAULT", "DISASTER": "ASSAULT", "RETREAT": "CONTROL",
    "AGREE": "TALKS", "REJECT": "TALKS", "CONSULT": "TALKS", "SANCTION": "COERCE",
}  # fmt: skip
HARM = "ASSAULT"
_LATE = 5  # days between two tellings beyond which more days say no more
_WIDE_KM = 30.0  # a place known no better than this says little


def same_incident(a: Happening, b: Happening, tellings: Tellings) -> tuple[float, dict[str, float]]:
    """Score whether two events are one happening; the parts of the sum say why. Above 0 they are."""
    learned = load_weights("kinship")
    why = {name: learned.get(name, 0.0) * value for name, value in kinship(a, b, tellings).items()}
    why |= {name: value for name, value in frame(a, b).items() if value}
    why["bias"] = learned["bias"]
    return math.fsum(why.values()), why


def frame(a: Happening, b: Happening) -> dict[str, float]:
    """What types, places, days and counts say, where both events have them."""
    harm = family(a) == family(b) == HARM
    return {
        "type": 0.5 if a.type == b.type else 0.0 if family(a) == family(b) else -2.0,
        "place": _place_weight(a, b),
        "time": _time_weight(a, b),
        "nearby": _nearby(a, b, harm=harm),
        "scale": -1.5 if harm and _cumulative(a) != _cumulative(b) else 0.0,
    }


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
        if not (a.published and b.published):
            return 0.0
        return -0.6 * min(_LATE, max(0, abs(_told(a) - _told(b)) - 1))
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
