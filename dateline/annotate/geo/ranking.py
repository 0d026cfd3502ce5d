"""Choosing which of the places of a name is meant: a small network over what speaks for each candidate.

A first pass looks at each name alone (size, kind of name, words beside it, the outlet's country); a second
and third also at where the report's other names were put. The network's weights come from
``training/places.py``; a report's senses are ranked at once, in columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.annotate.geo.names import Name, demonyms
from dateline.annotate.geo.senses import Sense, find_senses
from dateline.annotate.hashed import WEIGHTS
from dateline.annotate.outlets import home_of
from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer
from dateline.codebook.laid import per_codebook, word_lists
from dateline.records import Report

__all__ = [
    "Board",
    "Choice",
    "Network",
    "Standing",
    "board",
    "choose",
    "context",
    "load_networks",
    "softmax",
    "standing",
    "unit_words",
]

_WEIGHTS = WEIGHTS / "place_ranking.npz"
_PASSES = 2  # with context
_SURE = 0.87  # share of the probability a radius is to hold; 0.9 held 93.5 % of the true points
_TOGETHER = 500  # names ranked at once: a longer text is read in parts, as all pairs are compared
_WIDE_KM = 300.0  # a place larger than this says nothing by its distance
_GROUPS = ("A.PCLI", "P.PPLC", "A.ADM1", "A.ADM2", "P", "R", "S")  # R: regions, waters, mountains
_CUE_GROUPS = {"town": (1, 4), "unit": (2, 3), "country": (0,), "water": (5,), "site": (6,)}

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a name: its number in the gazetteer or -1, how sure, and the other likely ones.

    spread_km: the distance within which nine tenths of the candidates' probability lie; 0 where one has as
    much. near: number of the place a name the gazetteer lacks stands closest to, else -1.
    """

    number: int = -1
    probability: float = 0.0
    others: tuple[int, ...] = ()
    spread_km: float = 0.0
    near: int = -1


@dataclass(frozen=True, slots=True)
class Board:
    """The candidates of all senses of a report, one row each, and what is known without context.

    sense: the sense of each row. features: (rows, features).
    """

    senses: list[Sense]
    sense: Ints
    number: Ints
    features: Floats
    lat: Floats
    lon: Floats
    group: Ints
    country: Ints
    admin1: Ints


@dataclass(frozen=True, slots=True)
class Standing:
    """The row now chosen for each sense (-1: none) and how sure that is."""

    row: Ints
    probability: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer: ``score = tanh(x @ first + bias) @ second``."""

    first: Floats
    bias: Floats
    second: Floats

    def score(self, features: Floats) -> Floats:
        """A number for each row; among a sense's rows their softmax is the probability."""
        scores: Floats = np.tanh(features @ self.first + self.bias) @ self.second
        return scores


def choose(
    words: Words, names: Sequence[Name], report: Report, gazetteer: Gazetteer, networks: tuple[Network, Network]
) -> list[Choice]:
    """Choose a place for each name; networks: for a name alone, and among others."""
    choices: list[Choice] = []
    for at in range(0, len(names), _TOGETHER):
        choices += _chosen(words, names[at : at + _TOGETHER], report, gazetteer, networks)
    return choices


def _chosen(
    words: Words, names: Sequence[Name], report: Report, gazetteer: Gazetteer, networks: tuple[Network, Network]
) -> list[Choice]:
    senses, sense_of = find_senses(words, names, gazetteer)
    if not any(sense.candidates for sense in senses):
        return [Choice()] * len(names)
    table = board(words, names, senses, report, gazetteer)
    alone, together = networks
    probability = softmax(table.sense, alone.score(table.features))
    for _ in range(_PASSES):
        around = context(table, standing(table, probability))
        probability = softmax(table.sense, together.score(np.hstack([table.features, around])))
    choices = _choices(table, probability)
    return [choices[s] if s >= 0 else Choice() for s in sense_of]


