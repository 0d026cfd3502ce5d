"""The trees by which two happenings are judged to be one, from ``link/kinship.tsv``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dateline.codebook.tables import rows

__all__ = ["UNITS", "Node", "load_kinship"]

UNITS = 10_000  # of a score of 1: whole numbers add up to the same in any order


class Node(NamedTuple):
    """A node of a tree: what a pair that comes here scores, and where it goes on.

    part: the part of kinship that decides, "" at a leaf; most: up to this it goes on at the node ``low``,
    beyond it at ``high``, by their number in the table. value: in ``UNITS``.
    """

    part: str
    most: float
    low: int
    high: int
    value: int


@cache
def load_kinship() -> tuple[tuple[Node, ...], tuple[int, ...]]:
    """All nodes, and which of them are the roots of trees."""
    columns = ("part", "most", "high", "value")
    nodes = []
    for at, row in enumerate(rows("link/kinship.tsv", columns)):
        value = round(UNITS * float(row["value"]))
        if row["part"] == "-":
            nodes.append(Node("", 0.0, at, at, value))
        else:
            nodes.append(Node(row["part"], float(row["most"]), at + 1, at + int(row["high"]), value))
    below = {child for at, node in enumerate(nodes) for child in (node.low, node.high) if child != at}
    return tuple(nodes), tuple(at for at in range(len(nodes)) if at not in below)
