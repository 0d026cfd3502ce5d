"""The gazetteer: places by name, from one memory-mapped file that all processes of a machine share.

It opens in milliseconds and reads only the pages it needs. Places have numbers; a name gives the
numbers of all places called so. A user's own places (``own.py``) are laid over the built-in ones.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from dateline.codebook.gazetteer.layout import BIN, KIND_SHIFT, NUMBER, Array, read_header
from dateline.codebook.gazetteer.names import NameKind, fold, key, short_form, unit_ends
from dateline.codebook.gazetteer.own import OwnPlace, read_own

__all__ = ["Entry", "Gazetteer", "NameKind", "fold", "load_gazetteer", "short_form", "unit_ends"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place: ``number`` in the gazetteer, WGS 84 ``lat`` and ``lon``, ``radius_km`` of its extent.

    country: ISO 3166-1 alpha-3 or "". feature: GeoNames class.code. admin1, admin2: numbers of the
    units it lies in, -1 where unknown. geonames_id: 0 where it has none.
    """

    number: int
    name: str
    lat: float
    lon: float
    radius_km: float
    country: str
    feature: str
    population: int
    geonames_id: int
    admin1: int = -1
    admin2: int = -1


class Gazetteer:
    """Look-up by name. Columns (``lat``, ``lon``, ``population``, …) are arrays over place numbers."""

    def __init__(self, path: Path = BIN, own: Sequence[OwnPlace] = ()) -> None:
        try:
            about, body = read_header(path)
        except FileNotFoundError as error:
            advice = "python -m dateline.codebook.gazetteer.compiler"
            raise LookupError(f"the gazetteer is not compiled yet; `{advice}` does it") from error
        self.sources: str = about["sources"]
        self.countries: list[str] = about["countries"]
        self.features: list[str] = about["features"]
        with path.open("rb") as file:
            raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        columns: dict[str, Array] = {
            name: np.frombuffer(raw, dtype, count, body + offset)
            for name, (dtype, offset, count) in about["arrays"].items()
        }
        # bisect on a memoryview costs about 2 µs; numpy's searchsorted five times that for one key
        self._keys, self._first, self._postings = (columns.pop(c).data for c in ("keys", "first", "postings"))
        self._names, self._name_ends = columns.pop("names"), columns.pop("name_ends")
        self._own: dict[str, list[int]] = {}
        self._own_names: list[str] = []
        self._built_in = len(columns["lat"])
        columns = self._with_own(columns, own)
        self.lat, self.lon, self.radius_km = columns["lat"], columns["lon"], columns["radius_km"]
        self.population, self.geonames_id = columns["population"], columns["geonames_id"]
        self.country, self.feature = columns["country"], columns["feature"]
        self.admin1, self.admin2 = columns["admin1"], columns["admin2"]

    def __len__(self) -> int:
        return len(self.lat)

    def __getitem__(self, number: int) -> Entry:
        return Entry(
            number=number,
            name=self.name(number),
            lat=float(self.lat[number]),
            lon=float(self.lon[number]),
            radius_km=float(self.radius_km[number]),
            country=self.countries[self.country[number]],
            feature=self.features[self.feature[number]],
            population=int(self.population[number]),
            geonames_id=int(self.geonames_id[number]),
            admin1=int(self.admin1[number]),
            admin2=int(self.admin2[number]),
        )

    def name(self, number: int) -> str:
        """The place's own name, as its source writes it."""
        if number >= self._built_in:
            return self._own_names[number - self._built_in]
        start, end = self._name_ends[number], self._name_ends[number + 1]
        return bytes(self._names[start:end]).decode()

    def numbers(self, folded: str) -> list[tuple[int, int]]:
        """The (place number, ``NameKind``) pairs of a folded name: best claims first, then by population."""
        wanted = key(folded)
        at = bisect_left(self._keys, wanted)
        found: list[tuple[int, int]] = [(n, int(NameKind.MAIN)) for n in self._own.get(folded, ())]
        if at < len(self._keys) and self._keys[at] == wanted:
            postings = self._postings[self._first[at] : self._first[at + 1]].tolist()
            found += [(posting & NUMBER, posting >> KIND_SHIFT) for posting in postings]
        return found

    def find(self, name: str) -> list[Entry]:
        """All places of that name; abbreviations only if written in capitals."""
        return [
            self[number]
            for number, kind in self.numbers(fold(name))
            if kind != NameKind.ABBREVIATION or name.replace(".", "").isupper()
        ]

    def _with_own(self, columns: dict[str, Array], own: Sequence[OwnPlace]) -> dict[str, Array]:
        if not own:
            return columns
        self.countries = _extended(self.countries, [p.country for p in own])
        self.features = _extended(self.features, [p.feature for p in own])
        for number, place in enumerate(own, self._built_in):
            self._own_names.append(place.name)
            for name in (place.name, *place.aliases):
                self._own.setdefault(fold(name), []).append(number)
        added = {
            "country": [self.countries.index(p.country) for p in own],
            "feature": [self.features.index(p.feature) for p in own],
            "admin1": [-1] * len(own),
            "admin2": [-1] * len(own),
            **{c: [getattr(p, c) for p in own] for c in ("lat", "lon", "radius_km", "population", "geonames_id")},
        }
        return {c: np.concatenate([column, np.array(added[c], column.dtype)]) for c, column in columns.items()}


def _extended(known: list[str], wanted: list[str]) -> list[str]:
    return [*known, *sorted(set(wanted) - set(known))]


@cache
def load_gazetteer(own: Path | None = None) -> Gazetteer:
    """Open the compiled gazetteer once, with a user's own file (CSV or GeoJSON) laid over it."""
    return Gazetteer(own=read_own(own) if own else ())
