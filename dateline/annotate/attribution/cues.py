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
_FAR = 100  # tokens


def kinds(columns: Columns, tokens: IntColumn) -> npt.NDArray[np.int32]:
    """A hash of lemma and part of speech: what the list of candidates beyond verbs is made of."""
    return bucket(_KIND_BITS, 0, columns.lemma[tokens], columns.pos[tokens])


def candidates(columns: Columns, others: npt.NDArray[np.int32]) -> IntColumn:
    """The tokens that may head a cue. ``others``: sorted hashes of ``kinds`` that may besides ``likely`` ones."""
    tokens = np.arange(columns.n)
    known = np.zeros(columns.n, np.bool_)
    if len(others):
        kind = kinds(columns, tokens)
        known = others[np.minimum(np.searchsorted(others, kind), len(others) - 1)] == kind
    return tokens[columns.likely | known]


def cue_features(columns: Columns, tokens: IntColumn) -> npt.NDArray[np.int32]:
    """Bucket numbers, one line a template, one column a candidate."""
    t = Templates(_GROUP)
    for add in (_itself, _around, _above, _below, _marks, _place):
        add(t, columns, tokens)
    return t.table()


def _itself(t: Templates, c: Columns, i: IntColumn) -> None:
    """The word, its class, and which kinds of dependents it has, as bits."""
    frame, lemma = np.zeros(len(i), np.int64), c.lemma[i]
    for number, slot in enumerate(c.slots):
        frame |= (slot[i] < c.n).astype(np.int64) << number
    t.each(lemma, c.lower[i], c.tag[i], c.dep[i], c.speech[i], frame)
    t.add((lemma, c.pos[i]), (frame, lemma), (frame, c.speech[i]), (frame, c.dep[i]))


def _around(t: Templates, c: Columns, i: IntColumn) -> None:
    for offset in (-3, -2, -1, 1, 2, 3):
        near = c.near(i, offset)
        t.each(c.lower[near], c.tag[near])
    before, after = c.near(i, -1), c.near(i, 1)
    t.add((c.lower[before], c.lower[after]), (c.lemma[i], c.lower[after]), (c.lemma[i], c.lower[before]))
    t.add((c.tag[before], c.tag[after], c.tag[i]), (c.shape[before], c.lemma[i], c.shape[after]))


def _above(t: Templates, c: Columns, i: IntColumn) -> None:
    """What governs the word, and the nearest word of a speech class further up."""
    head, top, dep = c.head[i], c.up[i, 2], c.dep[i]
    side = (head > i).astype(np.int64) + 2 * (head == i)
    t.add((c.lemma[head], side), (c.tag[head], dep), (c.lemma[head], dep), (c.speech[head], dep))
    t.add((c.lemma[top],), (c.dep[head], dep), (c.dep[head], c.dep[top], dep), (c.speech[top], c.dep[head]))
    ups = c.up[i, 1:7]
    known = (c.speech[ups] > 0) & (ups != c.up[i, :6])
    first, rows = known.argmax(axis=1), np.arange(len(i))
    has = known[rows, first]
    way = np.where(has, c.path[i, np.minimum(first + 1, 3)], np.uint64(0))
    t.add((np.where(has, c.speech[ups[rows, first]] + 1, 0), way))


def _below(t: Templates, c: Columns, i: IntColumn) -> None:
    lemma, slots = c.lemma[i], c.slots
    for number, slot in enumerate(c.slots):
        child = slot[i]
        t.each(c.lemma[child], c.tag[child])
        if number < 4:  # subject, object, auxiliary, clause
            t.add((c.ent[child],), (lemma, c.tag[child]), (c.dep[child], child < i, c.speech[i]))
    subject, thing, clause, by = slots[0][i], slots[1][i], slots[3][i], slots[4][i]
    t.add((c.lemma[slots[2][clause]], c.lower[slots[0][clause]]), (c.lemma[clause], c.speech[clause]))
    t.add((c.lower[c.left[clause]],), (c.tag[clause], slots[5][clause] < c.n, subject < c.n))
    t.add((lemma, c.lemma[by]), (lemma, c.lemma[thing]), (c.lemma[by], c.tag[slots[10][by]]))
    t.add((c.speech[i], c.tag[subject], c.tag[thing]), (c.speech[thing], c.lemma[slots[4][thing]], thing < c.n))


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
    title = c.title[i].astype(np.int64)
    first, last = c.sentence_bounds[c.sentence[i]].T
    t.add((title, steps(i - c.paragraph_bounds[c.paragraph[i], 0], 1, 2, 4, 8, 16, 32)), (title, c.lemma[i]))
    t.add((steps(i - first, 1, 2, 3, 5, 8, 12, 20),), (steps(last - i, 2, 3, 4, 6, 10, 20),))
    t.add((c.lower[first], steps(i - first, 2, 5, 10)), (c.lower[last - 1], title))
    t.add((c.shape[first], c.lemma[i], steps(i - first, 2, 4)), (c.shape[i], c.tag[i], title))


def _mark_distance(c: Columns, i: IntColumn) -> tuple[IntColumn, IntColumn]:
    """Tokens to the next quotation mark of the text either side, coarse; far ones and none are alike."""
    marks = np.flatnonzero(c.mark[: c.n])
    opens = np.concatenate([[-1], c.opens[marks], [-1]])
    places = np.concatenate([[0], marks, [0]])
    at = np.searchsorted(marks, i)
    back = np.where(opens[at] == c.opens[i], i - places[at], _FAR)
    ahead = np.where(opens[at + 1] == c.opens[i], places[at + 1] - i, _FAR)
    return steps(back, 2, 3, 4, 6, 9, 15), steps(ahead, 1, 2, 3, 4, 6, 9, 15)