def _choices(table: Board, probability: Floats) -> list[Choice]:
    choices = [Choice()] * len(table.senses)
    order = np.lexsort((table.number, -probability, table.sense))
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and table.sense[order[end]] == table.sense[order[at]]:
            end += 1
        ranked = order[at:end]
        others = tuple(int(table.number[r]) for r in ranked[1:6] if probability[r] > 0.02)
        best = int(ranked[0])
        spread = _spread_km(table, ranked, probability[ranked])
        choices[int(table.sense[best])] = Choice(int(table.number[best]), float(probability[best]), others, spread)
        at = end
    return choices


def _spread_km(table: Board, ranked: Ints, probability: Floats) -> float:
    if probability[0] >= _SURE:
        return 0.0
    km = _distances(table.lat[ranked[:1]], table.lon[ranked[:1]], table.lat[ranked], table.lon[ranked])[0]
    nearest = np.argsort(km, kind="stable")
    reached = np.searchsorted(np.cumsum(probability[nearest]), _SURE)
    return float(km[nearest[min(int(reached), len(nearest) - 1)]])


def standing(table: Board, probability: Floats) -> Standing:
    """The likeliest row of each sense."""
    row = np.full(len(table.senses), -1, np.int64)
    sure = np.zeros(len(table.senses), np.float32)
    for r in np.lexsort((-table.number, probability)).tolist():
        row[table.sense[r]], sure[table.sense[r]] = r, probability[r]
    return Standing(row, sure)


def softmax(sense: Ints, scores: Floats) -> Floats:
    """Probabilities of rows within their senses."""
    top = np.full(int(sense.max()) + 1, -np.inf, np.float32)
    np.maximum.at(top, sense, scores)
    weight = np.exp(scores - top[sense])
    total = np.bincount(sense, weight)
    return np.asarray(weight / total[sense], dtype=np.float32)


def board(words: Words, names: Sequence[Name], senses: list[Sense], report: Report, gazetteer: Gazetteer) -> Board:
    """Lay out the candidates and what speaks for each by itself."""
    sense = np.array([s for s, one in enumerate(senses) for _ in one.candidates], np.int64)
    listed = [c for one in senses for c in one.candidates]
    number = np.array([c.number for c in listed], np.int64)
    group = _group_of(gazetteer)[gazetteer.feature[number]]
    population = gazetteer.population[number].astype(np.float32)
    country = gazetteer.country[number].astype(np.int64)
    admin1 = gazetteer.admin1[number].astype(np.int64)
    size = np.log10(population + 1) / 8
    largest = np.zeros(len(senses), np.float32)
    np.maximum.at(largest, sense, size)
    count = np.bincount(sense, minlength=len(senses))
    rank = np.arange(len(sense)) - np.concatenate([[0], np.cumsum(count)[:-1]])[sense]
    kinds = np.array([c.kind for c in listed])
    cuts = np.array([c.cut for c in listed])
    named = _countries_named(words, names, gazetteer, senses)
    home = home_of(report, gazetteer)
    called = np.array([home.is_called(s.folded) for s in senses], np.float32)
    from_home = _from_home(home.number, number, admin1, gazetteer)
    within = _within(senses, sense, number, gazetteer)
    columns = [
        size, size - largest[sense], 1 / (1 + rank), rank == 0, np.log(count[sense]) / 3, count[sense] == 1,
        *(kinds == k for k in range(5)), cuts > 0,
        *(group == g for g in range(len(_GROUPS))),
        np.log10(gazetteer.radius_km[number] + 1) / 3,
        *within, *_namesakes(sense, number, admin1, group, gazetteer),
        _cues(words, names, senses)[sense, group],
        np.isin(country, named), np.isin(number, _unit_numbers(senses, gazetteer)),
        _is_named_unit(senses, admin1, gazetteer),
        country == home.country, called[sense], called[sense] * (rank == 0),
        np.full(len(sense), home.number >= 0), *from_home,
        np.array([len(s.mentions) for s in senses])[sense] / 5,
    ]  # fmt: skip
    features = np.stack([np.asarray(c, np.float32) for c in columns], axis=1)
    return Board(
        senses, sense, number, features, gazetteer.lat[number], gazetteer.lon[number], group, country, admin1,
    )  # fmt: skip


