"""Profiles: a report as weighted sets of words, names, numbers, ages and streets, and how alike two are, by part."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from itertools import pairwise

from dateline.codebook.rarity import load_rarity
from dateline.codebook.stopwords import load_stopwords
from dateline.records import Report

__all__ = ["PARTS", "Profile", "Vector", "likeness", "profile"]

PARTS = (
    "words", "words soon", "names", "names soon", "numbers", "opening", "people", "days", "phrases", "phrases soon",
    "title", "title in opening", "rarest words", "rarest names", "words held", "names held", "chief words", "ages",
    "ages held", "ages differ", "streets", "streets differ", "long", "months",
)  # fmt: skip
_WORD = re.compile(r"[^\W_][\w'’-]*")
_NAME = re.compile(r"(?<=[\w,’')\"”]\s)[A-Z][\w’'-]+")
_NUMBER = re.compile(r"\d[\w,.:-]*\w|\d")
_FULL_NAME = re.compile(r"(?=\b([A-Z][\w’'-]+ [A-Z][\w’'-]+)\b)")
_AGE = re.compile(r"\b(\d{1,2})-year-old|(?:aged?|,) (\d{1,2})\b(?=[,. ])")
_STREET = re.compile(
    r"\b(?:\d+ block of |(?:near|on|at|of) )((?:[NSEW]\.? |North |South |East |West )?[A-Z0-9][\w'’]+(?: [A-Z][\w'’]+)?"
    r" (?:Street|Avenue|Road|Drive|Lane|Boulevard|St|Ave|Rd|Dr|Ln|Blvd|Way|Place|Court|Highway|"
    r"Parkway|Circle|Pike|Terrace))\b"
    r"|\b(\d{2,5})(?:th|st|nd|rd)? (?:block|[A-Z])"
)
_OPENING = 400  # characters of the text that say what it is about
_UNDATED = 7  # days two reports are taken to lie apart where one has no date
_TITLE = 100  # characters that stand for a title where there is none
_RAREST = 7.0  # the rarity of a word that one report has, as it is in a set of a thousand
_CHIEF = 10  # the words a report is most about

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """A report as TF-IDF vectors of length one, how rare the names and streets are that others share, and its day.

    phrases: pairs of words; chief: the words of most weight; rare, rare_names: the rarity of all words and names.
    """

    id: str
    words: Vector
    names: Vector
    numbers: Vector
    opening: Vector
    people: Vector
    day: date | None
    phrases: Vector
    title: Vector
    rare: Vector
    rare_names: Vector
    streets: Vector
    chief: frozenset[str]
    ages: frozenset[str]


def profile(report: Report) -> Profile:
    """The profile of a report; how rare its words are is the same in every set of reports (``load_rarity``)."""
    text = f"{report.title or ''} . {report.text}"
    counts, named = _counted(_WORD, text.lower()), _counted(_NAME, text)
    words = _vector(counts)
    streets = dict.fromkeys(sorted(_found(_STREET, text)), _RAREST)
    return Profile(
        id=report.id,
        words=words,
        names=_vector(named),
        numbers=_vector(_counted(_NUMBER, text)),
        opening=_vector(_counted(_WORD, text[:_OPENING].lower())),
        people=_rarities(_FULL_NAME.findall(text)),
        day=report.day,
        phrases=_vector(_phrases(text)),
        title=_vector(_counted(_WORD, (report.title or report.text[:_TITLE]).lower())),
        rare=_rarities(counts),
        rare_names=_rarities(named),
        streets=streets,
        chief=frozenset(nlargest(_CHIEF, sorted(words), key=words.__getitem__)),
        ages=_found(_AGE, text),
    )


def likeness(a: Profile, b: Profile) -> dict[str, float]:
    """The parts by which two reports are alike.

    Words, names, numbers, opening, phrases, title: cosines; "soon": the same, fading with a week between the reports.
    people, rarest: how rare what both have is; held: the part of the shorter report's weight that both have. days:
    between the reports, on a log scale; months: up to one. ages, streets: shared; differ: both name some, none shared.
    """
    days = abs((a.day - b.day).days) if a.day and b.day else _UNDATED
    soon = math.exp(-days / 7)
    words, names, phrases = _dot(a.words, b.words), _dot(a.names, b.names), _dot(a.phrases, b.phrases)
    ages, streets = a.ages & b.ages, a.streets.keys() & b.streets.keys()
    return {
        "words": words,
        "words soon": words * soon,
        "names": names,
        "names soon": names * soon,
        "numbers": _dot(a.numbers, b.numbers),
        "opening": _dot(a.opening, b.opening),
        "people": math.log1p(_shared(a.people, b.people)),
        "days": math.log1p(days),
        "phrases": phrases,
        "phrases soon": phrases * soon,
        "title": _dot(a.title, b.title),
        "title in opening": max(_dot(a.title, b.opening), _dot(a.opening, b.title)),
        "rarest words": _rarest(a.rare, b.rare, 8),
        "rarest names": _rarest(a.rare_names, b.rare_names, 5),
        "words held": _held(a.rare, b.rare),
        "names held": _held(a.rare_names, b.rare_names),
        "chief words": len(a.chief & b.chief) / _CHIEF,
        "ages": min(3.0, float(len(ages))),
        "ages held": len(ages) / (min(len(a.ages), len(b.ages)) or 1),
        "ages differ": float(bool(a.ages and b.ages and not ages)),
        "streets": min(12.0, _shared(a.streets, b.streets)),
        "streets differ": float(bool(a.streets and b.streets and not streets)),
        "long": math.log1p(min(len(a.rare), len(b.rare))),
        "months": min(1.0, days / 30),
    }


def _shared(a: Vector, b: Vector) -> float:
    return math.fsum(a[key] for key in a.keys() & b.keys())


def _rarest(a: Vector, b: Vector, count: int) -> float:
    """The mean rarity of the rarest words both have."""
    return math.fsum(nlargest(count, (a[word] for word in a.keys() & b.keys()))) / count


def _held(a: Vector, b: Vector) -> float:
    return _shared(a, b) / (min(math.fsum(a.values()), math.fsum(b.values())) + 1)


def _rarities(names: Iterable[str]) -> Vector:
    """How rare each name is, as a part of what the rarest is, times what it is in a set of a thousand reports."""
    scale = _RAREST / load_rarity().highest
    return {name: scale * _rare(name) for name in sorted(set(names))}


def _rare(words: str) -> float:
    """The rarity of one word, or of a name or phrase of two."""
    return load_rarity().of_all(words.split())


def _found(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """What any of a pattern's groups took."""
    return frozenset(next(filter(None, groups), "").lower() for groups in pattern.findall(text))


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    stop = load_stopwords()
    return Counter(w for w in pattern.findall(text) if w.lower() not in stop)


def _phrases(text: str) -> Counter[str]:
    """Pairs of neighbouring words, neither a stop word."""
    stop = load_stopwords()
    words = _WORD.findall(text.lower())
    return Counter(f"{a} {b}" for a, b in pairwise(words) if a not in stop and b not in stop)


def _vector(count: Mapping[str, int]) -> Vector:
    """A TF-IDF vector of length one."""
    return _unit({w: (1 + math.log(n)) * _rare(w) for w, n in sorted(count.items())})


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(v * v for v in vector.values())) or 1.0
    return {w: v / length for w, v in vector.items()}


def _dot(a: Vector, b: Vector) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(v * large[w] for w, v in small.items() if w in large)
