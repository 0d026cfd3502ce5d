"""Boosted regression trees as plain arrays: all trees of an ensemble take a step together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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
        return float(self.predict_many(features[None])[0])

    def predict_many(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The outputs for many rows of features."""
        out = [np.zeros(0, np.float32)]
        feature, threshold, after = self._steps
        for first in range(0, len(features), _ROWS):
            rows = features[first : first + _ROWS]
            begins = np.arange(len(rows))[:, None] * rows.shape[1]
            values = np.ascontiguousarray(rows).reshape(-1)
            at = np.broadcast_to(2 * self.roots.astype(np.intp), (len(rows), len(self.roots)))
            for _ in range(self.depth):
                high = values.take(begins + feature.take(at)) > threshold.take(at)
                at = after.take(at + high)
            out.append(self.value.take(at >> 1).sum(axis=1))
        return np.concatenate(out)

    @cached_property
    def _steps(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32], npt.NDArray[np.intp]]:
        """Feature, threshold and next node by twice the number of a node, and one more for what is greater."""
        after = 2 * np.stack([self.left, self.right], axis=1).astype(np.intp).reshape(-1)
        return np.repeat(self.feature.astype(np.intp), 2), np.repeat(self.threshold, 2), after

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
