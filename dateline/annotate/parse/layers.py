"""Layers: spaCy's convolutional token encoder (Maxout, layer norm, residual) on numpy.

Shapes: rows are tokens, ``float32`` throughout. Source of the architecture: spaCy's ``MultiHashEmbed.v2``
and ``MaxoutWindowEncoder.v2``, thinc's ``Maxout``, ``LayerNorm`` and ``residual``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from thinc.api import Model

__all__ = ["Affine", "Encoder", "Floats", "Layer", "Maxout", "Product", "named", "steady", "steady_product", "weights"]

Floats = npt.NDArray[np.float32]
Layer: TypeAlias = "Model[Any, Any]"
Product = Callable[[Floats, Floats], Floats]

_BLOCK = "residual(expand_window>>maxout>>layernorm>>dropout)"
_TILE = 96  # rows of one product


@cache
def steady_product() -> Product:
    """The quicker of numpy's product and spaCy's (BLIS) that rounds a row alike wherever it stands.

    OpenBLAS 0.3 does on processors with AVX-512 and older than AVX2, but not with its Haswell and Zen kernels.
    """
    from thinc.api import NumpyOps  # noqa: PLC0415  # costs over a second: only those who read pay it

    return np.matmul if steady(np.matmul) else NumpyOps().gemm


def steady(product: Product) -> bool:
    """Whether the bits of a row of a tile's product do not depend on its place among the rows."""
    numbers = np.sin(np.arange(96 * 288, dtype=np.float32))  # of no meaning; the shapes are those of the layers
    for inputs, outputs in ((288, 288), (192, 64), (64, 128), (64, 106), (64, 4)):
        rows = np.resize(numbers, (_TILE, inputs))
        weights = np.resize(numbers[7:], (inputs, outputs))
        first = product(rows, weights)
        for shift in range(1, 16):
            if not np.array_equal(product(np.roll(rows, shift, axis=0), weights), np.roll(first, shift, axis=0)):
                return False
    return True


@dataclass(frozen=True, eq=False)
class Affine:
    """``x @ weights + bias``, with the same bits for a row whatever rows stand beside it.

    Products are of ``_TILE`` rows each, the last one filled up: BLAS rounds differently in other shapes.
    """

    weights: Floats  # inputs × outputs
    bias: Floats
    product: Product

    def __call__(self, x: Floats) -> Floats:
        """Apply it to each row."""
        if len(x) == _TILE:
            y = self.product(x, self.weights)
        else:
            y = np.empty((len(x), self.weights.shape[1]), np.float32)
            tile = np.zeros((_TILE, x.shape[1]), np.float32)
            for start in range(0, len(x), _TILE):
                rows = x[start : start + _TILE]
                tile[: len(rows)] = rows
                y[start : start + _TILE] = self.product(tile, self.weights)[: len(rows)]
        y += self.bias
        return y


class Maxout:
    """The largest of several affine pieces, normalised: thinc's ``Maxout(normalize=True)``."""

    def __init__(self, maxout: Layer, norm: Layer, product: Product) -> None:
        pieces, bias = weights(maxout, "W"), weights(maxout, "b")
        self.width, count, inputs = pieces.shape
        # The pieces of a unit stand beside each other; ours stand in blocks, so that numpy compares long rows.
        by_piece = pieces.transpose(1, 0, 2).reshape(self.width * count, inputs)
        self._affine = Affine(np.ascontiguousarray(by_piece.T), bias.T.reshape(-1).copy(), product)
        self._gain, self._shift = weights(norm, "G"), weights(norm, "b")

    def __call__(self, x: Floats) -> Floats:
        """Apply it to each row."""
        y = self._affine(x)
        best = y[:, : self.width]
        for start in range(self.width, y.shape[1], self.width):
            best = np.maximum(best, y[:, start : start + self.width])
        best -= np.add.reduce(best, axis=1, keepdims=True) / np.float32(self.width)
        variance = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(self.width)
        best *= np.float32(1) / np.sqrt(variance + np.float32(1e-8))
        best *= self._gain
        best += self._shift
        return best


class Encoder:
    """Convolutions over the tokens of many paragraphs, each of which sees itself only."""

    def __init__(self, model: Layer, product: Product) -> None:
        blocks = [node for node in model.walk() if node.name == _BLOCK]
        self._layers = [Maxout(named(block, "maxout"), named(block, "layernorm"), product) for block in blocks]
        self.gap = len(self._layers)  # rows of zeros between paragraphs: as far as one token sees another

    def __call__(self, rows: Floats) -> Floats:
        """Encode rows of paragraphs with ``gap`` rows of zeros before, between and after them."""
        x = rows
        width = x.shape[1]
        for layer in self._layers:
            y = np.empty_like(x)
            window = np.zeros((_TILE, 3 * width), np.float32)
            for start in range(0, len(x), _TILE):
                end = min(start + _TILE, len(x))
                self._look(x, start, end, window)
                y[start:end] = layer(window[: end - start])
            y += x
            x = y
        return x

    @staticmethod
    def _look(x: Floats, start: int, end: int, window: Floats) -> None:
        """Fill ``window`` with each row, the one before it and the one after it."""
        width, count = x.shape[1], end - start
        window[:count, width : 2 * width] = x[start:end]
        first, last = (1, count) if start == 0 else (0, count)
        window[first:last, :width] = x[start + first - 1 : start + last - 1]
        if start == 0:
            window[0, :width] = 0
        inner = count - 1 if end == len(x) else count
        window[:inner, 2 * width :] = x[start + 1 : start + 1 + inner]
        if end == len(x):
            window[count - 1, 2 * width :] = 0


def weights(model: Layer, name: str) -> Floats:
    """A parameter of a model as an array."""
    return np.asarray(model.get_param(name), np.float32)


def named(model: Layer, name: str) -> Layer:
    """The one layer of that name in a model; raises LookupError unless there is exactly one."""
    found = [node for node in model.walk() if node.name == name]
    if len(found) != 1:
        raise LookupError(f"{len(found)} layers named {name} in {model.name}")
    return found[0]
