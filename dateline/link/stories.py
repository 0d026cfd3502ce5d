"""Stories: reports that tell of one matter, by their words, names, numbers and days.

Pairs of reports that share a rare word are scored by a weighted sum whose weights were learned (``training.link``,
logistic regression on pairs of dated local news) and can be read; average-link clustering joins them from the
strongest down.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dateline.codebook.stopwords import load_stopwords
from dateline.records import Report

__all__ = ["WEIGHTS", "Profile", "likeness", "pairs", "profiles", "stories", "weigh"]

# Words, names, numbers and opening: cosines of TF-IDF vectors, within 0 and 1; "soon": the same, fading with a week
# between the reports; people: how rare the full names are that both have; days: those between the reports. The last
# two are on a log scale.
WEIGHTS = {
    "bias": -2.9, "words": 1.17, "words soon": 6.85, "names": 9.36, "names soon": 2.56, "numbers": 4.84,
    "opening": 5.39, "people": 0.48, "days": -0.99,
}  # fmt: skip
_WORD = re.compile(r"[^\W_][\w'’-]*")
_NAME = re.compile(r"(?<=[\w,’')\"”]\s)[A-Z][\w’'-]+")
_NUMBER = re.compile(r"\d[\w,.:-]*\w|\d")
_FULL_NAME = re.compile(r"(?=\b([A-Z][\w’'-]+ [A-Z][\w’'-]+)\b)")
_PIECE = re.compile(r"[^.!?\n]+")
_BOILERPLATE = 5  # a sentence in so many reports is no news ("Sign up for our newsletter")
_OPENING = 400  # characters of the text that say what it is about
_MAX_DAYS = 400
_RARE = 60  # a word in more reports than this proposes no pair
_NEIGHBOURS = 40  # of each report, the most alike
_MEMBERS = 12  # of each cluster, the reports a merge is judged by
_NAMED = 0.3  # what a full name two reports share adds to their being proposed
_STRANGERS = -6.0  # the score of two reports that share no rare word

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """A report as unit vectors of its words, names, numbers and opening, the rarity of its full names, and its day."""

    id: str
    words: Vector
    names: Vector
    numbers: Vector
    opening: Vector
    people: Vector
    day: date | None


def stories(reports: Iterable[Report], threshold: float = 0.0) -> dict[str, str]:
    """Map each report's id to its story: the smallest id in it."""
    made = profiles(reports)
    score = {(a, b): weigh(likeness(made[a], made[b])) for a, b in pairs(made)}
    cluster = {report: [report] for report in made}
    for _, a, b in sorted((-value, a, b) for (a, b), value in score.items() if value > threshold):
        first, second = cluster[a], cluster[b]
        if first is not second and _average(first, second, score) > threshold:
            first.extend(second)
            for member in second:
                cluster[member] = first
    return {report: min(members) for report, members in cluster.items()}


def weigh(parts: Mapping[str, float]) -> float:
    """The weighted sum of a pair's parts; above 0 two reports are rather of one matter."""
    return WEIGHTS["bias"] + math.fsum(WEIGHTS[name] * value for name, value in parts.items())


def likeness(a: Profile, b: Profile) -> dict[str, float]:
    """The parts by which two reports are alike."""
    days = abs((a.day - b.day).days) if a.day and b.day else 3
    soon = math.exp(-days / 7)
    words, names = _dot(a.words, b.words), _dot(a.names, b.names)
    return {
        "words": words,
        "words soon": words * soon,
        "names": names,
        "names soon": names * soon,
        "numbers": _dot(a.numbers, b.numbers),
        "opening": _dot(a.opening, b.opening),
        "people": math.log1p(math.fsum(a.people[n] for n in sorted(a.people.keys() & b.people.keys()))),
        "days": math.log1p(days),
    }


def profiles(reports: Iterable[Report]) -> dict[str, Profile]:
    """The profiles of a set of reports by id; how rare a word is, is counted over the set."""
    ordered = sorted({r.id: r for r in reports}.values(), key=lambda r: r.id)
    texts = _without_boilerplate({r.id: f"{r.title or ''} . {r.text}" for r in ordered})
    words = _vectors({key: _counted(_WORD, text.lower()) for key, text in texts.items()})
    names = _vectors({key: _counted(_NAME, text) for key, text in texts.items()})
    numbers = _vectors({key: _counted(_NUMBER, text) for key, text in texts.items()})
    opening = _vectors({key: _counted(_WORD, text[:_OPENING].lower()) for key, text in texts.items()})
    people = _rarities({key: frozenset(_FULL_NAME.findall(text)) for key, text in texts.items()})
    return {
        r.id: Profile(r.id, words[r.id], names[r.id], numbers[r.id], opening[r.id], people[r.id], r.day)
        for r in ordered
    }


def pairs(made: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    """Pairs that share a rare word and are not too far apart in time: of each report its nearest by words."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key, profile in made.items():
        for word in (*profile.words, *profile.people):
            holders[word].append(key)
    for key, profile in made.items():
        shared: defaultdict[str, float] = defaultdict(float)
        for word, value in (*profile.words.items(), *((name, _NAMED) for name in profile.people)):
            if len(holders[word]) <= _RARE:
                for other in holders[word]:
                    if other > key:
                        shared[other] += value * made[other].words.get(word, _NAMED)
        for other in heapq.nsmallest(_NEIGHBOURS, shared, key=lambda o: (-shared[o], o)):
            if _within(profile.day, made[other].day):
                yield key, other


def _within(a: date | None, b: date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= _MAX_DAYS


def _average(first: list[str], second: list[str], score: Mapping[tuple[str, str], float]) -> float:
    compared = [
        score.get((a, b) if a < b else (b, a), _STRANGERS)
        for a in sorted(first)[:_MEMBERS]
        for b in sorted(second)[:_MEMBERS]
    ]
    return math.fsum(compared) / len(compared)


def _without_boilerplate(texts: Mapping[str, str]) -> dict[str, str]:
    pieces = {key: _PIECE.findall(text) for key, text in texts.items()}
    seen = Counter(piece.strip() for found in pieces.values() for piece in {p.strip(): p for p in found})
    return {
        key: ".".join(piece for piece in found if seen[piece.strip()] < _BOILERPLATE) for key, found in pieces.items()
    }


def _rarities(found: Mapping[str, frozenset[str]]) -> dict[str, Vector]:
    """How rare each of a report's names is over the set; those only one report has say nothing and are left out."""
    seen = Counter(name for names in found.values() for name in names)
    total = 1 + len(found)
    return {
        key: {name: math.log(total / seen[name]) for name in sorted(names) if seen[name] > 1}
        for key, names in found.items()
    }


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    stop = load_stopwords()
    return Counter(w for w in pattern.findall(text) if w.lower() not in stop)


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
