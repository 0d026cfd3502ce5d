"""Places: names, demonyms and descriptions of places, resolved to points with an honest radius.

Names are found (``place_names``), each gets the gazetteer's likeliest place (``place_ranking``), metonyms are
told from literal uses (``metonymy``), descriptions such as "60 km northwest of Kyiv" become places of their
own or, in apposition, check the name they stand beside (``place_relations``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from msgspec import structs

from dateline.annotate.context import Context
from dateline.annotate.geo.checks import checked, neighboured, seated
from dateline.annotate.geo.coordinates import find_coordinates
from dateline.annotate.geo.locating import locate
from dateline.annotate.geo.mentions import Mentions
from dateline.annotate.geo.metonymy import Metonymy, load_metonymy
from dateline.annotate.geo.names import Name, Tagger, demonyms, find_names, load_tagger
from dateline.annotate.geo.ranking import Choice, Network, choose, load_networks
from dateline.annotate.geo.relations import Phrase, Point, find_phrases
from dateline.annotate.geo.unnamed import find_unnamed
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer, load_gazetteer
from dateline.records import Place, Relation, Report

__all__ = ["Models", "find_places", "load_models", "read_places"]

_APPOSITION = 3  # characters between a name and the description of it: ", "
_NEIGHBOUR_KM = 40.0  # how far a name the gazetteer lacks may lie from the town it is mentioned beside
_WIDE_KM = 100.0
_LITERAL = ("between", "part", "border")  # kinds whose words also stand in talk of governments


_SCENE = ("in ", "across ", "on ", "at ", "along ", "near ", "throughout ")


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned: the tagger of names, the rankers of places, the classifier of metonyms."""

    tagger: Tagger
    rankers: tuple[Network, Network]
    metonymy: Metonymy


@dataclass(frozen=True, slots=True)
class Told:
    """A place that is described, not named: its words, where they put it, its country."""

    phrase: Phrase
    point: Point | None
    country: str | None


@cache
def load_models() -> Models:
    """The shipped models, loaded once."""
    return Models(load_tagger(), load_networks(), load_metonymy())


def find_places(words: Words, context: Context) -> list[Place]:
    """Find every place of a report, ordered by where its words stand."""
    return read_places(words, context.report, load_models(), load_gazetteer(context.codebook.places))


def read_places(words: Words, report: Report, models: Models, gazetteer: Gazetteer) -> list[Place]:
    """Find places with given models and gazetteer."""
    names = find_names(words, gazetteer, models.tagger)
    metonyms = [not n.demonym and models.metonymy.is_metonymic(words, n, gazetteer) for n in names]
    phrases = _phrases(words, names, metonyms)
    for anchor in {a for phrase in phrases for a in phrase.anchors}:
        metonyms[anchor] = False
    choices = choose(words, names, report, gazetteer, models.rankers)
    beside = {at: p for p in phrases if (at := _beside(words, names, metonyms, p)) is not None}
    described = {at: p for at, p in beside.items() if not _is_wide(choices[at].number, gazetteer)}
    choices = seated(words, names, choices, phrases, gazetteer)
    choices = checked(words, names, choices, described, gazetteer)
    choices = neighboured(words, names, choices, gazetteer)
    told_of = frozenset(a for phrase in described.values() for a in phrase.anchors)
    mentions = Mentions(words, names, choices, gazetteer, told_of)
    places = [_place(words, n, c, m, gazetteer) for n, c, m in zip(names, choices, metonyms, strict=True)]
    unnamed = find_unnamed(mentions)
    for phrase in unnamed:
        at = _beside(words, names, metonyms, phrase) if phrase.kind not in ("part", "side") else None
        if at is not None and at not in described and not _is_wide(choices[at].number, gazetteer):
            described[at] = phrase
    own = set(described.values())
    alone = [p for p in (*phrases, *unnamed) if p not in own]
    told = [Told(phrase, *locate(phrase, places, mentions)) for phrase in alone]
    return _ordered(words.text, [*places, *_coordinates(words.text)], told, described)


