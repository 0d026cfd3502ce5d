"""Adapters of the sets of places. Figures on rows the shipped models were fitted on are taken out of fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from dateline.codebook.countries import load_countries
from dateline.codebook.gazetteer import load_gazetteer
from dateline.records import Place
from gate import Read, Row
from gate.folds import folded_metonymy, folded_places
from gate.seen import is_seen

__all__ = ["predict_metonymy", "predict_places", "predict_relational", "shown"]


def predict_places(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Names of places with points, ids and alpha-2 countries; descriptions of places are not names.

    Rows of the file the models were fitted on (``extra``) are read by models that saw none of their fold.
    """
    seen = [row for row in rows if is_seen(row["text"])]
    if seen and extra is None:
        raise SystemExit("the models were fitted on these rows: name the file they are of with --with")
    folded = dict(folded_places(extra)) if seen and extra is not None else {}
    yield from ({"id": row["id"], "places": shown(folded[row["id"]])} for row in seen)
    for row, reading in read([row for row in rows if row["id"] not in folded]):
        yield {"id": row["id"], "places": shown(msgspec.convert(reading["places"], list[Place]))}


def predict_metonymy(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """The kind of the place at the marked words; words read as no place are literal.

    Rows the models were fitted on are judged by models that saw none of their fold; ``extra``: the file of news.
    """
    seen = [row for row in rows if is_seen(row["text"])]
    if seen and extra is None:
        raise SystemExit("the models were fitted on these rows: name the places' file of news with --with")
    for row, places in folded_metonymy(seen, extra) if seen and extra is not None else ():
        yield _labelled(row, [(p.start, p.end, p.kind) for p in places])
    for row, reading in read([row for row in rows if not is_seen(row["text"])]):
        yield _labelled(row, [(p["start"], p["end"], p["kind"]) for p in reading["places"]])


def _labelled(row: Row, places: Sequence[tuple[int, int, str]]) -> Row:
    metonymic = any(kind == "metonymic" and start < row["end"] and row["start"] < end for start, end, kind in places)
    return {"id": row["id"], "label": "metonymic" if metonymic else "literal"}


def predict_relational(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:  # noqa: ARG001
    """The first described place: where it is and the words from the relation to its last anchor."""
    for row, reading in read(rows):
        places = reading["places"]
        described = [p for p in places if p.get("relation")]
        if not described:
            yield {"id": row["id"]}
            continue
        place = _preferred(described)
        anchor = place["relation"].get("anchor")
        end = place["end"] if anchor is None else places[anchor]["end"]
        start = row["text"].rfind(place["relation"]["words"], 0, end)
        span = {"start": start, "end": max(end, place["end"] if place["start"] == start else end)}
        yield {"id": row["id"], "expression": span, "lat": place.get("lat"), "lon": place.get("lon")}


def _preferred(described: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A place with a distance or bearing, else the first."""
    told = [p for p in described if p["relation"].get("distance_km") or p["relation"].get("bearing_deg") is not None]
    return (told or list(described))[0]


def shown(places: Sequence[Place]) -> list[Row]:
    """Named places in the scorer's shape; a metonym's point is that of the place it is named after."""
    found = []
    for place in places:
        if place.is_description:
            continue
        country = load_countries().by_iso3.get(place.country or "")
        kind = {"literal": "literal", "metonymic": "associative", "demonymic": "demonym"}[place.kind]
        lat, lon = (place.lat, place.lon) if place.lat is not None else _points().get(place.geonames_id, (None, None))
        found.append(
            {
                "start": place.start,
                "end": place.end,
                "lat": lat,
                "lon": lon,
                "radius_km": place.radius_km,
                "country": country.iso2 if country else None,
                "geonameid": place.geonames_id,
                "kind": kind,
                "metonymic": place.kind == "metonymic",
            }
        )
    return found


@cache
def _points() -> dict[int | None, tuple[float, float]]:
    gazetteer = load_gazetteer()
    ids = gazetteer.geonames_id.tolist()
    return dict(zip(ids, zip(gazetteer.lat.tolist(), gazetteer.lon.tolist(), strict=True), strict=True))
