"""Boosted trees as the package stores them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.annotate.trees import Trees

__all__ = ["flat"]


def flat(dumped: Sequence[dict[str, Any]]) -> Trees:
    """LightGBM's nested trees (``dump_model()["tree_info"]``) as arrays."""
    nodes: list[list[float]] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        at, deepest = len(nodes), max(deepest, depth)
        if "leaf_value" in node:
            nodes.append([0, np.inf, at, at, node["leaf_value"]])
            return at
        nodes.append([node["split_feature"], node["threshold"], 0, 0, 0.0])
        nodes[at][2] = add(node["left_child"], depth + 1)
        nodes[at][3] = add(node["right_child"], depth + 1)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in dumped]
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    return Trees(
        feature.astype(np.int32), threshold.astype(np.float32), left.astype(np.int32), right.astype(np.int32),
        value.astype(np.float32), np.array(roots, np.int32), deepest,
    )  # fmt: skip
