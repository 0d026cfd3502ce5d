"""Choosing which of the places of a name is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.place_names import Name
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer, NameKind, fold

__all__ = ["Choice", "choose"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a name: its number in the gazetteer or -1, how sure, and the other likely ones."""

    number: int = -1
    probability: float = 0.0
    others: tuple[int, ...] = ()


def choose(words: Words, names: Sequence[Name], gazetteer: Gazetteer) -> list[Choice]:
    """Choose a place for each name."""
    return [Choice() if n.demonym else _choice(words.words(n.first, n.end), gazetteer) for n in names]


def _choice(name: str, gazetteer: Gazetteer) -> Choice:
    scored = sorted(
        (-_prior(gazetteer, number, kind), number)
        for number, kind in gazetteer.numbers(fold(name))[:50]
        if kind != NameKind.ABBREVIATION or name.replace(".", "").isupper()
    )
    if not scored:
        return Choice()
    return Choice(scored[0][1], 0.5, tuple(number for _, number in scored[1:6]))


def _prior(gazetteer: Gazetteer, number: int, kind: int) -> float:
    feature = gazetteer.features[gazetteer.feature[number]]
    size = {"A.PCLI": 1e9, "P.PPLC": 1e8}.get(feature, float(gazetteer.population[number]))
    size = max(size, 1e3 * float(gazetteer.radius_km[number])) if feature[0] in "LTHS" else size
    return size / (1 + kind) * (0.8 if feature.startswith("A.ADM") else 1.0)
