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

from dateline.codebook.stopwords import load_stopwords
from dateline.records import Report

__all__ = ["PARTS", "Profile", "Vector", "likeness", "profiles"]

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
_PIECE = re.compile(r"[^.!?\n]+")
_BOILERPLATE = 5  # a sentence in so many reports is no news ("Sign up for our newsletter")
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


def profiles(reports: Iterable[Report]) -> dict[str, Profile]:
    """The profiles of a set of reports by id; how rare a word is, is counted over the set."""
    ordered = sorted({r.id: r for r in reports}.values(), key=lambda r: r.id)
    texts = _without_boilerplate({r.id: f"{r.title or ''} . {r.text}" for r in ordered})
    counts = {key: _counted(_WORD, text.lower()) for key, text in texts.items()}
    named = {key: _counted(_NAME, text) for key, text in texts.items()}
    words, names = _vectors(counts), _vectors(named)
    numbers = _vectors({key: _counted(_NUMBER, text) for key, text in texts.items()})
    opening = _vectors({key: _counted(_WORD, text[:_OPENING].lower()) for key, text in texts.items()})
    phrases = _vectors({key: _phrases(text) for key, text in texts.items()})
    title = _vectors({r.id: _counted(_WORD, (r.title or r.text[:_TITLE]).lower()) for r in ordered})
    people = _rarities({key: frozenset(_FULL_NAME.findall(text)) for key, text in texts.items()}, least=2)
    streets = _rarities({key: _found(_STREET, text) for key, text in texts.items()}, least=1)
    rare, rare_names = _rarities(counts, least=1), _rarities(named, least=1)
    return {
        r.id: Profile(
            r.id, words[r.id], names[r.id], numbers[r.id], opening[r.id], people[r.id], r.day, phrases[r.id],
            title[r.id], rare[r.id], rare_names[r.id], streets[r.id],
            frozenset(nlargest(_CHIEF, sorted(words[r.id]), key=words[r.id].__getitem__)), _found(_AGE, texts[r.id]),
        )
        for r in ordered
    }  # fmt: skip


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


def _without_boilerplate(texts: Mapping[str, str]) -> dict[str, str]:
    pieces = {key: _PIECE.findall(text) for key, text in texts.items()}
    seen = Counter(piece.strip() for found in pieces.values() for piece in {p.strip(): p for p in found})
    return {
        key: ".".join(piece for piece in found if seen[piece.strip()] < _BOILERPLATE) for key, found in pieces.items()
    }


def _rarities(found: Mapping[str, Iterable[str]], least: int) -> dict[str, Vector]:
    """How rare each of a report's names is over the set, whatever its size; those of fewer than ``least`` go."""
    each = {key: sorted(set(names)) for key, names in found.items()}
    seen = Counter(name for names in each.values() for name in names)
    total = 1 + len(each)
    scale = _RAREST / math.log(1 + total)
    return {
        key: {name: scale * math.log(total / seen[name]) for name in names if seen[name] >= least}
        for key, names in each.items()
    }


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


def _vectors(counts: Mapping[str, Counter[str]]) -> dict[str, Vector]:
    """TF-IDF vectors of length one."""
    seen: Counter[str] = Counter()
    for count in counts.values():
        seen.update(count.keys())
    total = 1 + len(counts)
    return {
        report: _unit({w: (1 + math.log(n)) * math.log(total / seen[w]) for w, n in sorted(count.items())})
        for report, count in counts.items()
    }


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(v * v for v in vector.values())) or 1.0
    return {w: v / length for w, v in vector.items()}


def _dot(a: Vector, b: Vector) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(v * large[w] for w, v in small.items() if w in large)
