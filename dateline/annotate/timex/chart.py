"""A small left-corner chart parser over pieces, for the grammar in ``codebook/time/patterns.tsv``.

Positions are taken from right to left, so that all that stands to the right of a position is
known when it is reached; from each edge the patterns that begin with its class are walked in a
trie. Time grows with the number of pieces, not with its square: patterns are short.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from dateline.annotate.timex.pieces import Edge, Piece, edges_of
from dateline.codebook.times import Features, Pattern, TimeTables, time_tables

__all__ = ["Trie", "chart", "grammar"]

_MOST_EDGES = 60  # at one position; no text of people's comes near it


class Trie:
    """Patterns by their first class; ``after``: (suffix, rest) by class; ``ends``: (line, gives, features)."""

    __slots__ = ("after", "ends")

    def __init__(self) -> None:
        self.after: dict[str, dict[str, Trie]] = {}
        self.ends: list[tuple[int, str, Features]] = []

    def add(self, items: list[tuple[str, str]], end: tuple[int, str, Features]) -> None:
        """Enter a sequence of (class, suffix) that ends in ``end``."""
        node = self
        for name, suffix in items:
            node = node.after.setdefault(name, {}).setdefault(suffix, Trie())
        node.ends.append(end)


@cache
def grammar() -> Trie:
    """The patterns, each written out in all its variants."""
    trie = Trie()
    for line, pattern in enumerate(time_tables().patterns):
        for items in _variants(pattern):
            trie.add(items, (line, pattern.gives, pattern.features))
    return trie


def _variants(pattern: Pattern) -> Iterator[list[tuple[str, str]]]:
    choices = [[(name, suffix) for name in names] + [None] * optional for names, suffix, optional in pattern.items]
    for chosen in product(*choices):
        yield [item for item in chosen if item is not None]


def chart(pieces: list[Piece], tables: TimeTables) -> list[list[Edge]]:
    """All edges by the piece they begin at."""
    edges: list[list[Edge]] = [[] for _ in range(len(pieces) + 1)]
    trie = grammar()
    for i in range(len(pieces) - 1, -1, -1):
        here = edges[i]
        best: dict[tuple[str, int], int] = {}
        queue = edges_of(pieces, i, tables.words)
        while queue and len(here) < _MOST_EDGES:
            edge = queue.pop(0)
            known = best.get((edge.gives, edge.end))
            if known is not None and edge.gives != "T":
                continue
            best[edge.gives, edge.end] = edge.order
            here.append(edge)
            for suffix, node in trie.after.get(edge.gives, {}).items():
                _walk(node, edge.end, _named(edge.features, suffix), edges, queue)
    return edges


def _walk(node: Trie, at: int, features: Features, edges: list[list[Edge]], queue: list[Edge]) -> None:
    for line, gives, added in node.ends:
        queue.append(Edge(gives, at, _joined(features, added), line))
    if not node.after:
        return
    for edge in edges[at]:
        for suffix, rest in node.after.get(edge.gives, {}).items():
            _walk(rest, edge.end, _joined(features, _named(edge.features, suffix)), edges, queue)


def _joined(features: Features, added: Features) -> Features:
    """Both together; later ones count, but every ``need`` must hold."""
    both = {**features, **added}
    if "need" in features and "need" in added:
        both["need"] = f"{features['need']}+{added['need']}"
    return both


def _named(features: Features, suffix: str) -> Features:
    return {name + suffix: value for name, value in features.items()} if suffix else features
