"""Trees: what the parts of kinship say together, and how much of it each part says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from dateline.codebook.kinship import UNITS, load_kinship
from dateline.link.sets import Floats, Ints

__all__ = ["judge", "reasons", "used"]

_AT_ONCE = 2_000  # pairs led down the trees in one step, to bound memory


def used() -> tuple[str, ...]:
    """The parts that decide anything."""
    return _Trees.shipped().parts


def judge(told: Mapping[str, Floats]) -> Floats:
    """What the trees make of pairs, given by the parts of their kinship."""
    trees = _Trees.shipped()
    columns = np.column_stack([told[part] for part in trees.parts])
    out = np.zeros(len(columns))
    for first in range(0, len(columns), _AT_ONCE):
        some = columns[first : first + _AT_ONCE]
        at = trees.start(len(some))
        for _ in range(trees.depth):
            at = trees.step(at, some)
        out[first : first + _AT_ONCE] = trees.value[at].sum(axis=1) / UNITS
    return out


def reasons(told: Mapping[str, Floats]) -> dict[str, Floats]:
    """The same judgement by part, and what is said before any is looked at as "bias".

    On its way down, a pair gains or loses at every turn what its next node scores more or less than the last; that
    is laid to the part that decided there (Saabas 2014).
    """
    trees = _Trees.shipped()
    columns = np.column_stack([told[part] for part in trees.parts])
    gained = np.zeros((len(columns), len(trees.parts)), np.int64)
    pair = np.arange(len(columns))[:, None]
    at = trees.start(len(columns))
    bias = trees.value[at].sum(axis=1)
    for _ in range(trees.depth):
        after = trees.step(at, columns)
        np.add.at(gained, (pair, trees.part[at]), trees.value[after] - trees.value[at])
        at = after
    return {part: gained[:, column] / UNITS for column, part in enumerate(trees.parts)} | {"bias": bias / UNITS}


class _Trees:
    """The trees of the codebook as arrays; a leaf leads to itself. part: the column that decides."""

    def __init__(self) -> None:
        nodes, roots = load_kinship()
        self.parts = tuple(sorted({node.part for node in nodes if node.part}))
        number = {part: column for column, part in enumerate(self.parts)} | {"": 0}
        self.part = np.array([number[node.part] for node in nodes], np.int64)
        self.value = np.array([node.value for node in nodes], np.int64)
        self._most = np.array([node.most for node in nodes])
        self._low = np.array([node.low for node in nodes], np.int64)
        self._high = np.array([node.high for node in nodes], np.int64)
        self._roots = np.array(roots, np.int64)
        depth = [0] * len(nodes)
        for at, node in enumerate(nodes):  # a node stands before those below it
            for child in (node.low, node.high):
                depth[child] = max(depth[child], depth[at] + (child != at))
        self.depth = max(depth)

    @classmethod
    @cache
    def shipped(cls) -> _Trees:
        """Those that the package ships, made once."""
        return cls()

    def start(self, pairs: int) -> Ints:
        """The root of every tree, for so many pairs."""
        at: Ints = np.broadcast_to(self._roots, (pairs, len(self._roots)))
        return at

    def step(self, at: Ints, columns: Floats) -> Ints:
        """Where the pairs go on from the nodes they are at."""
        deciding = np.take_along_axis(columns, self.part[at], axis=1)
        after: Ints = np.where(deciding <= self._most[at], self._low[at], self._high[at])
        return after
