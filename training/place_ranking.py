"""Fit the rankers of places: small networks under a softmax over each name's candidates, by Adam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.annotate.geo.names import Name
from dateline.annotate.geo.ranking import Board, Network, board, context, softmax, standing
from dateline.annotate.geo.senses import find_senses
from dateline.codebook.gazetteer import load_gazetteer
from dateline.records.geodesy import distance_km
from training.place_corpora import Document

__all__ = ["Labelled", "fit_rankers", "labelled", "save_rankers"]

_HIDDEN, _EPOCHS, _BATCH, _RATE, _DECAY = 24, 50, 64, 0.01, 1e-4
_NEAR_KM, _SAME_KM = 161.0, 15.0

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report's candidates, which of them are right, and how many gold mentions each sense has."""

    table: Board
    good: npt.NDArray[np.bool_]
    mentions: Floats
    corpus: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Candidates of many senses: features, the sense of each row, whether right, the weight of each sense."""

    x: Floats
    sense: npt.NDArray[np.int64]
    good: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]


def labelled(document: Document, names: Sequence[Name]) -> Labelled | None:
    """Lay out a document's candidates and mark those at the gold point, by id where it has one."""
    gazetteer = load_gazetteer()
    words = document.words
    senses, sense_of = find_senses(words, names, gazetteer)
    if not any(sense.candidates for sense in senses):
        return None
    table = board(words, names, senses, document.report, gazetteer)
    gold = {(p["start"], p["end"]): p for p in document.places if p.get("lat") is not None}
    good = np.zeros(len(table.sense), np.bool_)
    mentions = np.zeros(len(senses), np.float32)
    for name, sense in zip(names, sense_of, strict=True):
        place = gold.get((words.start[name.first], words.end[name.end - 1]))
        if sense < 0 or place is None:
            continue
        rows = np.flatnonzero(table.sense == sense)
        km = np.array([distance_km(table.lat[r], table.lon[r], place["lat"], place["lon"]) for r in rows])
        same = gazetteer.geonames_id[table.number[rows]] == (place.get("geonameid") or -1)
        near = km <= max(_SAME_KM + 10, km.min() + 1) if len(km) and km.min() <= _NEAR_KM else km < 0
        good[rows] |= same | (km < _SAME_KM) if same.any() else near
        mentions[sense] += 1
    return Labelled(table, good, mentions, document.corpus)


def fit_rankers(documents: Sequence[Labelled]) -> tuple[Network, Network]:
    """Fit the network for a name alone, then the one for names together, on two rounds of its own context."""
    alone = _fit(_lists(documents, None))
    first = [softmax(d.table.sense, alone.score(d.table.features)) for d in documents]
    around = [context(d.table, standing(d.table, p)) for d, p in zip(documents, first, strict=True)]
    once = _lists(documents, around)
    together = _fit(once)
    again = []
    for document, beside in zip(documents, around, strict=True):
        scores = together.score(np.hstack([document.table.features, beside]))
        again.append(context(document.table, standing(document.table, softmax(document.table.sense, scores))))
    twice = _lists(documents, again)
    both = Lists(
        np.vstack([once.x, twice.x]),
        np.concatenate([once.sense, twice.sense + len(once.weight)]),
        np.concatenate([once.good, twice.good]),
        np.concatenate([once.weight, twice.weight]),
    )
    return alone, _fit(both)


def save_rankers(networks: tuple[Network, Network], path: Path) -> None:
    """Write both networks."""
    parts = {
        f"{which}_{part}": getattr(network, part).astype(np.float32)
        for which, network in zip(("alone", "together"), networks, strict=True)
        for part in ("first", "bias", "second")
    }
    np.savez_compressed(path, **parts)  # type: ignore[arg-type]


def _lists(documents: Sequence[Labelled], around: Sequence[Floats] | None) -> Lists:
    """Senses that have a gold mention and a right candidate; corpora weigh nearly alike."""
    total: Counter[str] = Counter()
    for document in documents:
        total[document.corpus] += float(document.mentions.sum())
    parts: list[tuple[Floats, npt.NDArray[np.int64], npt.NDArray[np.bool_]]] = []
    weights: list[float] = []
    for number, document in enumerate(documents):
        table = document.table
        x = table.features if around is None else np.hstack([table.features, around[number]])
        for sense in range(len(table.senses)):
            rows = np.flatnonzero(table.sense == sense)
            if document.mentions[sense] and document.good[rows].any():
                parts.append((x[rows], np.full(len(rows), len(weights)), document.good[rows]))
                weights.append(min(document.mentions[sense], 3) ** 0.5 / total[document.corpus] ** 0.7)
    columns = [np.concatenate(c) for c in zip(*parts, strict=True)]
    weight = np.array(weights)
    return Lists(columns[0], columns[1], columns[2], weight / weight.mean())


def _fit(lists: Lists) -> Network:
    rng = np.random.default_rng(0)
    parts = [
        rng.normal(0, 0.3, (lists.x.shape[1], _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        rng.normal(0, 0.3, _HIDDEN).astype(np.float32),
    ]
    mean = [np.zeros_like(p) for p in parts]
    square = [np.zeros_like(p) for p in parts]
    count = len(lists.weight)
    starts = np.searchsorted(lists.sense, np.arange(count + 1))
    step = 0
    for epoch in range(_EPOCHS):
        order = rng.permutation(count)
        for at in range(0, count, _BATCH):
            chosen = order[at : at + _BATCH]
            rows = np.concatenate([np.arange(starts[s], starts[s + 1]) for s in chosen])
            within = np.repeat(np.arange(len(chosen)), starts[chosen + 1] - starts[chosen])
            slopes = _slopes(parts, lists.x[rows], within, lists.good[rows], lists.weight[chosen])
            step += 1
            rate = _RATE * (1 - epoch / _EPOCHS)
            for k, slope in enumerate(slopes):
                mean[k] += 0.1 * (slope - mean[k])
                square[k] += 0.01 * (slope * slope - square[k])
                size = np.sqrt(square[k] / (1 - 0.99**step)) + 1e-8
                parts[k] -= (rate / (1 - 0.9**step)) * mean[k] / size
    return Network(parts[0], parts[1], parts[2])


def _slopes(
    parts: Sequence[Floats],
    x: Floats,
    within: npt.NDArray[np.int64],
    good: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64],
) -> tuple[Floats, Floats, Floats]:
    """Gradients of minus the log of the probability on right candidates."""
    first, bias, second = parts
    hidden = np.tanh(x @ first + bias)
    probability = softmax(within, hidden @ second)
    right = np.where(good, probability, 0)
    share = np.bincount(within, right) + 1e-9
    slope = ((probability - right / share[within]) * weight[within] / len(weight)).astype(np.float32)
    back = np.outer(slope, second) * (1 - hidden * hidden)
    return x.T @ back + _DECAY * first, back.sum(0), hidden.T @ slope + _DECAY * second
