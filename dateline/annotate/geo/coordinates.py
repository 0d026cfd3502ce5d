"""Coordinates written in a text: decimal degrees, degrees and minutes, and MGRS grid references.

"50.45, 30.52", "50.4501° N, 30.5234° E", "50°27′N 30°31′E", "33°52.5′S 151°12′E", "36U UA 25175 91455".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Coordinates", "find_coordinates"]

_SECONDS = r"(?:\s*(\d{1,2}(?:\.\d+)?)\s*(?:″|”|\"|''|′′))?"
_ANGLE = rf"(\d{{1,3}}(?:\.\d+)?)\s*°\s*(?:(\d{{1,2}}(?:\.\d+)?)\s*(?:′|’|'){_SECONDS})?\s*"
_DEGREES = re.compile(rf"{_ANGLE}([NS])[\s,;]{{0,3}}{_ANGLE}([EW])\b")
_DECIMAL = re.compile(
    r"(?<![\d.,$€£%-])(-?\d{1,2}\.\d{2,8})(?:\s?°)?(?:\s?([NS]))?\s?,\s?"
    r"(-?\d{1,3}\.\d{2,8})(?:\s?°)?(?:\s?([EW])\b)?(?![\d.]*\d|\s?[%$€£])"
)
_CUE = re.compile(r"(?:\bat|coordinates|position|located|location|latitude|lat\.?|gps)\W{0,3}(?:\w+\W+)?$|\($", re.I)
_CUE_REACH = 32  # characters before plain numbers in which a word must say that they are a place
_GRID = re.compile(r"\b(\d{1,2})\s?([C-HJ-NP-X])\s?([A-HJ-NP-Z])([A-HJ-NP-V])\s?(\d{1,5})\s?(\d{1,5})\b")
_BANDS = "CDEFGHJKLMNPQRSTUVWX"  # eight degrees each, from 80° south
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")  # of zones 1, 2, 3, 1, …
_ROWS = "ABCDEFGHJKLMNPQRSTUV"

# WGS 84 and the Universal Transverse Mercator projection
_A, _E2, _K0, _EASTING = 6378137.0, 0.00669437999014, 0.9996, 500_000.0


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Characters ``[start, end)``, the point in WGS 84 degrees, how coarse its digits are in km."""

    start: int
    end: int
    lat: float
    lon: float
    radius_km: float


def find_coordinates(text: str) -> list[Coordinates]:
    """Find coordinates in a text, in order; those of no point on Earth are left out."""
    found = [*_written_degrees(text), *_decimals(text), *_grid_references(text)]
    kept: list[Coordinates] = []
    for one in sorted(found, key=lambda c: (c.start, -c.end)):
        on_earth = abs(one.lat) <= 90 and abs(one.lon) <= 180
        if on_earth and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def _written_degrees(text: str) -> Iterator[Coordinates]:
    if "°" not in text:
        return
    for match in _DEGREES.finditer(text):
        lat, lon = (_angle(*match.groups()[k : k + 3]) for k in (0, 4))
        signs = (-1 if match[4] == "S" else 1, -1 if match[8] == "W" else 1)
        finest = 0.03 if match[3] else 1.0 if match[2] else _coarse(match[1])
        yield Coordinates(match.start(), match.end(), signs[0] * lat, signs[1] * lon, finest)


def _angle(degrees: str, minutes: str | None, seconds: str | None) -> float:
    return float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


def _coarse(number: str) -> float:
    """Half a unit of the last digit of decimal degrees, in km along a meridian."""
    return max(111.2 / 2 / float(10 ** len(number.partition(".")[2])), 0.01)


def _decimals(text: str) -> Iterator[Coordinates]:
    for match in _DECIMAL.finditer(text):
        lat, lon = float(match[1]), float(match[3])
        plain = not (match[2] and match[4]) and min(len(n.partition(".")[2]) for n in (match[1], match[3])) < 4
        if plain and not _CUE.search(text, max(0, match.start() - _CUE_REACH), match.start()):
            continue
        lat, lon = -lat if match[2] == "S" else lat, -lon if match[4] == "W" else lon
        yield Coordinates(match.start(), match.end(), lat, lon, _coarse(match[1]))


def _grid_references(text: str) -> Iterator[Coordinates]:
    for match in _GRID.finditer(text):
        zone, band, column, row, east, north = match.groups()
        at = _COLUMNS[(int(zone) - 1) % 3].find(column) if 1 <= int(zone) <= 60 else -1
        if at < 0 or len(east) != len(north):
            continue
        cell = 10.0 ** (5 - len(east))
        easting = (at + 1) * 100_000 + int(east) * cell + cell / 2
        rows = (_ROWS.index(row) - (0 if int(zone) % 2 else 5)) % 20
        northing = rows * 100_000 + int(north) * cell + cell / 2
        lat, lon = _nearest_cycle(int(zone), band, easting, northing)
        yield Coordinates(match.start(), match.end(), lat, lon, max(cell / 2000, 0.01))


def _nearest_cycle(zone: int, band: str, easting: float, northing: float) -> tuple[float, float]:
    """Row letters repeat every 2,000 km: the reading nearest the middle of the latitude band."""
    middle = -76 + 8 * _BANDS.index(band)
    south = 10_000_000.0 if middle < 0 else 0.0
    readings = (_from_utm(zone, easting, northing + 2_000_000 * k - south) for k in range(5))
    return min(readings, key=lambda point: abs(point[0] - middle))


def _from_utm(zone: int, easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude of UTM coordinates; northing negative south of the equator (Snyder 1987, p. 63)."""
    x = easting - _EASTING
    e1 = (1 - math.sqrt(1 - _E2)) / (1 + math.sqrt(1 - _E2))
    mu = northing / _K0 / (_A * (1 - _E2 / 4 - 3 * _E2**2 / 64 - 5 * _E2**3 / 256))
    foot = (
        mu + (3 * e1 / 2 - 27 * e1**3 / 32) * math.sin(2 * mu) + (21 * e1**2 / 16 - 55 * e1**4 / 32) * math.sin(4 * mu)
        + 151 * e1**3 / 96 * math.sin(6 * mu)
    )  # fmt: skip
    second = _E2 / (1 - _E2)
    c, t = second * math.cos(foot) ** 2, math.tan(foot) ** 2
    curve = 1 - _E2 * math.sin(foot) ** 2
    n, r = _A / math.sqrt(curve), _A * (1 - _E2) / curve**1.5
    d = x / (n * _K0)
    lat = foot - n * math.tan(foot) / r * (d**2 / 2 - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * second) * d**4 / 24)
    lon = (d - (1 + 2 * t + c) * d**3 / 6 + (5 - 2 * c + 28 * t) * d**5 / 120) / math.cos(foot)
    return math.degrees(lat), zone * 6 - 183 + math.degrees(lon)
