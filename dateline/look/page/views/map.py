"""The map: where incidents are, each with how far off its point may be; a table of the places beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Literal

from dateline.look.page.answers import Sheet
from dateline.look.page.asked import Asked, AskedDep, ZoneDep
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.basemap import Frame, Outline, framed, has_base, outline
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows
from dateline.look.page.views.timeline import Window, window_links, window_of
from dateline.look.page.wording import span

__all__ = ["MapPoint", "MapView", "PlaceRow", "map_points", "map_sheet", "map_view"]

_MOST = 600  # incidents on a map
_ROWS = 60  # places in the table
_WIDTH, _HEIGHT = 1100, 620
_COUNTRY_KM = 150  # a place known no closer than this is drawn as a country or region, not as a point
_AREA_KM = 12
Level = Literal["point", "area", "country"]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Incidents at one place on the drawn map: x, y and r in pixels of the picture."""

    x: float
    y: float
    r: float
    level: str
    certainty: str
    count: int
    name: str
    href: str
    label: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its incidents, the latest first; ``more``: those not listed."""

    name: str
    country: str | None
    lat: float
    lon: float
    radius_km: float | None
    level: str
    incidents: tuple[IncidentRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MapView:
    """The map of a window of time; ``built``: whether the interactive map is in this package."""

    asked: Asked
    window: Window
    total: int
    base: Outline
    has_base: bool
    width: int
    height: int
    points: tuple[MapPoint, ...]
    places: tuple[PlaceRow, ...]
    left_out: int


def map_view(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> MapView:
    """Where incidents are, in a window of time."""
    rows = _rows(sight, asked, zone)
    places = _places(rows)
    frame = framed([(p.lat, p.lon) for p in places if p.level != "country"] or [(p.lat, p.lon) for p in places],
                   _WIDTH, _HEIGHT, margin=0.12)  # fmt: skip
    return MapView(
        asked, window_links(sight, asked, zone), len(rows), outline(frame), has_base(), _WIDTH, _HEIGHT,
        _points(places, frame), places[:_ROWS], max(0, len(places) - _ROWS),
    )  # fmt: skip


def map_points(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> dict[str, object]:
    """The incidents of the window as GeoJSON (RFC 7946), for the interactive map and other tools."""
    features = [
        {
            "type": "Feature",
            "id": row.id,
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {
                "id": row.id, "label": row.title, "href": f"/incidents/{row.id}", "radius_km": row.radius_km,
                "certainty": row.certainty, "place": row.place, "when": span(row.earliest, row.latest, zone),
                "earliest": row.earliest, "latest": row.latest, "level": level_of(row.radius_km), "iso3": row.country,
                "type": row.type, "sources": row.sources, "disputed": bool(row.disputes),
            },
        }
        for row in _rows(sight, asked, zone)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def map_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """The places with the number of their incidents."""
    columns = ("place", "country", "lat", "lon", "radius_km", "level", "incidents")
    rows = (
        (p.name, p.country, p.lat, p.lon, p.radius_km, p.level, len(p.incidents) + p.more)
        for p in _places(_rows(sight, asked, zone))
    )
    return Sheet(columns, rows)


def level_of(radius_km: float | None) -> Level:
    """How closely a place is known: a point, an area, or no more than its country."""
    if radius_km is not None and radius_km >= _COUNTRY_KM:
        return "country"
    return "area" if radius_km is not None and radius_km >= _AREA_KM else "point"


def _rows(sight: Sight, asked: Asked, zone: ZoneDep) -> tuple[IncidentRow, ...]:
    start, end = (moment.astimezone(UTC).isoformat() for moment in window_of(sight, asked, zone))
    return incident_rows(sight, sight.browse.placed(start, end, limit=_MOST, type=asked.type))


def _places(rows: Sequence[IncidentRow]) -> tuple[PlaceRow, ...]:
    """The places, those with most incidents first."""
    found: dict[tuple[float, float], list[IncidentRow]] = defaultdict(list)
    for row in rows:
        if row.lat is not None and row.lon is not None:
            found[row.lat, row.lon].append(row)
    places = [
        PlaceRow(
            _name(own), own[0].country, lat, lon, own[0].radius_km, level_of(own[0].radius_km),
            tuple(own[:4]), max(0, len(own) - 4),
        )
        for (lat, lon), own in found.items()
    ]  # fmt: skip
    return tuple(sorted(places, key=lambda p: (-len(p.incidents) - p.more, p.name, p.lat)))


def _name(rows: Sequence[IncidentRow]) -> str:
    """What most of the incidents at one point call it: a street known no closer than its town stands there too."""
    names = Counter(row.place for row in rows if row.place)
    return min(names, key=lambda name: (-names[name], name), default="unnamed")


def _points(places: Sequence[PlaceRow], frame: Frame) -> tuple[MapPoint, ...]:
    """The places drawn, wide ones first so that narrow ones lie on them; names only where they have room."""
    named: list[tuple[float, float]] = []
    found = []
    for place in places:
        x, y = frame.xy(place.lon, place.lat)
        room = all(abs(x - a) > 90 or abs(y - b) > 18 for a, b in named)
        if room:
            named.append((x, y))
        radius = frame.km(place.radius_km or 0.0) if place.level != "country" else 0.0
        found.append(
            MapPoint(
                x, y, round(min(radius, 260.0), 1), place.level, place.incidents[0].certainty,
                len(place.incidents) + place.more, place.name, f"#at-{places.index(place)}", room,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda p: -p.r))
