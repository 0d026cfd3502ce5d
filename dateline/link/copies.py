"""Copies: reports that are one text with small edits, as wire copies are.

Pairs are proposed by MinHash over eight-word shingles (Broder 1997) with locality-sensitive hashing, so that the work
grows with the reports and not with their pairs; of each proposed pair the shingles shared are then counted, so that
the sketch decides nothing by chance. Of several libraries ``rensa`` (MIT; half a megabyte, nothing behind it, loads in
a millisecond) was taken before ``datasketch``, which asks for SciPy.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rensa import RMinHash, RMinHashLSH

from dateline.records import Report

__all__ = ["Passage", "changed_passages", "copy_groups"]

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]+")
_MOST = 4_000_000  # pairs of words compared within one changed stretch
_SHINGLE = 8
_SHARED = 0.5  # of the shorter text's shingles
_HASHES, _BANDS, _SEED = 128, 64, 1997  # two hashes a band: of pairs with a fourth of their shingles shared 98 % meet
_LEAST = 0.1
_ENOUGH = 40  # copies of one text that are compared with the next
_Marks = npt.NDArray[np.uint32]


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
    group = {report: report for report in every}
    for a, b, marks, other in _proposed(every):
        if _root(group, a) != _root(group, b) and _copied(marks, other):
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


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return [" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))]


def _proposed(reports: Mapping[str, Report]) -> Iterator[tuple[str, str, _Marks, _Marks]]:
    """Pairs whose sketches meet in a band, by id, each with the shingles of both, hashed."""
    keys = sorted(reports)
    index = RMinHashLSH(threshold=_LEAST, num_perm=_HASHES, num_bands=_BANDS)
    marks: dict[str, _Marks] = {}
    for number, key in enumerate(keys):
        shingles = [shingle.encode("utf-8", "replace") for shingle in _shingles(reports[key].text)]
        marks[key] = np.unique(np.array([crc32(shingle) for shingle in shingles], dtype=np.uint32))
        sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
        sketch.update([shingle.decode() for shingle in shingles])
        found = sorted(index.query(sketch))
        yield from ((keys[other], key, marks[keys[other]], marks[key]) for other in found)
        if len(found) < _ENOUGH:  # one more of many copies proposes nothing that those before it do not
            index.insert(number, sketch)


def _copied(one: _Marks, other: _Marks) -> bool:
    shared = int(np.intersect1d(one, other, assume_unique=True).size)
    return shared >= _SHARED * min(one.size, other.size)


def _root(group: dict[str, str], report: str) -> str:
    while group[report] != report:
        group[report] = group[group[report]]
        report = group[report]
    return report


def _join(group: dict[str, str], a: str, b: str) -> None:
    first, second = sorted((_root(group, a), _root(group, b)))
    group[second] = first
