"""Copies: reports that are one text with small edits, as wire copies are.

Reports are compared by the fingerprints of their eight-word shingles (Broder 1997), every
fourth of them by value, so that the work grows with the shingles shared, not with pairs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from zlib import crc32

from dateline.records import Report

__all__ = ["copy_groups"]

_WORD = re.compile(r"\w+")
_SHINGLE = 8
_KEPT = 4  # one fingerprint in four
_SHARED = 0.5  # of the shorter text's fingerprints
_COMMON = 50  # a shingle in more reports than this is boilerplate


def copy_groups(reports: Iterable[Report]) -> dict[str, str]:
    """Map each report's id to that of its group, the smallest id in it."""
    prints = {r.id: fingerprints(r.text) for r in reports}
    holders: dict[int, list[str]] = defaultdict(list)
    for report, marks in sorted(prints.items()):
        for mark in marks:
            holders[mark].append(report)
    shared: Counter[tuple[str, str]] = Counter()
    for found in holders.values():
        if 1 < len(found) <= _COMMON:
            shared.update((a, b) for i, a in enumerate(found) for b in found[i + 1 :])
    group = {report: report for report in prints}
    for (a, b), count in sorted(shared.items()):
        if count >= _SHARED * min(len(prints[a]), len(prints[b])):
            _join(group, a, b)
    return {report: _root(group, report) for report in group}


def fingerprints(text: str) -> frozenset[int]:
    """The kept fingerprints of a text; short texts keep all of theirs."""
    words = _WORD.findall(text.lower())
    every = {crc32(" ".join(words[i : i + _SHINGLE]).encode()) for i in range(max(1, len(words) - _SHINGLE + 1))}
    kept = frozenset(mark for mark in every if mark % _KEPT == 0)
    return kept if len(kept) >= _SHINGLE else frozenset(every)


def _root(group: dict[str, str], report: str) -> str:
    while group[report] != report:
        group[report] = group[group[report]]
        report = group[report]
    return report


def _join(group: dict[str, str], a: str, b: str) -> None:
    first, second = sorted((_root(group, a), _root(group, b)))
    group[second] = first
