"""Finding the names of places, and the words for their people, among a report's words."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.words import Words
from dateline.codebook.countries import load_countries

__all__ = ["Name", "find_names"]


@dataclass(frozen=True, slots=True)
class Name:
    """The token range ``[first, end)`` of a place's name, or of a demonym ("Russian")."""

    first: int
    end: int
    demonym: bool = False


def find_names(words: Words) -> list[Name]:
    """Find names of places and demonyms, in order."""
    by_demonym = load_countries().by_demonym
    found: list[Name] = []
    for first, end, kind in words.ents:
        if kind in ("GPE", "LOC", "FAC"):
            while first < end - 1 and words.lower[first] == "the":
                first += 1
            if end - first > 1 and words.lower[end - 1] in ("'s", "’s"):
                end -= 1
            found.append(Name(first, end))
        elif kind == "NORP" and end - first == 1 and words.lower[first] in by_demonym:
            found.append(Name(first, end, demonym=True))
    return found
