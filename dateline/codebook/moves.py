"""Moves: what parties do about a matter between them, from ``link/moves.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.codebook.linking import kin_of, stem
from dateline.codebook.tables import rows

__all__ = ["MoveRule", "load_moves", "move_kin"]


@dataclass(frozen=True, slots=True)
class MoveRule:
    """How a move is told: by events of these types and kin (none: any), or by claims of these stances."""

    move: str
    types: frozenset[str]
    kin: frozenset[str]
    stances: frozenset[str]

    def told_by(self, type_: str, kin: str, trigger: str) -> bool:
        """Whether an event of that type makes this move: by its kin, or the first word of its trigger in any form."""
        first = trigger.partition(" ")[0]
        return type_ in self.types and (not self.kin or not self.kin.isdisjoint((kin, first, stem(first))))


@cache
def load_moves() -> tuple[MoveRule, ...]:
    """The rules by rank: the first that fits counts."""
    lists = ("types", "kin", "stances")
    table = sorted(rows("link/moves.tsv", ("rank", "move", *lists)), key=lambda row: int(row["rank"]))
    return tuple(MoveRule(row["move"], *(frozenset(row.list(name)) for name in lists)) for row in table)


@cache
def move_kin() -> frozenset[str]:
    """The kin that only say which move is made, not about what."""
    return frozenset(kin_of(word) for rule in load_moves() for word in rule.kin) - {"open", "send", "give", "withdraw"}
