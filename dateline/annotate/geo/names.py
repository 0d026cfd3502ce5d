"""Finding the names of places, and the words for their people, among a report's words.

Names are tagged by a linear-chain conditional random field over runs of capitalised words (Lafferty and
others 2001) with labels O, B, I; its weights come from ``training/places.py``. Demonyms are looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.annotate.geo.features import BITS, features, find_runs, known
from dateline.annotate.hashed import WEIGHTS
from dateline.annotate.words import Words
from dateline.codebook.countries import load_countries
from dateline.codebook.gazetteer import Gazetteer
from dateline.codebook.laid import per_codebook, word_lists
from dateline.codebook.tables import rows

__all__ = ["Name", "Tagger", "demonyms", "find_names", "load_tagger"]

_WEIGHTS = WEIGHTS / "place_names.npz"
_OUT, _INSIDE = 0, 2  # 1 begins a name
_ABBREVIATION = 3  # letters: "US" in capitals opens no dateline
_AFTER_DATELINE = frozenset([",", ".", "(", ":", "-", "–", "—"])


@dataclass(frozen=True, slots=True)
class Name:
    """The token range ``[first, end)`` of a place's name, or of a demonym ("Russian")."""

    first: int
    end: int
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights of the tagger: ``buckets`` (``1 << BITS``, labels) and ``steps`` (label before, label)."""

    buckets: npt.NDArray[np.float32]
    steps: list[list[float]]

    def tag(self, rows: npt.NDArray[np.int32], lengths: Sequence[int]) -> list[int]:
        """The likeliest labels of runs of those lengths, whose features follow one another."""
        scores = self.buckets[rows].sum(axis=1).tolist() if len(rows) else []
        labels: list[int] = []
        at = 0
        for length in lengths:
            labels += self._best(scores[at : at + length])
            at += length
        return labels

    def _best(self, scores: list[list[float]]) -> list[int]:
        """Viterbi's algorithm over one run."""
        total, came = scores[0], []
        for here in scores[1:]:
            step = [[total[a] + self.steps[a][b] for a in range(3)] for b in range(3)]
            origin = [max(range(3), key=s.__getitem__) for s in step]
            came.append(origin)
            total = [step[b][origin[b]] + here[b] for b in range(3)]
        label = max(range(3), key=total.__getitem__)
        path = [label]
        for origin in reversed(came):
            label = origin[label]
            path.append(label)
        return path[::-1]


def find_names(words: Words, gazetteer: Gazetteer, tagger: Tagger) -> list[Name]:
    """Find names of places and demonyms, in order; none overlap."""
    runs = find_runs(words)
    tags = iter(tagger.tag(features(words, runs, gazetteer), [end - first for first, end in runs]))
    label = {i: next(tags) for first, end in runs for i in range(first, end)}
    found: list[Name] = []
    for first, end in runs:
        i = first
        while i < end:
            last = i + 1
            if label[i] != _OUT:
                while last < end and label[last] == _INSIDE:
                    last += 1
                found.append(Name(i, last))
            elif words.lower[i] in demonyms() and words.form[i][0].isupper():
                found.append(Name(i, last, demonym=True))
            elif (listed := _listed(words, i, end, gazetteer)) > i:
                last = listed
                found.append(Name(i, last))
            i = last
    return found


def _listed(words: Words, first: int, end: int, gazetteer: Gazetteer) -> int:
    """The end of a name that needs no tagger, or ``first``: the Kremlin, a town that opens a paragraph in capitals."""
    for last in range(min(first + 2, end), first, -1):
        if words.words(first, last) in _seats():
            return last
    if words.paragraphs[words.paragraph[first]][0] != first or not words.form[first].isupper():
        return first
    for last in range(min(first + 3, end), first, -1):
        called = words.words(first, last)
        after = words.lower[last] if last < len(words) else ""
        if (
            len(called) > _ABBREVIATION
            and after in _AFTER_DATELINE
            and called.isupper()
            and known(gazetteer, called).group
        ):
            return last
    return first


@per_codebook
def _seats() -> frozenset[str]:
    return word_lists("places/institutions", "kind")["seat"]


@cache
def demonyms() -> dict[str, str]:
    """Words for peoples in lower case, and the ISO 3166-1 alpha-3 code of their country, "" where there is none."""
    table = rows("places/demonyms.tsv", ("country", "words"))
    regional = {word.lower(): row["country"] for row in table for word in row.list("words")}
    return {**regional, **{word: country.iso3 for word, country in load_countries().by_demonym.items()}}


@cache
def load_tagger(path: Path = _WEIGHTS) -> Tagger:
    """Read the weights once: a line for each bucket in use, half precision."""
    with np.load(path, allow_pickle=False) as stored:
        buckets = np.zeros((1 << BITS, 3), np.float32)
        buckets[stored["used"]] = stored["weights"].astype(np.float32)
        return Tagger(buckets, stored["steps"].astype(float).tolist())
