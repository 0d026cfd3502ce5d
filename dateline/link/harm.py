"""Harm: how many people the reports of one incident, or one report, say were killed and wounded.

Every number a report could mean is weighed by what speaks for it: how many reports give it, and where, whether it is
the figure for all who were hit less the dead, what is told of deaths and recoveries. The weights were learned on dated
local news whose incidents a register counts (``training.harm``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.codebook.linking import kin_of, load_weights, marker_pattern
from dateline.link.victims import is_part
from dateline.records import Reading, Report

__all__ = ["SIGNS", "Evidence", "Harm", "evidence", "harm", "harm_of_all", "killed_parts", "numbers", "wounded_parts"]

SIGNS = ("died_later", "suicide", "recovers", "nobody_hurt", "fatal")  # lines of markers.tsv that speak of harm
_HURTS = ("shoot", "strike", "wound")
_MOST = 60  # a larger figure is no count of one incident's people but of a year's or a city's
_LEAD = 500  # characters that hold a report's own count, where it has one
_VICTIM = re.compile(r"\b(\d{1,2})-year-old|(?<=, )(\d{1,2})(?=,)")


_MULTIPLE = re.compile(r"\b(double|triple|quadruple)[ -](?:(shooting)|homicide|murder|killing|slaying|fatal)")
_TIMES = {"double": 2, "triple": 3, "quadruple": 4}


class Harm(NamedTuple):
    """People killed and wounded; None where nothing is told."""

    killed: int | None
    wounded: int | None


class Evidence(NamedTuple):
    """What one report says of harm.

    killed, wounded, together: figures in order, those in its opening again in ``lead_…``; told: events that happened,
    by kin; signs: which of ``SIGNS`` it has; ages: how many different ages it gives.
    """

    killed: tuple[int, ...]
    wounded: tuple[int, ...]
    together: tuple[int, ...]
    lead_killed: tuple[int, ...]
    lead_wounded: tuple[int, ...]
    told: Mapping[str, int]
    signs: frozenset[str]
    ages: int


def evidence(report: Report, reading: Reading) -> Evidence:
    """What one report says of harm."""
    told = Counter(
        kin_of(report.text[e.trigger.start : e.trigger.end].lower()) for e in reading.events if e.factuality > 0
    )
    text = report.text.lower()
    times = [(_TIMES[word], bool(shooting), at) for at, word, shooting in _multiples(text)]
    dead = tuple(n for n, shooting, _ in times if not shooting)
    return Evidence(
        _figures(report, reading, "killed", len(text)) + dead,
        _figures(report, reading, "wounded", len(text)),
        _figures(report, reading, "casualties", len(text)) + tuple(n for n, shooting, _ in times if shooting),
        _figures(report, reading, "killed", _LEAD)
        + tuple(n for n, shooting, at in times if not shooting and at < _LEAD),
        _figures(report, reading, "wounded", _LEAD),
        told,
        frozenset(sign for sign in SIGNS if marker_pattern(sign).search(text)),
        len({one or other for one, other in _VICTIM.findall(text)}),
    )


def harm(report: Report, reading: Reading) -> Harm:
    """The figures of one report."""
    return harm_of_all([evidence(report, reading)])


def harm_of_all(each: Iterable[Evidence]) -> Harm:
    """The figures that most speaks for in the reports of one incident; None where none tells of such harm."""
    told = list(each)
    dead = any(e.killed or e.told.get("kill") for e in told)
    hurt = any(e.wounded or e.together or any(e.told.get(kin) for kin in _HURTS) for e in told)
    if not (dead or hurt):
        return Harm(None, None)
    killed = _best(told, "killed", 0)
    if killed == 0 and all("kill" in e.told and "recovers" not in e.signs and not e.killed for e in told):
        killed = 1  # a death that every report tells of without a number
    return Harm(killed, _best(told, "wounded", killed))


def numbers(told: Sequence[Evidence], kind: str, killed: int) -> list[int]:
    """The numbers of people killed (or wounded) worth weighing: all given, and what follows from others."""
    own = [n for e in told for n in (e.killed if kind == "killed" else e.wounded)]
    hit = [n for e in told for n in (*e.together, *e.killed, *e.wounded)]
    if kind == "killed":
        return sorted({0, 1, 2, *own, *(n + 1 for n in own)})
    return sorted({0, 1, 2, *own, *(n - killed for n in hit if n > killed), *(n - 1 for n in own if n)})


def killed_parts(number: int, told: Sequence[Evidence], killed: int = 0) -> dict[str, float]:
    """What speaks for a number of people killed; ``killed`` is not used, so that both kinds are weighed alike."""
    del killed
    parts = _given(number, told, "killed")
    dead = _share(told, lambda e: bool(e.told.get("kill")))
    return (
        parts
        | {
            f"none, {name}": value
            for name, value in {"deaths": dead, "deaths anywhere": float(dead > 0), **_signs(told)}.items()
            if number == 0
        }
        | {
            f"more, {name}": value
            for name, value in {"deaths": dead, "ages": _ages(told), **_signs(told)}.items()
            if number > 1
        }
        | {
            "more, wrath on oneself": float("suicide" in _all_signs(told))
            * _share(told, lambda e: number - 1 in e.killed)
        }
    )


def wounded_parts(number: int, told: Sequence[Evidence], killed: int) -> dict[str, float]:
    """What speaks for a number of people wounded where so many were killed."""
    parts = _given(number, told, "wounded")
    hurt = _share(told, lambda e: bool(e.told.get("wound")))
    shot = _share(told, lambda e: any(e.told.get(kin) for kin in _HURTS))
    state = {"hurt": hurt, "shot": shot, "dead": float(killed > 0), "dead hurt": hurt * (killed > 0), **_signs(told)}
    state |= {"dead recovers": _signs(told)["recovers"] * (killed > 0), "ages": _ages(told)}
    size = "none" if number == 0 else "one" if number == 1 else "more"
    return (
        parts
        | {f"{size}, {name}": value for name, value in state.items()}
        | {
            "all hit less the dead": _share(told, lambda e: bool(e.together) and max(e.together) - killed == number),
            "all hit": _share(told, lambda e: number in e.together) * (number > 0),
            "given counts the dead": _share(told, lambda e: number + killed in e.wounded) * (killed > 0),
        }
    )


def _best(told: Sequence[Evidence], kind: str, killed: int) -> int:
    weights = load_weights(kind)
    parts = killed_parts if kind == "killed" else wounded_parts
    score = {
        n: math.fsum(weights.get(name, 0.0) * value for name, value in parts(n, told, killed).items())
        for n in numbers(told, kind, killed)
    }
    return max(score, key=lambda n: (score[n], -n)) if told else 0


def _given(number: int, told: Sequence[Evidence], kind: str) -> dict[str, float]:
    """In which part of the reports a number is given, where, and against what others."""

    def own(e: Evidence) -> tuple[int, ...]:
        return e.killed if kind == "killed" else e.wounded

    def lead(e: Evidence) -> tuple[int, ...]:
        return e.lead_killed if kind == "killed" else e.lead_wounded

    every = [n for e in told for n in own(e)]
    return {
        "none": float(number == 0),
        "one": float(number == 1),
        "size": math.log1p(number),
        "given": _share(told, lambda e: number in own(e)),
        "given anywhere": float(number in every),
        "usual": _share(told, lambda e: bool(own(e)) and _usual(own(e)) == number),
        "first": _share(told, lambda e: bool(own(e)) and own(e)[0] == number),
        "largest": _share(told, lambda e: bool(own(e)) and max(own(e)) == number),
        "in the opening": _share(told, lambda e: number in lead(e)),
        "largest in the opening": _share(told, lambda e: bool(lead(e)) and max(lead(e)) == number),
        "of all given": every.count(number) / (len(every) or 1),
        "nothing given": float(number == 0 and not every),
        "one and nothing given": float(number == 1 and not every),
    }


def _signs(told: Sequence[Evidence]) -> dict[str, float]:
    return {sign: sum(1 for e in told if sign in e.signs) / (len(told) or 1) for sign in SIGNS}


def _all_signs(told: Sequence[Evidence]) -> frozenset[str]:
    return frozenset().union(*(e.signs for e in told))


def _share(told: Sequence[Evidence], holds: Callable[[Evidence], bool]) -> float:
    """The part of the reports of which something holds."""
    return sum(1 for e in told if holds(e)) / (len(told) or 1)


def _ages(told: Sequence[Evidence]) -> float:
    return math.log1p(max((e.ages for e in told), default=0))


def _multiples(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a "double shooting" or a "triple murder" is told, and of what."""
    for match in _MULTIPLE.finditer(text):
        yield match.start(), match[1], match[2] or ""


def _figures(report: Report, reading: Reading, unit: str, end: int) -> tuple[int, ...]:
    return tuple(
        int(q.low)
        for q in reading.quantities
        if q.unit == unit and q.low is not None and q.low < _MOST and q.start < end and not is_part(report.text, q)
    )


def _usual(figures: Sequence[int]) -> int:
    """The figure given most often, then first."""
    return max(figures, key=lambda n: (figures.count(n), -figures.index(n)))
