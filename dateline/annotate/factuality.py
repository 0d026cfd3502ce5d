"""Factuality: how certain a text, or the source of a claim within it, makes an event.

Status is read by rule (``certainty``); the number from -3 to +3 by a trained model, kept within what the
status allows. The model is two linear regressions a corpus over hashed features and boosted trees over
their four outputs; ``training/factuality.py`` fits it, ``docs/models/events.md`` says on what.
"""

from __future__ import annotations

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

__all__ = ["FactualityModel", "Judgement", "factuality_model", "judge", "rate"]

_RANGES: dict[Status, tuple[float, float]] = {
    "happened": (1.0, 3.0), "ongoing": (1.0, 3.0), "planned": (-1.0, 1.5), "possible": (-1.5, 1.5),
    "denied": (-3.0, -1.0), "unknown": (-1.0, 1.0),
}  # fmt: skip
_FILE = WEIGHTS / "factuality.npz"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An event's status, and its factuality from -3 (certainly did not happen) to +3 (certainly did)."""

    status: Status
    factuality: float


@dataclass(frozen=True, eq=False)
class FactualityModel:
    """linear: a column a regression. trees: two ensembles for each way of rating, news ("uw") and web ("uds")."""

    linear: HashedLinear
    trees: dict[str, tuple[Trees, ...]]

    def rate(self, features: list[str], scale: str) -> float:
        """The rating of an event by its features, -3 to +3."""
        columns = self.linear.scores(features)
        ensembles = self.trees[scale]
        mean = sum(trees.predict(columns) for trees in ensembles) / len(ensembles)
        return max(-3.0, min(3.0, mean))

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


def judge(
    words: Words,
    event: int,
    tables: EventTables,
    *,
    light: int | None = None,
    stop: int | None = None,
    stance: str | None = None,
    spoken: bool = False,
) -> Judgement:
    """Judge one event by its token.

    light: the verb that carries a noun's event. stop, stance: the cue's token and the stance of the
    claim it stands in; the judgement is then that of the claim's source. spoken: the noun of an act in words, which
    was done though it is "rejected" or "denied".
    """
    found = climb(words, event, tables, stop, light)
    if spoken:
        found = replace(found, effects=tuple(pair for pair in found.effects if pair != ("negative", False)))
    status = status_of(found, stance)
    features = factuality_features(words, light if light is not None else event, found, status)
    low, high = _RANGES[status]
    rating = max(low, min(high, factuality_model().rate(features, "uw")))
    return Judgement(status, round(rating, 2))


def rate(words: Words, event: int, tables: EventTables, scale: str) -> tuple[float, Status]:
    """An event's rating by the habit of one corpus ("uw": newspaper readers, "uds": did it happen?), and its status."""
    found = climb(words, event, tables)
    status = status_of(found, None)
    return factuality_model().rate(factuality_features(words, event, found, status), scale), status
