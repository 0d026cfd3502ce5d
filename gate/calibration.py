"""How often the true point of a place lies inside the ``radius_km`` we give it; 90 % is meant.

    python -m gate.calibration --shared FOLDER

Places of the news corpora, each read by models that saw nothing of its fold (``gate.folds``), against their gold
points; a place counts where its words overlap a gold name that has a point.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.records import Place
from dateline.records.geodesy import distance_km
from gate.folds import folded_places
from training.place_corpora import read_rows

__all__ = ["Case", "cases", "table"]

_KINDS = {"A.PCLI": "countries", "A.ADM1": "first-level units", "A.ADM2": "second-level units", "P": "towns"}
_BINS = (10.0, 50.0, 150.0, 500.0)

Case = tuple[str, str, float, bool]
"""Corpus, kind of place, radius in km, whether the true point lies inside."""


def cases(rows: Iterable[dict[str, Any]], found: Iterable[Sequence[Place]]) -> list[Case]:
    """Compare the places read in each row with its gold."""
    return [
        (row["corpus"], _kind(place), place.radius_km, _off(gold, place) <= place.radius_km)
        for row, places in zip(rows, found, strict=True)
        for gold in row["places"]
        if gold.get("lat") is not None
        for place in places
        if place.start < gold["end"] and gold["start"] < place.end and not place.is_description
        if place.lat is not None and place.radius_km is not None
    ]


def table(found: Sequence[Case]) -> str:
    """The share inside, by corpus, by kind and by radius, in Markdown."""
    lines = ["| places | number | true point inside % |", "|---|--:|--:|"]
    groups = [*_by(found, 0), *_by(found, 1), *((f"radius {name}", part) for name, part in _by_radius(found))]
    for name, part in [*groups, ("all", list(found))]:
        lines.append(f"| {name} | {len(part)} | {100 * sum(inside for *_, inside in part) / max(1, len(part)):.1f} |")
    return "\n".join(lines)


def _by(found: Sequence[Case], column: int) -> list[tuple[str, list[Case]]]:
    names = dict.fromkeys(str(case[column]) for case in found)
    return [(name, [case for case in found if case[column] == name]) for name in names]


def _by_radius(found: Sequence[Case]) -> list[tuple[str, list[Case]]]:
    edges = [0.0, *_BINS, float("inf")]
    named = [f"{low:g} to {high:g} km" for low, high in pairwise(edges)]
    bounds = pairwise(edges)
    return [(name, [c for c in found if low <= c[2] < high]) for name, (low, high) in zip(named, bounds, strict=True)]


def _kind(place: Place) -> str:
    feature = place.feature or ""
    return _KINDS.get(feature) or _KINDS.get(
        feature[:1], "regions, waters, sites" if feature else "not in the gazetteer"
    )


def _off(gold: dict[str, Any], place: Place) -> float:
    return distance_km(gold["lat"], gold["lon"], place.lat or 0.0, place.lon or 0.0)


def main() -> None:
    """Print the table."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    command.add_argument("--shared", type=Path, default=Path("../shared"))
    path = command.parse_args().shared / "bench" / "places" / "dev.jsonl"
    print(table(cases(read_rows(path), [places for _, places in folded_places(path)])))


if __name__ == "__main__":
    main()
