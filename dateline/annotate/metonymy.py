"""Metonymy: "Moscow said" names a government and "Mexico won" a team, not a point on the map."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.place_names import Name
from dateline.annotate.words import Words

__all__ = ["find_metonyms"]

_SUBJECT = ("nsubj", "agent", "nsubjpass")


def find_metonyms(words: Words, names: Sequence[Name]) -> list[bool]:
    """Whether each name stands for those who act in its place's name."""
    return [not name.demonym and _acts(words, name) for name in names]


def _acts(words: Words, name: Name) -> bool:
    head = name.end - 1
    verb = words.head[head]
    if words.dep[head] == "nsubj":
        return words.pos[verb] == "VERB"
    return words.lower[verb] in ("on", "against", "with") and words.lower[words.head[verb]] in (
        "punishment", "sanctions", "pressure", "war",
    )  # fmt: skip
