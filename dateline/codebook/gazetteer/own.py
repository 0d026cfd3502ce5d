"""A user's own places, from a CSV or GeoJSON file: villages, camps, districts the gazetteer lacks.

CSV: columns ``name``, ``lat``, ``lon`` and, as wanted, ``aliases`` (separated by ``|``), ``country``
(ISO 3166-1 alpha-3), ``feature`` (GeoNames class.code), ``radius_km``, ``population``, ``geonames_id``.
GeoJSON: features with those properties; the point is the geometry's, or the middle of its bounds.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.codebook.tables import TableError

__all__ = ["OwnPlace", "read_own"]


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place a user added; fields as of ``Entry``."""

    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    country: str = ""
    feature: str = "P.PPL"
    radius_km: float = 3.0
    population: int = 0
    geonames_id: int = 0


def read_own(path: Path) -> tuple[OwnPlace, ...]:
    """Read a user's file; ``TableError`` names file and line (GeoJSON: feature) of what cannot be used."""
    read = _geojson if path.suffix.lower() in (".geojson", ".json") else _csv
    try:
        return tuple(read(path))
    except UnicodeDecodeError as error:
        raise TableError(path, None, f"it must be UTF-8: {error.reason}") from None


def _csv(path: Path) -> Iterator[OwnPlace]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        if missing := [name for name in ("name", "lat", "lon") if name not in (lines.fieldnames or ())]:
            raise TableError(path, 1, f"no column {', '.join(missing)}; found {', '.join(lines.fieldnames or ())}")
        for line in lines:
            try:
                yield _place(line, line)
            except ValueError as error:
                raise TableError(path, lines.line_num, str(error)) from None


def _geojson(path: Path) -> Iterator[OwnPlace]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise TableError(path, error.lineno, f"no JSON: {error.msg}") from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise TableError(path, None, "no GeoJSON: a FeatureCollection with features is wanted")
    for number, feature in enumerate(features, 1):
        try:
            yield _feature(feature)
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            raise TableError(path, None, f"feature {number}: {error}") from None


def _feature(feature: Mapping[str, Any]) -> OwnPlace:
    about = feature.get("properties") or {}
    points = list(_points((feature.get("geometry") or {}).get("coordinates", ())))
    if not points:
        raise ValueError("no coordinates")
    lons, lats = zip(*points, strict=True)
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    km = 111.2 * math.hypot((max(lats) - min(lats)) / 2, (max(lons) - min(lons)) / 2 * math.cos(math.radians(lat)))
    return _place({"radius_km": max(km, 3.0), **about}, {"lat": lat, "lon": lon})


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401  # GeoJSON nests lists to any depth
    if coordinates and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


def _place(about: Mapping[str, Any], point: Mapping[str, Any]) -> OwnPlace:
    """A place out of a line or a feature; ValueError says what is wrong with it."""
    name = str(about.get("name") or "").strip()
    if not name:
        raise ValueError("no name")
    try:
        lat, lon = float(point["lat"]), float(point["lon"])
    except (TypeError, ValueError):
        raise ValueError(f"no coordinates of {name!r}: lat {point['lat']!r}, lon {point['lon']!r}") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{name!r} at {lat}, {lon}: lat must be within ±90 and lon within ±180 degrees")
    aliases = tuple(part.strip() for part in str(about.get("aliases") or "").split("|") if part.strip())
    return OwnPlace(
        name, aliases, lat, lon, str(about.get("country") or ""), str(about.get("feature") or "P.PPL"),
        float(about.get("radius_km") or 3.0), int(about.get("population") or 0), int(about.get("geonames_id") or 0),
    )  # fmt: skip
