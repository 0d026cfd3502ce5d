"""Which words are cues: candidates, and the features a trained network scores them by.

A candidate is the head word of a possible cue: any verb, and any other word of a kind seen as a cue in
training (nouns such as "claim", "according", a colon). Its features are its own word and those around
it, what it governs (subject, object, clause, particles), what governs it, and the quotation marks near.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import Columns, IntColumn, bucket, steps

__all__ = ["BITS", "candidates", "cue_features", "kinds"]

BITS = 20
_VERBS = ("VERB", "AUX")


def kinds(columns: Columns, tokens: IntColumn) -> npt.NDArray[np.int32]:
    """A hash of lemma and part of speech: what the list of candidates beyond verbs is made of."""
    return bucket(31, 0, columns.lemma[tokens], columns.pos[tokens])


def candidates(columns: Columns, verbs: npt.NDArray[np.bool_], others: npt.NDArray[np.int32]) -> IntColumn:
    """The tokens that may head a cue. ``verbs``: a mask; ``others``: sorted hashes of ``kinds``."""
    tokens = np.arange(columns.n)
    known = np.zeros(columns.n, np.bool_)
    if len(others):
        kind = kinds(columns, tokens)
        known = others[np.minimum(np.searchsorted(others, kind), len(others) - 1)] == kind
    return tokens[verbs | known]


def cue_features(
    columns: Columns, tokens: IntColumn, slots: list[IntColumn], classes: IntColumn
) -> npt.NDArray[np.int32]:
    """Bucket numbers, one row a candidate.

    slots: for each kind of dependent its (first) token under every token, as ``dependents`` gives them.
    classes: the codebook's speech class of every token, 0 for none.
    """
    c, i = columns, tokens
    lemma, dep, tag = c.lemma[i], c.dep[i], c.tag[i]
    head = c.head[i]
    top = c.up[i, 2]
    out: list[npt.NDArray[np.int32]] = []

    def add(*parts: npt.NDArray[np.generic] | int) -> None:
        out.append(np.broadcast_to(bucket(BITS, len(out) + 1, *parts), i.shape))

    frame = _frame(slots, i, c.n)
    add(lemma), add(c.lower[i]), add(tag), add(dep), add(classes[i]), add(lemma, c.pos[i])
    add(frame), add(frame, lemma), add(frame, classes[i]), add(frame, dep)
    for offset in (-3, -2, -1, 1, 2, 3):
        near = c.near(i, offset)
        add(c.lower[near])
        add(c.tag[near])
    before, after = c.near(i, -1), c.near(i, 1)
    add(c.lower[before], c.lower[after])
    add(lemma, c.lower[after])
    add(lemma, c.lower[before])
    add(c.tag[before], c.tag[after], tag)
    side = (head > i).astype(np.int64) + 2 * (head == i)
    add(c.lemma[head], side), add(c.tag[head], dep), add(c.lemma[head], dep), add(classes[head], dep)
    add(c.lemma[top]), add(c.dep[head], dep), add(c.dep[head], c.dep[top], dep), add(classes[top], c.dep[head])
    add(*_clause_above(c, i, classes))
    for number, slot in enumerate(slots):
        child = slot[i]
        add(c.lemma[child]), add(c.tag[child])
        if number < 4:
            add(c.ent[child]), add(lemma, c.tag[child]), add(c.dep[child], child < i, classes[i])
    subject, clause = slots[0][i], slots[3][i]
    add(c.lemma[slots[2][clause]], c.lower[slots[0][clause]])
    add(c.lemma[clause], classes[clause])
    add(c.lower[c.left[clause]])
    add(c.tag[clause], slots[5][clause] < c.n, subject < c.n)
    _position(c, i, add)
    return np.stack(out, axis=1)


def _frame(slots: list[IntColumn], i: IntColumn, none: int) -> IntColumn:
    """Which kinds of dependents a word has, as bits."""
    frame = np.zeros(len(i), np.int64)
    for number, slot in enumerate(slots):
        frame |= (slot[i] < none).astype(np.int64) << number
    return frame


def _clause_above(c: Columns, i: IntColumn, classes: IntColumn) -> tuple[IntColumn, npt.NDArray[np.uint64]]:
    """The nearest word of the codebook's speech classes above, within six steps: its class and the way to it."""
    ups = c.up[i, 1:7]
    known = (classes[ups] > 0) & (ups != c.up[i, :6])
    first = known.argmax(axis=1)
    rows = np.arange(len(i))
    has = known[rows, first]
    way = c.path[i, np.minimum(first + 1, 3)]
    return np.where(has, classes[ups[rows, first]] + 1, 0), np.where(has, way, np.uint64(0))


def _position(c: Columns, i: IntColumn, add: object) -> None:
    """Quotation marks, punctuation and place in paragraph and sentence."""
    assert callable(add)
    marks = c.marks
    quoted = (c.quote[i] > 0).astype(np.int64)
    bounds, sentences = c.paragraph_bounds[c.paragraph[i]], c.sentence_bounds[c.sentence[i]]
    title = (c.paragraph[i] == 0).astype(np.int64)
    in_sentence = np.minimum(marks[sentences[:, 1] - 1] - marks[sentences[:, 0]] + c.mark[sentences[:, 0]], 4)
    back, ahead = _mark_distance(c, i)
    add(quoted, in_sentence)
    add(quoted, back)
    add(quoted, ahead)
    add(quoted, np.minimum(back, 3), np.minimum(ahead, 3), c.dep[i])
    add(title, steps(i - bounds[:, 0], 1, 2, 4, 8, 16, 32))
    add(steps(i - sentences[:, 0], 1, 2, 3, 5, 8, 12, 20))
    add(steps(sentences[:, 1] - i, 2, 3, 4, 6, 10, 20))
    add(title, c.lemma[i])
    add(quoted, c.lemma[i])
    add(quoted, c.dep[i], steps(in_sentence, 1, 2, 3))
    add(c.lower[sentences[:, 0]], steps(i - sentences[:, 0], 2, 5, 10))
    add(c.lower[sentences[:, 1] - 1], title)


def _mark_distance(c: Columns, i: IntColumn) -> tuple[IntColumn, IntColumn]:
    """Tokens to the next quotation mark either side, coarse; far ones and none are alike."""
    places = np.concatenate([[-100], np.flatnonzero(c.mark[: c.n]), [c.n + 100]])
    at = np.searchsorted(places, i)
    back, ahead = i - places[at - 1], places[np.minimum(at, len(places) - 1)] - i
    return steps(back, 2, 3, 4, 6, 9, 15), steps(ahead, 1, 2, 3, 4, 6, 9, 15)
