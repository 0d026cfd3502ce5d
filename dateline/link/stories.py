"""Stories: reports that tell of one matter, by their words, names, numbers and days.

Pairs of reports that share a rare word are scored by a weighted sum whose weights were learned (``training.link``,
logistic regression on pairs of dated local news) and can be read; average-link clustering joins them from the
strongest down.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dateline.codebook.linking import load_weights
from dateline.link.profiles import Profile, likeness, profiles
from dateline.records import Report

__all__ = ["likeness", "pairs", "profiles", "stories", "weigh"]

_MAX_DAYS = 400
_RARE = 60  # a word in more reports than this proposes no pair
_NEIGHBOURS = 40  # of each report, the most alike
_MEMBERS = 12  # of each cluster, the reports a merge is judged by
_NAMED = 0.3  # what a full name two reports share adds to their being proposed
_STRANGERS = -6.0  # the score of two reports that share no rare word


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
    weights = load_weights("stories")
    return weights["bias"] + math.fsum(weights[name] * value for name, value in parts.items())


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
