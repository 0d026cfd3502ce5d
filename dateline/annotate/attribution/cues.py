"""Which words are cues: candidates, and the features a trained network scores them by.

A candidate is the head word of a possible cue: any verb, any noun or adjective of the codebook's speech
classes, and any other word of a kind seen as a cue in training ("according", a colon). Its features are
its own word and those around it, what it governs (subject, object, clause, particles), what governs it,
and the quotation marks near.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import Columns, IntColumn, Templates, bucket, steps

__all__ = ["candidates", "cue_features", "kinds"]

_GROUP = 0
_KIND_BITS = 31


def kinds(columns: Columns, tokens: IntColumn) -> npt.NDArray[np.int32]:
    """A hash of lemma and part of speech: what the list of candidates beyond verbs is made of."""
    return bucket(_KIND_BITS, 0, columns.lemma[tokens], columns.pos[tokens])


def candidates(columns: Columns, likely: npt.NDArray[np.bool_], others: npt.NDArray[np.int32]) -> IntColumn:
    """The tokens that may head a cue. ``likely``: a mask; ``others``: sorted hashes of ``kinds``."""
    tokens = np.arange(columns.n)
    known = np.zeros(columns.n, np.bool_)
    if len(others):
        kind = kinds(columns, tokens)
        known = others[np.minimum(np.searchsorted(others, kind), len(others) - 1)] == kind
    return tokens[likely | known]


def cue_features(
    columns: Columns, tokens: IntColumn, slots: list[IntColumn], classes: IntColumn
) -> npt.NDArray[np.int32]:
    """Bucket numbers, one row a candidate.

    slots: for each kind of dependent its token under every token, as ``dependents`` gives them.
    classes: the codebook's speech class of every token, 0 for none.
    """
    c, i, t = columns, tokens, Templates(_GROUP)
    _itself(t, c, i, slots, classes)
    _around(t, c, i)
    _above(t, c, i, classes)
    _below(t, c, i, slots, classes)
    _marks(t, c, i)
    _place(t, c, i)
    return t.table()


def _itself(t: Templates, c: Columns, i: IntColumn, slots: list[IntColumn], classes: IntColumn) -> None:
    """The word, its class, and which kinds of dependents it has, as bits."""
    frame = np.zeros(len(i), np.int64)
    for number, slot in enumerate(slots):
        frame |= (slot[i] < c.n).astype(np.int64) << number
    t.each(c.lemma[i], c.lower[i], c.tag[i], c.dep[i], classes[i], frame)
    t.add((c.lemma[i], c.pos[i]), (frame, c.lemma[i]), (frame, classes[i]), (frame, c.dep[i]))


def _around(t: Templates, c: Columns, i: IntColumn) -> None:
    for offset in (-3, -2, -1, 1, 2, 3):
        near = c.near(i, offset)
        t.each(c.lower[near], c.tag[near])
    before, after = c.near(i, -1), c.near(i, 1)
    t.add((c.lower[before], c.lower[after]), (c.lemma[i], c.lower[after]), (c.lemma[i], c.lower[before]))
    t.add((c.tag[before], c.tag[after], c.tag[i]))


def _above(t: Templates, c: Columns, i: IntColumn, classes: IntColumn) -> None:
    """What governs the word, and the nearest word of a speech class further up."""
    head, top, dep = c.head[i], c.up[i, 2], c.dep[i]
    side = (head > i).astype(np.int64) + 2 * (head == i)
    t.add((c.lemma[head], side), (c.tag[head], dep), (c.lemma[head], dep), (classes[head], dep))
    t.add((c.lemma[top],), (c.dep[head], dep), (c.dep[head], c.dep[top], dep), (classes[top], c.dep[head]))
    ups = c.up[i, 1:7]
    known = (classes[ups] > 0) & (ups != c.up[i, :6])
    first, rows = known.argmax(axis=1), np.arange(len(i))
    has = known[rows, first]
    way = np.where(has, c.path[i, np.minimum(first + 1, 3)], np.uint64(0))
    t.add((np.where(has, classes[ups[rows, first]] + 1, 0), way))


def _below(t: Templates, c: Columns, i: IntColumn, slots: list[IntColumn], classes: IntColumn) -> None:
    lemma = c.lemma[i]
    for number, slot in enumerate(slots):
        child = slot[i]
        t.each(c.lemma[child], c.tag[child])
        if number < 4:  # subject, object, auxiliary, clause
            t.add((c.ent[child],), (lemma, c.tag[child]), (c.dep[child], child < i, classes[i]))
    subject, thing, clause, by = slots[0][i], slots[1][i], slots[3][i], slots[4][i]
    t.add((c.lemma[slots[2][clause]], c.lower[slots[0][clause]]), (c.lemma[clause], classes[clause]))
    t.add((c.lower[c.left[clause]],), (c.tag[clause], slots[5][clause] < c.n, subject < c.n))
    t.add((lemma, c.lemma[by]), (lemma, c.lemma[thing]), (c.lemma[by], c.tag[slots[10][by]]))
    t.add((classes[i], c.tag[subject], c.tag[thing]), (classes[thing], c.lemma[slots[4][thing]], thing < c.n))


def _marks(t: Templates, c: Columns, i: IntColumn) -> None:
    """Quotation marks in the sentence and either side of the word."""
    quoted = (c.quote[i] > 0).astype(np.int64)
    first, last = c.sentence_bounds[c.sentence[i]].T
    marks = np.minimum(c.marks[last - 1] - c.marks[first] + c.mark[first], 4)
    back, ahead = _mark_distance(c, i)
    t.add((quoted, marks), (quoted, back), (quoted, ahead), (quoted, c.lemma[i]))
    t.add((quoted, np.minimum(back, 3), np.minimum(ahead, 3), c.dep[i]), (quoted, c.dep[i], np.minimum(marks, 3)))


def _place(t: Templates, c: Columns, i: IntColumn) -> None:
    """Where the word stands in its sentence and paragraph; the first paragraph is mostly the title."""
    title = (c.paragraph[i] == 0).astype(np.int64)
    first, last = c.sentence_bounds[c.sentence[i]].T
    t.add((title, steps(i - c.paragraph_bounds[c.paragraph[i], 0], 1, 2, 4, 8, 16, 32)), (title, c.lemma[i]))
    t.add((steps(i - first, 1, 2, 3, 5, 8, 12, 20),), (steps(last - i, 2, 3, 4, 6, 10, 20),))
    t.add((c.lower[first], steps(i - first, 2, 5, 10)), (c.lower[last - 1], title))


def _mark_distance(c: Columns, i: IntColumn) -> tuple[IntColumn, IntColumn]:
    """Tokens to the next quotation mark either side, coarse; far ones and none are alike."""
    places = np.concatenate([[-100], np.flatnonzero(c.mark[: c.n]), [c.n + 100]])
    at = np.searchsorted(places, i)
    back, ahead = i - places[at - 1], places[np.minimum(at, len(places) - 1)] - i
    return steps(back, 2, 3, 4, 6, 9, 15), steps(ahead, 1, 2, 3, 4, 6, 9, 15)
