"""The base map as SVG paths: coasts, borders (disputed ones apart) and country names, from the map module's own file.

Made for maps that work without a script. Where the package was built without npm the file is missing, and the map
has its grid of degrees only.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from dateline.look.page.assets import STATIC

__all__ = ["Box", "Frame", "Label", "Outline", "framed", "has_base", "outline"]

_FILE = STATIC / "built" / "base.json"
_BAND = 40.0  # pixels about the picture
_NEAR = 0.7  # pixels: points closer together than this are one
_NEAR_WIDE = 1.5  # where whole continents are shown
_WIDE = 25  # degrees
_LETTER, _LINE = 8.0, 16.0  # pixels of a country's name
_LEAST_SIZE = 2  # degrees of longitude a map shows at least
Ring = Sequence[Sequence[float]]


class Box(NamedTuple):
    """Degrees: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float


class Frame(NamedTuple):
    """A box of the Earth on a picture of ``width`` × ``height``; equirectangular, true at its middle latitude."""

    box: Box
    width: int
    height: int

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point stands on the picture."""
        west, south, east, north = self.box
        return (
            round((lon - west) / (east - west) * self.width, 1), round((north - lat) / (north - south) * self.height, 1)
        )  # fmt: skip

    def km(self, km: float) -> float:
        """A distance in pixels."""
        return km / 111.195 / (self.box.north - self.box.south) * self.height


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a country."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Paths of land, of borders and of disputed borders, and names."""

    land: str
    borders: str
    disputed: str
    labels: tuple[Label, ...]


def has_base() -> bool:
    """Whether the base map was built."""
    return _FILE.is_file()


def framed(points: Iterable[tuple[float, float]], width: int, height: int, margin: float = 0.25) -> Frame:
    """A frame that holds these points (lat, lon) with a margin, at the picture's proportions."""
    found = list(points) or [(20.0, 0.0)]
    south, north = min(p[0] for p in found), max(p[0] for p in found)
    west, east = min(p[1] for p in found), max(p[1] for p in found)
    if len(found) == 1 and found == [(20.0, 0.0)]:
        south, north, west, east = -50.0, 72.0, -170.0, 170.0
    lat, lon = (south + north) / 2, (west + east) / 2
    squeeze = max(0.2, math.cos(math.radians(lat)))
    across = max((east - west) * (1 + 2 * margin), (north - south) * (1 + 2 * margin) / height * width / squeeze)
    across = min(360.0, max(across, _LEAST_SIZE))
    down = across * squeeze * height / width
    return Frame(
        Box(*(round(edge, 3) for edge in (lon - across / 2, lat - down / 2, lon + across / 2, lat + down / 2))), width,
        height,
    )  # fmt: skip


@lru_cache(maxsize=64)
def outline(frame: Frame) -> Outline:
    """What of the base map stands in a frame."""
    paths: dict[str, list[str]] = {"country": [], "border": [], "disputed": []}
    labels: list[Label] = []
    for kind, name, box, rings in _features():
        if not _meet(box, frame.box):
            continue
        if kind == "label":
            _place(Label(*frame.xy(*rings[0][0][:2]), name), labels)
        elif kind in paths:
            paths[kind] += [path for ring in rings if (path := _path(ring, frame, closed=kind == "country"))]
    return Outline(" ".join(paths["country"]), " ".join(paths["border"]), " ".join(paths["disputed"]), tuple(labels))


def _place(label: Label, placed: list[Label]) -> None:
    """Write a name where it covers no other; the file has larger countries first."""
    width = _LETTER * len(label.name)
    if all(
        abs(label.x - one.x) > (width + _LETTER * len(one.name)) / 2 or abs(label.y - one.y) > _LINE for one in placed
    ):
        placed.append(label)


def _path(ring: Ring, frame: Frame, *, closed: bool) -> str:
    points: list[tuple[float, float]] = []
    wide = frame.box.east - frame.box.west > _WIDE
    near = _NEAR_WIDE if wide else _NEAR
    for lon, lat in ring:
        x, y = frame.xy(lon, lat)
        # Off the picture a coast only has to lead round it: points there are held to a band about it.
        x, y = min(max(x, -_BAND), frame.width + _BAND), min(max(y, -_BAND), frame.height + _BAND)
        if wide:
            x, y = round(x), round(y)
        if not points or abs(x - points[-1][0]) > near or abs(y - points[-1][1]) > near:
            if len(points) > 1 and _idle(points[-2], points[-1], (x, y), frame):
                points.pop()
            points.append((x, y))
    least = 3 if closed else 2
    if len(points) < least or not _on(points, frame):
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")


def _idle(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], frame: Frame) -> bool:
    """Whether three points follow each other along one edge of the band, so that the middle one adds nothing."""
    edges = ((0, -_BAND), (0, frame.width + _BAND), (1, -_BAND), (1, frame.height + _BAND))
    return any(a[i] == b[i] == c[i] == edge for i, edge in edges)


def _on(points: Sequence[tuple[float, float]], frame: Frame) -> bool:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(xs) > 0 and min(xs) < frame.width and max(ys) > 0 and min(ys) < frame.height


_Feature = tuple[Literal["country", "border", "disputed", "label"], str, Box, list[Ring]]


@cache
def _features() -> list[_Feature]:
    """The file's features as rings with the box that holds them, read once."""
    if not has_base():
        return []
    found: list[_Feature] = []
    for feature in json.loads(_FILE.read_text(encoding="utf-8"))["features"]:
        rings = list(_rings(feature["geometry"]))
        if not rings:
            continue
        lons, lats = [p[0] for ring in rings for p in ring], [p[1] for ring in rings for p in ring]
        properties = feature["properties"]
        box = Box(min(lons), min(lats), max(lons), max(lats))
        found.append((properties["kind"], properties.get("name") or "", box, rings))
    return found


def _rings(geometry: dict[str, object]) -> Iterator[Ring]:
    """All lines of a geometry, whatever its type."""

    def flat(part: object) -> Iterator[Ring]:
        if not isinstance(part, list) or not part:
            return
        if isinstance(part[0], int | float):
            yield [part]
        elif isinstance(part[0][0], int | float):
            yield part
        else:
            for inner in part:
                yield from flat(inner)

    yield from flat(geometry.get("coordinates"))


def _meet(one: Box, other: Box) -> bool:
    return one.west <= other.east and one.east >= other.west and one.south <= other.north and one.north >= other.south
