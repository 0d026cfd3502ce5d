"""Fit the tagger of place names: a conditional random field, by CRFsuite's L-BFGS."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite

from dateline.annotate.geo.features import BITS, features, find_runs
from dateline.annotate.geo.names import Tagger
from dateline.codebook.gazetteer import load_gazetteer
from training.place_corpora import Document

__all__ = ["Tagged", "fit_tagger", "save_tagger", "tagged"]

_LABELS = ("O", "B", "I")
_TIMES = {"trnews": 2, "gwn": 2}  # small corpora count double, as the figures are means over corpora
_SETTINGS = {"c1": 0.05, "c2": 1.0, "max_iterations": 120, "feature.possible_transitions": True}


@dataclass(frozen=True, slots=True)
class Tagged:
    """The runs of a document with their features and gold labels."""

    runs: list[tuple[int, int]]
    rows: npt.NDArray[np.int32]
    labels: list[str]
    times: int


def tagged(document: Document) -> Tagged:
    """Runs, features and labels; of nested gold names the longest counts, demonyms are left out."""
    words = document.words
    runs = find_runs(words)
    label = ["O"] * len(words)
    places = [p for p in document.places if not p.get("demonym")]
    for place in sorted(places, key=lambda p: p["end"] - p["start"]):
        tokens = words.tokens(place["start"], place["end"])
        for i in tokens:
            label[i] = "B" if i == tokens.start else "I"
    labels = [label[i] for first, end in runs for i in range(first, end)]
    rows = features(words, runs, load_gazetteer())
    return Tagged(runs, rows, labels, _TIMES.get(document.corpus, 1))


def fit_tagger(documents: Iterable[Tagged]) -> Tagger:
    """Fit on documents and take the weights out of CRFsuite's model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for document in documents:
        at = 0
        for first, end in document.runs:
            rows = [[str(bucket) for bucket in row] for row in document.rows[at : at + end - first].tolist()]
            for _ in range(document.times):
                trainer.append(rows, document.labels[at : at + end - first])
            at += end - first
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    buckets = np.zeros((1 << BITS, len(_LABELS)), np.float32)
    for (bucket, label), weight in info.state_features.items():
        buckets[int(bucket), _LABELS.index(label)] = weight
    steps = [[info.transitions.get((a, b), 0.0) for b in _LABELS] for a in _LABELS]
    return Tagger(buckets, steps)


def save_tagger(tagger: Tagger, path: Path) -> None:
    """Write the buckets in use, in half precision."""
    used = np.flatnonzero(np.abs(tagger.buckets).max(axis=1) > 1e-3).astype(np.int32)
    weights = tagger.buckets[used].astype(np.float16)
    np.savez_compressed(path, used=used, weights=weights, steps=np.array(tagger.steps, np.float32))
