"""Lexicon: what the models see of a token by itself, worked out once a form.

spaCy embeds NORM, PREFIX, SUFFIX, SHAPE, SPACY and IS_SPACE of each token anew; all six follow
from the token's string, its norm and whether a space comes after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from dateline.annotate.parse.layers import Floats, Layer, Maxout, Product, named, weights

if TYPE_CHECKING:
    from spacy.vocab import Vocab

__all__ = ["COLUMNS", "Embedding", "Lexicon"]

COLUMNS = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")

_ROOM = 1 << 16  # forms kept, at most 25 MB a model of 96 units; a run that meets more begins anew


class Embedding:
    """spaCy's ``MultiHashEmbed``: hashed rows of several attributes, through one Maxout layer."""

    def __init__(self, model: Layer, product: Product) -> None:
        self._columns: list[int] = [COLUMNS.index(name) for name in _attributes(model)]
        self._tables = [node for node in model.walk() if node.name == "hashembed"]
        mixed = next(node for node in model.walk() if node.name == "with_array(maxout>>layernorm>>dropout)")
        self._mix = Maxout(named(mixed, "maxout"), named(mixed, "layernorm"), product)
        self.width: int = self._mix.width

    def __call__(self, features: npt.NDArray[np.uint64]) -> Floats:
        """Embed tokens by their ``COLUMNS``, one row a token."""
        parts = []
        for column, table in zip(self._columns, self._tables, strict=True):
            rows, ops = weights(table, "E"), cast("Any", table.ops)
            keys = ops.hash(np.ascontiguousarray(features[:, column]), table.attrs["seed"]) % len(rows)
            parts.append(ops.gather_add(rows, keys))
        return self._mix(np.ascontiguousarray(np.concatenate(parts, axis=1)))


class Lexicon:
    """Rows of embeddings for all forms met, one array a model; ``lower`` and ``space`` beside them."""

    def __init__(self, vocab: Vocab, models: list[Embedding]) -> None:
        self.room = _ROOM  # tokens that one call may ask for
        self._vocab = vocab
        self._models = models
        self.embedded = [np.zeros((_ROOM, model.width), np.float32) for model in models]
        self.lower = np.zeros(_ROOM, np.uint64)
        self.space = np.zeros(_ROOM, np.bool_)
        self._rows: dict[tuple[int, int, int], int] = {}

    def rows(self, tokens: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
        """The row of each token, given ORTH, NORM and SPACY, at most ``room`` of them; valid until the next call."""
        keys = list(zip(*tokens.T.tolist(), strict=True))
        rows = self._rows
        new = list(dict.fromkeys(key for key in keys if key not in rows))
        if len(rows) + len(new) > _ROOM:
            rows.clear()
            new = list(dict.fromkeys(keys))
        if new:
            self._learn(new)
        return np.fromiter(map(rows.__getitem__, keys), np.intp, len(keys))

    def _learn(self, new: list[tuple[int, int, int]]) -> None:
        first, end = len(self._rows), len(self._rows) + len(new)
        features = np.zeros((len(new), len(COLUMNS)), np.uint64)
        for k, (orth, norm, spacy) in enumerate(new):
            lexeme = self._vocab[orth]
            space = lexeme.is_space
            features[k] = norm, lexeme.prefix, lexeme.suffix, lexeme.shape, spacy, space
            self.lower[first + k], self.space[first + k] = lexeme.lower, space
        for rows, model in zip(self.embedded, self._models, strict=True):
            rows[first:end] = model(features)
        self._rows.update(zip(new, range(first, end), strict=True))


def _attributes(model: Layer) -> list[str]:
    """The names of a model's attributes, of ``COLUMNS``; raises ValueError for another one."""
    from spacy.attrs import IDS  # noqa: PLC0415  # costs over a second: only those who read pay it

    names = {number: name for name, number in IDS.items()}
    columns = named(model, "extract_features").attrs["columns"]
    return [column if isinstance(column, str) else names[column] for column in columns]
