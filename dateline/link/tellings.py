"""Tellings: the happenings of one matter as columns, so that many pairs of them are compared at once."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from dateline.codebook.linking import kin_of, nearness, saying
from dateline.codebook.rarity import load_rarity
from dateline.link.happenings import Happening
from dateline.link.sets import Floats, Ints, Sets
from dateline.link.wording import Pages, forms

__all__ = ["TRIGGERS", "Tellings", "numbers"]

_OWN = 18  # as many of the reports counted for rarity does each report of the matter weigh: 200 of them as all those
_UNITS = 1 << 16  # of a squared rarity of 1; whole numbers add up to the same in any order
_KEPT = 200_000  # pairs of triggers whose parts are kept
TRIGGERS = ("kin", "stem", "own words", "form", "letters", "near", "nearer", "rare", "saying", "one saying")


class Tellings:
    """The happenings of one matter by number, in the order given.

    How rare its words are, its own reports counted in; how usual each kin is in its stories; their words, as sets.
    """

    def __init__(self, found: Sequence[Happening]) -> None:
        self.found = found
        pages = {h.report: h.wording.report for h in found}
        self._square = _Squares(list(pages.values()))
        self.report = numbers([h.report for h in found])
        self.story = numbers([h.story for h in found])
        self.sentence = numbers([(h.report, h.event.sentence) for h in found])
        self.kin = numbers([h.kin for h in found])
        self.at = np.array([h.wording.at for h in found], np.float64)
        self._count_kins()
        triggers = dict.fromkeys(h.trigger for h in found)
        self._triggers = list(triggers)
        self._trigger = numbers([h.trigger for h in found])
        told = [h.wording for h in found]
        self.near = Sets([w.near for w in told], self._square)
        self.wide = Sets([w.wide for w in told], self._square)
        self.words = Sets([h.words for h in found], self._square)
        self.names = Sets([w.names for w in told], self._square)
        self.numbers = Sets([w.numbers for w in told])
        self.stem = np.array([self.wide.words.get(w.stem, -1) for w in told], np.int64)
        # Agents, patients and both stand one after the other, so that each can be compared with each.
        parties = [*(w.agents for w in told), *(w.patients for w in told), *(w.agents | w.patients for w in told)]
        self.parties = Sets(parties, self._square)
        every = list(pages.values())
        self.page_words = Sets([p.words for p in every], self._square)
        self.page_names = Sets([p.names for p in every], self._square)
        self.page_numbers = Sets([p.numbers for p in every], self._square)
        self.openings = Sets([p.opening for p in every], self._square)

    def triggers(self, i: Ints, j: Ints) -> dict[str, Floats]:
        """What the triggers of pairs have in common, by part."""
        every = len(self._triggers)
        one, other = self._trigger[i], self._trigger[j]
        codes, back = np.unique(np.minimum(one, other) * every + np.maximum(one, other), return_inverse=True)
        pairs = ((self._triggers[code // every], self._triggers[code % every]) for code in codes.tolist())
        rows = [_triggers(min(pair), max(pair)) for pair in pairs]
        table = np.array(rows, np.float64).reshape(-1, len(TRIGGERS))[back]
        return {name: table[:, column] for column, name in enumerate(TRIGGERS)}

    def told(self, i: Ints, j: Ints) -> Ints:
        """How often the report of the second tells of the first one's kin."""
        count: Ints = self._kins[self.report[j], self.kin[i]]
        return count

    def _count_kins(self) -> None:
        reports, kins = self.report.max(initial=-1) + 1, self.kin.max(initial=-1) + 1
        self._kins = np.zeros((reports, kins), np.int64)
        np.add.at(self._kins, (self.report, self.kin), 1)
        story = dict(zip(self.report.tolist(), self.story.tolist(), strict=True))
        of = np.array([story[report] for report in range(reports)], np.int64)
        told = np.zeros((self.story.max(initial=-1) + 1, kins))
        np.add.at(told, of, (self._kins > 0).astype(np.float64))
        self.usual: Floats = told[self.story, self.kin] / np.bincount(of, minlength=1)[self.story]


class _Squares:
    """The squared rarity of words, in whole units, a matter's own reports counted in."""

    def __init__(self, pages: Sequence[Pages]) -> None:
        self._rarity = load_rarity()
        self._here = Counter(word for page in pages for word in page.words | page.names | page.numbers)
        self._reports = self._rarity.reports + _OWN * len(pages)
        self._known: dict[str, int] = {}

    def __call__(self, word: str) -> int:
        if word not in self._known:
            seen = self._rarity.reports * math.exp(-self._rarity[word]) + _OWN * self._here[word]
            self._known[word] = max(1, round(_UNITS * math.log(self._reports / seen) ** 2))
        return self._known[word]


def numbers(values: Sequence[object]) -> Ints:
    """Number values by their first coming."""
    known: defaultdict[object, int] = defaultdict(lambda: len(known))
    return np.array([known[value] for value in values], np.int64)


@lru_cache(maxsize=_KEPT)
def _triggers(a: str, b: str) -> tuple[float, ...]:
    one, other, rarity = forms(a), forms(b), load_rarity()
    shared, pieces = one.fields & other.fields, one.grams & other.grams
    says = (one.stem in saying()) + (other.stem in saying())
    return (
        float(kin_of(a) == kin_of(b)),
        float(one.stem == other.stem),
        len(one.own & other.own) / (min(len(one.own), len(other.own)) or 1),
        float(a == b),
        2.0 * len(pieces) / ((len(one.grams) + len(other.grams)) or 1),
        float(bool(shared)),
        nearness(shared),
        min(rarity[one.stem], rarity[other.stem]) / rarity.highest,
        float(says == 2),
        float(says == 1),
    )
