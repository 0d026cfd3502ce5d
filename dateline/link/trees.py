"""Trees: what the parts of kinship say together, and how much of it each part says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from dateline.codebook.kinship import UNITS, Node, load_kinship
from dateline.link.sets import Floats, Ints

__all__ = ["judge", "reasons", "used"]

_LEAVES = 8  # of a tree at most: a bit each
_ALL = (1 << _LEAVES) - 1


def used() -> tuple[str, ...]:
    """The parts that decide anything."""
    return _Trees.shipped().parts


def judge(told: Mapping[str, Floats]) -> Floats:
    """What the trees make of pairs, given by the parts of their kinship.

    No pair is led down a tree: every node is asked of all pairs at once, where it says no the leaves on its near side
    are struck out, and the first leaf left is the one a pair would have come to (QuickScorer, Lucchese 2015).
    """
    count = len(next(iter(told.values())))
    total = np.zeros(count, np.int64)
    for nodes, values in _Trees.shipped().struck:
        left = np.full(count, _ALL, np.uint8)
        for part, most, near in nodes:
            left &= ~((told[part] > most).view(np.uint8) * near)
        total += values[left]
    return total / UNITS


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

        self.struck = [self._struck(root, nodes) for root in roots]

    def _struck(self, root: int, nodes: Sequence[Node]) -> tuple[list[tuple[str, float, np.uint8]], Ints]:
        """A tree as its nodes, each with the leaves on its near side as bits, and what each set of leaves comes to."""

        def leaves(at: int) -> list[int]:
            return [at] if nodes[at].low == at else [*leaves(nodes[at].low), *leaves(nodes[at].high)]

        def inner(at: int) -> list[int]:
            return [] if nodes[at].low == at else [at, *inner(nodes[at].low), *inner(nodes[at].high)]

        order = leaves(root)
        bit = {leaf: 1 << place for place, leaf in enumerate(order)}
        if len(order) > _LEAVES:
            raise ValueError(f"a tree of {len(order)} leaves; {_LEAVES} are the most")
        found = [
            (nodes[at].part, nodes[at].most, np.uint8(sum(bit[leaf] for leaf in leaves(nodes[at].low))))
            for at in inner(root)
        ]
        first = [next((nodes[leaf].value for leaf in order if bit[leaf] & left), 0) for left in range(_ALL + 1)]
        return found, np.array(first, np.int64)

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
