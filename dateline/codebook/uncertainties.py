"""Cues of what a report says is not known, from ``unknowns/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from dateline.codebook.tables import rows

__all__ = ["Uncertainties", "load_uncertainties"]

How = Literal[
    "adjective", "not_adjective", "not_passive", "not_say", "seek", "none_of", "doubt", "kept", "not_told",
]  # fmt: skip


@dataclass(frozen=True)
class Uncertainties:
    """Cue words by how they say it (see ``cues.tsv``), and small sets of words."""

    cues: dict[How, frozenset[str]]
    groups: dict[str, frozenset[str]]

    @property
    def triggers(self) -> frozenset[str]:
        """All single cue words: where a finder needs to look."""
        return frozenset().union(*self.cues.values())


@cache
def load_uncertainties() -> Uncertainties:
    """Read the tables once."""
    cues: dict[How, frozenset[str]] = {}
    for row in rows("unknowns/cues.tsv", ("how", "words")):
        if row["how"] not in get_args(How):
            raise row.error(f"no way to say it called {row['how']}")
        cues[cast(How, row["how"])] = frozenset(row.list("words"))
    groups = {row["group"]: frozenset(row.list("words")) for row in rows("unknowns/words.tsv", ("group", "words"))}
    return Uncertainties(cues, groups)
