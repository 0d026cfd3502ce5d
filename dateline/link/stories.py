"""Stories: reports that tell of one matter, by their words and their days.

Average-link clustering over the cosine of TF-IDF vectors. Only pairs that share a rare word are
compared, and a cluster is its summed vector, so that average similarity costs one dot product.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dateline.codebook.stopwords import load_stopwords
from dateline.records import Report

__all__ = ["stories"]

_WORD = re.compile(r"[^\W_][\w'’-]*")
_SIMILAR = 0.14
_MAX_DAYS = 30
_RARE = 60  # a word in more reports than this proposes no pair
_NEIGHBOURS = 40  # of each report, the most alike


@dataclass(slots=True)
class _Cluster:
    members: list[str]
    total: dict[str, float]
    first: date | None
    last: date | None


def stories(reports: Iterable[Report], similar: float = _SIMILAR) -> dict[str, str]:
    """Map each report's id to its story: the smallest id in it."""
    ordered = sorted(reports, key=lambda r: r.id)
    vectors = _vectors(ordered)
    clusters = {r.id: _Cluster([r.id], vectors[r.id], r.day, r.day) for r in ordered}
    for _, a, b in sorted(_pairs(vectors, similar)):
        first, second = clusters[a], clusters[b]
        if first is not second and _fits(first, second, similar):
            merged = _merged(first, second)
            for member in merged.members:
                clusters[member] = merged
    return {report: min(cluster.members) for report, cluster in clusters.items()}


def _vectors(reports: list[Report]) -> dict[str, dict[str, float]]:
    """TF-IDF of each report, of length one; the title counts with the text."""
    stop = load_stopwords()
    counts: dict[str, Counter[str]] = {}
    seen: Counter[str] = Counter()
    for report in reports:
        words = (w.lower() for w in _WORD.findall(f"{report.title or ''} {report.text}"))
        counts[report.id] = Counter(w for w in words if w not in stop)
        seen.update(counts[report.id].keys())
    total = 1 + len(reports)
    return {
        report: _unit({w: (1 + math.log(n)) * math.log(total / seen[w]) for w, n in sorted(count.items())})
        for report, count in counts.items()
    }


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
    return {w: v / length for w, v in vector.items()}


def _pairs(vectors: Mapping[str, dict[str, float]], similar: float) -> Iterable[tuple[float, str, str]]:
    """Pairs at least as alike as asked, most alike first when sorted."""
    holders: dict[str, list[str]] = defaultdict(list)
    for report, vector in vectors.items():
        for word in vector:
            holders[word].append(report)
    for a, vector in vectors.items():
        others = {b for w in vector if len(holders[w]) <= _RARE for b in holders[w] if b > a}
        near = sorted((-_dot(vector, vectors[b]), b) for b in others)
        yield from ((s, a, b) for s, b in near[:_NEIGHBOURS] if -s >= similar)


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(v * large[w] for w, v in small.items() if w in large)


def _fits(a: _Cluster, b: _Cluster, similar: float) -> bool:
    days = [d for d in (a.first, a.last, b.first, b.last) if d is not None]
    if days and (max(days) - min(days)).days > _MAX_DAYS:
        return False
    return _dot(a.total, b.total) >= similar * len(a.members) * len(b.members)


def _merged(a: _Cluster, b: _Cluster) -> _Cluster:
    total = dict(a.total)
    for word, value in b.total.items():
        total[word] = total.get(word, 0.0) + value
    days = [d for d in (a.first, a.last, b.first, b.last) if d is not None]
    return _Cluster(a.members + b.members, total, min(days, default=None), max(days, default=None))
