"""Claims within claims: a content read once more as if it stood alone.

The model knows only outermost attributions, as the corpus it learned from does. Shown a content cut
from its sentence, it finds the cue that is outermost there; so each pass goes one level deeper.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.columns import Columns, IntColumn
from dateline.annotate.attribution.lookup import MARK
from dateline.annotate.attribution.relations import Relation

__all__ = ["contents_alone"]

_LEAST_WORDS = 3  # a shorter stretch holds no claim


def contents_alone(columns: Columns, relations: list[Relation]) -> tuple[Columns, npt.NDArray[np.bool_]]:
    """The columns with every content's stretch a paragraph and sentence of its own, and where those are.

    Words governed from outside their stretch become roots; the quotation round a stretch is taken off.
    """
    owner = np.zeros(columns.n + 1, np.int64)
    opener = (columns.kinds >> MARK & 1).tolist()  # "that" before a clause would tell that it is one
    spans = {
        (first + opener[first], end)
        for relation in relations
        for first, end in relation.content
        if end - first > _LEAST_WORDS
    }
    stretches = sorted(spans, key=lambda span: (span[0] - span[1], span))  # the narrowest last
    for number, (first, end) in enumerate(stretches, 1):
        owner[first:end] = number
    bounds = np.asarray([(0, 0), *stretches], np.int64)
    first, end = bounds[owner].T
    inside = owner > 0
    tokens = np.arange(columns.n + 1)
    outside_head = inside & (owner[columns.head] != owner)
    whole = inside & (columns.quote > 0) & _all_quoted(columns, bounds)[owner]
    paragraphs, sentences = _numbered(columns, owner, bounds)
    return replace(
        columns,
        head=np.where(outside_head, tokens, columns.head),
        left=np.where(inside, np.maximum(columns.left, first), columns.left),
        right=np.where(inside, np.minimum(columns.right, end), columns.right),
        quote=np.where(whole, 0, columns.quote),
        mark=columns.mark & ~whole,
        title=columns.title & ~inside,
        paragraph=paragraphs[0],
        paragraph_bounds=paragraphs[1],
        sentence=sentences[0],
        sentence_bounds=sentences[1],
    ), inside[:-1]


def _all_quoted(columns: Columns, bounds: IntColumn) -> npt.NDArray[np.bool_]:
    """Of each stretch whether it begins and ends in one quotation."""
    last = np.maximum(bounds[:, 1] - 1, 0)
    number = columns.quote[bounds[:, 0]]
    return np.asarray((number > 0) & (number == columns.quote[last]), dtype=np.bool_)


def _numbered(columns: Columns, owner: IntColumn, bounds: IntColumn) -> tuple[tuple[IntColumn, IntColumn], ...]:
    """Paragraph and sentence numbers and bounds in which each stretch is cut out of what holds it."""
    out = []
    for numbers, limits in ((columns.paragraph, columns.paragraph_bounds), (columns.sentence, columns.sentence_bounds)):
        inside = owner > 0
        if limits is columns.sentence_bounds:  # a stretch may hold several sentences
            first = np.maximum(limits[numbers][:, 0], bounds[owner][:, 0])
            end = np.minimum(limits[numbers][:, 1], bounds[owner][:, 1])
            cut = np.flatnonzero(inside & (np.arange(len(owner)) == first))
            index = np.cumsum(np.bincount(cut, minlength=len(owner))) + len(limits) - 1
            more = np.stack([first[cut], end[cut]], axis=1)
            out.append((np.where(inside, index, numbers), np.concatenate([limits, more])))
        else:
            out.append((np.where(inside, owner + len(limits) - 1, numbers), np.concatenate([limits, bounds[1:]])))
    return tuple(out)
