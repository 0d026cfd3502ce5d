"""Evidence of harm: what one report tells of people killed and wounded, for ``dateline.link.harm`` to weigh."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.codebook.linking import kin_of, marker_pattern
from dateline.link.statements import sentences
from dateline.link.victims import is_part
from dateline.records import Quantity, Reading, Report

__all__ = ["SIGNS", "TITLE_SIGNS", "UNITS", "Evidence", "evidence"]

UNITS = ("killed", "wounded", "casualties")  # of casualties nobody says whether they died
SIGNS = (
    "died_later", "suicide", "recovers", "nobody_hurt", "fatal", "mourned", "lesser_charge", "condition", "hospital",
    "another", "own_hand", "by_police", "accident",
)  # fmt: skip
"""Lines of ``markers.tsv`` that speak of harm."""
TITLE_SIGNS = ("deadly", "hurting", "shooting")  # lines that tell, of a report's first sentence, what it is about
_MOST = 60  # a larger figure is no count of one incident's people but of a year's or a city's
_LEAD = 500  # characters that hold a report's own count, where it has one
_AGE = re.compile(r"\b(\d{1,2})-(?:year|month)s?-old|(?<=[a-z], )(\d{1,2})(?=[,.])|\baged? (\d{1,2})\b")
_MULTIPLE = re.compile(r"\b(double|triple|quadruple)[ -](?:(shooting)|homicide|murder|killing|slaying|fatal)")
_TIMES = {"double": 2, "triple": 3, "quadruple": 4}


class Evidence(NamedTuple):
    """What one report says of harm.

    figures: those of each unit in order, sentences told twice counted once; opening: those near its start; sums: of
    figures told together in one sentence. told: events that happened, by kin. signs: which of ``SIGNS`` it has
    anywhere, and of ``TITLE_SIGNS`` in its first sentence. ages: how many different ages it gives beside deaths
    ("killed"), beside wounds alone ("wounded") and beside any harm ("casualties").
    """

    figures: Mapping[str, tuple[int, ...]]
    opening: Mapping[str, tuple[int, ...]]
    sums: Mapping[str, frozenset[int]]
    told: Mapping[str, int]
    signs: frozenset[str]
    ages: Mapping[str, int]


def evidence(report: Report, reading: Reading) -> Evidence:
    """What one report says of harm."""
    cuts = _told_once(report.text)
    counted = [(cut, q) for cut, q in _within(cuts, reading.quantities) if _counts(report.text, q)]
    more = _multiples(report.text.lower())
    told = [report.text[a:b].lower() for a, b in cuts]
    return Evidence(
        {u: tuple(int(q.low or 0) for _, q in counted if q.unit == u) + more[u] for u in UNITS},
        {u: tuple(int(q.low or 0) for _, q in counted if q.unit == u and q.start < _LEAD) for u in UNITS},
        {u: _sums((cut, q) for cut, q in counted if q.unit == u) for u in UNITS},
        Counter(
            kin_of(report.text[e.trigger.start : e.trigger.end].lower()) for e in reading.events if e.factuality > 0
        ),
        _signs("\n".join(told), SIGNS) | _signs(told[0] if told else "", TITLE_SIGNS),
        _ages(told),
    )


def _told_once(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, those left out that it has had already: captions and headlines come twice."""
    first: dict[str, tuple[int, int]] = {}
    for start, end in sentences(text):
        first.setdefault(" ".join(re.findall(r"\w+", text[start:end].lower())), (start, end))
    first.pop("", None)
    return list(first.values())


def _within(cuts: Sequence[tuple[int, int]], figures: Iterable[Quantity]) -> Iterator[tuple[int, Quantity]]:
    """The figures that stand in one of these stretches, with its number."""
    for figure in figures:
        at = bisect_right(cuts, figure.start, key=lambda cut: cut[0]) - 1
        if at >= 0 and figure.start < cuts[at][1]:
            yield at, figure


def _counts(text: str, figure: Quantity) -> bool:
    return figure.unit in UNITS and figure.low is not None and figure.low < _MOST and not is_part(text, figure)


def _sums(counted: Iterable[tuple[int, Quantity]]) -> frozenset[int]:
    """Sums of the figures of one sentence ("killed his two sons and a neighbour")."""
    of: dict[int, list[int]] = defaultdict(list)
    for cut, figure in counted:
        of[cut].append(int(figure.low or 0))
    return frozenset(sum(figures) for figures in of.values() if len(figures) > 1)


def _multiples(text: str) -> dict[str, tuple[int, ...]]:
    """What "a triple murder" and "a double shooting" count."""
    found = [("casualties" if match[2] else "killed", _TIMES[match[1]]) for match in _MULTIPLE.finditer(text)]
    return {unit: tuple(n for kind, n in found if kind == unit) for unit in UNITS}


def _signs(text: str, signs: Iterable[str]) -> frozenset[str]:
    return frozenset(sign for sign in signs if marker_pattern(sign).search(text))


def _ages(told: Sequence[str]) -> dict[str, int]:
    """How many different ages stand in the sentences that tell of deaths, of wounds alone and of any harm."""
    ages: dict[str, set[str]] = {unit: set() for unit in UNITS}
    for sentence in told:
        dead, hurt, shot = (marker_pattern(sign).search(sentence) for sign in TITLE_SIGNS)
        unit = "killed" if dead else "wounded" if hurt else "casualties" if shot else None
        found = {one or other or third for one, other, third in _AGE.findall(sentence)}
        for kind in {unit, "casualties"} & set(UNITS) if unit else ():
            ages[kind] |= found
    return {unit: len(found) for unit, found in ages.items()}
