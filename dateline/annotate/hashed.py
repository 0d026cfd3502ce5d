"""Linear models over hashed features: weights in plain arrays, one column a class, no words of any corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

__all__ = ["WEIGHTS", "HashedLinear", "buckets"]

WEIGHTS = Path(__file__).parent / "weights"


def buckets(features: Iterable[str], size: int) -> npt.NDArray[np.int64]:
    """The buckets (CRC-32 modulo ``size``) of features, sorted, each once."""
    return np.asarray(sorted({crc32(feature.encode()) % size for feature in features}), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class HashedLinear:
    """Weights, one row a bucket and one column a class, a bias a class, and the classes' names."""

    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    classes: tuple[str, ...]

    def scores(self, features: Iterable[str]) -> npt.NDArray[np.float32]:
        """One score a class."""
        scores: npt.NDArray[np.float32] = self.scores_of([features])[0]
        return scores

    def scores_of(self, examples: Sequence[Iterable[str]]) -> npt.NDArray[np.float32]:
        """One row of scores an example, to the bit those of ``scores``."""
        if not examples:
            return np.zeros((0, self.weights.shape[1]), np.float32)
        size = len(self.weights)
        rows = [[size, *sorted({crc32(feature.encode()) % size for feature in features})] for features in examples]
        starts = list(accumulate(map(len, rows[:-1]), initial=0))
        chosen = self._and_nothing.take(np.fromiter(chain.from_iterable(rows), np.intp), axis=0)
        total: npt.NDArray[np.float32] = np.add.reduceat(chosen, starts)
        total += self.bias
        return total

    @cached_property
    def _and_nothing(self) -> npt.NDArray[np.float32]:
        """The weights and a row of zeros, for examples without features."""
        return np.concatenate([self.weights, np.zeros((1, self.weights.shape[1]), np.float32)])

    def save(self, path: Path) -> None:
        """Write the model, weights as 16-bit floats; the same weights give the same bytes."""
        np.savez_compressed(
            path,
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
            classes=np.array(self.classes),
        )

    @classmethod
    def load(cls, path: Path) -> HashedLinear:
        """Read a model; nothing in the file can run code."""
        with np.load(path, allow_pickle=False) as file:
            weights = file["weights"].astype(np.float32)
            return cls(weights, file["bias"], tuple(str(name) for name in file["classes"]))
