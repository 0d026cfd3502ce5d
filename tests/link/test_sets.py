"""Sets of words at once: what the arrays say is what the sets say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import sets
from dateline.link.sets import Sets

SOME = st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=2, max_size=8)


def weight(word: str) -> int:
    return ord(word) - 90


@given(SOME)
def test_shared_weight_and_cosine_are_those_of_the_sets(chosen):
    made = Sets(chosen, weight)
    i, j = (index.ravel() for index in np.indices((len(chosen), len(chosen))))
    pairs = [(chosen[a], chosen[b]) for a, b in zip(i, j, strict=True)]
    assert made.shared(i, j).tolist() == [sum(map(weight, a & b)) for a, b in pairs]
    whole = [sum(map(weight, a)) * sum(map(weight, b)) for a, b in pairs]
    expected = [s / w**0.5 if w else 0.0 for s, w in zip(made.shared(i, j), whole, strict=True)]
    assert made.cosine(i, j) == pytest.approx(expected)
    assert made.sizes(i).tolist() == [len(a) for a, _ in pairs]


def test_in_small_steps_it_is_the_same(monkeypatch):
    made = Sets([frozenset(word) for word in ("abc", "bcd", "", "a")])
    i, j = np.array([0, 0, 1, 2]), np.array([1, 3, 3, 0])
    whole = made.shared(i, j)
    monkeypatch.setattr(sets, "_AT_ONCE", 1)
    assert made.shared(i, j).tolist() == whole.tolist() == [2.0, 1.0, 0.0, 0.0]


def test_a_word_is_looked_up_by_its_number_and_none_is_in_no_set():
    made = Sets([frozenset("ab"), frozenset("b")])
    words = np.array([made.words["a"], made.words["a"], -1])
    assert made.has(np.array([0, 1, 0]), words).tolist() == [1.0, 0.0, 0.0]
