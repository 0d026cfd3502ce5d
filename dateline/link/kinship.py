"""Kinship: how alike two happenings are told, as named parts between -1 and 1 or so, each weighed by ``weights.tsv``.

The parts need no types: trigger words, who acts on whom, the words round them, what the reports are about.
Their weights were learned on news with the same happenings marked by hand (``training.link``).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from dateline.codebook.linking import nearness, saying
from dateline.link.happenings import Happening

__all__ = ["PARTS", "Rarity", "kinship", "rarity_of"]

_FAR_DOWN = 3000  # characters into a report where being further down says no more
PARTS = (
    "kin", "stem", "own words", "form", "letters", "near", "nearer", "rare", "rare kin", "usual", "usual kin",
    "told before", "rival", "rivals near", "saying", "one saying", "agents", "patients", "crossed", "parties",
    "strangers", "agents differ", "patients differ", "beside", "around", "sentence", "names", "numbers",
    "numbers differ", "echo", "one report", "one sentence", "story", "report words", "report names",
    "report numbers", "openings", "lead", "further down", "kin beside", "near beside", "kin strangers",
    "near parties", "kin report",
)  # fmt: skip


class Rarity(dict[str, float]):
    """Inverse document frequency of words over the reports, and how usual each kin is in each story and report.

    Lengths of sets and likenesses of reports are worked out once.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self._squares = {word: weight**2 for word, weight in weights.items()}
        self._lengths: dict[frozenset[str], float] = {}
        self._reports: dict[tuple[str, str], dict[str, float]] = {}
        self.kins: dict[str, Counter[str]] = defaultdict(Counter)
        self.fields: dict[str, set[int]] = defaultdict(set)
        self.told: Counter[tuple[str, str]] = Counter()
        self.reports: Counter[str] = Counter()

    def cosine(self, a: frozenset[str], b: frozenset[str]) -> float:
        """The cosine of two sets of words; exact sums, so that the order of a set does not matter."""
        if not (shared := a & b):
            return 0.0
        # Sums of floats depend on their order, and that of a set on the process: fsum's does not.
        return math.fsum(self._square(w) for w in shared) / ((self._length(a) * self._length(b)) or 1.0)

    def alike(self, a: Happening, b: Happening) -> Mapping[str, float]:
        """The likeness of two reports, by part."""
        pair = (a.report, b.report) if a.report < b.report else (b.report, a.report)
        found = self._reports.get(pair)
        if found is None:
            one, other = a.wording.report, b.wording.report
            found = self._reports[pair] = {
                "report words": self.cosine(one.words, other.words),
                "report names": self.cosine(one.names, other.names),
                "report numbers": self.cosine(one.numbers, other.numbers),
                "openings": self.cosine(one.opening, other.opening),
            }
        return found

    def usual(self, a: Happening) -> float:
        """The part of its story's reports that tell of its kin."""
        return self.told[a.story, a.kin] / (self.reports[a.story] or 1)

    def rare(self, word: str) -> float:
        """How rare a word is, between 0 and about 1; one that was never counted is as rare as can be."""
        return self.get(word, self.highest) / (self.highest or 1.0)

    @property
    def highest(self) -> float:
        """The rarity of a word that only one report has."""
        return self.get("", 1.0)

    def _square(self, word: str) -> float:
        return self._squares.get(word, self.highest**2)

    def _length(self, words: frozenset[str]) -> float:
        if words not in self._lengths:
            self._lengths[words] = math.sqrt(math.fsum(self._square(w) for w in words))
        return self._lengths[words]


def rarity_of(found: Iterable[Happening]) -> Rarity:
    """Count words by report, and kins by report and story, over the events."""
    every = list(found)
    reports = {h.report: (h.story, h.wording.report) for h in every}
    count: Counter[str] = Counter()
    for _, pages in reports.values():
        count.update(pages.words | pages.names | pages.numbers)
    total = len(reports)
    weights = {word: math.log((1 + total) / n) for word, n in count.items()}
    weights[""] = math.log(1 + total)
    for happening in every:
        for word in happening.words | happening.about:
            weights.setdefault(word, weights[""])
    rarity = Rarity(weights)
    rarity.reports.update(story for story, _ in reports.values())
    for happening in every:
        if not rarity.kins[happening.report][happening.kin]:
            rarity.told[happening.story, happening.kin] += 1
        rarity.kins[happening.report][happening.kin] += 1
        rarity.fields[happening.report].update(happening.wording.fields)
    return rarity


