"""Factuality: how certain a text, or the source of a claim within it, makes an event.

Status is read by rule (``certainty``); the number from -3 to +3 by a trained model, kept within what the
status allows. The model is two linear regressions a corpus over hashed features and boosted trees over
their four outputs; ``training/factuality.py`` fits it, ``docs/models/events.md`` says on what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dateline.annotate.coding.certainty import climb, status_of
from dateline.annotate.coding.factuality_features import factuality_features
from dateline.annotate.hashed import WEIGHTS, HashedLinear
from dateline.annotate.trees import Trees
from dateline.annotate.words import Words

if TYPE_CHECKING:
    from dateline.codebook.plover import EventTables
    from dateline.records.reading import Status

__all__ = ["FactualityModel", "Standing", "factualities", "factuality_model", "rate", "standing"]

_RANGES: dict[Status, tuple[float, float]] = {
    "happened": (1.0, 3.0), "ongoing": (1.0, 3.0), "planned": (-1.0, 1.5), "possible": (-1.5, 1.5),
    "denied": (-3.0, -1.0), "unknown": (-1.0, 1.0),
}  # fmt: skip
_FILE = WEIGHTS / "factuality.npz"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands in its text: its status, and the features its factuality is told by."""

    status: Status
    features: list[str]


@dataclass(frozen=True, eq=False)
class FactualityModel:
    """linear: a column a regression. trees: two ensembles for each way of rating, news ("uw") and web ("uds")."""

    linear: HashedLinear
    trees: dict[str, tuple[Trees, ...]]

    def rates(self, features: Sequence[list[str]], scale: str) -> list[float]:
        """The rating of each event by its features, -3 to +3."""
        columns = self.linear.scores_of(features)
        each = [trees.predict_many(columns).tolist() for trees in self.trees[scale]]
        return [max(-3.0, min(3.0, sum(ratings) / len(ratings))) for ratings in zip(*each, strict=True)]

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes."""
        arrays: dict[str, np.typing.NDArray[np.generic]] = {
            "weights": self.linear.weights.astype(np.float16),
            "bias": self.linear.bias,
            "classes": np.array(self.linear.classes),
        }
        for scale, ensembles in self.trees.items():
            for number, trees in enumerate(ensembles):
                arrays |= trees.arrays(f"{scale}{number}")
        np.savez_compressed(path, allow_pickle=False, **arrays)


@cache
def factuality_model() -> FactualityModel:
    """The model that comes with the package."""
    with np.load(_FILE, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    linear = HashedLinear(
        arrays["weights"].astype(np.float32), arrays["bias"], tuple(str(name) for name in arrays["classes"])
    )
    return FactualityModel(
        linear, {scale: tuple(Trees.of(arrays, f"{scale}{n}") for n in (0, 1)) for scale in ("uw", "uds")}
    )


def standing(
    words: Words,
    event: int,
    tables: EventTables,
    *,
    light: int | None = None,
    stop: int | None = None,
    stance: str | None = None,
    spoken: bool = False,
) -> Standing:
    """Tell how one event stands, by its token.

    light: the verb that carries a noun's event. stop, stance: the cue's token and the stance of the
    claim it stands in; it is then how it stands for the claim's source. spoken: the noun of an act in words, which
    was done though it is "rejected" or "denied".
    """
    found = climb(words, event, tables, stop, light)
    if spoken:
        found = replace(found, effects=tuple(pair for pair in found.effects if pair != ("negative", False)))
    if found.blocked or (spoken and words.head[event] == stop):
        stance = None  # who denies the attack on a school denies no school; a dismissed offer was made
    status = status_of(found, stance)
    features = factuality_features(words, light if light is not None else event, found, status)
    return Standing(status, features)


def factualities(standings: Sequence[Standing]) -> list[float]:
    """The factuality of events, -3 (certainly did not happen) to +3 (certainly did), within what the status allows."""
    ratings = factuality_model().rates([each.features for each in standings], "uw")
    bounds = (_RANGES[each.status] for each in standings)
    return [round(max(low, min(high, rating)), 2) for rating, (low, high) in zip(ratings, bounds, strict=True)]


def rate(words: Words, event: int, tables: EventTables, scale: str) -> tuple[float, Status]:
    """An event's rating by the habit of one corpus ("uw": newspaper readers, "uds": did it happen?), and its status."""
    found = climb(words, event, tables)
    status = status_of(found, None)
    return factuality_model().rates([factuality_features(words, event, found, status)], scale)[0], status
