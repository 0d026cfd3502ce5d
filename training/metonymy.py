"""Fit the classifier of metonyms: a logistic regression (liblinear) on marked names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from dateline.annotate.geo.metonymy import BITS, Metonymy, buckets
from dateline.annotate.words import Parser
from dateline.codebook.gazetteer import load_gazetteer
from training.place_corpora import FOLDS, Document, own_documents

__all__ = ["Marked", "fit_metonymy", "fold_accuracy", "marked_news", "marked_own", "marked_sentences", "save_metonymy"]

_PENALTY = 1.0
_NEWS_WEIGHT = 0.3  # of a name of the news corpus, most of which are literal


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked name: its features' buckets, whether it is a metonym, its weight, the row it is of."""

    buckets: list[int]
    metonymic: bool
    weight: float = 1.0


def marked_sentences(rows: Sequence[dict[str, Any]], parser: Parser) -> list[Marked]:
    """The names of sentences with one marked name each."""
    found = []
    for row, words in zip(rows, parser.parse_many(row["text"] for row in rows), strict=True):
        tokens = words.tokens(row["start"], row["end"])
        features = buckets(words, tokens.start, tokens.stop, load_gazetteer())
        found.append(Marked(features, row["label"] != "literal"))
    return found


def marked_news(documents: Sequence[Document]) -> Iterator[Marked]:
    """The names of news that carry a type."""
    for document in documents:
        for place in document.places:
            tokens = document.words.tokens(place["start"], place["end"])
            if place.get("type") and not place.get("demonym") and tokens:
                features = buckets(document.words, tokens.start, tokens.stop, load_gazetteer())
                yield Marked(features, place["type"] == "Metonymic", _NEWS_WEIGHT)


def marked_own(parser: Parser) -> Iterator[Marked]:
    """The names of our own sentences: [literal] and {metonymic}."""
    for document in own_documents(parser):
        for place in document.places:
            tokens = document.words.tokens(place["start"], place["end"])
            features = buckets(document.words, tokens.start, tokens.stop, load_gazetteer())
            yield Marked(features, place["type"] == "Metonymic")


def fit_metonymy(names: Sequence[Marked]) -> Metonymy:
    """Fit on marked names."""
    columns = [b for name in names for b in name.buckets]
    lengths = np.cumsum([0, *(len(name.buckets) for name in names)])
    table = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, lengths), shape=(len(names), 1 << BITS))
    model = LogisticRegression(C=_PENALTY, max_iter=500, solver="liblinear", random_state=0)
    model.fit(table, [name.metonymic for name in names], sample_weight=[name.weight for name in names])
    return Metonymy(model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def fold_accuracy(sentences: Sequence[Marked], others: Sequence[Marked]) -> float:
    """Share of the sentences' names judged right by models fitted on the other folds and on ``others``."""
    right = 0
    for fold in range(FOLDS):
        model = fit_metonymy([*(s for i, s in enumerate(sentences) if i % FOLDS != fold), *others])
        for name in sentences[fold::FOLDS]:
            right += (model.weights[name.buckets].sum() + model.bias > 0) == name.metonymic
    return right / len(sentences)


def save_metonymy(metonymy: Metonymy, path: Path) -> None:
    """Write the buckets in use, in half precision."""
    used = np.flatnonzero(np.abs(metonymy.weights) > 1e-3).astype(np.int32)
    np.savez_compressed(path, used=used, weights=metonymy.weights[used].astype(np.float16), bias=metonymy.bias)
