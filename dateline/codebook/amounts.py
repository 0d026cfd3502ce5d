"""Amounts: number words, vague words with their ranges, bounds and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dateline.codebook.laid import OFF, per_codebook, table, word_lists
from dateline.codebook.tables import Row

__all__ = ["Amounts", "Bound", "Part", "Precision", "Unit", "Vague", "load_amounts"]

Precision = Literal[
    "exact", "about", "at_least", "up_to", "range", "several", "dozens", "scores", "hundreds", "thousands",
    "tens_of_thousands", "hundreds_of_thousands", "millions",
]  # fmt: skip
Unit = Literal[
    "killed", "wounded", "casualties", "missing", "displaced", "detained", "troops", "vehicles", "money",
    "distance", "other",
]  # fmt: skip
Part = Literal["noun", "done", "happens", "state", "sign"]


@dataclass(frozen=True, slots=True)
class Vague:
    """A vague word's range, both ends inclusive, and its precision."""

    low: int
    high: int
    precision: Precision


@dataclass(frozen=True, slots=True)
class Bound:
    """Words around a number, in lower case, and what they make of it; ``where``: before, after or between."""

    words: tuple[str, ...]
    precision: Precision
    where: str


@dataclass(frozen=True)
class Amounts:
    """The tables of ``quantities/``.

    units, scales: values of number words. vague: by their words. before, after: bounds by their last
    and first word, longest first. counted: unit by part and lemma (or form, for states). lengths: kilometres by lemma.
    groups: small sets of words.
    """

    units: dict[str, int]
    scales: dict[str, int]
    vague: dict[tuple[str, ...], Vague]
    before: dict[str, tuple[Bound, ...]]
    after: dict[str, tuple[Bound, ...]]
    between: frozenset[str]
    counted: dict[tuple[Part, str], Unit]
    lengths: dict[str, float]
    groups: dict[str, frozenset[str]]


@per_codebook
def load_amounts() -> Amounts:
    """Read the tables once."""
    numbers = table("quantities/numbers")
    told = {(bound.where, bound.words): bound for row in table("quantities/bounds") for bound in _bounds(row)}
    bounds, counted = list(told.values()), dict(_counted())
    return Amounts(
        units={row["word"]: int(row["value"]) for row in numbers if row["kind"] == "unit"},
        scales={row["word"]: int(row["value"]) for row in numbers if row["kind"] == "scale"},
        vague={
            tuple(row["words"].split()): Vague(int(row["low"]), int(row["high"]), _precision(row))
            for row in table("quantities/vague")
        },
        before=_by_word([b for b in bounds if b.where == "before"], -1),
        after=_by_word([b for b in bounds if b.where == "after"], 0),
        between=frozenset(b.words[0] for b in bounds if b.where == "between"),
        counted={key: unit for key, (unit, _) in counted.items() if unit is not None},
        lengths={word: km for (_, word), (_, km) in counted.items() if km is not None},
        groups=word_lists("quantities/words", "group"),
    )


def _bounds(row: Row) -> Iterator[Bound]:
    for words in row.list("words"):
        yield Bound(tuple(words.split()), _precision(row), row["where"])


def _by_word(bounds: list[Bound], place: int) -> dict[str, tuple[Bound, ...]]:
    index: dict[str, list[Bound]] = {}
    for bound in bounds:
        index.setdefault(bound.words[place], []).append(bound)
    return {word: tuple(sorted(found, key=lambda b: (-len(b.words), b.words))) for word, found in index.items()}


def _counted() -> Iterator[tuple[tuple[Part, str], tuple[Unit | None, float | None]]]:
    for row in table("quantities/units"):
        if row["unit"] not in (*get_args(Unit), OFF) or row["part"] not in get_args(Part):
            raise row.error(f"no unit {row['unit']} or no part {row['part']}")
        unit = None if row["unit"] == OFF else cast(Unit, row["unit"])
        km = float(row["km"]) if row["km"] else None
        for word in row.list("words"):
            yield (cast(Part, row["part"]), word), (unit, km)


def _precision(row: Row) -> Precision:
    if row["precision"] not in get_args(Precision):
        raise row.error(f"no precision {row['precision']}")
    return cast(Precision, row["precision"])