def context(table: Board, standing: Standing) -> Floats:
    """What the places now chosen for the other names say for each candidate; (rows, features)."""
    chosen = standing.row >= 0
    rows_ = np.where(chosen, standing.row, 0)
    weight = np.where(chosen, standing.probability, 0.0).astype(np.float32)
    local = np.where(np.isin(table.group[rows_], (0, 5)), 0.0, weight).astype(np.float32)
    km = _distances(table.lat, table.lon, table.lat[rows_], table.lon[rows_])
    other = (np.arange(len(standing.row))[None, :] != table.sense[:, None]).astype(np.float32)
    wide = np.isin(table.group, (0, 5))
    near = {scale: np.exp(-km / scale) * local * other for scale in (30.0, 150.0, 600.0)}
    total = (local * other).sum(1) + 0.3
    shares = (table.country[:, None] == table.country[rows_][None, :]) * weight * other
    units = (table.admin1[:, None] == table.admin1[rows_][None, :]) * (table.admin1 >= 0)[:, None] * local * other
    opening = near[150.0][:, 0] if len(standing.row) else np.zeros(len(table.sense), np.float32)
    beside = _beside(table, near[150.0])
    columns = [
        *(n.max(1) for n in near.values()), *(n.sum(1) / total for n in near.values()),
        np.minimum(near[30.0].sum(1), 5) / 5, np.minimum(near[150.0].sum(1), 5) / 5,
        shares.sum(1) / ((weight * other).sum(1) + 0.3), np.minimum(shares.sum(1), 5) / 5,
        units.sum(1) / total, np.minimum(units.sum(1), 5) / 5,
        opening, beside, wide * shares.sum(1) / ((weight * other).sum(1) + 0.3), np.minimum(total, 6) / 6,
    ]  # fmt: skip
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _beside(table: Board, near: Floats) -> Floats:
    """Nearness to the senses first mentioned just before and just after a candidate's own."""
    last = len(table.senses) - 1
    before, after = np.maximum(table.sense - 1, 0), np.minimum(table.sense + 1, last)
    row = np.arange(len(table.sense))
    return np.maximum(near[row, before], near[row, after])


