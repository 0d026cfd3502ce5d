"""What belongs to a cue: features that place each word near a cue relative to it.

The window is the cue's paragraph, cut at ``BEFORE`` and ``AFTER`` words. Features come in three groups
that a network may add up separately: those of the word alone, those of the cue alone
(``cues.cue_features``) and those of the pair, which are mostly the way through the tree from one to the
other, side and distance, and the quotation marks and other cues between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import UP, Columns, IntColumn, Templates, joined, steps

__all__ = ["AFTER", "BEFORE", "LIKELY", "Rivals", "pair_features", "window_of", "word_features"]

BEFORE, AFTER = 90, 130
LIKELY = (0.05, 0.2, 0.5, 0.8)  # steps in which other words' probabilities to be a cue are told
_PASSED = 2  # the step from which a word counts as another cue
_INHERITED = 4  # verbs up to which a subject is looked for
_WORD, _PAIR = 100, 200  # groups of templates


@dataclass(frozen=True, eq=False)
class Rivals:
    """How likely, in steps, every token heads a cue."""

    likely: IntColumn

    @classmethod
    def of(cls, columns: Columns, tokens: IntColumn, chances: npt.NDArray[np.floating]) -> Rivals:
        """From the candidates' probabilities."""
        likely = np.zeros(columns.n + 1, np.int64)
        likely[tokens] = np.searchsorted(LIKELY, chances, side="right")
        return cls(likely)

    @cached_property
    def passed(self) -> IntColumn:
        """Number of likely cues up to each token."""
        return np.cumsum(self.likely >= _PASSED)


def window_of(columns: Columns, cues: IntColumn) -> tuple[IntColumn, IntColumn]:
    """First and end token of the window of each cue."""
    bounds = columns.paragraph_bounds[columns.paragraph[cues]]
    return np.maximum(bounds[:, 0], cues - BEFORE), np.minimum(bounds[:, 1], cues + AFTER)


def word_features(columns: Columns, words: IntColumn) -> npt.NDArray[np.int32]:
    """Bucket numbers of words by themselves, one line a template, one column a word."""
    c, i, t = columns, words, Templates(_WORD)
    quoted = c.quote[i] > 0
    t.each(c.lower[i], c.dep[i])
    t.add((c.tag[i], c.dep[i]), (c.tag[i], quoted), (c.ent[i], c.tag[i]))
    for offset in (-2, -1, 1, 2):
        near = c.near(i, offset)
        t.each(c.lower[near], c.tag[near])
    t.add((c.tag[c.near(i, -1)], c.tag[i], c.tag[c.near(i, 1)]))
    t.add((c.lemma[c.head[i]], c.dep[i]), (c.speech[i], c.dep[i]), (c.dep[c.head[i]], c.dep[i]))
    opens, closes = c.sentence_bounds[c.sentence[i]].T
    t.add((steps(i - opens, 1, 2, 3, 6), steps(closes - i, 2, 3, 4, 6)))
    return t.table()


def pair_features(columns: Columns, cue: IntColumn, word: IntColumn, rivals: Rivals) -> npt.NDArray[np.int32]:
    """Bucket numbers of pairs of a cue and a word of its window, one line a template, one column a pair."""
    t = Templates(_PAIR)
    way, branch = _way(t, columns, cue, word)
    _neighbours(t, columns, cue, word, branch)
    _between(t, columns, cue, word, rivals)
    _marks(t, columns, cue, word, way)
    _quotation(t, columns, cue, word, rivals)
    _subject(t, columns, cue, word)
    return t.table()


def _way(t: Templates, c: Columns, k: IntColumn, i: IntColumn) -> tuple[npt.NDArray[np.uint64], IntColumn]:
    """The way through the tree from cue ``k`` to word ``i``.

    Returns its turning point with the label of the branch the word hangs on there, and that branch.
    """
    ups, downs, branch, twig = _meeting(c, k, i)
    turn = ups * 4 + (i > k) + 2 * (i == k)
    lemma, kind, label, second = c.lemma[k], c.speech[k], c.dep[branch], c.dep[twig]
    way, twigs = joined(turn, label), joined(turn, label, second)
    through = joined(c.path[k, np.minimum(ups, UP - 1)], c.path[i, np.minimum(downs, UP - 1)])
    t.add((turn, np.minimum(downs, 4)), (way,), (way, lemma), (way, kind))
    t.add((through,), (through, lemma), (c.path[k, np.minimum(ups, UP - 1)], label, c.dep[k]))
    edge = (c.left[branch] == i) + 2 * (c.right[branch] == i + 1)
    inner = (c.left[twig] == i) + 2 * (c.right[twig] == i + 1)
    edges = joined(way, edge)
    t.add((edges,), (edges, kind), (twigs,), (twigs, inner))
    start, sprout = c.near(c.left[branch], -1), c.near(c.left[twig], -1)
    t.add((way, c.lower[start]), (twigs, c.lower[sprout]), (turn, second, c.lower[c.left[twig]]))
    t.add((way, c.lower[c.left[branch]]), (way, c.tag[branch]), (turn, c.lemma[branch]))
    t.add((way, c.lower[i]), (way, c.tag[i]))
    return way, branch


