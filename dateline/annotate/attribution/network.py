"""The two trained networks of attribution, evaluated with numpy.

Both sum embeddings of hashed features (rows kept in int8). The cue network is a small perceptron that
gives each candidate a probability. The argument network labels the words of a window as outside,
source, content or cue: two residual convolutions over the words, and a linear chain over the labels
(Viterbi). ``training/attribution.py`` writes the weights; ``docs/models/attribution.md`` describes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import BITS
from dateline.annotate.parse.layers import Affine, steady_product

__all__ = ["CONTENT", "CUE", "OUTSIDE", "SOURCE", "WEIGHTS", "Chains", "Embedding", "Networks", "load_networks"]

OUTSIDE, SOURCE, CONTENT, CUE = range(4)
WEIGHTS = Path(__file__).parent.parent / "weights" / "attribution.npz"
_BLOCK = 1_024  # examples summed at a time: what fits the cache
_REACH = 3  # words the wider convolution looks either side; gap between windows laid end to end

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Embedding:
    """Rows for the feature buckets worth keeping; all other buckets share row 0, which is zero."""

    index: npt.NDArray[np.int32]
    rows: Floats

    @classmethod
    def unpack(cls, buckets: npt.NDArray[np.int32], rows: npt.NDArray[np.int8], scale: Floats) -> Embedding:
        """Spread the stored form: ``buckets`` with a row each, int8 values and their scale by column."""
        index = np.zeros(1 << BITS, np.int32)
        index[buckets] = np.arange(1, len(buckets) + 1, dtype=np.int32)
        table = np.zeros((len(rows) + 1, rows.shape[1]), np.float32)
        np.multiply(rows, scale, out=table[1:])
        return cls(index, table)

    def sums(self, features: npt.NDArray[np.int32]) -> Floats:
        """Sum of the embeddings of each example's buckets: one line a template, one column an example."""
        total = np.empty((features.shape[1], self.rows.shape[1]), np.float32)
        piece = np.empty((min(_BLOCK, len(total)), self.rows.shape[1]), np.float32)
        for first in range(0, len(total), _BLOCK):
            chosen = self.index[features[:, first : first + _BLOCK]]
            out, more = total[first : first + _BLOCK], piece[: chosen.shape[1]]
            np.take(self.rows, chosen[0], axis=0, out=out, mode="clip")
            for line in chosen[1:]:
                np.take(self.rows, line, axis=0, out=more, mode="clip")  # "clip" spares numpy a copy
                out += more
        return total


@dataclass(frozen=True, eq=False)
class Networks:
    """Weights of both networks; ``others``: hashes of the candidates that are not verbs."""

    others: npt.NDArray[np.int32]
    cue: Embedding
    cue_dense: dict[str, Floats]
    asked: Embedding
    pair: Embedding
    dense: dict[str, Floats]

    @classmethod
    def of(cls, part: dict[str, npt.NDArray[Any]]) -> Networks:
        """Unpack the arrays as they are stored."""

        def embedding(name: str) -> Embedding:
            return Embedding.unpack(part[f"{name}.buckets"], part[f"{name}.rows"], part[f"{name}.scale"])

        def dense(prefix: str) -> dict[str, Floats]:
            return {name.removeprefix(prefix): part[name] for name in part if name.startswith(prefix)}

        return cls(
            part["others"],
            embedding("cue"),
            dense("cue-dense."),
            embedding("asked"),
            embedding("pair"),
            dense("dense."),
        )

    def cue_chances(self, features: npt.NDArray[np.int32]) -> Floats:
        """Probability of each candidate to head a cue."""
        d = self.cue_dense
        x = self.cue.sums(features)
        h = np.maximum(x[:, :-1] + d["b"], 0)
        h += np.maximum(self._layers["W"](h), 0)
        z = (h * d["w"]).sum(axis=1) + x[:, -1] + d["o"]
        chances: Floats = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        return chances

    def labels(
        self, word: Floats, cue: Floats, pair: Floats, sizes: npt.NDArray[np.int64], heads: npt.NDArray[np.int64]
    ) -> tuple[Labels, Floats]:
        """Label the words of windows laid end to end; with the labels the probability of each at each word.

        word, pair: summed embeddings, one line a word of a window; cue: one line a window; sizes: words
        of each window; heads: place of the cue's head in each window, which is always labelled CUE.
        What comes out for a window depends on no other window.
        """
        d = self.dense
        wide = word + pair
        labels = d["u"].shape[0]
        starts = np.cumsum(sizes) - sizes
        place = np.arange(len(wide)) + np.repeat(np.arange(1, len(sizes) + 1) * _REACH, sizes)
        h = np.zeros((len(wide) + (len(sizes) + 1) * _REACH, d["b"].shape[0]), np.float32)
        h[place] = np.maximum(wide[:, :-labels] + np.repeat(cue + d["b"], sizes, axis=0), 0)
        apart = np.ones((len(h) - 2 * _REACH, 1), np.bool_)
        apart[place - _REACH] = False
        for name, reach in (("C1", 1), ("C2", _REACH)):
            near = [h[_REACH + offset : len(h) - _REACH + offset] for offset in (-reach, 0, reach)]
            more = np.maximum(self._layers[name](np.concatenate(near, axis=1)), 0)
            np.copyto(more, 0, where=apart)
            h[_REACH:-_REACH] += more
        emitted = self._layers["U"](h[place]) + wide[:, -labels:]
        emitted[starts + heads, CUE] += 50.0
        chains = Chains(emitted, sizes, d["T"], d["S"])
        return chains.best(), chains.marginals()

    @cached_property
    def _layers(self) -> dict[str, Affine]:
        product, dense, cue = steady_product(), self.dense, self.cue_dense
        width = dense["b"].shape[0]
        return {
            "W": Affine(cue["W"], cue["c"], product),
            "C1": Affine(dense["C1"].reshape(-1, width), dense["c1"], product),
            "C2": Affine(dense["C2"].reshape(-1, width), dense["c2"], product),
            "U": Affine(dense["U"], dense["u"], product),
        }