def kinship(a: Happening, b: Happening, rarity: Rarity) -> dict[str, float]:
    """The parts by which two happenings are told alike."""
    parts = _trigger(a, b, rarity) | _parties(a, b, rarity) | _words(a, b, rarity)
    kin, near = parts["kin"], parts["near"] * (1.0 - parts["kin"])
    return parts | {
        "kin beside": kin * parts["beside"],
        "near beside": near * parts["beside"],
        "kin strangers": kin * parts["strangers"],
        "near parties": near * parts["parties"],
        "kin report": kin * parts["report words"],
    }


def _trigger(a: Happening, b: Happening, rarity: Rarity) -> dict[str, float]:
    one, other = a.wording, b.wording
    kin = a.kin == b.kin
    shared = one.fields & other.fields
    pieces = one.grams & other.grams
    rare = min(rarity.rare(one.stem), rarity.rare(other.stem))
    usual = min(rarity.usual(a), rarity.usual(b))
    says = (one.stem in saying()) + (other.stem in saying())
    own = 1 if a.report == b.report else 0
    rivals = (rarity.kins[b.report][a.kin] > own) + (rarity.kins[a.report][b.kin] > own)
    return {
        "kin": float(kin),
        "stem": float(one.stem == other.stem),
        "own words": len(one.own & other.own) / (min(len(one.own), len(other.own)) or 1),
        "form": float(a.trigger == b.trigger),
        "letters": 2.0 * len(pieces) / ((len(one.grams) + len(other.grams)) or 1),
        "near": float(bool(shared)),
        "nearer": nearness(shared),
        "rare": rare,
        "rare kin": rare * kin,
        "usual": usual,
        "usual kin": usual * kin,
        "told before": math.log1p(min(rarity.kins[a.report][a.kin], rarity.kins[b.report][b.kin])),
        "rival": 0.0 if kin else rivals / 2,
        "rivals near": 0.0 if kin or not shared else rivals / 2,
        "saying": float(says == 2),
        "one saying": float(says == 1),
    }


def _parties(a: Happening, b: Happening, rarity: Rarity) -> dict[str, float]:
    one, other = a.wording, b.wording
    every, others = one.agents | one.patients, other.agents | other.patients
    return {
        "agents": rarity.cosine(one.agents, other.agents),
        "patients": rarity.cosine(one.patients, other.patients),
        "crossed": max(rarity.cosine(one.agents, other.patients), rarity.cosine(one.patients, other.agents)),
        "parties": rarity.cosine(every, others),
        "strangers": float(bool(every and others and not every & others)),
        "agents differ": float(bool(one.agents and other.agents and not one.agents & other.agents)),
        "patients differ": float(bool(one.patients and other.patients and not one.patients & other.patients)),
    }


def _words(a: Happening, b: Happening, rarity: Rarity) -> dict[str, float]:
    one, other = a.wording, b.wording
    same = a.report == b.report
    depth = sorted(min(w.at, _FAR_DOWN) / _FAR_DOWN for w in (one, other))
    alike = {"report words": 1.0, "report names": 1.0, "report numbers": 1.0, "openings": 1.0}
    return {
        "beside": rarity.cosine(one.near, other.near),
        "around": rarity.cosine(one.wide, other.wide),
        "sentence": rarity.cosine(a.words, b.words),
        "names": rarity.cosine(one.names, other.names),
        "numbers": float(bool(one.numbers & other.numbers)),
        "numbers differ": float(bool(one.numbers and other.numbers and not one.numbers & other.numbers)),
        "echo": (float(one.stem in other.wide) + float(other.stem in one.wide)) / 2,
        "one report": float(same),
        "one sentence": float(same and a.event.sentence == b.event.sentence),
        "story": float(a.story == b.story),
        "lead": math.sqrt(depth[0]),
        "further down": math.sqrt(depth[1]),
        **(alike if same else rarity.alike(a, b)),
    }
