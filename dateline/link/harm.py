"""Harm: how many people one report, or all reports of one incident, say were killed and wounded.

Where no figure is given, a death or an injury that is told counts as one. Figures for "shot" or "casualties"
count dead and wounded together; what is known of the dead is taken off. Rules weighed on dated local news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dateline.codebook.linking import kin_of
from dateline.link.victims import is_part
from dateline.records import Reading, Report

__all__ = ["Harm", "harm", "harm_of_all"]

_HURTS = ("shoot", "strike")
_MOST = 60  # a larger figure is no count of one incident's people but of a year's or a city's


class Harm(NamedTuple):
    """People killed and wounded; None where nothing is told."""

    killed: int | None
    wounded: int | None


def harm(report: Report, reading: Reading) -> Harm:
    """The figures of one report."""
    told = Counter(
        kin_of(report.text[e.trigger.start : e.trigger.end].lower()) for e in reading.events if e.factuality > 0
    )
    killed = _killed(_figures(report, reading, "killed"), told)
    return Harm(killed, _wounded(report, reading, told, killed or 0))


def harm_of_all(each: Iterable[Harm]) -> Harm:
    """Of several reports the figures most of them give together; of equal ones the larger."""
    count = Counter(Harm(one.killed or 0, one.wounded or 0) for one in each)
    return max(count, key=lambda h: (count[h], (h.killed or 0) + (h.wounded or 0), h)) if count else Harm(None, None)


def _killed(figures: Sequence[int], told: Counter[str]) -> int | None:
    some = [n for n in figures if n > 0]
    if some:
        return _usual(some)
    if figures:
        return 0
    return 1 if told["kill"] else None


def _wounded(report: Report, reading: Reading, told: Counter[str], killed: int) -> int | None:
    figures = _figures(report, reading, "wounded")
    some = [n for n in figures if n > 0]
    together = max(_figures(report, reading, "casualties"), default=0)
    if some:
        return max(_usual(some), together) if not killed else _usual(some)
    if together > killed:
        return together - killed
    if figures:
        return 0
    if not killed and (told["wound"] or any(told[kin] for kin in _HURTS)):
        return 1
    return None


def _figures(report: Report, reading: Reading, unit: str) -> list[int]:
    return [
        int(q.low)
        for q in reading.quantities
        if q.unit == unit and q.low is not None and q.low < _MOST and not is_part(report.text, q)
    ]


def _usual(figures: Sequence[int]) -> int:
    """The figure given most often, then first."""
    return max(figures, key=lambda n: (figures.count(n), -figures.index(n)))