class Chains:
    """Linear chains over the labels of windows laid end to end: all windows take a step together, the longest first.

    emitted: a score for each word and label; between: for each label after each other; first: at the start.
    """

    def __init__(self, emitted: Floats, sizes: npt.NDArray[np.int64], between: Floats, first: Floats) -> None:
        order = np.argsort(-sizes, kind="stable")
        self._emitted, self._between, self._first = emitted, between, first
        starts = np.cumsum(sizes) - sizes
        self._starts, lengths = starts[order], sizes[order]
        self._steps = np.arange(len(emitted)) - np.repeat(starts, sizes)  # of each word, in its window
        self._windows = np.repeat(np.argsort(order), sizes)  # of each word, by length
        self._active = np.searchsorted(-lengths, -np.arange(int(lengths[0]) + 1), side="left").tolist()  # longer than t

    def best(self) -> Labels:
        """The likeliest sequences (Viterbi)."""
        by_label = np.ascontiguousarray(self._emitted.T)  # labels first, so that each step runs along the windows
        score = by_label[:, self._starts] + self._first[:, None]
        between, active, longest = self._between[:, :, None], self._active, len(self._active) - 1
        back = np.zeros((longest, *score.shape), np.int8)
        for t in range(1, longest):
            m = active[t]
            options = score[:, None, :m] + between
            back[t, :, :m] = options.argmax(axis=0)
            score[:, :m] = options.max(axis=0) + by_label[:, self._starts[:m] + t]
        labels = np.zeros((longest, score.shape[1]), np.int8)
        state, places = score.argmax(axis=0), np.arange(score.shape[1])
        for t in range(longest - 1, -1, -1):
            m = active[t]
            labels[t, :m] = state[:m]
            if t:
                state[:m] = back[t, state[:m], places[:m]]
        return labels[self._steps, self._windows]

    def marginals(self) -> Floats:
        """Probability of each label at each word (forward and backward)."""
        emitted, active, longest = self._emitted, self._active, len(self._active) - 1
        at = np.ascontiguousarray(np.exp(emitted - emitted.max(axis=1, keepdims=True)).T)
        between, first = np.exp(self._between - self._between.max()), np.exp(self._first - self._first.max())
        after, before = between[:, :, None], np.ascontiguousarray(between.T)[:, :, None]
        now = at[:, self._starts] * first[:, None]
        now /= now.sum(axis=0)
        chances = np.empty((longest, *now.shape), np.float32)
        chances[0] = now
        for t in range(1, longest):
            m = active[t]
            now = (after * now[:, None, :m]).sum(axis=0) * at[:, self._starts[:m] + t]
            now /= now.sum(axis=0)
            chances[t, :, :m] = now
        later = np.ones(now.shape[:1] + self._starts.shape, np.float32)
        for t in range(longest - 2, -1, -1):
            m = active[t + 1]
            seen = (before * (at[:, self._starts[:m] + t + 1] * later[:, :m])[:, None]).sum(axis=0)
            later[:, :m] = seen / seen.sum(axis=0)
            chances[t, :, :m] *= later[:, :m]
        out = chances[self._steps, :, self._windows]
        out /= out.sum(axis=1, keepdims=True)
        return out


@cache
def load_networks() -> Networks:
    """The networks that ship with the package."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Networks.of({name: stored[name] for name in stored.files if not name.startswith("trees.")})
