"""Harm: how many people the reports of one incident, or one report, say were killed and wounded.

Every pair of numbers that the reports could mean is weighed by what speaks for it: how many reports give a figure, and
where, whether both add up to all who were hit, what is told of deaths and recoveries. The weights were learned on dated
local news whose incidents a register counts (``training.harm``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dateline.codebook.linking import load_weights
from dateline.link.evidence import SIGNS, TITLE_SIGNS, UNITS, Evidence, evidence
from dateline.records import Reading, Report

__all__ = ["Harm", "Pair", "harm", "harm_of_all", "pairs", "parts"]

_HURTS = ("shoot", "strike", "wound")
_TOLD = ("kill", *_HURTS)
_DEAD_OF_ALL = 6  # up to so many of "nine people were shot" may be dead without a figure of their own

Pair = tuple[int, int]  # people killed, people wounded
Parts = dict[str, float]


class Harm(NamedTuple):
    """People killed and wounded; None where nothing is told."""

    killed: int | None
    wounded: int | None


def harm(report: Report, reading: Reading) -> Harm:
    """The figures of one report."""
    return harm_of_all([evidence(report, reading)])


def harm_of_all(each: Iterable[Evidence]) -> Harm:
    """The figures that most speaks for in the reports of one incident; None where none tells of such harm."""
    told = list(each)
    if not any(any(e.figures.values()) or any(e.told.get(kin) for kin in _TOLD) for e in told):
        return Harm(None, None)
    weights = load_weights("harm")
    score = {
        pair: math.fsum(weights.get(name, 0.0) * value for name, value in spoken.items())
        for pair, spoken in parts(told).items()
    }
    return Harm(*max(score, key=lambda pair: (score[pair], -pair[0], -pair[1])))


def pairs(told: Sequence[Evidence]) -> list[Pair]:
    """The numbers of killed and wounded worth weighing: all that are given, and what follows from others."""
    killed, wounded = {0, 1, 2}, {0, 1, 2}
    for e in told:
        dead = {*e.figures["killed"], *e.sums["killed"]}
        hurt = {*e.figures["wounded"], *e.sums["wounded"]}
        hit = {*dead, *hurt, *e.figures["casualties"], *e.sums["casualties"]}
        killed |= {*dead, *(n + 1 for n in dead), e.ages["killed"]}
        wounded |= {*hurt, *hit, e.ages["wounded"]} | {n - d for n in hit for d in range(1, _DEAD_OF_ALL) if n > d}
    return [(k, w) for k in sorted(killed) for w in sorted(wounded)]


def parts(told: Sequence[Evidence]) -> dict[Pair, Parts]:
    """What speaks for each pair of numbers, by name."""
    state = dict(_state(told))
    choices = pairs(told)
    dead = {n: _of_one(n, "killed", told, state) for n in {killed for killed, _ in choices}}
    hurt = {n: _of_one(n, "wounded", told, state) for n in {wounded for _, wounded in choices}}
    return {(k, w): dead[k] | hurt[w] | _of_both(k, w, told) for k, w in choices}


def _state(told: Sequence[Evidence]) -> Iterator[tuple[str, float]]:
    """What the reports tell apart from figures: the part of them that has each sign and kind of event."""
    yield "ever", 1.0
    for sign in (*SIGNS, *TITLE_SIGNS):
        yield sign, _share([sign in e.signs for e in told])
    for kin in _TOLD:
        yield f"told {kin}", _share([bool(e.told.get(kin)) for e in told])
    for unit in UNITS:
        yield f"ages {unit}", math.log1p(max(e.ages[unit] for e in told))


def _of_one(n: int, unit: str, told: Sequence[Evidence], state: Parts) -> Parts:
    """What speaks for a number of people killed, or wounded."""
    found = dict(_given(n, [e.figures[unit] for e in told], [e.opening[unit] for e in told]))
    found["ages"] = _share([n > 1 and e.ages[unit] == n for e in told])
    found["sum"] = _share([n > 1 and n in e.sums[unit] for e in told])
    if unit == "killed":
        found["and the doer"] = state["own_hand"] * _share([n > 1 and n - 1 in e.figures[unit] for e in told])
    size = {0: "none", 1: "one"}.get(n)
    if size:
        found |= {f"{size}, {name}": value for name, value in state.items()}
    return {f"{unit}: {name}": value for name, value in found.items()}


def _given(n: int, figures: Sequence[Sequence[int]], opening: Sequence[Sequence[int]]) -> Iterator[tuple[str, float]]:
    """In which part of the reports a number is given, where, and against what others."""
    every = [given for one in figures for given in one]
    yield "size", math.log1p(n)
    yield "two", float(n == 2)
    yield "given", _share([n in one for one in figures])
    yield "given anywhere", float(n in every)
    yield "first", _share([one[:1] == (n,) for one in figures])
    yield "largest", _share([max(one, default=None) == n for one in figures])
    yield "largest of all", float(max(every, default=None) == n)
    yield "usual", _share([bool(one) and _usual(one) == n for one in figures])
    yield "more given", _share([max(one, default=n) > n for one in figures])
    yield "fewer given", _share([max(one, default=n) < n for one in figures])
    yield "in the opening", _share([n in one for one in opening])
    yield "largest in the opening", _share([max(one, default=None) == n for one in opening])
    yield "of all given", every.count(n) / (len(every) or 1)
    yield "none and nothing given", float(n == 0 and not every)
    yield "one and nothing given", float(n == 1 and not every)


def _of_both(killed: int, wounded: int, told: Sequence[Evidence]) -> Parts:
    """What speaks for two numbers together."""
    every = killed + wounded
    hit = [(*e.figures["casualties"], *e.sums["casualties"]) for e in told]
    sizes = f"{min(killed, 2)} killed, {min(wounded, 2)} wounded"
    found = {
        "all hit": _share([every in one for one in hit]),
        "most hit": _share([max(one, default=None) == every for one in hit]),
        "first hit": _share([one[:1] == (every,) for one in hit]),
        "more hit": _share([max(one, default=every) > every for one in hit]),
        "one hit": _share([set(one) == {1} for one in hit]) * (every == 1),
        "nothing hit": _share([not one for one in hit]) * (every > 1),
        "hit are the wounded": _share([wounded in one for one in hit]) * (wounded > 0),
        "wounded count the dead": _share([every in e.figures["wounded"] for e in told]) * (killed > 0),
        "ages": _share([every > 1 and e.ages["casualties"] == every for e in told]),
        "size": math.log1p(every),
        sizes: 1.0,
    }
    return {f"both: {name}": value for name, value in found.items()}


def _share(holds: Sequence[bool]) -> float:
    """The part of the reports of which something holds."""
    return sum(holds) / (len(holds) or 1)


def _usual(figures: Sequence[int]) -> int:
    """The figure given most often, then first."""
    return max(figures, key=lambda n: (figures.count(n), -figures.index(n)))
