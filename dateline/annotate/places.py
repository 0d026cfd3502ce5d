"""Places: names, demonyms and descriptions of places, resolved to points with an honest radius.

Names are found (``place_names``), each gets the gazetteer's likeliest place (``place_ranking``), metonyms are
told from literal uses (``metonymy``), descriptions such as "60 km northwest of Kyiv" become places of their
own or, in apposition, check the name they stand beside (``place_relations``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.annotate.context import Context
from dateline.annotate.metonymy import Metonymy, load_metonymy
from dateline.annotate.place_names import Name, Tagger, find_names, load_tagger
from dateline.annotate.place_ranking import Choice, Network, choose, load_networks
from dateline.annotate.place_relations import Phrase, find_phrases
from dateline.annotate.words import Words
from dateline.codebook.countries import load_countries
from dateline.codebook.gazetteer import Gazetteer, load_gazetteer
from dateline.records import Place, Relation, Report

__all__ = ["Models", "find_places", "load_models", "read_places"]

_APPOSITION = 3  # characters between a name and the description of it: ", "


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned: the tagger of names, the rankers of places, the classifier of metonyms."""

    tagger: Tagger
    rankers: tuple[Network, Network]
    metonymy: Metonymy


@cache
def load_models() -> Models:
    """The shipped models, loaded once."""
    return Models(load_tagger(), load_networks(), load_metonymy())


def find_places(words: Words, context: Context) -> list[Place]:
    """Find every place of a report, ordered by where its words stand."""
    return read_places(words, context.report, load_models())


def read_places(words: Words, report: Report, models: Models) -> list[Place]:
    """Find places with given models."""
    gazetteer = load_gazetteer()
    names = find_names(words, gazetteer, models.tagger)
    choices = choose(words, names, report, gazetteer, models.rankers)
    metonyms = [not n.demonym and models.metonymy.is_metonymic(words, n, gazetteer) for n in names]
    places = [
        _place(words, name, choice, metonym, gazetteer)
        for name, choice, metonym in zip(names, choices, metonyms, strict=True)
    ]
    return _with_phrases(words, places, _phrases(words, names, metonyms))


def _place(words: Words, name: Name, choice: Choice, metonym: bool, gazetteer: Gazetteer) -> Place:
    start, end = words.start[name.first], words.end[name.end - 1]
    called = words.text[start:end]
    if name.demonym:
        country = load_countries().by_demonym[called.lower()]
        return Place(start=start, end=end, name=called, kind="demonymic", country=country.iso3)
    if choice.number < 0:
        return Place(start=start, end=end, name=called, kind="metonymic" if metonym else "literal")
    entry = gazetteer[choice.number]
    others = tuple(int(gazetteer.geonames_id[n]) for n in choice.others if gazetteer.geonames_id[n])
    return Place(
        start=start,
        end=end,
        name=called,
        kind="metonymic" if metonym else "literal",
        geonames_id=entry.geonames_id or None,
        lat=None if metonym else round(entry.lat, 5),
        lon=None if metonym else round(entry.lon, 5),
        radius_km=None if metonym else round(entry.radius_km, 1),
        country=entry.country or None,
        feature=entry.feature,
        candidates=others,
    )


def _phrases(words: Words, names: Sequence[Name], metonyms: Sequence[bool]) -> list[Phrase]:
    """Descriptions by literal names; ``anchors`` count in the list of all names."""
    literal = [i for i, name in enumerate(names) if not name.demonym and not metonyms[i]]
    phrases = find_phrases(words, [(names[i].first, names[i].end) for i in literal])
    return [_counted(phrase, literal) for phrase in phrases]


def _counted(phrase: Phrase, literal: Sequence[int]) -> Phrase:
    return Phrase(
        phrase.start, phrase.end, phrase.relation_end, phrase.kind, tuple(literal[a] for a in phrase.anchors),
        phrase.distance_km, phrase.bearing_deg, phrase.spread_km,
    )  # fmt: skip


def _with_phrases(words: Words, named: list[Place], phrases: list[Phrase]) -> list[Place]:
    """All places in order, relations pointing at their anchors' new positions."""
    described: dict[int, Phrase] = {}
    alone: list[Phrase] = []
    for phrase in phrases:
        beside = _beside(words.text, named, phrase)
        if beside is None:
            alone.append(phrase)
        else:
            described[beside] = phrase
    entries = [(p.start, p.end, 0, i) for i, p in enumerate(named)]
    entries += [(p.start, p.end, 1, i) for i, p in enumerate(alone)]
    entries.sort()
    position = {i: at for at, (_, _, kind, i) in enumerate(entries) if kind == 0}
    places: list[Place] = []
    for _, _, kind, i in entries:
        if kind == 0:
            relation = _relation(words.text, described[i], position) if i in described else None
            places.append(_with_relation(named[i], relation))
        else:
            places.append(_described(words.text, alone[i], named, position))
    return places


def _beside(text: str, named: Sequence[Place], phrase: Phrase) -> int | None:
    """The name the description stands in apposition to, if any: "Ivankiv, about 60 kilometers northwest of Kyiv"."""
    before = phrase.anchors[0] - 1
    if before < 0 or phrase.kind in ("part", "between", "outskirts") or named[before].kind != "literal":
        return None
    between = text[named[before].end : phrase.start]
    return before if len(between) <= _APPOSITION and between.strip() in ("", ",", "(", "-", "–", "—") else None


def _relation(text: str, phrase: Phrase, position: dict[int, int]) -> Relation:
    return Relation(
        anchor=position[phrase.anchors[0]],
        words=text[phrase.start : phrase.relation_end],
        distance_km=None if phrase.distance_km is None else round(phrase.distance_km, 3),
        bearing_deg=phrase.bearing_deg,
    )


def _with_relation(place: Place, relation: Relation | None) -> Place:
    if relation is None:
        return place
    fields = {f: getattr(place, f) for f in place.__struct_fields__}
    return Place(**{**fields, "relation": relation})


def _described(text: str, phrase: Phrase, named: Sequence[Place], position: dict[int, int]) -> Place:
    anchors = [named[a] for a in phrase.anchors]
    points = [(a.lat, a.lon, a.radius_km) for a in anchors if a.lat is not None]
    located = phrase.locate(points) if len(points) == len(anchors) else None  # type: ignore[arg-type]
    lat, lon, radius = located or (None, None, None)
    return Place(
        start=phrase.start,
        end=phrase.end,
        name=text[phrase.start : phrase.end],
        kind="literal",
        lat=None if lat is None else round(lat, 5),
        lon=None if lon is None else round(lon, 5),
        radius_km=None if radius is None else round(radius, 1),
        country=anchors[0].country,
        relation=_relation(text, phrase, position),
    )
