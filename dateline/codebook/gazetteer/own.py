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
    """Read a user's file; ValueError names file and place of what cannot be used."""
    read = _geojson if path.suffix.lower() in (".geojson", ".json") else _csv
    return tuple(read(path))


def _csv(path: Path) -> Iterator[OwnPlace]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), 2):
            yield _place(line, line, f"{path}, line {number}")


def _geojson(path: Path) -> Iterator[OwnPlace]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    for number, feature in enumerate(collection.get("features", ()), 1):
        about, where = feature.get("properties") or {}, f"{path}, feature {number}"
        points = list(_points((feature.get("geometry") or {}).get("coordinates", ())))
        if not points:
            raise ValueError(f"{where}: no coordinates")
        lons, lats = zip(*points, strict=True)
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        km = 111.2 * math.hypot((max(lats) - min(lats)) / 2, (max(lons) - min(lons)) / 2 * math.cos(math.radians(lat)))
        yield _place({"radius_km": max(km, 3.0), **about}, {"lat": lat, "lon": lon}, where)


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401  # GeoJSON nests lists to any depth
    if coordinates and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


def _place(about: Mapping[str, Any], point: Mapping[str, Any], where: str) -> OwnPlace:
    try:
        name, lat, lon = str(about["name"]).strip(), float(point["lat"]), float(point["lon"])
        if not name or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"no place {name!r} at {lat}, {lon}")
        aliases = tuple(part.strip() for part in str(about.get("aliases") or "").split("|") if part.strip())
        return OwnPlace(
            name, aliases, lat, lon, str(about.get("country") or ""), str(about.get("feature") or "P.PPL"),
            float(about.get("radius_km") or 3.0), int(about.get("population") or 0), int(about.get("geonames_id") or 0),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise ValueError(f"{where}: {error!s}") from error
