"""Attributions as the networks find them: cue, source and content of each, as token ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.arguments import Rivals, pair_features, window_of, word_features
from dateline.annotate.attribution.columns import Columns, IntColumn, end_to_end
from dateline.annotate.attribution.cues import candidates, cue_features
from dateline.annotate.attribution.network import CONTENT, CUE, SOURCE, Networks

__all__ = ["THRESHOLD", "Fit", "Relation", "find_relations"]

THRESHOLD = 0.12  # probability from which a candidate is read as a cue
_ALMOST = 0.999
_LEFT_OVER = 1  # tokens behind a cue at its paragraph's end: the colon
_CHUNK = 6_000  # tokens labelled at a time

TokenRange = tuple[int, int]


class Fit(NamedTuple):
    """How well a relation's source and content fit its cue, as the argument network has it.

    source, content: words in common with the true ones over words of either, as expected; weakest: the
    least probability of a content word to be one; no_source: probability that there is none.
    """

    source: float = 1.0
    content: float = 1.0
    weakest: float = 1.0
    no_source: float = 0.0


@dataclass(slots=True)
class Relation:
    """One attribution, in token ranges ``[first, end)``.

    head: the cue's head word, or the first word of a quotation without one (``cue`` None); chance: its
    probability; fit: how well source and content suit it; parent: the relation in whose content it stands.
    """

    head: int
    chance: float
    cue: TokenRange | None
    source: TokenRange | None
    content: list[TokenRange]
    fit: Fit = field(default_factory=Fit)
    parent: Relation | None = field(default=None, repr=False)

    def moved(self, by: int) -> Relation:
        """The same relation, not nested, some tokens further on."""
        cue, source = (span and (span[0] + by, span[1] + by) for span in (self.cue, self.source))
        content = [(first + by, end + by) for first, end in self.content]
        return Relation(self.head + by, self.chance, cue, source, content, self.fit)

    @property
    def depth(self) -> int:
        """How many attributions it stands in, one within the other."""
        depth, above = 0, self.parent
        while above is not None:
            above, depth = above.parent, depth + 1
        return depth


def find_relations(
    texts: Sequence[Columns],
    networks: Networks,
    within: Sequence[npt.NDArray[np.bool_]] | None = None,
    least: float = THRESHOLD,
) -> list[list[Relation]]:
    """Find the attributions of each text, in order of their cues; ``within``: where cues are looked for.

    least: the probability from which a candidate is read as a cue. What is found in a text does not depend on
    the others; together they take less time.
    """
    firsts = list(accumulate((columns.n for columns in texts), initial=0))
    found: list[list[Relation]] = [[] for _ in texts]
    if not firsts[-1]:
        return found
    columns = end_to_end(texts)
    tokens = candidates(columns, networks.others)
    if within is not None:
        tokens = tokens[np.concatenate(within)[tokens] & (columns.speech[tokens] > 0)]
    for relation in _found(columns, networks, tokens, least):
        if relation.content or _opens_next(columns, relation):
            text = bisect_right(firsts, relation.head) - 1
            found[text].append(relation.moved(-firsts[text]))
    return found


def _found(columns: Columns, networks: Networks, tokens: IntColumn, least: float) -> Iterator[Relation]:
    """The relations of the candidates at ``tokens``."""
    if not len(tokens):
        return
    features = cue_features(columns, tokens)
    chances = networks.cue_chances(features)
    rivals = Rivals.of(columns, tokens, chances)
    chosen = chances >= least
    asked = networks.asked.sums(features[:, chosen])
    heads, sure = tokens[chosen], chances[chosen]
    for part in _chunks(columns, heads):
        yield from _label(columns, networks, heads[part], asked[part], rivals).relations(sure[part])


def _chunks(columns: Columns, heads: IntColumn) -> Iterator[slice]:
    """Slices of the cues, cut between paragraphs so that each covers a bounded number of tokens."""
    at = 0
    while at < len(heads):
        limit = columns.paragraph_bounds[columns.paragraph[heads[at]], 0] + _CHUNK
        end = int(np.searchsorted(heads, limit))
        if end < len(heads):  # not within a paragraph
            end = int(np.searchsorted(heads, columns.paragraph_bounds[columns.paragraph[heads[end]], 0]))
        end = max(end, at + 1)
        yield slice(at, end)
        at = end


def _label(
    columns: Columns, networks: Networks, heads: IntColumn, asked: npt.NDArray[np.float32], rivals: Rivals
) -> _Labelled:
    """Label the window of each cue."""
    first, end = window_of(columns, heads)
    sizes = end - first
    tokens = np.arange(int(sizes.sum())) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    low = int(first.min())
    shown = np.zeros(int(end.max()) - low, np.bool_)
    shown[tokens - low] = True
    line = np.cumsum(shown) - 1
    word = networks.pair.sums(word_features(columns, low + np.flatnonzero(shown)))
    pairs = pair_features(columns, np.repeat(heads, sizes), tokens, rivals)
    labels, sure = networks.labels(word[line[tokens - low]], asked, networks.pair.sums(pairs), sizes, heads - first)
    return _Labelled(heads, sizes, tokens, labels, sure)


@dataclass(frozen=True, eq=False)
class _Labelled:
    """Labelled windows end to end: cues' heads and windows' sizes; token, label and labels' chances of each word."""

    heads: IntColumn
    sizes: IntColumn
    tokens: IntColumn
    labels: npt.NDArray[np.int8]
    sure: npt.NDArray[np.float32]

    def relations(self, chances: npt.NDArray[np.float32]) -> Iterator[Relation]:
        """The relation that each window's labels make."""
        sources = np.zeros(len(self.labels), np.bool_)
        relations = []
        for (head, chance), runs in zip(
            zip(self.heads.tolist(), chances.tolist(), strict=True), self._runs(), strict=True
        ):
            source = min(runs[SOURCE], key=lambda run: min(abs(run[1] - head), abs(run[2] - 1 - head)), default=None)
            if source is not None:
                sources[source[0] : source[0] + source[2] - source[1]] = True
            cue = next(run for run in runs[CUE] if run[1] <= head < run[2])
            content = [run[1:] for run in runs[CONTENT]]
            relations.append(Relation(head, chance, cue[1:], source and source[1:], content))
        for relation, fit in zip(relations, self._fits(sources), strict=True):
            relation.fit = fit
            yield relation

    def _runs(self) -> list[list[list[tuple[int, int, int]]]]:
        """By window and label, the stretches with that label: place of the first word, token range."""
        window = np.repeat(np.arange(len(self.sizes)), self.sizes)
        edge = np.ones(len(self.labels) + 1, np.bool_)
        edge[1:-1] = (self.labels[1:] != self.labels[:-1]) | (window[1:] != window[:-1])
        at = np.flatnonzero(edge)
        starts, sizes = at[:-1], np.diff(at)
        columns = window[starts], self.labels[starts], starts, self.tokens[starts], self.tokens[starts] + sizes
        runs: list[list[list[tuple[int, int, int]]]] = [[[], [], [], []] for _ in self.sizes]
        for number, label, *run in zip(*(column.tolist() for column in columns), strict=True):
            runs[number][label].append(tuple(run))
        return runs

    def _fits(self, sources: npt.NDArray[np.bool_]) -> Iterator[Fit]:
        """How well each window's source and content fit; ``sources``: the words of the sources chosen."""
        contents, starts = self.labels == CONTENT, np.cumsum(self.sizes) - self.sizes
        source, content = self.sure[:, SOURCE], self.sure[:, CONTENT]
        columns = (
            _overlaps(sources, source, starts),
            _overlaps(contents, content, starts),
            np.minimum.reduceat(np.where(contents, content, 1), starts),
            np.multiply.reduceat(1 - np.minimum(source, _ALMOST), starts),
        )
        return map(Fit, *(column.tolist() for column in columns))


def _overlaps(
    chosen: npt.NDArray[np.bool_], sure: npt.NDArray[np.float32], starts: IntColumn
) -> npt.NDArray[np.floating]:
    """Expected words in common of those chosen and the true ones, over expected words of either, by window."""
    common = np.add.reduceat(np.where(chosen, sure, 0), starts)
    either = np.add.reduceat(np.where(chosen, 1, sure), starts)
    return common / np.maximum(either, 1 - _ALMOST)


def _opens_next(columns: Columns, relation: Relation) -> bool:
    """Whether a cue ends its paragraph, so that its content may be the quotation in the next ("She wrote:")."""
    closes = int(columns.paragraph_bounds[columns.paragraph[relation.head], 1])
    return relation.cue is not None and closes - relation.cue[1] <= _LEFT_OVER
