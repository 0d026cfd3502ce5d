"""Fitting the trees that judge whole attributions (``annotate.attribution.rescoring``).

They learn from what networks that have not seen an article make of it: each possible attribution there
counts as right if source and content each have half their words in common with one of the gold, which
one other attribution at most may have too.
"""

from __future__ import annotations

from collections.abc import Iterator

import lightgbm
import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.network import CONTENT, CUE, SOURCE, Networks
from dateline.annotate.attribution.relations import Relation, TokenRange
from dateline.annotate.attribution.rescoring import rescoring_features
from dateline.annotate.claims import possible_claims
from dateline.annotate.trees import Trees
from dateline.annotate.words import Words
from training.trees import flat

__all__ = ["Gold", "examples", "fit_trees"]

Floats = npt.NDArray[np.float32]
Gold = tuple[int, dict[int, list[range]]]

_HALF = 0.5
_ROUNDS = 100
_SETTINGS = {
    "objective": "binary", "num_leaves": 15, "max_depth": 5, "learning_rate": 0.1, "min_data_in_leaf": 60,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 0,
}  # fmt: skip


def examples(
    words: Words, columns: Columns, networks: Networks, gold: list[Gold], outside: set[int]
) -> tuple[Floats, Floats]:
    """Features of the attributions possible in an article, and 1 for each that is right."""
    relations = possible_claims(words, columns, networks)
    if not relations:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
    right = _right(columns, relations, gold)
    counted = [k for k, relation in enumerate(relations) if relation.head not in outside]
    return rescoring_features(words, columns, relations)[counted], right[counted]


def fit_trees(features: Floats, right: Floats) -> Trees:
    """Fit the trees; their output is the log-odds that an attribution is right."""
    booster = lightgbm.train(_SETTINGS, lightgbm.Dataset(features, right), num_boost_round=_ROUNDS)
    return flat(booster.dump_model()["tree_info"])


def _right(columns: Columns, relations: list[Relation], gold: list[Gold]) -> Floats:
    """Match relations with gold ones: first those whose cues agree, then the best overlap."""
    right = np.zeros(len(relations), np.float32)
    taken: set[int] = set()
    for *_, k, j in sorted(_pairs(columns, relations, gold)):
        if not right[k] and j not in taken:
            right[k] = 1
            taken.add(j)
    return right


def _pairs(columns: Columns, relations: list[Relation], gold: list[Gold]) -> Iterator[tuple[bool, float, int, int]]:
    """Relations and gold ones that agree by half: (cues differ, minus the overlap, numbers of both)."""
    spans = [{label: {i for r in ranges for i in r} for label, ranges in roles.items()} for _, roles in gold]
    for k, relation in enumerate(relations):
        content = _tokens(_at_home(columns, relation))
        source = _tokens([relation.source] if relation.source else [])
        for j, theirs in enumerate(spans):
            if content.isdisjoint(theirs[CONTENT]):
                continue
            same = _share(content, theirs[CONTENT]), _share(source, theirs[SOURCE])
            if min(same) >= _HALF:
                yield relation.head not in theirs[CUE], -sum(same), k, j


def _at_home(columns: Columns, relation: Relation) -> list[TokenRange]:
    """The content in the cue's paragraph, where the corpus ends it; all of it if none is there."""
    opens, closes = columns.paragraph_bounds[columns.paragraph[relation.head]].tolist()
    return [span for span in relation.content if opens <= span[0] < closes] or relation.content


def _tokens(spans: list[TokenRange]) -> set[int]:
    return {i for first, end in spans for i in range(first, end)}


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0