def _place(words: Words, name: Name, choice: Choice, metonym: bool, gazetteer: Gazetteer) -> Place:
    start, end = words.start[name.first], words.end[name.end - 1]
    called = words.text[start:end]
    if name.demonym:
        return Place(start=start, end=end, name=called, kind="demonymic", country=demonyms()[called.lower()] or None)
    kind: Literal["literal", "metonymic"] = "metonymic" if metonym else "literal"
    number = choice.number if choice.number >= 0 else choice.near
    if number < 0:
        return Place(start=start, end=end, name=called, kind=kind)
    entry = gazetteer[number]
    known = choice.number >= 0
    radius = max(entry.radius_km, choice.spread_km) if known else entry.radius_km + _NEIGHBOUR_KM
    return Place(
        start=start,
        end=end,
        name=called,
        kind=kind,
        geonames_id=(entry.geonames_id or None) if known else None,
        lat=None if metonym else round(entry.lat, 5),
        lon=None if metonym else round(entry.lon, 5),
        radius_km=None if metonym else round(radius, 1),
        country=entry.country or None,
        feature=entry.feature if known else None,
        candidates=tuple(int(gazetteer.geonames_id[n]) for n in choice.others if gazetteer.geonames_id[n]),
    )


def _coordinates(text: str) -> list[Place]:
    return [
        Place(
            start=c.start,
            end=c.end,
            name=text[c.start : c.end],
            kind="literal",
            lat=round(c.lat, 6),
            lon=round(c.lon, 6),
            radius_km=round(max(c.radius_km, 0.1), 1),
        )
        for c in find_coordinates(text)
    ]


def _phrases(words: Words, names: Sequence[Name], metonyms: Sequence[bool]) -> list[Phrase]:
    """Descriptions by names; ``anchors`` count in the list of all names. Ties between capitals are no roads."""
    placed = [i for i, name in enumerate(names) if not name.demonym]
    phrases = find_phrases(words, [(names[i].first, names[i].end) for i in placed])
    counted = [replace(p, anchors=tuple(placed[a] for a in p.anchors)) for p in phrases]
    return [p for p in counted if p.kind not in _LITERAL or _is_scene(words, p) or not _any_metonym(p, metonyms)]


def _any_metonym(phrase: Phrase, metonyms: Sequence[bool]) -> bool:
    return any(metonyms[a] for a in phrase.anchors)


def _is_scene(words: Words, phrase: Phrase) -> bool:
    """Whether the words themselves put something there: "in the south of", "A's border with B", not "northern"."""
    if phrase.kind == "border" and len(phrase.anchors) > 1:
        return True
    return phrase.kind != "between" and words.text[phrase.start : phrase.end].lower().startswith(_SCENE)


def _beside(words: Words, names: Sequence[Name], metonyms: Sequence[bool], phrase: Phrase) -> int | None:
    """The name a description stands in apposition to, if any: "Ivankiv, about 60 kilometers northwest of Kyiv"."""
    before = bisect_right(names, phrase.start, key=lambda n: words.end[n.end - 1]) - 1
    if before < 0 or names[before].demonym or metonyms[before] or before in phrase.anchors:
        return None
    between = words.text[words.end[names[before].end - 1] : phrase.start]
    return before if len(between) <= _APPOSITION and between.strip() in ("", ",", "(", "-", "–", "—") else None


def _is_wide(number: int, gazetteer: Gazetteer) -> bool:
    """Whether a place is too large for a description to be its own: "deep inside Russia, 1,200 km east of Moscow"."""
    return number >= 0 and bool(gazetteer.radius_km[number] > _WIDE_KM)


def _ordered(text: str, named: list[Place], told: Sequence[Told], described: dict[int, Phrase]) -> list[Place]:
    """All places in order, relations pointing at their anchors' new positions."""
    entries = [(p.start, p.end, 0, i) for i, p in enumerate(named)]
    entries += [(one.phrase.start, one.phrase.end, 1, i) for i, one in enumerate(told)]
    entries.sort()
    position = {i: at for at, (_, _, kind, i) in enumerate(entries) if kind == 0}
    places: list[Place] = []
    for _, _, kind, i in entries:
        if kind == 1:
            places.append(_described(text, told[i], position))
        elif i in described:
            places.append(structs.replace(named[i], relation=_relation(text, described[i], position)))
        else:
            places.append(named[i])
    return places


def _relation(text: str, phrase: Phrase, position: dict[int, int]) -> Relation:
    return Relation(
        anchor=position[phrase.anchors[0]] if phrase.anchors else None,
        words=text[phrase.start : phrase.relation_end],
        distance_km=None if phrase.distance_km is None else round(phrase.distance_km, 3),
        bearing_deg=phrase.bearing_deg,
    )


def _described(text: str, told: Told, position: dict[int, int]) -> Place:
    phrase = told.phrase
    lat, lon, radius = told.point or (None, None, None)
    return Place(
        start=phrase.start,
        end=phrase.end,
        name=text[phrase.start : phrase.end],
        kind="literal",
        lat=None if lat is None else round(lat, 5),
        lon=None if lon is None else round(lon, 5),
        radius_km=None if radius is None else round(radius, 1),
        country=told.country,
        relation=_relation(text, phrase, position),
    )
