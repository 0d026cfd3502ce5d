"""Sets: many sets of words at once, and how alike pairs of them are.

Words are numbered and weighed by whole numbers, so that sums are exact in whatever order they are made: a pair comes
out the same alone and among a million, in one process and in many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Ints", "Sets"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_AT_ONCE = 2_000_000  # words looked up in one step, to bound memory


class Sets:
    """Sets of words by number, equal ones kept once; weight: what a word counts, a whole number from 1 up.

    words: the number of each word.
    """

    def __init__(self, sets: Sequence[frozenset[str]], weight: Callable[[str], int] = lambda _: 1) -> None:
        rows: dict[frozenset[str], int] = {}
        self._row = np.array([rows.setdefault(one, len(rows)) for one in sets], np.int64)
        self.words: dict[str, int] = {}
        numbered = [[self.words.setdefault(word, len(self.words)) for word in one] for one in rows]
        self._sizes = np.array([len(one) for one in numbered], np.int64)
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)[:-1]]).astype(np.int64)
        self._flat = np.array([word for one in numbered for word in one], np.int64)
        self._weights = np.array([float(weight(word)) for word in self.words])
        self._has = np.zeros((len(rows), len(self.words) + 1), np.bool_)  # the last column: words that no set has
        owner = np.repeat(np.arange(len(rows)), self._sizes)
        self._has[owner, self._flat] = True
        self._length = np.sqrt(np.bincount(owner, self._weights[self._flat], len(rows)))

    def sizes(self, i: Ints) -> Ints:
        """How many words the sets with these numbers have."""
        sizes: Ints = self._sizes[self._row[i]]
        return sizes

    def has(self, i: Ints, words: Ints) -> Floats:
        """1 for each set that has the word beside it, by number (-1: none), 0 for the others."""
        found: Floats = self._has[self._row[i], words].astype(np.float64)
        return found

    def cosine(self, i: Ints, j: Ints) -> Floats:
        """The cosines of the pairs of sets with these numbers; 0 where one is empty."""
        one, other = self._row[i], self._row[j]
        length = self._length[one] * self._length[other]
        return self.shared(i, j) / np.where(length > 0, length, 1.0)

    def shared(self, i: Ints, j: Ints) -> Floats:
        """The weight of the words that pairs of sets have in common."""
        one, other = self._row[i], self._row[j]
        swap = self._sizes[one] > self._sizes[other]  # the words of the smaller set are looked up in the larger
        one, other = np.where(swap, other, one), np.where(swap, one, other)
        every = len(self._sizes)
        codes, back = np.unique(one * every + other, return_inverse=True)
        found: Floats = self._weigh(codes // every, codes % every)[back]
        return found

    def _weigh(self, one: Ints, other: Ints) -> Floats:
        done = np.zeros(len(one))
        ends = np.cumsum(self._sizes[one])
        first = 0
        while first < len(one):
            before = ends[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
            done[first:last] = self._weigh_some(one[first:last], other[first:last])
            first = last
        return done

    def _weigh_some(self, one: Ints, other: Ints) -> Floats:
        sizes = self._sizes[one]
        pair = np.repeat(np.arange(len(one)), sizes)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        words = self._flat[self._starts[one][pair] + within]
        hit = self._has[other[pair], words]
        return np.bincount(pair[hit], self._weights[words[hit]], len(one)).astype(np.float64)
