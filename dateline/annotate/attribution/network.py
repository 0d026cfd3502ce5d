"""The two trained networks of attribution, evaluated with numpy.

Both sum embeddings of hashed features (rows kept in int8). The cue network is a small perceptron that
gives each candidate a probability. The argument network labels the words of a window as outside,
source, content or cue: two residual convolutions over the words, and a linear chain over the labels
(Viterbi). ``training/attribution.py`` writes the weights; ``docs/models/attribution.md`` describes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import BITS

__all__ = ["CONTENT", "CUE", "OUTSIDE", "SOURCE", "WEIGHTS", "Embedding", "Networks", "load_networks"]

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
        h += np.maximum(h @ d["W"] + d["c"], 0)
        z = h @ d["w"] + x[:, -1] + d["o"]
        chances: Floats = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        return chances

    def labels(
        self, word: Floats, cue: Floats, pair: Floats, sizes: npt.NDArray[np.int64], heads: npt.NDArray[np.int64]
    ) -> tuple[list[Labels], list[Floats]]:
        """Label the words of windows laid end to end; with the labels the probability of each at each word.

        word, pair: summed embeddings, one line a word of a window; cue: one line a window; sizes: words
        of each window; heads: place of the cue's head in each window, which is always labelled CUE.
        """
        d = self.dense
        wide = word + pair
        labels = d["u"].shape[0]
        starts = np.concatenate([[0], np.cumsum(sizes + _REACH)])[:-1] + _REACH
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = np.repeat(starts, sizes) + within
        h = np.zeros((int(starts[-1] + sizes[-1]) + _REACH, d["b"].shape[0]), np.float32)
        h[place] = np.maximum(wide[:, :-labels] + np.repeat(cue + d["b"], sizes, axis=0), 0)
        for name, reach in (("C1", 1), ("C2", _REACH)):
            more = np.zeros_like(h)
            inner = slice(_REACH, len(h) - _REACH)
            more[inner] = h[inner] @ d[name][1]
            more[inner] += h[_REACH - reach : len(h) - _REACH - reach] @ d[name][0]
            more[inner] += h[_REACH + reach : len(h) - _REACH + reach] @ d[name][2]
            h[place] += np.maximum(more[place] + d[name.lower()], 0)
        emitted = h[place] @ d["U"] + d["u"] + wide[:, -labels:]
        emitted[np.cumsum(sizes) - sizes + heads, CUE] += 50.0
        return _viterbi(emitted, sizes, d["T"], d["S"]), _marginals(emitted, sizes, d["T"], d["S"])


def _viterbi(emitted: Floats, sizes: npt.NDArray[np.int64], between: Floats, first: Floats) -> list[Labels]:
    """Best label sequences of windows laid end to end, all windows a word at a time, the longest ones first."""
    order = np.argsort(-sizes, kind="stable")
    offsets, lengths = (np.cumsum(sizes) - sizes)[order], sizes[order]
    longest = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()  # windows longer than t
    by_label = np.ascontiguousarray(emitted.T)  # labels first, so that each step runs along the windows
    score = by_label[:, offsets] + first[:, None]
    steps = between[:, :, None]
    back = np.zeros((longest, len(first), len(sizes)), np.int8)
    for t in range(1, longest):
        m = active[t]
        options = score[:, None, :m] + steps
        back[t, :, :m] = options.argmax(axis=0)
        score[:, :m] = options.max(axis=0) + by_label[:, offsets[:m] + t]
    tags = np.zeros((longest, len(sizes)), np.int8)
    state, places = score.argmax(axis=0), np.arange(len(sizes))
    for t in range(longest - 1, -1, -1):
        m = active[t]
        tags[t, :m] = state[:m]
        if t:
            state[:m] = back[t, state[:m], places[:m]]
    out: list[Labels] = [tags[:0, 0]] * len(sizes)
    for k, original in enumerate(order.tolist()):
        out[original] = tags[: lengths[k], k]
    return out


def _marginals(emitted: Floats, sizes: npt.NDArray[np.int64], between: Floats, first: Floats) -> list[Floats]:
    """Probability of each label at each word (forward and backward), windows as in ``_viterbi``."""
    order = np.argsort(-sizes, kind="stable")
    offsets, lengths = (np.cumsum(sizes) - sizes)[order], sizes[order]
    longest = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(longest + 1), side="left").tolist()
    at = np.ascontiguousarray(np.exp(emitted - emitted.max(axis=1, keepdims=True)).T)
    steps, opening = np.exp(between - between.max()), np.exp(first - first.max())
    ahead = np.empty((longest, len(first), len(sizes)), np.float32)
    now = at[:, offsets] * opening[:, None]
    ahead[0] = now = now / now.sum(axis=0)
    for t in range(1, longest):
        m = active[t]
        now = (steps.T @ now[:, :m]) * at[:, offsets[:m] + t]
        now /= now.sum(axis=0)
        ahead[t, :, :m] = now
    later = np.ones((len(first), len(sizes)), np.float32)
    for t in range(longest - 2, -1, -1):
        m = active[t + 1]
        back = steps @ (at[:, offsets[:m] + t + 1] * later[:, :m])
        later[:, :m] = back / back.sum(axis=0)
        ahead[t, :, :m] *= later[:, :m]
    out: list[Floats] = [ahead[0]] * len(sizes)
    for k, original in enumerate(order.tolist()):
        chances = ahead[: lengths[k], :, k]
        out[original] = chances / chances.sum(axis=1, keepdims=True)
    return out


@cache
def load_networks() -> Networks:
    """The networks that ship with the package."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Networks.of({name: stored[name] for name in stored.files if not name.startswith("trees.")})
