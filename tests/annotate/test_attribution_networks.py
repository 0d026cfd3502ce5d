"""The networks of attribution: their weights, their sums and their chains."""

from __future__ import annotations

import time
from itertools import pairwise, product

import numpy as np
import pytest

from dateline.annotate.attribution.columns import bucket
from dateline.annotate.attribution.network import WEIGHTS, Chains, Embedding, load_networks


def test_the_weights_are_numbers_within_twelve_megabytes():
    assert WEIGHTS.stat().st_size <= 12_000_000
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= {"i", "f"}


def test_the_weights_load_quickly():
    load_networks.cache_clear()
    began = time.process_time()
    load_networks()
    assert time.process_time() - began < 1.0  # 0.1 s alone; a busy machine is given room


def test_an_embedding_adds_the_rows_it_knows():
    rows = np.array([[10, 20], [1, 2]], np.int8)
    table = Embedding.unpack(np.array([3, 9], np.int32), rows, np.array([0.1, 1.0], np.float32))
    sums = table.sums(np.array([[3, 5], [9, 5], [3, 9]], np.int32))
    assert np.allclose(sums, [[2.1, 42.0], [0.1, 2.0]])


@pytest.mark.parametrize("seed", range(5))
def test_viterbi_finds_the_best_of_all_sequences(seed):
    rng = np.random.default_rng(seed)
    sizes = np.array([3, 1, 5, 4])
    emitted = rng.normal(size=(sizes.sum(), 4)).astype(np.float32)
    between, first = rng.normal(size=(4, 4)).astype(np.float32), rng.normal(size=4).astype(np.float32)

    def worth(labels, scores):
        steps = sum(between[a, b] for a, b in pairwise(labels))
        return first[labels[0]] + steps + sum(s[a] for a, s in zip(labels, scores, strict=True))

    at = np.cumsum(sizes) - sizes
    labels = Chains(emitted, sizes, between, first).best()
    for start, size in zip(at, sizes, strict=True):
        found, scores = labels[start : start + size], emitted[start : start + size]
        best = max(product(range(4), repeat=int(size)), key=lambda labels: worth(labels, scores))
        assert found.tolist() == list(best)


@pytest.mark.parametrize("seed", range(3))
def test_marginals_are_the_share_of_all_sequences_with_the_label(seed):
    rng = np.random.default_rng(seed)
    sizes = np.array([2, 4, 1])
    emitted = rng.normal(size=(sizes.sum(), 4)).astype(np.float32)
    between, first = rng.normal(size=(4, 4)).astype(np.float32), rng.normal(size=4).astype(np.float32)
    at = np.cumsum(sizes) - sizes
    chances = Chains(emitted, sizes, between, first).marginals()
    for start, size in zip(at, sizes, strict=True):
        weights = np.zeros((size, 4))
        for labels in product(range(4), repeat=int(size)):
            steps = sum(between[a, b] for a, b in pairwise(labels))
            here = sum(emitted[start + t, a] for t, a in enumerate(labels))
            weights[np.arange(size), labels] += np.exp(first[labels[0]] + steps + here)
        assert np.allclose(chances[start : start + size], weights / weights.sum(axis=1, keepdims=True), atol=1e-4)


def test_buckets_depend_on_template_and_values_alone():
    values = np.array([1, 2, 1], np.uint64)
    a, b = bucket(22, 1, values), bucket(22, 2, values)
    assert a[0] == a[2] != a[1]
    assert a[0] != b[0]
    assert a.max() < 1 << 22
