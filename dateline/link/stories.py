"""Stories: reports that tell of one matter, by their words, names, numbers and days.

Pairs of reports that share a rare word are scored by a weighted sum whose weights were learned (``training.link``,
logistic regression on pairs of dated local news) and can be read; average-link clustering joins them from the
strongest down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from dateline.codebook.linking import load_weights
from dateline.link.groups import apart_at_first, groups_of, merge
from dateline.link.neighbours import pairs, sketch
from dateline.link.profiles import Profile, likeness, profile
from dateline.records import Report

__all__ = ["clustered", "matters", "scored", "stories", "weigh"]

_KEPT = 4_000  # profiles of reports kept while their pairs are scored
_MEMBERS = 12  # of each cluster, the reports a merge is judged by
_LARGEST = 200  # reports of a matter: the work for each stays bounded, whatever a ledger holds
_ONE_STORY, _ONE_MATTER = 0.0, -3.0  # the score that joins
_STRANGERS = -6.0  # the score of two reports that share no rare word


def matters(reports: Iterable[Report], joined: Iterable[Sequence[str]] = ()) -> list[dict[str, str]]:
    """Part the reports into matters: each as the ids of its reports, mapped to their stories; in order of the ids.

    A story is named by the smallest id in it. What is told in one matter is never linked to what another tells.
    joined: ids of reports that are of one matter whatever their words say.
    """
    every = {report.id: report for report in reports}
    return clustered(every, scored(every, pairs(sketch(report) for report in every.values())), joined)


def stories(reports: Iterable[Report]) -> dict[str, str]:
    """Map each report's id to its story: the smallest id in it."""
    return {report: story for matter in matters(reports) for report, story in matter.items()}


def scored(reports: Mapping[str, Report], proposed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The scores of pairs of reports; quickest for pairs in the order of ``pairs``."""

    @lru_cache(maxsize=_KEPT)
    def of(key: str) -> Profile:
        return profile(reports[key])

    return {(a, b): weigh(likeness(of(a), of(b))) for a, b in proposed}


def clustered(
    reports: Iterable[str], score: Mapping[tuple[str, str], float], joined: Iterable[Sequence[str]] = ()
) -> list[dict[str, str]]:
    """The matters of the reports with these ids, by the scores of pairs, the smaller id first; see ``matters``."""
    cluster = apart_at_first(sorted(reports))
    _join(cluster, score, _ONE_STORY)
    story = {report: min(members) for report, members in cluster.items()}
    _join(cluster, score, _ONE_MATTER)
    for together in joined:
        held = [report for report in together if report in cluster]
        for one, other in pairwise(held):
            merge(cluster, one, other)
    return [{member: story[member] for member in members} for members in groups_of(cluster)]


def _join(cluster: dict[str, list[str]], score: Mapping[tuple[str, str], float], least: float) -> None:
    """Average link, the strongest pair first, till no two clusters are alike by more than ``least`` or small enough."""
    for _, a, b in sorted((-value, a, b) for (a, b), value in score.items() if value > least):
        first, second = cluster[a], cluster[b]
        fits = first is not second and len(first) + len(second) <= _LARGEST
        if fits and _average(first, second, score) > least:
            merge(cluster, a, b)


def weigh(parts: Mapping[str, float]) -> float:
    """The weighted sum of a pair's parts; above 0 two reports are rather of one matter."""
    weights = load_weights("stories")
    return weights["bias"] + math.fsum(weights[name] * value for name, value in parts.items())


def _average(first: list[str], second: list[str], score: Mapping[tuple[str, str], float]) -> float:
    compared = [
        score.get((a, b) if a < b else (b, a), _STRANGERS)
        for a in sorted(first)[:_MEMBERS]
        for b in sorted(second)[:_MEMBERS]
    ]
    return math.fsum(compared) / len(compared)
