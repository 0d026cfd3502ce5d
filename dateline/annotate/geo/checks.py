"""What the words around a name say of its choice, after the ranking.

A description beside a name settles which is meant ("Springfield, about 90 miles west of Boston"), a place one
is near or outside of is a town rather than its province, and a name the gazetteer lacks is put where the
report's nearest name is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.annotate.geo.names import Name
from dateline.annotate.geo.ranking import Choice, unit_words
from dateline.annotate.geo.relations import Phrase
from dateline.annotate.geo.senses import Candidate, candidates
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer, fold, unit_ends
from dateline.records.geodesy import bearing_deg, distance_km

__all__ = ["checked", "neighboured", "seated"]

_FIT = 1.6  # a pair of places misfitting more than this is not what the words describe
_FOLLOWERS = 200  # other mentions of a described name that go with it
_ANCHORS = 6  # candidates of an anchor looked at
_OF_AREAS = ("part", "border", "waters")  # kinds of descriptions that go by a whole country or province
_SEAT_KM = 120.0  # a town farther from its namesake unit's point is not its seat
_APART = 2.0  # names that a sentence's end between two counts as
_SLACK = 0.25  # share of the distance that words such as "about" and crooked roads may hide


def checked(
    words: Words, names: Sequence[Name], choices: Sequence[Choice], described: dict[int, Phrase], gazetteer: Gazetteer
) -> list[Choice]:
    """Choices in which described names and their anchors lie as the words say; all mentions follow.

    described: the phrase in apposition to each described name, by the name's position.
    """
    result = list(choices)
    mentions: dict[str, list[int]] = {}
    for k, name in enumerate(names if described else ()):
        if not name.demonym:
            mentions.setdefault(fold(_called(words, name)), []).append(k)
    for at, phrase in described.items():
        if phrase.distance_km is None:
            continue
        own, anchors = (_ranked(words, names[k], choices[k], gazetteer) for k in (at, phrase.anchors[0]))
        pair = _pair(own, anchors[:_ANCHORS], phrase, gazetteer)
        if pair is None:
            continue
        for mention, number in zip((at, phrase.anchors[0]), pair, strict=True):
            for k in mentions[fold(_called(words, names[mention]))][:_FOLLOWERS]:
                result[k] = _moved(result[k], number)
    return result


def seated(
    words: Words, names: Sequence[Name], choices: Sequence[Choice], phrases: Sequence[Phrase], gazetteer: Gazetteer
) -> list[Choice]:
    """Choices in which a name that a unit and its town share is the town's, unless the words beside it tell of a unit.

    "Near Lviv" and "trains to Lviv" mean the town, "the Lviv region" and "the governor of Lviv" the unit.
    """
    result = list(choices)
    of_towns = {a for phrase in phrases if phrase.kind not in _OF_AREAS for a in phrase.anchors}
    for i, choice in enumerate(choices):
        feature = gazetteer.features[gazetteer.feature[choice.number]] if choice.number >= 0 else ""
        after = words.lower[names[i].end] if names[i].end < len(words) else ""
        wanted = ""
        if feature.startswith("A.ADM") and (i in of_towns or not _is_told_as_unit(words, names[i])):
            wanted = "P."
        elif feature.startswith("P.") and after in unit_ends() and i not in of_towns:
            wanted = "A.ADM"
        called = candidates(gazetteer, _called(words, names[i])) if wanted else ()
        namesake = _namesake(choice.number, called, wanted, gazetteer)
        result[i] = choice if namesake is None else _moved(choice, namesake)
    return result


def _is_told_as_unit(words: Words, name: Name) -> bool:
    beside = words.lower[max(name.first - 2, 0) : name.first] + words.lower[name.end : name.end + 1]
    return any(word in unit_words() for word in beside)


def _namesake(number: int, called: Sequence[Candidate], features: str, gazetteer: Gazetteer) -> int | None:
    """The place of the same name, of a feature that begins so, that is a unit's town or a town's unit."""
    for candidate in called:
        other = candidate.number
        feature = gazetteer.features[gazetteer.feature[other]]
        if feature.startswith(features) and _km(gazetteer, number, other) < _SEAT_KM:
            return other
    return None


def neighboured(words: Words, names: Sequence[Name], choices: Sequence[Choice], gazetteer: Gazetteer) -> list[Choice]:
    """Choices in which names without a place know the town they stand nearest to.

    A town of the same sentence counts more than another; within it one after the name, outside one before.
    """
    sure = [i for i, c in enumerate(choices) if c.number >= 0 and c.probability > 0.5]
    towns = [i for i in sure if _is_local(gazetteer, choices[i].number)]
    result = list(choices)
    for i, name in enumerate(names):
        if choices[i].number < 0 and not name.demonym and towns:
            at = bisect_left(towns, i)
            beside = towns[max(at - 1, 0) : at + 1]
            near = min(beside, key=lambda k: (_gap(words, names, i, k), k))
            result[i] = replace(choices[i], near=choices[near].number)
    return result


def _gap(words: Words, names: Sequence[Name], own: int, other: int) -> float:
    if words.sentence[names[own].first] == words.sentence[names[other].first]:
        return (other - own) if other > own else 1.5 * (own - other)
    return _APART + ((own - other) if other < own else 1.5 * (other - own))


def _is_local(gazetteer: Gazetteer, number: int) -> bool:
    feature = gazetteer.features[gazetteer.feature[number]]
    return feature[0] in "PS" or (feature == "A.ADM2" and gazetteer.radius_km[number] < _SEAT_KM)


def _km(gazetteer: Gazetteer, one: int, other: int) -> float:
    points = (gazetteer.lat[one], gazetteer.lon[one], gazetteer.lat[other], gazetteer.lon[other])
    return distance_km(*(float(p) for p in points))


def _called(words: Words, name: Name) -> str:
    return words.words(name.first, name.end)


def _moved(choice: Choice, number: int) -> Choice:
    if choice.number == number:
        return choice
    others = [n for n in (choice.number, *choice.others) if n not in (number, -1)]
    return Choice(number, max(choice.probability, 0.9), tuple(others[:5]))


def _pair(owns: Sequence[int], anchors: Sequence[int], phrase: Phrase, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The best fitting places of a name and its anchor; likelier ones are preferred."""
    best: tuple[float, int, int] | None = None
    for own_rank, own in enumerate(owns):
        for rank, anchor in enumerate(anchors):
            misfit = _misfit(phrase, own, anchor, gazetteer)
            if misfit <= _FIT:
                cost = misfit + 0.1 * min(own_rank, 5) + 0.6 * min(rank, 3)
                if best is None or (cost, own, anchor) < best:
                    best = cost, own, anchor
    return None if best is None else best[1:]


def _ranked(words: Words, name: Name, choice: Choice, gazetteer: Gazetteer) -> list[int]:
    numbers = [n for n in (choice.number, *choice.others) if n >= 0]
    numbers += [c.number for c in candidates(gazetteer, _called(words, name))]
    return list(dict.fromkeys(numbers))


def _misfit(phrase: Phrase, own: int, anchor: int, gazetteer: Gazetteer) -> float:
    """How far distance and bearing are from what the words say, 1 being as much as they usually hide."""
    told = phrase.distance_km or 0.0
    lat, lon = float(gazetteer.lat[anchor]), float(gazetteer.lon[anchor])
    km = distance_km(lat, lon, float(gazetteer.lat[own]), float(gazetteer.lon[own]))
    slack = max(_SLACK * told, 5.0) + min(float(gazetteer.radius_km[anchor]), 20.0) / 2
    misfit = abs(km - told) / slack
    if phrase.bearing_deg is not None and km > 1:
        course = bearing_deg(lat, lon, float(gazetteer.lat[own]), float(gazetteer.lon[own]))
        off = abs((course - phrase.bearing_deg + 180) % 360 - 180)
        misfit += max(off - 35, 0) / 30
    return misfit
