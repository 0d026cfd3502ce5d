"""What belongs to a cue: features that place each word near a cue relative to it.

The window is the cue's paragraph, cut at ``BEFORE`` and ``AFTER`` words. Features come in three groups
that a network may add up separately: those of the word alone, those of the cue alone
(``cues.cue_features``) and those of the pair, which are mostly the way through the tree from one to the
other, side and distance, and the quotation marks and other cues between them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import UP, Columns, IntColumn, bucket, steps

__all__ = ["AFTER", "BEFORE", "BITS", "pair_features", "window_of", "word_features"]

BITS = 20
BEFORE, AFTER = 90, 130
_WORD, _PAIR = 100, 200  # numbers of the first template of each group


def window_of(columns: Columns, cues: IntColumn) -> tuple[IntColumn, IntColumn]:
    """First and end token of the window of each cue."""
    bounds = columns.paragraph_bounds[columns.paragraph[cues]]
    return np.maximum(bounds[:, 0], cues - BEFORE), np.minimum(bounds[:, 1], cues + AFTER)


def word_features(columns: Columns, classes: IntColumn, first: int, end: int) -> npt.NDArray[np.int32]:
    """Bucket numbers of each word of ``[first, end)`` by itself, one row a word."""
    c, i = columns, np.arange(first, end)
    out: list[npt.NDArray[np.int32]] = []

    def add(*parts: npt.NDArray[np.generic] | int) -> None:
        out.append(np.broadcast_to(bucket(BITS, _WORD + len(out), *parts), i.shape))

    quoted = (c.quote[i] > 0).astype(np.int64)
    add(c.lower[i]), add(c.tag[i], c.dep[i]), add(c.tag[i], quoted), add(c.ent[i], c.tag[i]), add(c.dep[i])
    for offset in (-2, -1, 1, 2):
        near = c.near(i, offset)
        add(c.lower[near]), add(c.tag[near])
    add(c.tag[c.near(i, -1)], c.tag[i], c.tag[c.near(i, 1)])
    add(c.lemma[c.head[i]], c.dep[i]), add(classes[i], c.dep[i]), add(c.dep[c.head[i]], c.dep[i])
    sentences = c.sentence_bounds[c.sentence[i]]
    add(steps(i - sentences[:, 0], 1, 2, 3, 6), steps(sentences[:, 1] - i, 2, 3, 4, 6))
    return np.stack(out, axis=1)


def pair_features(
    columns: Columns, cue: IntColumn, word: IntColumn, classes: IntColumn, likely: IntColumn, passed: IntColumn
) -> npt.NDArray[np.int32]:
    """Bucket numbers of pairs of a cue and a word of its window, one row a pair.

    likely: of every token, how likely (coarse, 0 = not) it heads a cue itself; ``passed``: how many such
    tokens there are up to each.
    """
    c, i, k = columns, word, cue
    out: list[npt.NDArray[np.int32]] = []

    def add(*parts: npt.NDArray[np.generic] | int) -> None:
        out.append(np.broadcast_to(bucket(BITS, _PAIR + len(out), *parts), i.shape))

    ups, downs, branch = _meeting(c, k, i)
    side = (i > k).astype(np.int64) + 2 * (i == k)
    turn = ups * 4 + side
    lemma, kind = c.lemma[k], classes[k]
    up_way, down_way = c.path[k, np.minimum(ups, UP - 1)], c.path[i, np.minimum(downs, UP - 1)]
    label = c.dep[branch]
    add(turn, np.minimum(downs, 4)), add(turn, label), add(turn, label, lemma), add(turn, label, kind)
    add(up_way, down_way), add(up_way, down_way, lemma), add(up_way, label, c.dep[k])
    first, last = c.left[branch] == i, c.right[branch] == i + 1
    edge = first + 2 * last
    add(turn, label, edge), add(turn, label, edge, kind)
    add(turn, label, c.lower[c.left[branch]]), add(turn, label, c.tag[branch]), add(turn, c.lemma[branch])
    add(turn, label, c.lower[i]), add(turn, label, c.tag[i])
    _neighbours(c, k, i, branch, add)
    _between(c, k, i, likely, passed, add)
    _marks(c, k, i, turn, label, add)
    return np.stack(out, axis=1)


def _meeting(c: Columns, cue: IntColumn, word: IntColumn) -> tuple[IntColumn, IntColumn, IntColumn]:
    """Steps up from the cue to the lowest word that governs both, steps down to the word, and that word's
    ancestor just below the meeting point (itself where it governs the cue). Other sentences: ``UP`` steps up."""
    up = c.up[word]
    holds = (c.left[up] <= cue[:, None]) & (c.right[up] > cue[:, None])
    downs = holds.argmax(axis=1)
    meets = holds.any(axis=1)
    rows = np.arange(len(word))
    ups = np.maximum(c.depth[cue] - c.depth[up[rows, downs]], 0)
    far = UP + np.clip(c.sentence[word] - c.sentence[cue], -2, 2)
    branch = up[rows, np.maximum(downs - 1, 0)]
    root = up[rows, -1]
    return np.where(meets, ups, far), np.where(meets, downs, c.depth[word]), np.where(meets, branch, root)


def _neighbours(c: Columns, cue: IntColumn, word: IntColumn, branch: IntColumn, add: object) -> None:
    """Whether the words either side hang on the same branch, and what they are to the cue."""
    assert callable(add)
    for offset in (-1, 1):
        near = c.near(word, offset)
        _, _, other = _meeting(c, cue, near)
        same = (other == branch).astype(np.int64)
        add(same, c.dep[other], c.dep[branch], near == cue)
        add(same, c.lower[near], c.dep[branch])


def _between(c: Columns, cue: IntColumn, word: IntColumn, likely: IntColumn, passed: IntColumn, add: object) -> None:
    """Distance, commas, full stops and other likely cues between cue and word."""
    assert callable(add)
    side = np.sign(word - cue)
    first, last = np.minimum(cue, word), np.maximum(cue, word)
    others = np.minimum(passed[last] - passed[first], 3)
    add(side, steps(last - first, 1, 2, 3, 4, 6, 9, 14, 22, 40, 80))
    add(side, np.clip(c.sentence[word] - c.sentence[cue], -4, 4), c.quote[cue] > 0, c.quote[word] > 0)
    add(side, others, np.clip(c.sentence[word] - c.sentence[cue], -2, 2))
    add(side, likely[word], likely[cue], last - first < 4)


def _marks(
    c: Columns, cue: IntColumn, word: IntColumn, turn: IntColumn, label: npt.NDArray[np.uint64], add: object
) -> None:
    """How the word stands to the quotation marks round the cue."""
    assert callable(add)
    in_cue, in_word = c.quote[cue], c.quote[word]
    apart = np.clip(c.latest[word] - c.latest[cue], -2, 2)
    quoted = (in_word > 0) + 2 * (in_cue > 0) + 4 * ((in_cue > 0) & (in_cue == in_word))
    marked = c.mark[word]
    first = np.minimum(cue, word)
    between = np.minimum(c.marks[np.maximum(cue, word)] - c.marks[first], 4)
    side = np.sign(word - cue)
    add(side, apart, quoted, marked)
    add(side, between, quoted, marked)
    add(turn, label, quoted, marked)
    add(side, quoted, c.lower[word], c.lower[c.near(word, 1)])
    add(side, quoted, c.lower[word], c.lower[c.near(word, -1)])