def _distances(lat: Floats, lon: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Great-circle distances in km of all pairs: (rows of the first, rows of the second)."""
    a, b = np.radians(lat)[:, None], np.radians(lat2)[None, :]
    turn = np.radians(lon2[None, :] - lon[:, None])
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    km: Floats = (12742.0 * np.arcsin(np.sqrt(np.clip(h, 0, 1)))).astype(np.float32)
    return km


def _group_of(gazetteer: Gazetteer) -> Ints:
    codes = [f if f in _GROUPS else f[0] if f[0] in "PS" else "R" for f in gazetteer.features]
    return np.array([_GROUPS.index(code) for code in codes], np.int64)


def _within(senses: list[Sense], sense: Ints, number: Ints, gazetteer: Gazetteer) -> list[npt.NDArray[np.bool_]]:
    """Whether the words put a candidate where it is; put it elsewhere; put another name inside it."""
    admin1, admin2, country = gazetteer.admin1[number], gazetteer.admin2[number], gazetteer.country[number]
    agrees, told, holds = (np.zeros(len(sense), np.bool_) for _ in range(3))
    for s, one in enumerate(senses):
        own = sense == s
        if one.within:
            units = np.array(one.within)
            states = units[[gazetteer.features[gazetteer.feature[u]] == "A.PCLI" for u in one.within]]
            inside = (np.isin(admin1, units) & ~np.isin(number, units)) | np.isin(admin2, units)
            told |= own
            agrees |= own & (inside | np.isin(country, gazetteer.country[states]))
        for part in one.contains:
            there = sense == part
            holds |= own & np.isin(number, np.concatenate([admin1[there], admin2[there]]))
    return [agrees, told & ~agrees, holds]


def _namesakes(
    sense: Ints, number: Ints, admin1: Ints, group: Ints, gazetteer: Gazetteer
) -> list[npt.NDArray[np.bool_]]:
    """Whether a candidate is a town in a unit of the same name; a unit that has such a town."""
    kinds = [_GROUPS.index(g) for g in ("P", "P.PPLC")]
    is_town = np.isin(group, kinds)
    own = sense * len(gazetteer) + number
    first, second = (sense * len(gazetteer) + unit for unit in (admin1, gazetteer.admin2[number].astype(np.int64)))
    seat = is_town & ((np.isin(first, own) & (admin1 >= 0)) | (np.isin(second, own) & (gazetteer.admin2[number] >= 0)))
    return [seat, ~is_town & (np.isin(own, first[is_town]) | np.isin(own, second[is_town]))]


def _from_home(home: int, number: Ints, admin1: Ints, gazetteer: Gazetteer) -> list[Floats]:
    """Nearness to the outlet's town at two scales, and whether in the same first-level unit."""
    if home < 0:
        return [np.zeros(len(number), np.float32)] * 3
    at = np.array([home])
    km = _distances(gazetteer.lat[number], gazetteer.lon[number], gazetteer.lat[at], gazetteer.lon[at])[:, 0]
    same = (admin1 == gazetteer.admin1[home]) & (admin1 >= 0)
    return [np.exp(-km / 60), np.exp(-km / 400), same.astype(np.float32)]


def _countries_named(words: Words, names: Sequence[Name], gazetteer: Gazetteer, senses: list[Sense]) -> list[int]:
    """Countries the report names outright, or by their people."""
    iso3 = {demonyms().get(words.lower[n.first]) for n in names if n.demonym} - {None, ""}
    found = {i for i, code in enumerate(gazetteer.countries) if code in iso3}
    for sense in senses:
        for candidate in sense.candidates[:1]:
            if gazetteer.features[gazetteer.feature[candidate.number]] == "A.PCLI":
                found.add(int(gazetteer.country[candidate.number]))
    return sorted(found)


def _unit_numbers(senses: list[Sense], gazetteer: Gazetteer) -> list[int]:
    """Units that some candidate of another name lies in."""
    found: set[int] = set()
    for sense in senses:
        found.update(
            int(gazetteer.admin1[c.number]) for c in sense.candidates[:6] if gazetteer.admin1[c.number] != c.number
        )
    return sorted(found - {-1})


def _is_named_unit(senses: list[Sense], admin1: Ints, gazetteer: Gazetteer) -> npt.NDArray[np.bool_]:
    """Whether the report names the first-level unit a candidate lies in."""
    units = [
        c.number
        for s in senses
        for c in s.candidates[:3]
        if gazetteer.features[gazetteer.feature[c.number]] == "A.ADM1"
    ]
    return np.isin(admin1, units)


def _cues(words: Words, names: Sequence[Name], senses: list[Sense]) -> Floats:
    """How often words beside a sense's mentions tell of each group; (senses, groups)."""
    cues = _cue_words()
    table = np.zeros((len(senses), len(_GROUPS)), np.float32)
    for s, sense in enumerate(senses):
        for m in sense.mentions[:6]:
            name = names[m]
            near = words.lower[max(name.first - 3, 0) : name.first] + words.lower[name.end : name.end + 2]
            for word in near:
                for group in cues.get(word, ()):
                    table[s, group] += 1
    return np.asarray(np.minimum(table, 2) / 2, dtype=np.float32)


@per_codebook
def _cue_words() -> dict[str, tuple[int, ...]]:
    return {word: _CUE_GROUPS[group] for group, words in word_lists("places/cues", "group").items() for word in words}


@per_codebook
def unit_words() -> frozenset[str]:
    """Words beside a name that tell of an administrative unit: "region", "governor", "northern"."""
    return frozenset(word for word, groups in _cue_words().items() if groups == _CUE_GROUPS["unit"])


@cache
def load_networks(path: Path = _WEIGHTS) -> tuple[Network, Network]:
    """The networks for a name alone and for a name among others."""
    with np.load(path, allow_pickle=False) as stored:
        parts = {key: stored[key].astype(np.float32) for key in stored.files}
    return tuple(
        Network(*(parts[f"{which}_{part}"] for part in ("first", "bias", "second"))) for which in ("alone", "together")
    )  # type: ignore[return-value]
