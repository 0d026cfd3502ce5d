"""Metonymy: "Moscow said" names a government and "Mexico won" a team, not a point on the map.

A logistic regression over hashed features of the name's syntax and company, after the predicate windows of
Gritta and others (2017, "Vancouver welcomes you!"); weights from ``training/metonymy.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dateline.annotate.geo.features import known
from dateline.annotate.geo.names import Name
from dateline.annotate.hashed import WEIGHTS
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer
from dateline.codebook.laid import per_codebook, word_lists

__all__ = ["BITS", "Metonymy", "buckets", "load_metonymy"]

BITS = 16

_WEIGHTS = WEIGHTS / "metonymy.npz"
_NEAR = 6  # tokens on each side whose content words count as near
_FAR = 40  # and how far into the sentence others are looked at
_CONTENT = frozenset(["NOUN", "VERB", "ADJ", "PROPN"])
_COUNTRY, _CAPITAL = 1, 2  # groups of ``Known``
_REACH = 3  # words from a state's name to what it modifies
_ABBREVIATION = 3  # letters: "US" in capitals opens no dateline
_AFTER_DATELINE = frozenset([",", ".", "(", ":", "-", "–", "—"])
_POSSESSIVE = frozenset(["'s", "’s", "'", "’"])


@dataclass(frozen=True, slots=True)
class Metonymy:
    """One weight a bucket, and the bias; above 0 is metonymic."""

    weights: npt.NDArray[np.float32]
    bias: float

    def is_metonymic(self, words: Words, name: Name, gazetteer: Gazetteer) -> bool:
        """Whether a name stands for those who act in its place's name."""
        if _is_dateline(words, name):
            return False
        if _names_a_state(words, name, gazetteer):
            return True
        score = self.weights[buckets(words, name.first, name.end, gazetteer)].sum()
        return bool(score + self.bias > 0)


def _is_dateline(words: Words, name: Name) -> bool:
    """Whether a name opens a paragraph in capitals before a comma, bracket, dash or stop: "KYIV, Feb 24"."""
    opens = words.paragraphs[words.paragraph[name.first]][0]
    called = words.words(name.first, name.end)
    if name.first != opens or not called.isupper() or len(called) <= _ABBREVIATION:
        return False
    return name.end < len(words) and words.lower[name.end] in _AFTER_DATELINE


def _names_a_state(words: Words, name: Name, gazetteer: Gazetteer) -> bool:
    """Whether a country or capital stands for its state: "Ukraine's defence ministry", "the US envoy"."""
    called = words.words(name.first, name.end)
    if called in _words_of("seat"):
        before = words.lower[max(name.first - 2, 0) : name.first]
        return not any(word in ("at", "in", "outside", "inside", "near", "into", "from") for word in before)
    if known(gazetteer, called).group not in (_COUNTRY, _CAPITAL):
        return False
    last, opens = name.end - 1, name.end
    if opens < len(words) and words.lower[opens] in _POSSESSIVE:
        return words.lower[words.head[last]] in _words_of("institution") and words.head[last] > last
    modifies = words.dep[last] in ("compound", "nmod", "amod") and words.head[last] - last <= _REACH
    return modifies and words.lower[words.head[last]] in _words_of("institution")


@per_codebook
def _words_of(kind: str) -> frozenset[str]:
    return word_lists("places/institutions", "kind")[kind]


def buckets(words: Words, first: int, end: int, gazetteer: Gazetteer) -> list[int]:
    """The features of the name at tokens ``[first, end)``, hashed into ``1 << BITS`` buckets."""
    mask = (1 << BITS) - 1
    return [crc32(f.encode("utf-8", "surrogatepass")) & mask for f in _features(words, first, end, gazetteer)]


def _features(words: Words, first: int, end: int, gazetteer: Gazetteer) -> Iterator[str]:
    place = known(gazetteer, words.words(first, end))
    head = _head(words, first, end)
    top = head
    for _ in range(3):  # "Moscow and Kyiv said": what is said of the first is said of the second
        if words.dep[top] not in ("conj", "appos"):
            break
        top = words.head[top]
    yield f"group={place.group}"
    yield f"size={place.size}"
    yield f"length={end - first}"
    yield from _syntax(words, head, top, place.group)
    yield from _beside(words, first, end)
    yield from _company(words, first, end)
    for child in words.children[head][:8]:
        yield f"child={words.dep[child]}|{words.pos[child]}"


