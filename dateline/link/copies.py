"""Copies: reports that are one text with small edits, as wire copies are.

Reports are compared by the fingerprints of their eight-word shingles (Broder 1997), every
fourth of them by value, so that the work grows with the shingles shared, not with pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple
from zlib import crc32

from dateline.records import Report

__all__ = ["Passage", "changed_passages", "copy_groups"]

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]+")
_MOST = 4_000_000  # pairs of words compared within one changed stretch
_SHINGLE = 8
_KEPT = 4  # one fingerprint in four
_SHARED = 0.5  # of the shorter text's fingerprints
_COMMON = 50  # a shingle in more reports than this is boilerplate


class Passage(NamedTuple):
    """A stretch in which a copy differs: ``[start, end)`` of the original and of the copy; empty where one has none."""

    start: int
    end: int
    copy_start: int
    copy_end: int


def changed_passages(original: str, copy: str) -> tuple[Passage, ...]:
    """Where two versions of a text differ, word by word within the paragraphs that differ, in order.

    Paragraphs that stand in both are matched first, so that the work stays small however long the texts are.
    """
    a, b = _lines(original), _lines(copy)
    made: list[Passage] = []
    for tag, i, j, k, m in SequenceMatcher(
        None, [w for w, _, _ in a], [w for w, _, _ in b], autojunk=False
    ).get_opcodes():
        if tag != "equal":
            made += _changed_words(original, copy, _stretch(a, i, j, len(original)), _stretch(b, k, m, len(copy)))
    return tuple(made)


def _changed_words(original: str, copy: str, here: tuple[int, int], there: tuple[int, int]) -> Iterator[Passage]:
    a = [(m[0], m.start() + here[0], m.end() + here[0]) for m in _TOKEN.finditer(original[here[0] : here[1]])]
    b = [(m[0], m.start() + there[0], m.end() + there[0]) for m in _TOKEN.finditer(copy[there[0] : there[1]])]
    if len(a) * len(b) > _MOST:
        yield Passage(*here, *there)
        return
    for tag, i, j, k, m in SequenceMatcher(
        None, [w for w, _, _ in a], [w for w, _, _ in b], autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield Passage(*_stretch(a, i, j, here[1]), *_stretch(b, k, m, there[1]))


def _lines(text: str) -> list[tuple[str, int, int]]:
    return [(m[0], m.start(), m.end()) for m in _LINE.finditer(text)]


def _stretch(parts: Sequence[tuple[str, int, int]], first: int, end: int, whole: int) -> tuple[int, int]:
    """From the first part's start to the last one's end; an empty stretch stands where the next part begins."""
    if first == end:
        at = parts[first][1] if first < len(parts) else whole
        return at, at
    return parts[first][1], parts[end - 1][2]


def copy_groups(reports: Iterable[Report]) -> dict[str, str]:
    """Map each report's id to that of its group's original: the first published, of equal ones the smallest id."""
    every = {r.id: r for r in reports}
    prints = {key: fingerprints(r.text) for key, r in every.items()}
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
    members: dict[str, list[str]] = defaultdict(list)
    for report in group:
        members[_root(group, report)].append(report)
    return {report: original for found in members.values() for original in [_first(found, every)] for report in found}


def _first(found: Sequence[str], every: Mapping[str, Report]) -> str:
    """The first published; undated ones last, and of one day those that give no hour: agencies give theirs."""
    return min(found, key=lambda key: (every[key].day or date.max, _instant(every[key]), key))


def _instant(report: Report) -> float:
    return report.moment.timestamp() if report.moment else math.inf


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
