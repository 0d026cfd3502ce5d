"""Compile the gazetteer: ``python -m dateline.codebook.gazetteer.compiler``; building the package does it too."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from dateline.codebook.gazetteer.layout import BIN, KIND_SHIFT, VERSION, Array, read_header, write_file
from dateline.codebook.gazetteer.names import key
from dateline.codebook.gazetteer.sources import RawPlace, all_places, versions
from dateline.codebook.tables import HOME

__all__ = ["compile_gazetteer", "is_up_to_date"]

_MADE_OF = ("countries.tsv", "gazetteer/*.tsv", "gazetteer/names.py", "gazetteer/sources.py", "gazetteer/compiler.py")


def is_up_to_date(path: Path = BIN) -> bool:
    """Whether the file was made of the very packages and tables at hand."""
    try:
        about, _ = read_header(path)
    except (OSError, ValueError):
        return False
    return bool(about["made_of"] == _digest())


def compile_gazetteer(path: Path = BIN) -> int:
    """Write the compiled file and return how many places it holds."""
    places = all_places()
    countries = sorted({p.country for p in places})
    features = sorted({p.feature for p in places})
    about = {
        "version": VERSION,
        "made_of": _digest(),
        "sources": versions(),
        "licence": "towns and units: GeoNames, CC BY 4.0, geonames.org",
        "countries": countries,
        "features": features,
    }
    write_file(path, about, {**_columns(places, countries, features), **_index(places)})
    return len(places)


def _digest() -> str:
    digest = hashlib.blake2b(versions().encode(), digest_size=8)
    for pattern in _MADE_OF:
        for path in sorted(HOME.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _columns(places: list[RawPlace], countries: list[str], features: list[str]) -> dict[str, Array]:
    country = {iso3: i for i, iso3 in enumerate(countries)}
    feature = {code: i for i, code in enumerate(features)}
    number = {p.code: i for i, p in enumerate(places) if p.code}
    names = [p.name.encode() for p in places]
    ends = np.cumsum([0, *(len(name) for name in names)])
    return {
        "lat": np.array([p.lat for p in places], "<f4"),
        "lon": np.array([p.lon for p in places], "<f4"),
        "geonames_id": np.array([p.geonames_id for p in places], "<u4"),
        "population": np.array([min(p.population, 2**32 - 1) for p in places], "<u4"),
        "radius_km": np.array([p.radius_km for p in places], "<f4"),
        "country": np.array([country[p.country] for p in places], "<u2"),
        "feature": np.array([feature[p.feature] for p in places], "<u1"),
        "admin1": np.array([number.get(p.admin1, -1) for p in places], "<i4"),
        "admin2": np.array([number.get(p.admin2, -1) for p in places], "<i4"),
        "name_ends": ends.astype("<u4"),
        "names": np.frombuffer(b"".join(names), "<u1"),
    }


def _index(places: list[RawPlace]) -> dict[str, Array]:
    filed: dict[int, list[tuple[int, int, int]]] = {}
    for number, place in enumerate(places):
        for folded, kind in place.names.items():
            filed.setdefault(key(folded), []).append((int(kind), -place.population, number))
    keys = sorted(filed)
    postings: list[int] = []
    first = [0]
    for k in keys:
        postings += [number | kind << KIND_SHIFT for kind, _, number in sorted(filed[k])]
        first.append(len(postings))
    return {
        "keys": np.array(keys, "<u8"),
        "first": np.array(first, "<u4"),
        "postings": np.array(postings, "<u4"),
    }


if __name__ == "__main__":
    compile_gazetteer()
