"""Entities: spaCy's BILUO decoding for many paragraphs at once.

While no entity is open, a state depends on its token alone, so one product scores every token. Tokens
whose best move begins an entity are followed side by side until it is closed; a walk from left to right then
keeps the entities that do not begin inside an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.annotate.parse.layers import Floats, Layer, Product
from dateline.annotate.parse.scorer import Scorer

__all__ = ["EntityDecoder", "Found"]

_NEVER = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Found:
    """Entities as ``[start, end)`` ranges of tokens, and the index of each one's label."""

    starts: list[int]
    ends: list[int]
    labels: list[int]


class EntityDecoder:
    """The moves of an entity recogniser: ``moves`` are its names ("B-ORG", "O") by index."""

    def __init__(self, model: Layer, moves: list[str], product: Product) -> None:
        self.scorer = Scorer(model, product)
        kinds = [move.partition("-") for move in moves]
        self.labels = [label for kind, _, label in kinds if kind == "B"]
        self._begin, self._inside, self._last, self._unit = (
            np.asarray([moves.index(f"{kind}-{label}") for label in self.labels]) for kind in "BILU"
        )
        self._out = moves.index("O")
        self._inside_first = bool((self._inside < self._last).all())

    def __call__(self, encoded: Floats, space: npt.NDArray[np.bool_], closes: npt.NDArray[np.bool_]) -> Found:
        """Find the entities of tokens; ``closes``: tokens that end a sentence or a paragraph."""
        prepared = self.scorer.prepare(encoded)
        states = np.full((len(encoded), self.scorer.places), -1)
        states[:, 0] = np.arange(len(encoded))
        scores = self.scorer(prepared, states)
        begin, begun = _best(scores, self._begin)
        unit, alone = _best(scores, self._unit)
        begin[space | closes] = _NEVER
        unit[space] = _NEVER
        out = scores[:, self._out]
        # A tie goes to the move of the lower index, and B stands before U before O.
        opens = (begin >= unit) & (begin >= out)
        single = (unit > begin) & (unit >= out)
        starts = np.flatnonzero(opens)
        ends, labels = np.arange(len(encoded)) + 1, np.where(opens, begun, alone)
        ends[starts] = self._follow(prepared, starts, begun[starts], closes)
        return _in_order(np.flatnonzero(opens | single).tolist(), ends.tolist(), labels.tolist())

    def _follow(
        self, prepared: Floats, starts: npt.NDArray[np.intp], labels: npt.NDArray[np.intp],
        closes: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.intp]:  # fmt: skip
        """The end of the entity that begins at each of ``starts``."""
        ends = starts + 2
        going = np.arange(len(starts))
        at = starts + 1
        while len(going):
            states = np.stack([at, starts[going], at - 1], axis=1)
            scores = self.scorer(prepared, states)
            row = np.arange(len(going))
            inside, last = scores[row, self._inside[labels[going]]], scores[row, self._last[labels[going]]]
            goes_on = (inside >= last if self._inside_first else inside > last) & ~closes[at]
            ends[going] = at + 1
            going, at = going[goes_on], at[goes_on] + 1
        return ends


def _best(scores: Floats, moves: npt.NDArray[np.intp]) -> tuple[Floats, npt.NDArray[np.intp]]:
    """The best score of some moves in each row, and which of them has it."""
    some = scores[:, moves]
    which = some.argmax(axis=1)
    return some[np.arange(len(some)), which], which


def _in_order(candidates: list[int], ends: list[int], labels: list[int]) -> Found:
    found = Found([], [], [])
    free = 0
    for start in candidates:
        if start >= free:
            free = ends[start]
            found.starts.append(start)
            found.ends.append(free)
            found.labels.append(labels[start])
    return found
