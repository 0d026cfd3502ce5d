"""Cues of what a report says is not known, from ``unknowns/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dateline.codebook.laid import per_codebook, word_lists

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


@per_codebook
def load_uncertainties() -> Uncertainties:
    """Read the tables once."""
    cues = word_lists("unknowns/cues", "how")
    return Uncertainties({how: cues[how] for how in get_args(How)}, word_lists("unknowns/words", "group"))