def _meeting(c: Columns, cue: IntColumn, word: IntColumn) -> tuple[IntColumn, IntColumn, IntColumn, IntColumn]:
    """Steps up from the cue to the lowest word that governs both, and steps down from there to the word.

    Then the word's ancestor just below the meeting point (itself where it governs the cue) and the one
    below that. For words of other sentences the steps up start at ``UP - 2`` and tell how far off.
    """
    up = c.up[word]
    holds = (c.left[up] <= cue[:, None]) & (c.right[up] > cue[:, None])
    downs, meets = holds.argmax(axis=1), holds.any(axis=1)
    rows = np.arange(len(word))
    ups = np.maximum(c.depth[cue] - c.depth[up[rows, downs]], 0)
    far = UP + np.clip(c.sentence[word] - c.sentence[cue], -2, 2)
    downs = np.where(meets, downs, c.depth[word])
    branch = np.where(meets, up[rows, np.maximum(downs - 1, 0)], up[rows, -1])
    return np.where(meets, ups, far), downs, branch, up[rows, np.maximum(downs - 2, 0)]


def _neighbours(t: Templates, c: Columns, cue: IntColumn, word: IntColumn, branch: IntColumn) -> None:
    """Whether the words either side hang on the same branch, and what they are to the cue."""
    for offset in (-1, 1):
        near = c.near(word, offset)
        other = _meeting(c, cue, near)[2]
        same = other == branch
        t.add((same, c.dep[other], c.dep[branch], near == cue), (same, c.lower[near], c.dep[branch]))


def _subject(t: Templates, c: Columns, cue: IntColumn, word: IntColumn) -> None:
    """Whether the word is in the subject the cue has or inherits: "After *saying* …, **she** left"."""
    subjects, at, ups = c.slots[0], cue.copy(), np.zeros(len(cue), np.int64)
    for _ in range(_INHERITED):
        on = (subjects[at] == c.n) & (c.head[at] != at)
        at = np.where(on, c.head[at], at)
        ups += on
    subject = subjects[at]
    first, end = c.left[subject], c.right[subject]
    inside = (subject < c.n) & (first <= word) & (word < end)
    edge = inside * (1 + (word == first) + 2 * (word == end - 1))
    behind = inside & (word > subject)
    t.add((edge, ups, c.dep[cue]), (edge, ups, behind, c.dep[word]), (edge, c.lower[word], behind))
    t.add((edge, c.lower[subject], ups > 0), (inside, behind, c.lower[c.near(word, 1)], c.dep[c.near(word, 1)]))


def _between(t: Templates, c: Columns, cue: IntColumn, word: IntColumn, rivals: Rivals) -> None:
    """Distance, sentences and other likely cues between cue and word."""
    side, apart = np.sign(word - cue), c.sentence[word] - c.sentence[cue]
    first, last = np.minimum(cue, word), np.maximum(cue, word)
    others = np.minimum(rivals.passed[last] - rivals.passed[first], 3)
    t.add((side, steps(last - first, 1, 2, 3, 4, 6, 9, 14, 22, 40, 80)))
    t.add((side, np.clip(apart, -4, 4), c.quote[cue] > 0, c.quote[word] > 0), (side, others, np.clip(apart, -2, 2)))
    t.add((side, rivals.likely[word], rivals.likely[cue], last - first < 4))


def _marks(t: Templates, c: Columns, cue: IntColumn, word: IntColumn, way: npt.NDArray[np.generic]) -> None:
    """How the word stands to the quotation marks round the cue."""
    in_cue, in_word, side = c.quote[cue], c.quote[word], np.sign(word - cue)
    apart = np.clip(c.latest[word] - c.latest[cue], -2, 2)
    quoted = (in_word > 0) + 2 * (in_cue > 0) + 4 * ((in_cue > 0) & (in_cue == in_word))
    marks = np.minimum(c.marks[np.maximum(cue, word)] - c.marks[np.minimum(cue, word)], 4)
    t.add((side, apart, quoted, c.mark[word]), (side, marks, quoted, c.mark[word]), (way, quoted, c.mark[word]))
    for offset in (-1, 1):
        t.add((side, quoted, c.lower[word], c.lower[c.near(word, offset)]))


def _quotation(t: Templates, c: Columns, cue: IntColumn, word: IntColumn, rivals: Rivals) -> None:
    """The quotation the word is in, seen from outside: all its words share these features, others have none."""
    number = c.quote[word]
    outside = (number > 0) & (number != c.quote[cue])
    first, end = c.quote_bounds[np.where(outside, number, 0)].T
    after = first > cue
    edge, limits = np.where(after, first, np.maximum(end - 1, 0)), c.paragraph_bounds[c.paragraph[cue]]
    gap = steps(np.abs(edge - cue), 2, 3, 4, 6, 10, 20) * outside
    cues = np.minimum(
        np.abs(rivals.passed[edge] - rivals.passed[cue]) - np.where(after, rivals.likely[edge] >= _PASSED, 0), 3
    )
    cues = np.where(outside, cues, 0)
    beyond = np.where(after, np.minimum(end + 5, limits[:, 1] - 1), np.maximum(first - 6, limits[:, 0]))
    rival = after & (rivals.passed[np.maximum(beyond, edge)] != rivals.passed[np.maximum(end - 1, 0)]) & outside
    where = outside * (1 + after)
    ends = ((first == limits[:, 0]) + 2 * (end == limits[:, 1])) * outside
    sentences, quotes = c.sentence[edge] - c.sentence[cue], c.latest[edge] - c.latest[cue]
    sentences, quotes = np.clip(sentences, -3, 3) * outside, np.clip(quotes, -3, 3) * outside
    last, behind, ahead = np.maximum(end - 2, 0), c.near(np.maximum(end - 1, 0), 1), c.near(first, -1)
    t.add((where, gap, steps(end - first, 4, 7, 12, 25)), (where, cues, rival, sentences))
    t.add((where, c.lower[ahead] * outside, gap < 2))
    t.add((where, c.lower[last] * outside, c.lower[behind] * outside, ends))
    t.add((where, ends, cues, quotes), (where, c.lemma[cue], gap < 2, cues))
