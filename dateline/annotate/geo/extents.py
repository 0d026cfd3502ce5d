"""Where the parts and the borders of countries are, as told by where their towns lie.

The gazetteer has no outlines. Its towns, thinned to one a quarter of a degree, stand in for them: the east of a
country is the third of its towns that lie farthest east, the border of two countries the towns of each that are
nearest to the other's.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dateline.codebook.gazetteer import Gazetteer

__all__ = ["border_of", "capital_of", "country_of", "part_of"]

Floats = npt.NDArray[np.float64]
Point = tuple[float, float, float]

_CELL_DEG = 0.25
_KM = 111.2  # a degree of latitude
_FEW = 6  # towns; fewer tell no parts apart
_APART_KM = 250.0  # countries whose nearest towns are farther apart have no border
_THIRD, _FAR_SHARE, _MIDDLE = 0.67, 0.85, 0.4
_HELD = 0.9  # share of the towns meant that the radius holds


@lru_cache(maxsize=256)
def part_of(gazetteer: Gazetteer, number: int, bearing: float | None, *, is_far: bool = False) -> Point | None:
    """Centre and radius of the part of a country or unit in a direction from its middle, or of its middle itself.

    None where too few of its towns are known, as of towns and regions.
    """
    lat, lon = _towns(gazetteer, number)
    if len(lat) < _FEW:
        return None
    east, north = _plane(lat, lon)
    if bearing is None:
        off = np.hypot(east - np.median(east), north - np.median(north))
        kept = off <= np.quantile(off, _MIDDLE)
    else:
        turn = np.radians(bearing)
        along = east * np.sin(turn) + north * np.cos(turn)
        kept = along >= np.quantile(along, _FAR_SHARE if is_far else _THIRD)
    return _middle(lat[kept], lon[kept])


@lru_cache(maxsize=256)
def border_of(gazetteer: Gazetteer, one: int, other: int) -> Point | None:
    """Centre and radius of the border of two countries or units; None where they have none."""
    near, far = _towns(gazetteer, one), _towns(gazetteer, other)
    if not len(near[0]) or not len(far[0]):
        return None
    near, far = _within_reach(near, far), _within_reach(far, near)
    if not len(near[0]) or not len(far[0]):
        return None
    km = _distances(*near, *far)
    least = float(km.min())
    if least > _APART_KM:
        return None
    reach = max(50.0, 2 * least + 30)
    here, there = km.min(axis=1) <= reach, km.min(axis=0) <= reach
    return _middle(np.concatenate([near[0][here], far[0][there]]), np.concatenate([near[1][here], far[1][there]]))


@lru_cache(maxsize=256)
def country_of(gazetteer: Gazetteer, iso3: str) -> int:
    """The number of a country, -1 where there is none of that code."""
    return _first(gazetteer, iso3, "A.PCLI")


@lru_cache(maxsize=256)
def capital_of(gazetteer: Gazetteer, iso3: str) -> int:
    """The number of a country's seat of government, -1 where unknown."""
    return _first(gazetteer, iso3, "P.PPLC")


def _first(gazetteer: Gazetteer, iso3: str, feature: str) -> int:
    if iso3 not in gazetteer.countries or feature not in gazetteer.features:
        return -1
    of_country = gazetteer.country == gazetteer.countries.index(iso3)
    found = np.flatnonzero(of_country & (gazetteer.feature == gazetteer.features.index(feature)))
    return int(found[0]) if len(found) else -1


@lru_cache(maxsize=128)
def _towns(gazetteer: Gazetteer, number: int) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of the towns of a country or unit, one a cell."""
    feature = gazetteer.features[gazetteer.feature[number]]
    unit = {"A.PCLI": gazetteer.country, "A.ADM1": gazetteer.admin1, "A.ADM2": gazetteer.admin2}.get(feature)
    if unit is None:
        return np.zeros(0), np.zeros(0)
    of_unit = unit == (gazetteer.country[number] if feature == "A.PCLI" else number)
    towns = [i for i, code in enumerate(gazetteer.features) if code.startswith("P.")]
    found = np.flatnonzero(of_unit & np.isin(gazetteer.feature, towns))
    lat, lon = gazetteer.lat[found].astype(float), gazetteer.lon[found].astype(float)
    cells = np.unique(np.stack([np.round(lat / _CELL_DEG), np.round(lon / _CELL_DEG)]), axis=1)
    return (cells[0] * _CELL_DEG, cells[1] * _CELL_DEG) if len(found) > 4 * _FEW else (lat, lon)


def _within_reach(some: tuple[Floats, Floats], others: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Those of some towns that have one of the others in their square of three degrees or one beside it."""
    square = np.zeros((60, 120), np.bool_)
    square[_squares(*others)] = True
    beside = np.zeros_like(square)
    for north in (-1, 0, 1):
        for east in (-1, 0, 1):
            beside |= np.roll(np.roll(square, north, 0), east, 1)
    kept = beside[_squares(*some)]
    return some[0][kept], some[1][kept]


def _squares(lat: Floats, lon: Floats) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    return ((lat + 90) // 3 % 60).astype(np.int64), ((lon + 180) // 3 % 120).astype(np.int64)


def _plane(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Kilometres east and north of the middle town, on a plane; countries across the date line hold together."""
    middle = float(np.median(lat))
    turn = (lon - float(np.median(lon)) + 180) % 360 - 180
    return turn * _KM * np.cos(np.radians(lat)), (lat - middle) * _KM


def _distances(lat: Floats, lon: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Distances of all pairs in km, (rows of the first, rows of the second): right for those that are near."""
    turn = (lon2[None, :] - lon[:, None] + 180) % 360 - 180
    wide = turn * np.cos(np.radians((lat[:, None] + lat2[None, :]) / 2))
    km: Floats = _KM * np.hypot(lat2[None, :] - lat[:, None], wide)
    return km


def _middle(lat: Floats, lon: Floats) -> Point:
    """The mean of points and the radius that holds nine tenths of them."""
    east, north = _plane(lat, lon)
    at_north, at_east = float(np.median(lat) + north.mean() / _KM), float(east.mean())
    at_lon = float(np.median(lon)) + at_east / (_KM * max(float(np.cos(np.radians(at_north))), 0.05))
    off = np.hypot(east - at_east, north - north.mean())
    return at_north, (at_lon + 180) % 360 - 180, max(float(np.quantile(off, _HELD)), 10.0)
