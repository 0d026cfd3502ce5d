"""Kinship: how alike two happenings are told, as named parts between -1 and 1 or so, each weighed by ``weights.tsv``.

The parts need no types: trigger words, who acts on whom, the words round them, what the reports are about.
Their weights were learned on news with the same happenings marked by hand (``training.link``).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dateline.codebook.linking import nearness, saying
from dateline.codebook.rarity import load_rarity
from dateline.link.happenings import Happening

__all__ = ["PARTS", "Tellings", "kinship"]

_FAR_DOWN = 3000  # characters into a report where being further down says no more
_OWN = 18  # as many of the reports counted for rarity does each report of the matter weigh: 200 of them as all those
PARTS = (
    "kin", "stem", "own words", "form", "letters", "near", "nearer", "rare", "rare kin", "usual", "usual kin",
    "told before", "rival", "rivals near", "saying", "one saying", "agents", "patients", "crossed", "parties",
    "strangers", "agents differ", "patients differ", "beside", "around", "sentence", "names", "numbers",
    "numbers differ", "echo", "one report", "one sentence", "story", "report words", "report names",
    "report numbers", "openings", "lead", "further down", "kin beside", "near beside", "kin strangers",
    "near parties", "kin report",
)  # fmt: skip


class Tellings:
    """What the tellings of one matter have in common: how rare its words are, how usual each kin is in its stories.

    What is asked for again and again is worked out once: the lengths of sets, the likeness of reports.
    """

    def __init__(self, found: Sequence[Happening]) -> None:
        self._rarity = load_rarity()
        self._lengths: dict[frozenset[str], float] = {}
        self._reports: dict[tuple[str, str], dict[str, float]] = {}
        self.kins: dict[str, Counter[str]] = defaultdict(Counter)
        self._told: Counter[tuple[str, str]] = Counter()
        story: dict[str, str] = {}
        for happening in found:
            story[happening.report] = happening.story
            if not self.kins[happening.report][happening.kin]:
                self._told[happening.story, happening.kin] += 1
            self.kins[happening.report][happening.kin] += 1
        self._in = Counter(story.values())
        pages = {h.report: h.wording.report for h in found}.values()
        self._here = Counter(word for page in pages for word in page.words | page.names | page.numbers)
        self._squares: dict[str, float] = {}

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
        return self._told[a.story, a.kin] / (self._in[a.story] or 1)

    def rare(self, word: str) -> float:
        """How rare a word is, between 0 and 1."""
        return self._rarity[word] / self._rarity.highest

    def _square(self, word: str) -> float:
        """The squared rarity of a word, the matter's own reports counted in."""
        if word not in self._squares:
            seen = self._rarity.reports * math.exp(-self._rarity[word]) + _OWN * self._here[word]
            self._squares[word] = math.log((self._rarity.reports + _OWN * self._in.total()) / seen) ** 2
        return self._squares[word]

    def _length(self, words: frozenset[str]) -> float:
        if words not in self._lengths:
            self._lengths[words] = math.sqrt(math.fsum(self._square(w) for w in words))
        return self._lengths[words]


def kinship(a: Happening, b: Happening, tellings: Tellings) -> dict[str, float]:
    """The parts by which two happenings are told alike."""
    parts = _trigger(a, b, tellings) | _parties(a, b, tellings) | _words(a, b, tellings)
    kin, near = parts["kin"], parts["near"] * (1.0 - parts["kin"])
    return parts | {
        "kin beside": kin * parts["beside"],
        "near beside": near * parts["beside"],
        "kin strangers": kin * parts["strangers"],
        "near parties": near * parts["parties"],
        "kin report": kin * parts["report words"],
    }


def _trigger(a: Happening, b: Happening, tellings: Tellings) -> dict[str, float]:
    one, other = a.wording, b.wording
    kin = a.kin == b.kin
    shared = one.fields & other.fields
    pieces = one.grams & other.grams
    rare = min(tellings.rare(one.stem), tellings.rare(other.stem))
    usual = min(tellings.usual(a), tellings.usual(b))
    says = (one.stem in saying()) + (other.stem in saying())
    own = 1 if a.report == b.report else 0
    rivals = (tellings.kins[b.report][a.kin] > own) + (tellings.kins[a.report][b.kin] > own)
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
        "told before": math.log1p(min(tellings.kins[a.report][a.kin], tellings.kins[b.report][b.kin])),
        "rival": 0.0 if kin else rivals / 2,
        "rivals near": 0.0 if kin or not shared else rivals / 2,
        "saying": float(says == 2),
        "one saying": float(says == 1),
    }


def _parties(a: Happening, b: Happening, tellings: Tellings) -> dict[str, float]:
    one, other = a.wording, b.wording
    every, others = one.agents | one.patients, other.agents | other.patients
    return {
        "agents": tellings.cosine(one.agents, other.agents),
        "patients": tellings.cosine(one.patients, other.patients),
        "crossed": max(tellings.cosine(one.agents, other.patients), tellings.cosine(one.patients, other.agents)),
        "parties": tellings.cosine(every, others),
        "strangers": float(bool(every and others and not every & others)),
        "agents differ": float(bool(one.agents and other.agents and not one.agents & other.agents)),
        "patients differ": float(bool(one.patients and other.patients and not one.patients & other.patients)),
    }


def _words(a: Happening, b: Happening, tellings: Tellings) -> dict[str, float]:
    one, other = a.wording, b.wording
    same = a.report == b.report
    depth = sorted(min(w.at, _FAR_DOWN) / _FAR_DOWN for w in (one, other))
    alike = {"report words": 1.0, "report names": 1.0, "report numbers": 1.0, "openings": 1.0}
    return {
        "beside": tellings.cosine(one.near, other.near),
        "around": tellings.cosine(one.wide, other.wide),
        "sentence": tellings.cosine(a.words, b.words),
        "names": tellings.cosine(one.names, other.names),
        "numbers": float(bool(one.numbers & other.numbers)),
        "numbers differ": float(bool(one.numbers and other.numbers and not one.numbers & other.numbers)),
        "echo": (float(one.stem in other.wide) + float(other.stem in one.wide)) / 2,
        "one report": float(same),
        "one sentence": float(same and a.event.sentence == b.event.sentence),
        "story": float(a.story == b.story),
        "lead": math.sqrt(depth[0]),
        "further down": math.sqrt(depth[1]),
        **(alike if same else tellings.alike(a, b)),
    }
