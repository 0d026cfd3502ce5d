"""Attributions as the networks find them: cue, source and content of each, as token ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.arguments import Rivals, pair_features, window_of, word_features
from dateline.annotate.attribution.columns import Columns, IntColumn
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

    @property
    def depth(self) -> int:
        """How many attributions it stands in, one within the other."""
        depth, above = 0, self.parent
        while above is not None:
            above, depth = above.parent, depth + 1
        return depth


def find_relations(
    columns: Columns, networks: Networks, within: npt.NDArray[np.bool_] | None = None, least: float = THRESHOLD
) -> list[Relation]:
    """Find the attributions of a text, in order of their cues; ``within``: where cues are looked for.

    least: the probability from which a candidate is read as a cue.
    """
    if not columns.n:
        return []
    tokens = candidates(columns, networks.others)
    if within is not None:
        tokens = tokens[within[tokens] & (columns.speech[tokens] > 0)]
    if not len(tokens):
        return []
    features = cue_features(columns, tokens)
    chances = networks.cue_chances(features)
    rivals = Rivals.of(columns, tokens, chances)
    chosen = chances >= least
    found: list[Relation] = []
    asked = networks.asked.sums(features[:, chosen])
    heads, sure = tokens[chosen], chances[chosen]
    for part in _chunks(columns, heads):
        labels = _label(columns, networks, heads[part], asked[part], rivals)
        for head, chance, first, line, fits in zip(heads[part].tolist(), sure[part].tolist(), *labels, strict=True):
            relation = _relation(head, chance, first, line, fits)
            if relation.content or _opens_next(columns, relation):
                found.append(relation)
    return found


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
) -> tuple[list[int], list[npt.NDArray[np.int8]], list[npt.NDArray[np.float32]]]:
    """First token and labels of each cue's window."""
    first, end = window_of(columns, heads)
    sizes = end - first
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    tokens = np.repeat(first, sizes) + within
    low = int(first.min())
    shown = np.zeros(int(end.max()) - low, np.bool_)
    shown[tokens - low] = True
    line = np.cumsum(shown) - 1
    word = networks.pair.sums(word_features(columns, low + np.flatnonzero(shown)))
    pairs = pair_features(columns, np.repeat(heads, sizes), tokens, rivals)
    labels, sure = networks.labels(word[line[tokens - low]], asked, networks.pair.sums(pairs), sizes, heads - first)
    return first.tolist(), labels, sure


def _relation(
    head: int, chance: float, first: int, labels: npt.NDArray[np.int8], sure: npt.NDArray[np.float32]
) -> Relation:
    """The relation that a window's labels make; ``sure``: probabilities of the labels, word by word."""
    cues = [run for run in _runs(labels == CUE, first) if run[0] <= head < run[1]]
    content = labels == CONTENT
    sources = _runs(labels == SOURCE, first)
    source = min(sources, key=lambda run: min(abs(run[0] - head), abs(run[1] - 1 - head)), default=None)
    named = np.zeros(len(labels), np.bool_)
    if source is not None:
        named[source[0] - first : source[1] - first] = True
    fit = Fit(
        _overlap(named, sure[:, SOURCE]),
        _overlap(content, sure[:, CONTENT]),
        float(sure[content, CONTENT].min(initial=1.0)),
        float(np.prod(1 - np.minimum(sure[:, SOURCE], _ALMOST))),
    )
    return Relation(head, chance, cues[0], source, _runs(content, first), fit)


def _overlap(chosen: npt.NDArray[np.bool_], sure: npt.NDArray[np.float32]) -> float:
    """Expected words in common of those chosen and the true ones, over expected words of either."""
    common = float(sure[chosen].sum())
    either = int(np.count_nonzero(chosen)) + float(sure[~chosen].sum())
    return common / max(either, 1 - _ALMOST)


def _opens_next(columns: Columns, relation: Relation) -> bool:
    """Whether a cue ends its paragraph, so that its content may be the quotation in the next ("She wrote:")."""
    closes = int(columns.paragraph_bounds[columns.paragraph[relation.head], 1])
    return relation.cue is not None and closes - relation.cue[1] <= _LEFT_OVER


def _runs(chosen: npt.NDArray[np.bool_], first: int) -> list[TokenRange]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]])))
    return [(int(a) + first, int(b) + first) for a, b in edges.reshape(-1, 2)]
