"""Kinship: how alike two happenings are told, as named parts between -1 and 1 or so, judged by trees.

The parts need no types: trigger words, who acts on whom, the words round them, what the reports are about.
The trees (``link/trees.py``) were learned on news with the same happenings marked by hand (``training.link``).
"""

from __future__ import annotations

import math

import numpy as np

from dateline.link.sets import Floats, Ints
from dateline.link.tellings import Tellings

__all__ = ["PARTS", "kinship"]

_FAR_DOWN = 3000  # characters into a report where being further down says no more
PARTS = (
    "kin", "stem", "own words", "form", "letters", "near", "nearer", "rare", "rare kin", "usual", "usual kin",
    "told before", "rival", "rivals near", "saying", "one saying", "agents", "patients", "crossed", "parties",
    "strangers", "agents differ", "patients differ", "beside", "around", "sentence", "names", "numbers",
    "numbers differ", "echo", "one report", "one sentence", "story", "report words", "report names",
    "report numbers", "openings", "lead", "further down", "kin beside", "near beside", "kin strangers",
    "near parties", "kin report",
)  # fmt: skip


def kinship(tellings: Tellings, i: Ints, j: Ints) -> dict[str, Floats]:
    """The parts by which pairs of happenings, given by number, are told alike; the same both ways."""
    parts = _trigger(tellings, i, j) | _parties(tellings, i, j) | _words(tellings, i, j) | _reports(tellings, i, j)
    kin, near = parts["kin"], parts["near"] * (1.0 - parts["kin"])
    return parts | {
        "kin beside": kin * parts["beside"],
        "near beside": near * parts["beside"],
        "kin strangers": kin * parts["strangers"],
        "near parties": near * parts["parties"],
        "kin report": kin * parts["report words"],
    }


def _trigger(t: Tellings, i: Ints, j: Ints) -> dict[str, Floats]:
    parts = t.triggers(i, j)
    usual = np.minimum(t.usual[i], t.usual[j])
    own = t.report[i] == t.report[j]
    rivals = (1.0 * (t.told(i, j) > own) + (t.told(j, i) > own)) / 2
    told = np.minimum(t.told(i, i), t.told(j, j))
    strange = 1.0 - parts["kin"]
    return parts | {
        "rare kin": parts["rare"] * parts["kin"],
        "usual": usual,
        "usual kin": usual * parts["kin"],
        "told before": _logs(int(told.max(initial=0)))[told],
        "rival": rivals * strange,
        "rivals near": rivals * strange * parts["near"],
    }


def _logs(highest: int) -> Floats:
    """The logarithms of 1 and more; Python's own, which are the same on every processor."""
    return np.array([math.log1p(number) for number in range(highest + 1)])


def _parties(t: Tellings, i: Ints, j: Ints) -> dict[str, Floats]:
    patients, both = len(t.found), 2 * len(t.found)  # where those sets begin among the parties
    cosine, sizes = t.parties.cosine, t.parties.sizes

    def differ(start: int, alike: Floats) -> Floats:
        named = (sizes(i + start) > 0) & (sizes(j + start) > 0)
        return np.where(named & (alike == 0), 1.0, 0.0)

    agents, acted_on, parties = cosine(i, j), cosine(i + patients, j + patients), cosine(i + both, j + both)
    return {
        "agents": agents,
        "patients": acted_on,
        "crossed": np.maximum(cosine(i, j + patients), cosine(i + patients, j)),
        "parties": parties,
        "strangers": differ(both, parties),
        "agents differ": differ(0, agents),
        "patients differ": differ(patients, acted_on),
    }


def _words(t: Tellings, i: Ints, j: Ints) -> dict[str, Floats]:
    same_number = t.numbers.shared(i, j) > 0
    numbered = (t.numbers.sizes(i) > 0) & (t.numbers.sizes(j) > 0)
    depth, deeper = (np.sqrt(np.minimum(f(t.at[i], t.at[j]), _FAR_DOWN) / _FAR_DOWN) for f in (np.minimum, np.maximum))
    return {
        "beside": t.near.cosine(i, j),
        "around": t.wide.cosine(i, j),
        "sentence": t.words.cosine(i, j),
        "names": t.names.cosine(i, j),
        "numbers": same_number.astype(np.float64),
        "numbers differ": (numbered & ~same_number).astype(np.float64),
        "echo": (t.wide.has(j, t.stem[i]) + t.wide.has(i, t.stem[j])) / 2,
        "one sentence": (t.sentence[i] == t.sentence[j]).astype(np.float64),
        "lead": depth,
        "further down": deeper,
    }


def _reports(t: Tellings, i: Ints, j: Ints) -> dict[str, Floats]:
    one, other = t.report[i], t.report[j]
    return {
        "one report": (one == other).astype(np.float64),
        "story": (t.story[i] == t.story[j]).astype(np.float64),
        **{
            name: np.where(one == other, 1.0, pages.cosine(one, other))
            for name, pages in (
                ("report words", t.page_words), ("report names", t.page_names),
                ("report numbers", t.page_numbers), ("openings", t.openings),
            )
        },
    }  # fmt: skip
