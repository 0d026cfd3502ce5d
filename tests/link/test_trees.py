"""Trees: what they make of pairs, and to which parts they lay it."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.codebook.kinship import UNITS, Node, load_kinship
from dateline.link.trees import judge, reasons, used

ABSENT, HELD = 0.0, 1.0


def by_hand(told: dict[str, float]) -> float:
    """The judgement of one pair, node by node as the table reads."""
    nodes, roots = load_kinship()

    def leaf(node: Node) -> int:
        return leaf(nodes[node.low if told[node.part] <= node.most else node.high]) if node.part else node.value

    return sum(leaf(nodes[root]) for root in roots) / UNITS


def pairs(*rows: dict[str, float]) -> dict[str, np.ndarray]:
    return {part: np.array([row[part] for row in rows]) for part in used()}


def telling(**given: float) -> dict[str, float]:
    return dict.fromkeys(used(), 0.2) | given


CHANCE = np.random.default_rng(7)
ROWS = [dict(zip(used(), CHANCE.random(len(used())).tolist(), strict=True)) for _ in range(8)]


def test_trees_are_read_node_by_node():
    assert judge(pairs(*ROWS)).tolist() == pytest.approx([by_hand(row) for row in ROWS])
    assert len(set(judge(pairs(*ROWS)).tolist())) == len(ROWS)


def test_what_is_laid_to_the_parts_adds_up_to_the_judgement():
    assert sum(reasons(pairs(*ROWS)).values()) == pytest.approx(judge(pairs(*ROWS)))


def test_a_pair_is_judged_the_same_alone_and_among_others():
    assert judge(pairs(*ROWS)).tolist() == [judge(pairs(row))[0] for row in ROWS]


def test_no_pairs_get_no_judgement():
    assert judge(pairs()).tolist() == []


def test_kin_of_one_story_speak_for_one_happening():
    (alike,) = judge(pairs(telling(kin=HELD, story=HELD)))
    (unlike,) = judge(pairs(telling(kin=ABSENT, story=ABSENT)))
    assert alike > unlike
