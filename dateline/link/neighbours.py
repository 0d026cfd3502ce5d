"""Neighbours: which reports are compared at all, so that the work grows with the reports, not with their square."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from dateline.link.profiles import profile
from dateline.link.sets import Ints
from dateline.records import Report

__all__ = ["Sketch", "pairs", "sketch"]

_TELLING = 40  # words of a report that propose pairs
_NEXT = 40  # of the reports with a word, each is compared with so many that follow it in time
_NEIGHBOURS = 30  # of each report, the most alike that follow it
_MAX_DAYS = 400
_NAMED = 0.04  # times its rarity is what a full name two reports share adds to their being proposed
_UNITS = 1 << 12  # of a weight of 1: whole numbers add up to the same in any order
_LEAST = int(0.04 * _UNITS**2)  # reports whose telling words are no more alike are of two matters
_AT_ONCE = 1_000  # reports whose neighbours are found in one step, to bound memory
_UNDATED = 4_000_000  # a day after all others


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report by the words it is most about and the full names in it: their CRC-32s and weights; day: its ordinal."""

    id: str
    day: int
    words: Ints
    weights: Ints


def sketch(report: Report) -> Sketch:
    """The sketch of a report."""
    made = profile(report)
    chosen = sorted(made.words, key=lambda word: (-made.words[word], word))[:_TELLING]
    weights = {word: made.words[word] for word in chosen}
    weights |= {name: _NAMED * value for name, value in made.people.items()}
    words = np.array([crc32(word.encode("utf-8", "replace")) for word in weights], np.int64)
    day = report.day.toordinal() if report.day else _UNDATED
    return Sketch(report.id, day, words, np.array([round(_UNITS * w) for w in weights.values()], np.int64))


def pairs(sketches: Iterable[Sketch]) -> Iterator[tuple[str, str]]:
    """Pairs that share a telling word and are not too far apart in time, the smaller id first: of each its nearest.

    Of the reports with a word, each is compared with those that follow it in time (sorted neighbourhood, Hernández and
    Stolfo 1995), so that a word of ten thousand reports costs no more for each of them than one of fifty.
    """
    ordered = sorted(sketches, key=lambda s: (s.day, s.id))
    if not ordered:
        return
    words = np.concatenate([s.words for s in ordered])
    weights = np.concatenate([s.weights for s in ordered])
    report = np.repeat(np.arange(len(ordered)), [len(s.words) for s in ordered])
    block = np.lexsort((report, words))
    words, weights, report = words[block], weights[block], report[block]
    by_report = np.argsort(report, kind="stable")
    ends = np.searchsorted(report[by_report], np.arange(0, len(ordered) + _AT_ONCE, _AT_ONCE))
    for first, last in pairwise(ends.tolist()):
        one, other = _nearest(by_report[first:last], words, weights, report)
        yield from _named(ordered, one, other)


def _nearest(entries: Ints, words: Ints, weights: Ints, report: Ints) -> tuple[Ints, Ints]:
    """The neighbours of some reports, given by all their entries in the blocks of words."""
    codes, products = [], []
    every = int(report.max()) + 1
    for step in range(1, _NEXT + 1):
        here = entries[entries + step < len(words)]
        here = here[words[here] == words[here + step]]
        codes.append(report[here] * every + report[here + step])
        products.append(weights[here] * weights[here + step])
    met, back = np.unique(np.concatenate(codes), return_inverse=True)
    shared = np.zeros(len(met), np.int64)
    np.add.at(shared, back, np.concatenate(products))
    one, other = met // every, met % every
    kept = (shared >= _LEAST) & (one != other)
    one, other, shared = one[kept], other[kept], shared[kept]
    best = np.lexsort((other, -shared, one))
    one, other = one[best], other[best]
    rank = np.arange(len(one)) - np.searchsorted(one, one)
    return one[rank < _NEIGHBOURS], other[rank < _NEIGHBOURS]


def _named(ordered: Sequence[Sketch], one: Ints, other: Ints) -> Iterator[tuple[str, str]]:
    for first, second in zip(one.tolist(), other.tolist(), strict=True):
        a, b = ordered[first], ordered[second]
        if b.day == _UNDATED or b.day - a.day <= _MAX_DAYS:
            yield (a.id, b.id) if a.id < b.id else (b.id, a.id)
