"""The senses of a report's place names: mentions that mean one place, and the places they may mean.

One sense a report (Leidner 2007): all mentions of a name mean the same place, unless the words tell them
apart ("Springfield, Ill." and "Springfield, Mass.").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from dateline.annotate.geo.names import Name
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer, NameKind, fold, short_form
from dateline.codebook.tables import rows

__all__ = ["Candidate", "Sense", "candidates", "find_senses"]

_MOST = 24  # candidates looked at: the likeliest by kind of name and size


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean: its number, the ``NameKind``, and how much the name was cut to find it."""

    number: int
    kind: int
    cut: int = 0


@dataclass(slots=True)
class Sense:
    """Mentions (positions in the list of names) of one place, and its candidates, likeliest first.

    within: numbers of the units that the words put the place in ("Paris, Texas"). contains: positions
    of senses the words put inside this one.
    """

    folded: str
    mentions: list[int]
    candidates: tuple[Candidate, ...]
    within: tuple[int, ...] = ()
    contains: list[int] = field(default_factory=list)


def find_senses(words: Words, names: Sequence[Name], gazetteer: Gazetteer) -> tuple[list[Sense], list[int]]:
    """The senses, in order of first mention, and the sense of each name (-1 for demonyms)."""
    senses: list[Sense] = []
    sense_of = [-1] * len(names)
    by_key: dict[tuple[str, tuple[int, ...]], int] = {}
    told = [_told_within(words, names, i, gazetteer) for i in range(len(names))]
    first_within: dict[str, tuple[int, ...]] = {}
    for i, name in enumerate(names):
        if not name.demonym and told[i]:
            first_within.setdefault(fold(words.words(name.first, name.end)), told[i])
    for i, name in enumerate(names):
        if name.demonym:
            continue
        called = words.words(name.first, name.end)
        folded = fold(called)
        within = told[i] or first_within.get(folded, ())
        at = by_key.get((folded, within))
        if at is None:
            at = by_key[(folded, within)] = len(senses)
            senses.append(Sense(folded, [], candidates(gazetteer, called), within))
        senses[at].mentions.append(i)
        sense_of[i] = at
    for i in range(len(names) - 1):
        if told[i] and sense_of[i + 1] >= 0:
            senses[sense_of[i + 1]].contains.append(sense_of[i])
    return senses, sense_of


def _told_within(words: Words, names: Sequence[Name], i: int, gazetteer: Gazetteer) -> tuple[int, ...]:
    """Numbers of the units or countries named right after a name: "Paris, Texas", "Warren County, Ohio"."""
    name = names[i]
    if name.demonym or i + 1 == len(names) or names[i + 1].demonym:
        return ()
    after = names[i + 1]
    if after.first != name.end + 1 or words.lower[name.end] not in (",", "("):
        return ()
    own = {c.number for c in candidates(gazetteer, words.words(name.first, name.end))}
    units = [
        c.number for c in candidates(gazetteer, words.words(after.first, after.end)) if _is_unit(gazetteer, c.number)
    ]
    return tuple(units) if any(_lies_in(gazetteer, n, unit) for n in own for unit in units) else ()


def _is_unit(gazetteer: Gazetteer, number: int) -> bool:
    return str(gazetteer.features[gazetteer.feature[number]]).startswith("A.")


def _lies_in(gazetteer: Gazetteer, number: int, unit: int) -> bool:
    if number == unit:
        return False
    if unit in (gazetteer.admin1[number], gazetteer.admin2[number]):
        return True
    return bool(
        gazetteer.features[gazetteer.feature[unit]] == "A.PCLI" and gazetteer.country[number] == gazetteer.country[unit]
    )


@lru_cache(maxsize=1 << 14)
def candidates(gazetteer: Gazetteer, called: str) -> tuple[Candidate, ...]:
    """The places of a name as written; where there are none, of the name without its unit or its side."""
    found = _found(gazetteer, called, 0)
    if found:
        return found
    for cut, shorter in enumerate(_shorter(called), 1):
        found = _found(gazetteer, shorter, cut)
        if found:
            return found
    return ()


def _found(gazetteer: Gazetteer, called: str, cut: int) -> tuple[Candidate, ...]:
    capitals = called.replace(".", "").isupper()
    found = [
        Candidate(number, kind, min(cut, 2))
        for number, kind in gazetteer.numbers(fold(called))
        if capitals or kind != NameKind.ABBREVIATION
    ]
    found.sort(key=lambda c: (-_weight(gazetteer, c), c.number))
    return tuple(found[:_MOST])


def _weight(gazetteer: Gazetteer, candidate: Candidate) -> float:
    size = float(gazetteer.population[candidate.number]) + 2e3 * float(gazetteer.radius_km[candidate.number])
    return size / (1 + 2 * candidate.kind)


@cache
def _sides() -> frozenset[str]:
    return frozenset(word for row in rows("places/sides.tsv", ("words",)) for word in row.list("words"))


def _shorter(called: str) -> list[str]:
    """Cut a name down: "Kharkiv region" to "Kharkiv", "Northern Manitoba" to "Manitoba"."""
    shorter: list[str] = []
    short = short_form(called)
    if short:
        shorter.append(short)
    parts = called.replace("-", " - ").split()
    if len(parts) > 1 and parts[0].lower() in _sides():
        rest = [p for p in parts[1:] if p != "-"]
        shorter.append(" ".join(rest))
    return [s for s in shorter if s]