def _head(words: Words, first: int, end: int) -> int:
    """The name's token that is governed from outside it."""
    for i in range(end - 1, first - 1, -1):
        if not first <= words.head[i] < end or words.head[i] == i:
            return i
    return end - 1


def _syntax(words: Words, head: int, top: int, group: int) -> Iterator[str]:
    dep, governor, lemma = words.dep[top], words.head[top], words.lemma
    yield f"own={words.dep[head]}"
    yield f"dep={dep}"
    yield f"by={lemma[governor]}"
    yield f"dep-by={dep}|{lemma[governor]}"
    yield f"dep-pos={dep}|{words.pos[governor]}"
    yield f"group-dep={group}|{dep}"
    yield f"acts={dep == 'nsubj' and words.pos[governor] == 'VERB'}"
    verb = governor
    if dep == "pobj":
        verb = words.head[governor]
        preposition = words.lower[governor]
        yield f"prep={preposition}"
        yield f"prep-by={preposition}|{lemma[verb]}"
        yield f"prep-pos={preposition}|{words.pos[verb]}"
        yield f"over={lemma[verb]}"
        yield f"over-dep={words.dep[verb]}"
    yield f"next={lemma[verb]}"
    yield f"next-dep={words.dep[verb]}"
    for _ in range(3):
        if words.pos[verb] in ("VERB", "AUX"):
            break
        verb = words.head[verb]
    yield f"verb={lemma[verb]}"
    yield f"verb-dep={lemma[verb]}|{dep}"
    for child in words.children[verb][:12]:
        yield f"with={words.dep[child]}|{lemma[child]}"
        if child != head and words.dep[child] in ("dobj", "attr", "nsubj", "nsubjpass"):
            yield f"object={lemma[child]}"


def _beside(words: Words, first: int, end: int) -> Iterator[str]:
    """The words and tags before and after the name, within its sentence."""
    opens, closes = words.sentence_of(first)

    def at(column: Sequence[str], i: int) -> str:
        return column[i] if opens <= i < closes else "_"

    lower, tag = words.lower, words.tag
    for i in (first - 3, first - 2, first - 1):
        yield f"left{first - i}={at(lower, i)}"
        yield f"left-tag{first - i}={at(tag, i)}"
    for i in (end, end + 1, end + 2):
        yield f"right{i - end}={at(lower, i)}"
        yield f"right-tag{i - end}={at(tag, i)}"
    yield f"both={at(lower, first - 1)}|{at(lower, end)}"
    yield f"both-tags={at(tag, first - 1)}|{at(tag, end)}"
    yield f"left-two={at(lower, first - 2)}|{at(lower, first - 1)}"
    yield f"right-two={at(lower, end)}|{at(lower, end + 1)}"
    yield f"possessive={at(lower, end) in _POSSESSIVE}"
    yield f"opening={first == opens}"


def _company(words: Words, first: int, end: int) -> Iterator[str]:
    """Content words near the name, and nouns and verbs farther off in its sentence."""
    opens, closes = words.sentence_of(first)
    near = range(max(opens, first - _NEAR), min(closes, end + _NEAR))
    for i in near:
        if words.pos[i] in _CONTENT and not first <= i < end:
            yield f"near={words.lemma[i].lower()}"
    for i in range(max(opens, first - _FAR), min(closes, end + _FAR)):
        if words.pos[i] in ("NOUN", "VERB") and i not in near:
            yield f"far={words.lemma[i].lower()}"


@cache
def load_metonymy() -> Metonymy:
    """Read the weights once: the buckets in use, half precision."""
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        weights = np.zeros(1 << BITS, np.float32)
        weights[stored["used"]] = stored["weights"].astype(np.float32)
        return Metonymy(weights, float(stored["bias"]))
