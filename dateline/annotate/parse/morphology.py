"""Morphology: what spaCy's attribute ruler and lemmatizer say of a token, asked once.

The ruler's patterns look at one or two neighbouring tokens' TAG, LOWER, DEP and IS_SPACE, the
lemmatizer at a token's string, part of speech and features. So a token by itself is decided by its
string, tag and label; tokens that a pattern of two might join are decided together. Both are asked of
spaCy itself, on a small document, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

__all__ = ["Morphology"]

_SEEN = {"TAG", "LOWER", "DEP", "IS_SPACE"}  # what patterns may look at
_ROOM = 200_000  # triples kept; a run that meets more begins anew
_RESULTS = ("TAG", "DEP", "POS", "LEMMA")

_Key = tuple[int, int, int]  # hashes of a token's string, tag and label
_Rule = dict[str, list[list[dict[str, object]]]]  # one of the ruler's, its numbers aside
_Row = tuple[int, int, int, int]  # hashes of ``_RESULTS``


class Morphology:
    """The ruler and the lemmatizer of a pipeline; raises ValueError for patterns that look further."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import Matcher  # noqa: PLC0415  # costs over a second: only those who read pay it
        from spacy.tokens import Doc  # noqa: PLC0415

        self._make = Doc
        self._vocab = nlp.vocab
        add = nlp.vocab.strings.add
        self._blank: _Key = (add("\n"), add("_SP"), add("dep"))
        ruler = cast("AttributeRuler", nlp.get_pipe("attribute_ruler"))
        self._pipes: list[Callable[[Doc], Doc]] = [ruler, nlp.get_pipe("lemmatizer")]
        self._firsts, self._seconds = Matcher(nlp.vocab), Matcher(nlp.vocab)
        for number, (first, second) in enumerate(_pairs(cast("list[_Rule]", ruler.patterns))):
            self._firsts.add(str(number), [[first]])
            self._seconds.add(str(number), [[second]])
        self._known: dict[_Key, tuple[_Row, int, int]] = {}  # with the pair patterns it may begin and end
        self._joint: dict[tuple[_Key, ...], list[_Row]] = {}

    def __call__(self, keys: list[_Key], firsts: set[int]) -> npt.NDArray[np.uint64]:
        """Return a row of ``_RESULTS`` for each token, in order; ``firsts``: tokens that begin a paragraph."""
        known = self._known
        if len(known) + len(self._joint) > _ROOM:
            known.clear()
            self._joint.clear()
        new = list(dict.fromkeys(key for key in keys if key not in known))
        if new:
            self._learn(new)
        entries = [known[key] for key in keys]
        results = np.array([row for row, _, _ in entries], np.uint64)
        for start, end in _joined(entries, firsts):
            run = tuple(keys[start:end])
            if run not in self._joint:
                self._joint[run] = self._ask(self._document(run))
            results[start:end] = self._joint[run]
        return results

    def _learn(self, new: list[_Key]) -> None:
        """Ask what holds for tokens by themselves; blanks between them keep patterns of two apart."""
        doc = self._document([key for token in new for key in (token, self._blank)])
        begins, ends = _bits(self._firsts, doc), _bits(self._seconds, doc)
        for key, row, begin, end in zip(new, self._ask(doc)[::2], begins[::2], ends[::2], strict=True):
            self._known[key] = row, begin, end

    def _document(self, keys: Sequence[_Key]) -> Doc:
        strings = self._vocab.strings
        words, tags, deps = ([strings[part] for part in column] for column in zip(*keys, strict=True))
        return self._make(self._vocab, words=words, tags=tags, deps=deps)

    def _ask(self, doc: Doc) -> list[_Row]:
        for pipe in self._pipes:
            doc = pipe(doc)
        table: list[_Row] = list(zip(*doc.to_array(list(_RESULTS)).T.tolist(), strict=True))
        return table


def _pairs(rules: list[_Rule]) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """The patterns of two tokens among a ruler's; raises ValueError for those it cannot be asked apart from."""
    for rule in rules:
        for pattern in rule["patterns"]:
            if len(pattern) > 2 or any(set(token) - _SEEN for token in pattern):
                raise ValueError(f"the attribute ruler's pattern {pattern} looks further than a neighbour")
            if len(pattern) == 2:
                yield pattern[0], pattern[1]


def _bits(matcher: Matcher, doc: Doc) -> list[int]:
    """For each token, a bit for each pattern that holds of it."""
    bits = [0] * len(doc)
    for number, start, _ in matcher(doc, allow_missing=True):
        bits[start] |= 1 << int(doc.vocab.strings[number])
    return bits


def _joined(entries: list[tuple[_Row, int, int]], firsts: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of tokens that a pattern of two may join, as ``[start, end)``."""
    links = [i for i, (one, other) in enumerate(pairwise(entries)) if one[1] & other[2] and i + 1 not in firsts]
    start = -1
    for k, link in enumerate(links):
        if start < 0:
            start = link
        if k + 1 == len(links) or links[k + 1] != link + 1:
            yield start, link + 2
            start = -1
