"""Where a description puts a place: centre, radius and country, from the places its words count from."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.geo.extents import border_of, country_of, part_of
from dateline.annotate.geo.mentions import Mentions
from dateline.annotate.geo.relations import Phrase, Point
from dateline.records import Place

__all__ = ["locate"]

_MOST = 6  # neighbours tried for a border
_BACK = 20  # mentions looked back at for the other side of a border


def locate(phrase: Phrase, places: Sequence[Place], mentions: Mentions) -> tuple[Point | None, str | None]:
    """Centre and radius of a described place, None where an anchor is nowhere, and its country.

    places: those of the mentions' names, in their order.
    """
    numbers = [mentions.number(a) for a in phrase.anchors] + list(phrase.numbers)
    known = [_point(mentions, n, places[a]) for n, a in zip(numbers, phrase.anchors, strict=False)]
    points = known + [_point(mentions, n, None) for n in phrase.numbers]
    country = places[phrase.anchors[0]].country if phrase.anchors else mentions.country_of(numbers[0])
    sure = [point for point in points if point is not None]
    if len(sure) < len(points):
        return None, country
    lat, lon, radius = _by_towns(phrase, numbers, mentions) or phrase.locate(sure)
    doubt = max((places[a].radius_km or 0.0 for a in phrase.anchors), default=0.0)
    return (lat, lon, max(radius, doubt if doubt > max(r for _, _, r in sure) + 1 else 0.0)), country


def _point(mentions: Mentions, number: int, place: Place | None) -> Point | None:
    """The middle and extent of an anchor; doubt about which place it is does not widen its extent."""
    if number < 0:
        known = place is not None and place.lat is not None and place.lon is not None
        return (place.lat, place.lon, place.radius_km or 0.0) if known else None  # type: ignore[union-attr,return-value]
    entry = mentions.gazetteer[number]
    return entry.lat, entry.lon, entry.radius_km


def _by_towns(phrase: Phrase, numbers: Sequence[int], mentions: Mentions) -> Point | None:
    """Where the towns of a country show its part or its border."""
    if phrase.kind == "part":
        return part_of(mentions.gazetteer, numbers[0], phrase.bearing_deg, is_far=phrase.is_far)
    if phrase.kind != "border":
        return None
    other = numbers[1] if len(numbers) > 1 else _other_side(phrase, numbers[0], mentions)
    shared = border_of(mentions.gazetteer, numbers[0], other) if other >= 0 else None
    return None if shared is None else (shared[0], shared[1], shared[2] + (phrase.distance_km or 0.0))


def _other_side(phrase: Phrase, own: int, mentions: Mentions) -> int:
    """The country a border is shared with: of those named nearby the first that has one, else -1."""
    words = mentions.words
    token = words.tokens(phrase.start, phrase.end)[0]
    near = sorted(mentions.within(*words.sentence_of(token)), key=lambda i: abs(mentions.names[i].first - token))
    tried = dict.fromkeys(mentions.country(i) for i in [*near, *list(mentions.before(token))[:_BACK]])
    for iso3 in [t for t in tried if t][:_MOST]:
        other = country_of(mentions.gazetteer, iso3)
        if other not in (own, -1) and border_of(mentions.gazetteer, own, other):
            return other
    return -1
