"""Boosted regression trees as plain arrays: all trees of an ensemble take a step together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Trees"]

_ROWS = 500  # rows stepped through the trees at a time


@dataclass(frozen=True, eq=False)
class Trees:
    """An ensemble of binary trees; its output is the sum of the leaves reached.

    One row a node: ``feature`` compared with ``threshold`` (not greater goes ``left``, else ``right``);
    a leaf points to itself. ``roots``: the first node of each tree. ``depth``: of the deepest.
    """

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    roots: npt.NDArray[np.int32]
    depth: int

    def predict(self, features: npt.NDArray[np.float32]) -> float:
        """The output for one row of features."""
        at = self.roots
        for _ in range(self.depth):
            low = features[self.feature[at]] <= self.threshold[at]
            at = np.where(low, self.left[at], self.right[at])
        return float(self.value[at].sum())

    def predict_many(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The outputs for many rows of features."""
        out = [np.zeros(0, np.float32)]
        for first in range(0, len(features), _ROWS):
            rows = features[first : first + _ROWS]
            number = np.arange(len(rows))[:, None]
            at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
            for _ in range(self.depth):
                low = rows[number, self.feature[at]] <= self.threshold[at]
                at = np.where(low, self.left[at], self.right[at])
            out.append(self.value[at].sum(axis=1))
        return np.concatenate(out)

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The arrays under names that begin with ``name``, to be saved with others."""
        return {
            f"{name}.feature": self.feature.astype(np.int8),
            f"{name}.threshold": self.threshold,
            f"{name}.left": self.left.astype(np.int16),
            f"{name}.right": self.right.astype(np.int16),
            f"{name}.value": self.value,
            f"{name}.roots": self.roots,
            f"{name}.depth": np.array(self.depth),
        }

    @classmethod
    def of(cls, arrays: dict[str, npt.NDArray[np.generic]], name: str) -> Trees:
        """Make the ensemble again from what ``arrays`` gave."""
        return cls(
            arrays[f"{name}.feature"].astype(np.int32),
            arrays[f"{name}.threshold"].astype(np.float32),
            arrays[f"{name}.left"].astype(np.int32),
            arrays[f"{name}.right"].astype(np.int32),
            arrays[f"{name}.value"].astype(np.float32),
            arrays[f"{name}.roots"].astype(np.int32),
            int(arrays[f"{name}.depth"]),
        )
