"""A second opinion on whole attributions: whether a likely cue, with its source and content, makes one.

The networks judge cue, source and content one after the other. Boosted trees, trained on what networks
made of articles they had not seen, weigh their outputs together with the shape of the attribution and
with its rivals: others that claim the same words, or in whose content it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import Columns
from dateline.annotate.attribution.network import WEIGHTS
from dateline.annotate.attribution.relations import Relation
from dateline.annotate.trees import Trees
from dateline.annotate.words import Words

__all__ = ["load_trees", "rescored", "rescoring_features"]

_POS = ("VERB", "NOUN", "PROPN", "AUX", "ADP", "ADJ", "PUNCT")
_DEPS = ("ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "pobj", "dobj", "nsubj", "pcomp", "attr", "prep")
_CLIMB = 5  # governors looked at for another cue
_FAR = 40  # words: distances beyond are alike
_ABSENT = -1.0

Features = npt.NDArray[np.float32]


@cache
def load_trees() -> Trees:
    """The trees that ship with the package."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Trees.of({name: stored[name] for name in stored.files if name.startswith("trees.")}, "trees")


def rescored(words: Words, columns: Columns, relations: list[Relation], trees: Trees, least: float) -> list[Relation]:
    """Give the relations the trees' probability as their chance; keep those that reach ``least``.

    relations: all that the networks think possible, in order of their cues, with a cue and content each.
    """
    if not relations:
        return []
    raised = trees.predict_many(rescoring_features(words, columns, relations))
    chances = 1 / (1 + np.exp(-raised))
    kept = []
    for relation, chance in zip(relations, chances.tolist(), strict=True):
        relation.chance = chance
        if chance >= least:
            kept.append(relation)
    return kept


def rescoring_features(words: Words, columns: Columns, relations: Sequence[Relation]) -> Features:
    """What the trees see of relations, one line each."""
    rivals = _Rivals(words, relations)
    rows = [
        (*_outputs(r), *_cue(words, columns, r), *_source(words, r), *_content(words, columns, r), *rivals.of(k))
        for k, r in enumerate(relations)
    ]
    return np.asarray(rows, np.float32)


def _outputs(relation: Relation) -> tuple[float, ...]:
    """What the networks say: log-odds of the cue, how well source and content fit."""
    fit = relation.fit
    return _log_odds(relation.chance), fit.source, fit.content, fit.weakest, fit.no_source


def _log_odds(chance: float) -> float:
    return float(np.log((chance + 1e-6) / (1 - chance + 1e-6)))


def _cue(words: Words, columns: Columns, relation: Relation) -> tuple[float, ...]:
    """Kind of cue word, its place in the sentence, which clauses it governs."""
    head, cue = relation.head, relation.cue or (relation.head, relation.head + 1)
    first, end = words.sentence_of(head)
    below = {words.dep[child] for child in words.children[head]}
    return (
        columns.speech[head],
        _number(_POS, words.pos[head]),
        _number(_DEPS, words.dep[head]),
        cue[1] - cue[0],
        head - first,
        end - first,
        "ccomp" in below,
        not below.isdisjoint(("nsubj", "nsubjpass")),
    )


def _number(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _source(words: Words, relation: Relation) -> tuple[float, ...]:
    """Length and distance of the source; whether it is the cue's subject."""
    if relation.source is None:
        return 0, 0, False
    first, end = relation.source
    top = next((i for i in range(first, end) if not first <= words.head[i] < end or words.head[i] == i), first)
    own = words.head[top] == relation.head and words.dep[top] in ("nsubj", "nsubjpass")
    return end - first, max(-_FAR, min(top - relation.head, _FAR)), own


def _content(words: Words, columns: Columns, relation: Relation) -> tuple[float, ...]:
    """Length of the content, distance from the cue, quotation marks, what is left of its last sentence."""
    spans, cue = relation.content, relation.cue or (relation.head, relation.head + 1)
    size = sum(end - first for first, end in spans)
    quoted = sum(int(np.count_nonzero(columns.quote[first:end])) for first, end in spans)
    last = spans[-1][1] - 1
    gap = spans[0][0] - cue[1]
    left = words.sentences[words.sentence[last]][1] - last
    return size, min(gap, _FAR) if gap >= 0 else _ABSENT, quoted / size, columns.mark[last], min(left, _FAR)


class _Rivals:
    """Which relations' contents cover which words, the likeliest and the next likely of each."""

    def __init__(self, words: Words, relations: Sequence[Relation]) -> None:
        self._words, self._relations = words, relations
        self._by_head = {relation.head: relation for relation in relations}
        self._best, self._next = np.zeros(len(words)), np.zeros(len(words))
        self._owner = np.full(len(words), -1)
        for k in sorted(range(len(relations)), key=lambda k: relations[k].chance):
            for first, end in relations[k].content:
                self._next[first:end] = self._best[first:end]
                self._best[first:end] = relations[k].chance
                self._owner[first:end] = k
        self._heads = np.asarray([relation.head for relation in relations])
        self._chances = np.asarray([relation.chance for relation in relations])
        self._in_sentence: dict[int, list[float]] = defaultdict(list)
        for relation in relations:
            self._in_sentence[words.sentence[relation.head]].append(relation.chance)

    def of(self, k: int) -> tuple[float, ...]:
        """How likely others are that hold relation ``k``, overlap with it, stand in it or above or beside it."""
        relation = self._relations[k]
        chance, head = relation.chance, relation.head
        others = [self._others(k, first, end) for first, end in relation.content]
        size = sum(map(len, others))
        held = float(self._others(k, head, head + 1)[0])
        beside = list(self._in_sentence[self._words.sentence[head]])
        beside.remove(chance)
        return (
            held,
            held * self._holder_fit(head, k),
            max(float(other.max()) for other in others),
            sum(int(np.count_nonzero(other > chance)) for other in others) / size,
            max(self._inside(relation), default=0.0),
            max(beside, default=0.0),
            self._above(head),
        )

    def _others(self, k: int, first: int, end: int) -> npt.NDArray[np.float64]:
        """Chance of the likeliest other relation that covers each word."""
        return np.where(self._owner[first:end] == k, self._next[first:end], self._best[first:end])

    def _holder_fit(self, head: int, k: int) -> float:
        owner = int(self._owner[head])
        return 0.0 if owner in (-1, k) else self._relations[owner].fit.content

    def _inside(self, relation: Relation) -> list[float]:
        """Chances of those whose cues stand in the content."""
        chances: list[float] = []
        for first, end in relation.content:
            low, high = np.searchsorted(self._heads, (first, end))
            chances += self._chances[low:high].tolist()
        return chances

    def _above(self, head: int) -> float:
        """Chance of the nearest cue that governs this one."""
        for above, _ in zip(self._words.ancestors(head), range(_CLIMB), strict=False):
            if above in self._by_head:
                return self._by_head[above].chance
        return 0.0
