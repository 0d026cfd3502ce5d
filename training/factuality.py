"""Train the factuality model.

    python -m training.factuality --corpora FOLDER

FOLDER holds ``factuality/train.jsonl`` (UW news, UDS web sentences). The trees see the linear models'
out-of-fold outputs, so that they learn how far those can be trusted. Of the corpora the weights keep
hashes only, and the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVR

from dateline.annotate.coding.certainty import climb, status_of
from dateline.annotate.coding.factuality_features import factuality_features
from dateline.annotate.coding.types import phrase_head
from dateline.annotate.factuality import FactualityModel
from dateline.annotate.hashed import WEIGHTS, HashedLinear, buckets
from dateline.annotate.trees import Trees
from dateline.annotate.words import Parser
from dateline.codebook.plover import event_tables
from training.trees import flat

__all__ = ["main"]

_SIZE = 1 << 18
_SCALES = ("uw", "uds")
_MAKERS: tuple[Callable[[], Any], ...] = (
    lambda: Ridge(40),
    lambda: LinearSVR(C=0.02, epsilon=0, max_iter=3000, random_state=0),
)
_OBJECTIVES = ("l1", "l2")


def main() -> None:
    """Read the command line and train."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpora", type=Path, required=True)
    given = arguments.parse_args()
    with (given.corpora / "factuality" / "train.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    features, ratings, scales, groups = _examples(rows)
    matrix = _often(_matrix(features))
    columns, linear = _linear(matrix, ratings, scales, groups)
    trees = {
        scale: tuple(_boosted(columns[scales == scale], ratings[scales == scale], loss) for loss in _OBJECTIVES)
        for scale in _SCALES
    }
    FactualityModel(linear, trees).save(WEIGHTS / "factuality.npz")


def _examples(
    rows: Sequence[dict[str, Any]],
) -> tuple[list[npt.NDArray[np.int64]], npt.NDArray[np.float64], npt.NDArray[np.str_], npt.NDArray[np.int64]]:
    """Buckets, rating, corpus and document number of every event."""
    tables, features, ratings, scales, groups = event_tables(), [], [], [], []
    for number, (row, words) in enumerate(zip(rows, Parser().parse_many(r["text"] for r in rows), strict=True)):
        for event in row["events"]:
            token = phrase_head(words, [(event["start"], event["end"])])
            if token is None:
                continue
            found = climb(words, token, tables)
            features.append(buckets(factuality_features(words, token, found, status_of(found, None)), _SIZE))
            ratings.append(event["f"])
            scales.append(row["corpus"])
            groups.append(number)
    return features, np.array(ratings), np.array(scales), np.array(groups)


def _matrix(features: Sequence[npt.NDArray[np.int64]]) -> csr_matrix:
    ends = np.cumsum([0, *(len(row) for row in features)])
    return csr_matrix((np.ones(ends[-1]), np.concatenate(features), ends), (len(features), _SIZE))


def _often(matrix: csr_matrix) -> csr_matrix:
    """The matrix without the buckets met once."""
    counts = np.bincount(matrix.indices, minlength=_SIZE)
    matrix.data = (counts[matrix.indices] > 1).astype(np.float64)
    matrix.eliminate_zeros()
    return matrix


def _linear(
    matrix: csr_matrix, ratings: npt.NDArray[np.float64], scales: npt.NDArray[np.str_], groups: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], HashedLinear]:
    """All linear models as one, and their outputs: out of fold within their corpus, plain on the other."""
    outputs, weights, biases = [], [], []
    for scale in _SCALES:
        own, other = np.flatnonzero(scales == scale), np.flatnonzero(scales != scale)
        for make in _MAKERS:
            output = np.zeros(len(ratings))
            for train, held in GroupKFold(5).split(own, groups=groups[own]):
                model = make().fit(matrix[own[train]], ratings[own[train]])
                output[own[held]] = model.predict(matrix[own[held]])
            model = make().fit(matrix[own], ratings[own])
            output[other] = model.predict(matrix[other])
            outputs.append(output)
            weights.append(model.coef_.ravel())
            biases.append(float(np.ravel(model.intercept_)[0]))
    names = tuple(f"{scale}.{kind}" for scale in _SCALES for kind in ("ridge", "svr"))
    linear = HashedLinear(np.stack(weights, axis=1).astype(np.float32), np.array(biases, np.float32), names)
    return np.stack(outputs, axis=1), linear


def _boosted(columns: npt.NDArray[np.float64], ratings: npt.NDArray[np.float64], loss: str) -> Trees:
    settings = {
        "objective": loss, "num_leaves": 8, "learning_rate": 0.04, "min_data_in_leaf": 20, "feature_fraction": 0.5,
        "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 1, "deterministic": True,
        "force_row_wise": True, "seed": 0,
    }  # fmt: skip
    booster = lightgbm.train(settings, lightgbm.Dataset(columns, ratings), num_boost_round=150)
    return flat(booster.dump_model()["tree_info"])


if __name__ == "__main__":
    main()
