"""Why two events are one, in a reader's words: the many parts of a likeness summed under a few names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.codebook.tables import rows

__all__ = ["Ground", "grounds", "reason_of"]

_APART = "held apart"
_OTHER = "other likeness"
_SAID = 0.25  # of the sum: less is not worth a reader's time
_STRENGTHS = ((3.0, "strongly"), (1.0, "clearly"), (_SAID, "a little"))


@dataclass(frozen=True, slots=True)
class Ground:
    """What speaks for (above 0) or against one happening, and how much."""

    what: str
    weight: float

    @property
    def strength(self) -> str:
        """How much, in a word."""
        return next(word for least, word in _STRENGTHS if abs(self.weight) >= least)


def grounds(parts: Mapping[str, float]) -> tuple[Ground, ...]:
    """What speaks for and against, the weightiest first, what hardly counts left out; no word of what it is held to."""
    found: dict[str, list[float]] = defaultdict(list)
    for part, weight in parts.items():
        found[reason_of().get(part, _OTHER)].append(weight)
    summed = (Ground(what, math.fsum(weights)) for what, weights in found.items() if what != _APART)
    return tuple(sorted((g for g in summed if abs(g.weight) >= _SAID), key=lambda g: (-abs(g.weight), g.what)))


@cache
def reason_of() -> dict[str, str]:
    """What a reader calls each part of a likeness (``reasons.tsv``)."""
    return {part: row["reason"] for row in rows("link/reasons.tsv", ("reason", "parts")) for part in row.list("parts")}
