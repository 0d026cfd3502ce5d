"""The integer columns attribution is read from, and the hashing of features into buckets.

Strings appear only as spaCy's 64-bit hashes; a feature is a bucket number made of one to four such
values and the number of its template. Everything is computed for all tokens at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.lookup import SLOTS, IntColumn, dependent_kinds, likely_cues, speech_classes
from dateline.annotate.attribution.quotations import Quotation
from dateline.annotate.words import Words

__all__ = ["BITS", "UP", "Columns", "IntColumn", "Templates", "bucket", "columns_of", "end_to_end", "joined", "steps"]

HashColumn = npt.NDArray[np.uint64]
UP = 10  # ancestors looked at
BITS = 22  # of a feature's bucket number

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_FOLD = np.uint64(29)
_PLAIN = ("shape", "lower", "lemma", "tag", "pos", "dep", "ent", "mark", "speech", "kinds", "title")  # no numbers
_ORTH, _LOWER, _LEMMA, _TAG, _POS, _DEP, _ENT = range(7)


@dataclass(frozen=True, eq=False)
class Columns:
    """Per token, with one more row at the end that stands for "no such token".

    ``up``: the ancestors, nearest first, column 0 the token itself (the root repeats).
    ``path``: running hash of the dependency labels on the way up. ``quote``: number of the quotation a
    token is in, 0 for none; ``quote_bounds``: the token range of each. ``speech``: the codebook's speech
    class, 0 for none. ``likely``: may head a cue whatever the word. ``kinds``: slots of ``lookup.SLOTS``.
    ``title``: in the first paragraph of its text. ``opens``: the first token of its text, for several texts
    may lie end to end.
    """

    n: int
    shape: IntColumn
    lower: HashColumn
    lemma: HashColumn
    tag: HashColumn
    pos: HashColumn
    dep: HashColumn
    ent: HashColumn
    head: IntColumn
    left: IntColumn
    right: IntColumn
    sentence: IntColumn
    paragraph: IntColumn
    quote: IntColumn
    quote_bounds: npt.NDArray[np.int64]
    mark: npt.NDArray[np.bool_]
    speech: IntColumn
    likely: npt.NDArray[np.bool_]
    kinds: IntColumn
    title: npt.NDArray[np.bool_]
    opens: IntColumn
    sentence_bounds: npt.NDArray[np.int64]
    paragraph_bounds: npt.NDArray[np.int64]

    @cached_property
    def up(self) -> IntColumn:
        """Ancestors of each token, ``UP`` columns and the token itself first."""
        up = np.empty((self.n + 1, UP), np.int64)
        up[:, 0] = np.arange(self.n + 1)
        for k in range(1, UP):
            up[:, k] = self.head[up[:, k - 1]]
        return up

    @cached_property
    def path(self) -> HashColumn:
        """``path[i, k]``: hash of the labels of the ``k`` lowest tokens on the way up from ``i``."""
        path = np.zeros((self.n + 1, UP), np.uint64)
        for k in range(1, UP):
            path[:, k] = path[:, k - 1] * _PRIME + self.dep[self.up[:, k - 1]]
        return path

    @cached_property
    def depth(self) -> IntColumn:
        """Number of tokens above each, at most ``UP - 1``."""
        return np.asarray((self.up[:, 1:] != self.up[:, :-1]).sum(axis=1), dtype=np.int64)

    @cached_property
    def marks(self) -> IntColumn:
        """Number of quotation marks up to and with each token."""
        return np.cumsum(self.mark)

    @cached_property
    def latest(self) -> IntColumn:
        """Number of the latest quotation opened so far."""
        return np.maximum.accumulate(self.quote)

    @cached_property
    def slots(self) -> list[IntColumn]:
        """For each of ``SLOTS`` the child of that kind under every token; ``n`` where there is none."""
        governed = self.head != np.arange(self.n + 1)
        slots = []
        for number, (_, which) in enumerate(SLOTS):
            children = np.flatnonzero((self.kinds >> number & 1).astype(np.bool_) & governed)
            slot = np.full(self.n + 1, self.n, np.int64)
            order = children if which == "last" else children[::-1]
            slot[self.head[order]] = order  # the last written stays
            slots.append(slot)
        return slots

    def near(self, tokens: IntColumn, offset: int) -> IntColumn:
        """The tokens ``offset`` further on in the same paragraph; else the row for "none"."""
        other = tokens + offset
        if offset < 0:
            np.maximum(other, self.opens[tokens], out=other)
        else:
            np.minimum(other, self.n, out=other)
        return np.where(self.paragraph[other] == self.paragraph[tokens], other, self.n)


def columns_of(words: Words, quotations: list[Quotation]) -> Columns:
    """Make the columns of a text; ``quotations`` in text order."""
    n = len(words)
    ids = np.zeros((n + 1, words.ids.shape[1]), np.uint64)
    ids[:n] = words.ids
    ids[n] = _MIX
    start = np.asarray(words.start, np.int64)
    speech = speech_classes(words)
    paragraph = _padded(words.paragraph, -1)
    return Columns(
        n=n,
        shape=_padded([_shape(form) for form in words.form], 0),
        lower=ids[:, _LOWER].copy(), lemma=ids[:, _LEMMA].copy(), tag=ids[:, _TAG].copy(), pos=ids[:, _POS].copy(),
        dep=ids[:, _DEP].copy(), ent=ids[:, _ENT].copy(),
        head=_padded(words.head, n), left=_padded(words.left, n), right=_padded(words.right, n + 1),
        sentence=_padded(words.sentence, -1), paragraph=paragraph,
        quote=_quote_numbers(start, quotations),
        quote_bounds=_quote_bounds(start, quotations),
        mark=np.isin(ids[:, _LOWER], _mark_ids(words, ids)),
        speech=speech, likely=likely_cues(words, speech), kinds=dependent_kinds(words),
        title=paragraph == 0, opens=np.zeros(n + 1, np.int64),
        sentence_bounds=np.asarray([*words.sentences, (n, n)], np.int64).reshape(-1, 2),
        paragraph_bounds=np.asarray([*words.paragraphs, (n, n)], np.int64).reshape(-1, 2),
    )  # fmt: skip


def end_to_end(texts: Sequence[Columns]) -> Columns:
    """The columns of several texts as those of one, every token and number of a text moved by what stands before."""
    if len(texts) == 1:
        return texts[0]
    *firsts, n = np.cumsum([0, *(c.n for c in texts)]).tolist()
    quotes = [int(c.quote.max()) for c in texts]
    numbers = {name: _starts([len(getattr(c, f"{name}_bounds")) for c in texts]) for name in ("sentence", "paragraph")}

    def moved(name: str, by: Sequence[int], last: int) -> IntColumn:
        return np.concatenate([*(getattr(c, name)[:-1] + more for c, more in zip(texts, by, strict=True)), [last]])

    def bounds(name: str) -> IntColumn:
        return np.concatenate([*(getattr(c, name) + first for c, first in zip(texts, firsts, strict=True)), [(n, n)]])

    plain = {name: np.concatenate([getattr(c, name)[: c.n] for c in texts]) for name in _PLAIN}
    none = {name: getattr(texts[0], name)[-1:] for name in _PLAIN}
    quote = [np.where(c.quote > 0, c.quote + more, 0)[:-1] for c, more in zip(texts, _starts(quotes), strict=True)]
    stretches = [c.quote_bounds[1 : most + 1] + at for c, most, at in zip(texts, quotes, firsts, strict=True)]
    return Columns(
        n=n,
        **{name: np.concatenate([plain[name], none[name]]) for name in _PLAIN},
        head=moved("head", firsts, n), left=moved("left", firsts, n), right=moved("right", firsts, n + 1),
        opens=moved("opens", firsts, 0),
        sentence=moved("sentence", numbers["sentence"], -1), sentence_bounds=bounds("sentence_bounds"),
        paragraph=moved("paragraph", numbers["paragraph"], -1), paragraph_bounds=bounds("paragraph_bounds"),
        quote=np.concatenate([*quote, [0]]), quote_bounds=np.concatenate([[(0, 0)], *stretches]),
        likely=np.concatenate([c.likely for c in texts]),
    )  # fmt: skip


def _starts(sizes: list[int]) -> list[int]:
    return list(accumulate(sizes[:-1], initial=0))


def _padded(values: list[int], last: int) -> IntColumn:
    column = np.empty(len(values) + 1, np.int64)
    column[:-1] = values
    column[-1] = last
    return column


def _shape(form: str) -> int:
    """1 lower case, 2 capitals, 3 a capital first, 4 a digit first, 0 anything else."""
    if form.islower():
        return 1
    if form[:1].isupper():
        return 2 if form.isupper() and len(form) > 1 else 3
    return 4 if form[:1].isdigit() else 0


def _mark_ids(words: Words, ids: HashColumn) -> HashColumn:
    """Hashes of the quotation marks that occur."""
    seen = {form: int(ids[i, _LOWER]) for i, form in enumerate(words.lower) if form in _MARKS}
    return np.asarray(sorted(seen.values()), np.uint64)


_MARKS = frozenset(["“", "”", '"', "„", "«", "»", "``", "''"])


def _quote_numbers(start: IntColumn, quotations: list[Quotation]) -> IntColumn:
    """Number, from 1, of the quotation each token starts in; 0 outside."""
    numbers = np.zeros(len(start) + 1, np.int64)
    if quotations:
        opens = np.asarray([q.start for q in quotations], np.int64)
        closes = np.asarray([q.end for q in quotations], np.int64)
        at = np.searchsorted(opens, start, side="right")
        numbers[:-1] = np.where((at > 0) & (start < closes[at - 1]), at, 0)
    return numbers


def _quote_bounds(start: IntColumn, quotations: list[Quotation]) -> npt.NDArray[np.int64]:
    """Token range of each quotation; row 0 stands for "none"."""
    ends = np.asarray([(0, 0), *((q.start, q.end) for q in quotations)], np.int64)
    bounds = np.searchsorted(start, ends)
    bounds[0] = 0
    return bounds


class Templates:
    """Feature templates of one kind of example, hashed into ``2 ** BITS`` buckets as they are added.

    group: sets the templates of one kind apart from those of others in the same table.
    """

    def __init__(self, group: int) -> None:
        self._group = group
        self._columns: list[npt.NDArray[np.int32]] = []

    def add(self, *templates: tuple[npt.NDArray[np.generic], ...]) -> None:
        """Add templates, each a tuple of columns that are hashed together row by row."""
        for parts in templates:
            self._columns.append(bucket(BITS, self._group + len(self._columns) + 1, *parts))

    def each(self, *columns: npt.NDArray[np.generic]) -> None:
        """Add each column as a template of its own."""
        self.add(*((column,) for column in columns))

    def table(self) -> npt.NDArray[np.int32]:
        """One line a template, one column an example."""
        return np.stack(self._columns)


def bucket(bits: int, template: int, *parts: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
    """Hash the values of one feature template, row by row, into ``2 ** bits`` buckets."""
    mixed: HashColumn = np.full(len(parts[0]), template * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF, np.uint64)
    for part in parts:
        mixed ^= part.astype(np.uint64)
        mixed *= _MIX
        mixed ^= mixed >> _FOLD
    mixed *= _PRIME
    return (mixed >> np.uint64(64 - bits)).astype(np.int32)


def joined(*parts: npt.NDArray[np.generic]) -> HashColumn:
    """One column made of several, for templates that share them."""
    mixed: HashColumn = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        mixed ^= part.astype(np.uint64)
        mixed *= _MIX
        mixed ^= mixed >> _FOLD
    return mixed


def steps(values: IntColumn, *bounds: int) -> IntColumn:
    """Coarse sizes: how many of the bounds each value reaches."""
    return np.searchsorted(np.asarray(bounds, np.int64), values, side="right")
