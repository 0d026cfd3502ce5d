"""Rarity: how few news reports have a word, counted once over the development corpora and shipped.

It is the same for every ledger: what two events or reports have to do with each other hangs on no third report.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from dateline.codebook.tables import rows

__all__ = ["Rarity", "load_rarity", "plain"]

_WHOLE = "(all)"  # the line that gives the number of reports counted


class Rarity(dict[str, float]):
    """The natural logarithm of one in how many reports a word has, by its plain form.

    highest: the rarity of a word of one report, and of every word that was not counted. reports: how many were counted,
    and one.
    """

    def __init__(self, counts: dict[str, int], reports: int) -> None:
        super().__init__({word: math.log((1 + reports) / count) for word, count in counts.items()})
        self.reports = 1 + reports
        self.highest = math.log(self.reports)

    def __missing__(self, word: str) -> float:
        return self.get(plain(word), self.highest)

    def of_all(self, words: Iterable[str]) -> float:
        """The rarity of several words together, as though they came by chance; no more than the highest."""
        return min(self.highest, math.fsum(self[word] for word in words))


def plain(word: str) -> str:
    """The form that words are counted in: lower case, the plural's or possessor's s off."""
    return word.lower().removesuffix("’s").removesuffix("'s").removesuffix("s")


@cache
def load_rarity() -> Rarity:
    """The rarity of ``rarity.tsv``."""
    table = rows("link/rarity.tsv", ("reports", "words"))
    counts = {word: int(row["reports"]) for row in table for word in row["words"].split()}
    return Rarity(counts, counts.pop(_WHOLE))
