"""How many of our own descriptions of places, written by hand with their true points, are put near enough.

    python -m gate.relations          shares by kind of description, and the phrases that were missed

A phrase is right when a place read at its words, or named beside them, has a relation and lies within the
phrase's tolerance. The samples' own descriptions (``relations`` of their gold) are scored in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.annotate.reader import Reader
from dateline.records import Place, Reading, Report
from dateline.records.geodesy import distance_km

__all__ = ["Outcome", "figures", "outcomes"]

GOLD = Path(__file__).parent / "gold" / "relations.jsonl"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One phrase of the gold and how far off the place read for it lies; None: no place was read."""

    kind: str
    text: str
    words: str
    tolerance_km: float
    off_km: float | None

    @property
    def is_right(self) -> bool:
        """Whether the place lies within the tolerance."""
        return self.off_km is not None and self.off_km <= self.tolerance_km


def outcomes(reader: Reader) -> list[Outcome]:
    """Read the gold's texts and judge each."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    readings = reader.read_many(Report(text=row["text"]) for row in gold)
    return [outcome(row["kind"], row["text"], row, row["tol_km"], r) for row, r in zip(gold, readings, strict=True)]


def outcome(kind: str, text: str, gold: dict[str, Any], tolerance_km: float, reading: Reading) -> Outcome:
    """Judge one phrase (``words``, ``lat``, ``lon``) in a reading; of several places the nearest counts."""
    start = text.index(gold["words"])
    end = start + len(gold["words"])
    off = [
        distance_km(gold["lat"], gold["lon"], place.lat, place.lon)
        for place, first, last in _described(text, reading.places)
        if place.lat is not None and place.lon is not None and first < end and start < last
    ]
    return Outcome(kind, text, gold["words"], tolerance_km, min(off, default=None))


def figures(found: Iterable[Outcome]) -> dict[str, float]:
    """The share of phrases put within tolerance, in per cent."""
    right = [one.is_right for one in found]
    return {"within tolerance %": 100 * sum(right) / max(1, len(right))}


def _described(text: str, places: Sequence[Place]) -> Iterator[tuple[Place, int, int]]:
    """Places with a relation, and where their own words or those of the relation stand."""
    for place in places:
        if place.relation is None:
            continue
        yield place, place.start, place.end
        at = text.find(place.relation.words, place.start)
        if at >= 0:
            yield place, at, at + len(place.relation.words)


def main() -> None:
    """Print the table."""
    found = outcomes(Reader())
    for kind in dict.fromkeys(one.kind for one in found):
        here = [one for one in found if one.kind == kind]
        print(f"{kind:<12} {sum(o.is_right for o in here):>3} of {len(here)}")
    for one in found:
        if not one.is_right:
            off = "nothing read" if one.off_km is None else f"{one.off_km:.0f} km off"
            print(f"  {one.kind}: {one.words} ({off}, {one.tolerance_km:.0f} allowed) | {one.text}")
    for name, value in figures(found).items():
        print(f"{name}: {value:.1f} %")


if __name__ == "__main__":
    main()
