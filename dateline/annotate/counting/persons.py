"""Persons harmed one by one: "a man was killed", "the driver died", "Ana and Petro Lys were wounded".

Each counts one, and those joined by "and" count together. Only what is told as having happened is
counted: no threats, no "could have been killed".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.annotate.counting.numbers import Number
from dateline.annotate.counting.units import unit_of
from dateline.annotate.words import Words
from dateline.codebook.amounts import Amounts, Unit
from dateline.records import Quantity

__all__ = ["find_persons"]

_HARM = frozenset({"killed", "wounded", "casualties", "missing", "displaced", "detained"})
_BODILY = frozenset({"killed", "wounded", "casualties"})
_OPENERS = frozenset({"a", "an", "another", "the", "his", "her", "their", "its", "he", "she"})
_MODALS = frozenset({"could", "would", "might", "may", "can", "should", "will", "must", "'d", "’d", "'ll"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "conj", "appos", "pobj"})


@dataclass(frozen=True, slots=True)
class _Person:
    first: int
    noun: int
    unit: Unit


def find_persons(words: Words, amounts: Amounts) -> Iterator[Quantity]:
    """Count single persons whom the clause calls killed, wounded, missing, detained."""
    groups: dict[tuple[int, Unit], list[_Person]] = {}
    for first, noun, told in _single_persons(words, amounts):
        unit = unit_of(words, amounts, Number(first, max(first, noun), noun, 1, 1, "exact"), noun)
        if ("noun", words.lemma[noun].lower()) in amounts.counted and unit not in _BODILY:
            continue  # "he is a prisoner"
        if unit in (_BODILY if told else _HARM) and _happened(words, noun):
            groups.setdefault((_joined(words, noun), unit), []).append(_Person(first, noun, unit))
    for (_, unit), persons in sorted(groups.items()):
        span = words.span(min(p.first for p in persons), max(p.noun for p in persons) + 1)
        count = len(persons)
        of = words.form[persons[0].noun] if count == 1 and words.tag[persons[0].noun] == "NN" else ""
        yield Quantity(start=span.start, end=span.end, low=count, high=count, precision="exact", unit=unit, of=of)


def _is_told(words: Words, i: int) -> bool:
    """Whether the words before deny the person, or have counted it: "not a person", "one of them a child"."""
    return words.lower[max(0, i - 1) : i] == ["not"] or words.lower[max(0, i - 2) : i] in (
        ["of", "them"],
        ["of", "whom"],
    )


def _single_persons(words: Words, amounts: Amounts) -> Iterator[tuple[int, int, bool]]:
    """First token and noun of each phrase for one person, and whether it was told of before."""
    named = {end - 1: first for first, end, label in words.ents if label == "PERSON"}
    persons = amounts.groups["person"]
    openings = {first for first, _ in words.sentences}
    listed = [i for i, low in enumerate(words.lower) if low in _OPENERS]
    for i in sorted({*listed, *named, *openings}):
        low = words.lower[i]
        if low in ("a", "an", "another") and not _is_told(words, i):
            pronoun = low == "another" and words.dep[i] in ("nsubjpass", "nsubj", "dobj", "conj")
            noun = i if pronoun else words.head[i]
            if noun >= i and _one_person(words, persons, noun):
                yield i, noun, False
        elif low in ("the", "his", "her", "their", "its"):
            if words.head[i] > i and _one_person(words, persons, words.head[i]):
                yield i, words.head[i], True
        elif i in named:
            if words.dep[i] in _SUBJECTS and words.tag[i] == "NNP":
                yield named[i], i, True
        elif low in ("he", "she"):
            yield i, i, True
        elif i in openings and words.form[i][0].isupper() and words.pos[i] in ("NOUN", "PROPN", "NUM"):
            noun = i if words.lemma[i].lower() in persons else words.head[i]
            if i <= noun <= i + 6 and words.left[noun] == i and _one_person(words, persons, noun):
                yield i, noun, False


def _one_person(words: Words, persons: frozenset[str], noun: int) -> bool:
    person = words.lemma[noun].lower() in persons or words.lower[noun].endswith("old") or words.lower[noun] == "another"
    return person and words.tag[noun] in ("NN", "NNP", "JJ", "DT")


def _joined(words: Words, noun: int) -> int:
    """The first of the nouns this one is joined to by "and"."""
    for _ in range(12):
        if words.dep[noun] != "conj" or words.tag[words.head[noun]][:2] == "VB":
            break
        noun = words.head[noun]
    return noun


def _happened(words: Words, noun: int) -> bool:
    """Whether the clause is told as fact: no modal, no negation, no infinitive."""
    verb = words.head[_joined(words, noun)]
    if words.dependents(verb, "neg"):
        return False
    helpers = {words.lower[i] for i in words.dependents(verb, "aux")}
    return not (helpers & _MODALS or ("to" in helpers and words.tag[verb] == "VB"))
