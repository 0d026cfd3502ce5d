"""Fitting the networks of attribution: forward and backward passes in numpy, the sparse parts in numba.

``annotate.attribution.network`` evaluates what is fitted here. Both networks add up embeddings of
hashed features; the cue network ends in a logistic loss, the argument network in a linear-chain
conditional random field (Lafferty et al. 2001). Adam (Kingma and Ba 2015) with decoupled weight decay;
embeddings are moved only when a batch touches them. One thread, seeded: the same input gives the same
weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

__all__ = ["Options", "Weights", "Window", "fit_arguments", "fit_cues", "predict_cues"]

LABELS = 4
GAP = 3  # empty places between windows laid end to end: the reach of the wider convolution
CUE_BATCH = 512  # candidates
WORD_BATCH = 2_400  # words of windows

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]
Weights = dict[str, Floats]


@dataclass(frozen=True)
class Options:
    """Width of the embeddings, passes, Adam's rate (falling to 0), dropout of units and features, weight decay."""

    width: int
    epochs: int
    rate: float
    drop: float
    feature_drop: float
    decay: float
    seed: int = 0


@dataclass(eq=False)
class Window:
    """One cue's window: rows of the cue's features, of the words' and pairs' together, and the words' labels."""

    cue: Rows
    words: Rows
    labels: npt.NDArray[np.int8]


@dataclass(eq=False)
class _Moment:
    """Where a fit stands: its options and random numbers, the number of the step and Adam's rate there."""

    options: Options
    rng: np.random.Generator
    t: int
    rate: float

    @property
    def scale(self) -> float:
        """What makes up for dropped features."""
        return 1 / (1 - self.options.feature_drop)

    def dropped(self, rows: Rows) -> Rows:
        """The rows with some features left out."""
        return np.where(self.rng.random(rows.shape, np.float32) < self.options.feature_drop, 0, rows).astype(np.int32)

    def units(self, shape: tuple[int, ...]) -> Floats:
        """Factors that drop units and make up for it."""
        drop = self.options.drop
        return (self.rng.random(shape, np.float32) >= drop).astype(np.float32) / np.float32(1 - drop)


class _Embedding:
    """A table of embeddings with its gradient and Adam's moments; row 0 is and stays zero."""

    def __init__(self, rng: np.random.Generator, rows: int, width: int, wide: int, size: float) -> None:
        self.table = np.zeros((rows, width + wide), np.float32)
        self.table[1:, :width] = rng.standard_normal((rows - 1, width), np.float32) * np.float32(size)
        self._gradient, self._mean, self._square = (np.zeros_like(self.table) for _ in range(3))
        self._touched = np.zeros(rows, np.bool_)

    def sums(self, rows: Rows, scale: float = 1.0) -> Floats:
        return _sums(self.table, rows, np.float32(scale))

    def learn(self, rows: Rows, gradient: Floats, scale: float) -> None:
        _spread(self._gradient, self._touched, rows, gradient, np.float32(scale))

    def step(self, now: _Moment) -> None:
        settings = np.asarray([now.rate, now.options.decay, 1 - 0.9**now.t, 1 - 0.999**now.t], np.float32)
        _adam_rows(self.table, self._gradient, self._mean, self._square, self._touched, settings)


class _Dense:
    """The other weights and Adam's moments for them."""

    def __init__(self, weights: Weights) -> None:
        self.weights = {name: value.astype(np.float32) for name, value in weights.items()}
        self._mean = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in self.weights.items()}

    def step(self, gradients: Weights, now: _Moment) -> None:
        for name, g in gradients.items():
            m, v = self._mean[name], self._square[name]
            m += np.float32(0.1) * (g - m)
            v += np.float32(0.001) * (g * g - v)
            move = (m / np.float32(1 - 0.9**now.t)) / (np.sqrt(v / np.float32(1 - 0.999**now.t)) + np.float32(1e-8))
            self.weights[name] -= np.float32(now.rate) * move


