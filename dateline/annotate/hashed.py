"""Linear models over hashed features: weights in plain arrays, one column a class, no words of any corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
        rows = buckets(features, len(self.weights))
        total: npt.NDArray[np.float32] = self.weights[rows].sum(axis=0) + self.bias
        return total

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
