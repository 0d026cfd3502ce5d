"""Scorer: spaCy's ``TransitionBasedParser.v2`` model, for all states of a step at once.

A state is described by a few tokens (the next one, the top of the stack …). What each token adds in
each of those places is worked out beforehand; a step sums, takes the larger of two pieces and applies one
affine layer. Kiperwasser & Goldberg (2016) describe the method, spaCy's ``parser_model.pyx`` the details.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.annotate.parse.layers import Affine, Floats, Layer, Product, weights

__all__ = ["Scorer"]


class Scorer:
    """Scores of all moves, given the tokens that describe each state."""

    def __init__(self, model: Layer, product: Product) -> None:
        reduce = next(node for node in model.layers[0].walk() if node.name == "linear")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        places = weights(lower, "W")  # places × units × pieces × inputs
        self.places, self.units, _, inputs = places.shape
        flat = places.transpose(0, 2, 1, 3).reshape(-1, inputs)
        self._narrow = Affine(np.ascontiguousarray(weights(reduce, "W").T), weights(reduce, "b"), product)
        self._lower = Affine(np.ascontiguousarray(flat.T), np.zeros(len(flat), np.float32), product)
        self._absent = weights(lower, "pad")[0].transpose(0, 2, 1).reshape(1, -1)
        self._bias = weights(lower, "b").T.reshape(-1)
        self._upper = Affine(np.ascontiguousarray(weights(upper, "W").T), weights(upper, "b"), product)
        self._offsets = np.arange(self.places)

    def prepare(self, encoded: Floats) -> Floats:
        """What each token adds in each place: rows of ``units × pieces``, ``places`` a token, absence first."""
        added = self._lower(self._narrow(encoded))
        return np.concatenate([self._absent, added]).reshape(-1, len(self._bias))

    def __call__(self, prepared: Floats, states: npt.NDArray[np.intp]) -> Floats:
        """Score the moves of each state: ``states`` holds a token for each place, -1 for none."""
        rows = (states + 1) * self.places + self._offsets
        summed = prepared[rows[:, 0]]
        for place in range(1, self.places):
            summed += prepared[rows[:, place]]
        summed += self._bias
        best = summed[:, : self.units]
        for start in range(self.units, summed.shape[1], self.units):
            best = np.maximum(best, summed[:, start : start + self.units])
        return self._upper(best)
