"""Stories: reports that tell of one matter, by their words, names, numbers and days.

Pairs of reports that share a rare word are scored by a weighted sum whose weights were learned (``training.link``,
logistic regression on pairs of dated local news) and can be read; average-link clustering joins them from the
strongest down.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from dateline.codebook.linking import load_weights
from dateline.link.groups import apart_at_first, groups_of, merge
from dateline.link.profiles import Profile, Vector, likeness, profile
from dateline.records import Report

__all__ = ["likeness", "matters", "pairs", "profile", "stories", "weigh"]

_MAX_DAYS = 400
_TELLING = 40  # words of a report that propose pairs
_NEXT = 40  # of the reports with a word, each is compared with so many that follow it in time
_LEAST = 0.04  # reports whose telling words are no more alike are of two matters
_NEIGHBOURS = 30  # of each report, the most alike
_MEMBERS = 12  # of each cluster, the reports a merge is judged by
_NAMED = 0.04  # times its rarity is what a full name two reports share adds to their being proposed
_ONE_STORY, _ONE_MATTER = 0.0, -3.0  # the score that joins
_STRANGERS = -6.0  # the score of two reports that share no rare word


def matters(reports: Iterable[Report], joined: Iterable[Sequence[str]] = ()) -> list[dict[str, str]]:
    """Part the reports into matters: each as the ids of its reports, mapped to their stories; in order of the ids.

    A story is named by the smallest id in it. What is told in one matter is never linked to what another tells.
    joined: ids of reports that are of one matter whatever their words say.
    """
    made = {report.id: profile(report) for report in sorted(reports, key=lambda r: r.id)}
    score = {(a, b): weigh(likeness(made[a], made[b])) for a, b in pairs(made)}
    cluster = apart_at_first(made)
    _join(cluster, score, _ONE_STORY)
    story = {report: min(members) for report, members in cluster.items()}
    _join(cluster, score, _ONE_MATTER)
    for together in joined:
        held = [report for report in together if report in cluster]
        for one, other in pairwise(held):
            merge(cluster, one, other)
    return [{member: story[member] for member in members} for members in groups_of(cluster)]


def stories(reports: Iterable[Report]) -> dict[str, str]:
    """Map each report's id to its story: the smallest id in it."""
    return {report: story for matter in matters(reports) for report, story in matter.items()}


def _join(cluster: dict[str, list[str]], score: Mapping[tuple[str, str], float], least: float) -> None:
    """Average link, the strongest pair first, till no two clusters are alike by more than ``least``."""
    for _, a, b in sorted((-value, a, b) for (a, b), value in score.items() if value > least):
        first, second = cluster[a], cluster[b]
        if first is not second and _average(first, second, score) > least:
            merge(cluster, a, b)


def weigh(parts: Mapping[str, float]) -> float:
    """The weighted sum of a pair's parts; above 0 two reports are rather of one matter."""
    weights = load_weights("stories")
    return weights["bias"] + math.fsum(weights[name] * value for name, value in parts.items())


def pairs(made: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    """Pairs that share a telling word and are not too far apart in time: of each report its nearest by such words.

    Of the reports with a word, each is compared with those that follow it in time (sorted neighbourhood, Hernández and
    Stolfo 1995), so that a word of ten thousand reports costs no more for each of them than one of fifty.
    """
    holders: dict[str, list[tuple[date, str, float]]] = defaultdict(list)
    for key, one in made.items():
        for word, weight in _telling(one).items():
            holders[word].append((one.day or date.max, key, weight))
    shared: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for _, members in sorted(holders.items()):
        members.sort()
        for i, (_, first, weight) in enumerate(members):
            for _, other, value in members[i + 1 : i + 1 + _NEXT]:
                shared[first][other] += weight * value
    for first, near in shared.items():
        for other in sorted(near, key=lambda o: (-near[o], o))[:_NEIGHBOURS]:
            if near[other] >= _LEAST and _within(made[first].day, made[other].day):
                yield (first, other) if first < other else (other, first)


def _telling(profile: Profile) -> Vector:
    """The words a report is most about, and the full names in it, with their weights."""
    words = heapq.nsmallest(_TELLING, profile.words, key=lambda word: (-profile.words[word], word))
    return {word: profile.words[word] for word in words} | {
        name: _NAMED * value for name, value in profile.people.items()
    }


def _within(a: date | None, b: date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= _MAX_DAYS


def _average(first: list[str], second: list[str], score: Mapping[tuple[str, str], float]) -> float:
    compared = [
        score.get((a, b) if a < b else (b, a), _STRANGERS)
        for a in sorted(first)[:_MEMBERS]
        for b in sorted(second)[:_MEMBERS]
    ]
    return math.fsum(compared) / len(compared)