def fit_cues(rows: Rows, target: Floats, count: int, options: Options) -> Weights:
    """Fit the cue network on candidates; ``count``: rows of the embedding."""
    rng, width = np.random.default_rng(options.seed), options.width
    table = _Embedding(rng, count, width, 1, 0.05)
    dense = _Dense({
        "b": np.zeros(width), "W": rng.standard_normal((width, width)) * np.sqrt(0.5 / width), "c": np.zeros(width),
        "w": rng.standard_normal(width) * 0.1, "o": np.full(1, -2.0),
    })  # fmt: skip
    steps = options.epochs * (len(rows) // CUE_BATCH)
    t = 0
    for epoch in range(options.epochs):
        order, loss = rng.permutation(len(rows)), 0.0
        for i in range(0, len(rows) - CUE_BATCH + 1, CUE_BATCH):
            batch = order[i : i + CUE_BATCH]
            t += 1
            rate = options.rate * (1 - (t - 1) / steps)
            now = _Moment(options, rng, t, rate)
            loss += _cue_step(table, dense, now.dropped(rows[batch]), target[batch], now)
        print(f"cues, pass {epoch + 1}: loss {loss * CUE_BATCH / len(rows):.4f}", flush=True)
    return {"E": table.table, **dense.weights}


def _cue_step(table: _Embedding, dense: _Dense, rows: Rows, target: Floats, now: _Moment) -> float:
    p, scale = dense.weights, now.scale
    x = table.sums(rows, scale)
    a = x[:, :-1] + p["b"]
    units = now.units(a.shape)
    h = np.maximum(a, 0) * units
    inner = h @ p["W"] + p["c"]
    top = h + np.maximum(inner, 0)
    z = top @ p["w"] + x[:, -1] + p["o"]
    dz = ((1 / (1 + np.exp(-z)) - target) / np.float32(len(z))).astype(np.float32)
    d_top = dz[:, None] * p["w"]
    d_inner = d_top * (inner > 0)
    da = (d_top + d_inner @ p["W"].T) * units * (a > 0)
    table.learn(rows, np.concatenate([da, dz[:, None]], axis=1), scale)
    table.step(now)
    gradients = {"b": da.sum(0), "W": h.T @ d_inner, "c": d_inner.sum(0), "w": top.T @ dz, "o": dz.sum(keepdims=True)}
    dense.step(gradients, now)
    return float(np.mean(np.logaddexp(0, z) - z * target))


def predict_cues(weights: Weights, rows: Rows) -> Floats:
    """Probability of each candidate."""
    out = []
    for i in range(0, len(rows), 8_192):
        x = _sums(weights["E"], rows[i : i + 8_192], np.float32(1))
        h = np.maximum(x[:, :-1] + weights["b"], 0)
        h += np.maximum(h @ weights["W"] + weights["c"], 0)
        out.append(1 / (1 + np.exp(-(h @ weights["w"] + x[:, -1] + weights["o"]))))
    return np.concatenate(out)


def fit_arguments(windows: Sequence[Window], asked: int, pairs: int, options: Options) -> Weights:
    """Fit the argument network; ``asked``, ``pairs``: rows of the embeddings of cues and of words and pairs."""
    rng, width = np.random.default_rng(options.seed), options.width
    tables = _Embedding(rng, asked, width, 0, 0.04), _Embedding(rng, pairs, width, LABELS, 0.04)
    spread = np.sqrt(1 / (3 * width))
    dense = _Dense({
        "b": np.zeros(width), "C1": rng.standard_normal((3, width, width)) * spread, "c1": np.zeros(width),
        "C2": rng.standard_normal((3, width, width)) * spread, "c2": np.zeros(width),
        "U": rng.standard_normal((width, LABELS)) * 0.1, "u": np.zeros(LABELS),
        "T": np.zeros((LABELS, LABELS)), "S": np.zeros(LABELS),
    })  # fmt: skip
    plans = [list(_batches(windows, rng)) for _ in range(options.epochs)]
    steps, t = sum(map(len, plans)), 0
    for epoch, plan in enumerate(plans):
        loss = 0.0
        for batch in plan:
            t += 1
            rate = options.rate * (1 - (t - 1) / steps)
            now = _Moment(options, rng, t, rate)
            loss += _argument_step(tables, dense, [windows[j] for j in batch], now)
        print(f"arguments, pass {epoch + 1}: loss {loss / len(plan):.4f}", flush=True)
    return {"Ec": tables[0].table, "Ep": tables[1].table, **dense.weights}


def _batches(windows: Sequence[Window], rng: np.random.Generator) -> Iterator[list[int]]:
    """Windows in random order, about ``WORD_BATCH`` words at a time."""
    batch: list[int] = []
    size = 0
    for j in rng.permutation(len(windows)).tolist():
        batch.append(j)
        size += len(windows[j].labels)
        if size >= WORD_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _argument_step(tables: tuple[_Embedding, _Embedding], dense: _Dense, batch: list[Window], now: _Moment) -> float:
    p, scale = dense.weights, now.scale
    sizes = np.asarray([len(w.labels) for w in batch])
    starts = np.cumsum(sizes) - sizes
    place = np.arange(sizes.sum()) + np.repeat(np.arange(1, len(sizes) + 1) * GAP, sizes)
    cue = now.dropped(np.stack([w.cue for w in batch]))
    words = now.dropped(np.concatenate([w.words for w in batch]))
    x = tables[1].sums(words, scale)
    a = x[:, :-LABELS] + np.repeat(tables[0].sums(cue, scale) + p["b"], sizes, axis=0)
    units = now.units(a.shape)
    h0 = np.zeros((int(place[-1]) + GAP + 1, a.shape[1]), np.float32)
    h0[place] = np.maximum(a, 0) * units
    h1, inner1 = _convolved(h0, place, p["C1"], p["c1"], 1)
    h2, inner2 = _convolved(h1, place, p["C2"], p["c2"], GAP)
    last_units = now.units(a.shape)
    top = h2[place] * last_units
    emitted = top @ p["U"] + p["u"] + x[:, -LABELS:]
    labels = np.concatenate([w.labels for w in batch]).astype(np.int64)
    loss, d_emitted, d_between, d_first = _chain(emitted, labels, starts, sizes, p["T"], p["S"])
    part = np.float32(10 / len(labels))
    d_emitted *= part
    d2 = (d_emitted @ p["U"].T) * last_units
    d1, d_c2, d_bias2 = _convolved_back(h1, place, p["C2"], GAP, (inner2, d2))
    d0, d_c1, d_bias1 = _convolved_back(h0, place, p["C1"], 1, (inner1, d1))
    da = d0 * units * (a > 0)
    tables[0].learn(cue, np.add.reduceat(da, starts, axis=0), scale)
    tables[1].learn(words, np.concatenate([da, d_emitted], axis=1), scale)
    for table in tables:
        table.step(now)
    gradients = {
        "b": da.sum(0), "C1": d_c1, "c1": d_bias1, "C2": d_c2, "c2": d_bias2, "U": top.T @ d_emitted,
        "u": d_emitted.sum(0), "T": d_between * part, "S": d_first * part,
    }  # fmt: skip
    dense.step(gradients, now)
    return loss / len(labels)


def _convolved(
    h: Floats, place: npt.NDArray[np.int64], kernel: Floats, bias: Floats, reach: int
) -> tuple[Floats, Floats]:
    """A residual convolution over words ``reach`` apart; returns its result and the sums before rectifying."""
    inner = h[place - reach] @ kernel[0] + h[place] @ kernel[1] + h[place + reach] @ kernel[2] + bias
    out = h.copy()
    out[place] += np.maximum(inner, 0)
    return out, inner


def _convolved_back(
    h: Floats, place: npt.NDArray[np.int64], kernel: Floats, reach: int, passed: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Gradients of ``_convolved``: of its input, kernel and bias. ``passed``: its sums, its result's gradient."""
    inner, above = passed
    d = above * (inner > 0)
    below = np.zeros_like(h)
    below[place] = above
    for k, shift in enumerate((-reach, 0, reach)):
        below[place + shift] += d @ kernel[k].T
    kernels = np.stack([h[place + shift].T @ d for shift in (-reach, 0, reach)])
    return below[place], kernels, d.sum(0)


@njit(cache=True)
def _sums(table, rows, scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    out = np.zeros((rows.shape[0], table.shape[1]), np.float32)
    for n in range(rows.shape[0]):
        for f in range(rows.shape[1]):
            r = rows[n, f]
            if r:
                for d in range(table.shape[1]):
                    out[n, d] += table[r, d]
        for d in range(table.shape[1]):
            out[n, d] *= scale
    return out


@njit(cache=True)
def _spread(gradient, touched, rows, above, scale):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    for n in range(rows.shape[0]):
        for f in range(rows.shape[1]):
            r = rows[n, f]
            if r:
                touched[r] = True
                for d in range(above.shape[1]):
                    gradient[r, d] += above[n, d] * scale


@njit(cache=True)
def _adam_rows(table, gradient, mean, square, touched, settings):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0917
    rate, decay, first, second = settings
    for r in range(table.shape[0]):
        if touched[r]:
            touched[r] = False
            for d in range(table.shape[1]):
                g = gradient[r, d]
                gradient[r, d] = 0
                mean[r, d] += np.float32(0.1) * (g - mean[r, d])
                square[r, d] += np.float32(0.001) * (g * g - square[r, d])
                move = (mean[r, d] / first) / (np.sqrt(square[r, d] / second) + np.float32(1e-8))
                table[r, d] -= rate * (move + decay * table[r, d])


@njit(cache=True)
def _chain(emitted, labels, starts, sizes, between, first):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0917
    """Negative log-likelihood of linear chains and its gradients, by forward and backward sums."""
    k = emitted.shape[1]
    gradient = np.zeros_like(emitted)
    d_between, d_first = np.zeros((k, k), np.float32), np.zeros(k, np.float32)
    loss = 0.0
    for w in range(len(sizes)):
        s, n = starts[w], sizes[w]
        alpha, beta = np.zeros((n, k)), np.zeros((n, k))
        for j in range(k):
            alpha[0, j] = first[j] + emitted[s, j]
        for t in range(1, n):
            for j in range(k):
                top = np.max(alpha[t - 1] + between[:, j])
                alpha[t, j] = top + np.log(np.sum(np.exp(alpha[t - 1] + between[:, j] - top))) + emitted[s + t, j]
        for t in range(n - 2, -1, -1):
            for i in range(k):
                ahead = between[i] + emitted[s + t + 1] + beta[t + 1]
                top = np.max(ahead)
                beta[t, i] = top + np.log(np.sum(np.exp(ahead - top)))
        top = np.max(alpha[n - 1])
        total = top + np.log(np.sum(np.exp(alpha[n - 1] - top)))
        gold = first[labels[s]]
        for t in range(n):
            gold += emitted[s + t, labels[s + t]]
            for j in range(k):
                gradient[s + t, j] = np.exp(alpha[t, j] + beta[t, j] - total)
            gradient[s + t, labels[s + t]] -= 1
            if t:
                gold += between[labels[s + t - 1], labels[s + t]]
                d_between[labels[s + t - 1], labels[s + t]] -= 1
                for i in range(k):
                    for j in range(k):
                        step = between[i, j] + emitted[s + t, j] + beta[t, j]
                        d_between[i, j] += np.exp(alpha[t - 1, i] + step - total)
        for j in range(k):
            d_first[j] += gradient[s, j]
        loss += total - gold
    return loss, gradient, d_between, d_first
