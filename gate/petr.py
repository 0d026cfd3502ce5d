"""A dictionary of actors as a cast, and the dyads of its codes: the shape of PETRARCH's unit tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.annotate.casting.cast import Cast
from dateline.annotate.coding.frames import noun_span
from dateline.annotate.words import Words
from dateline.records import Event

__all__ = ["Lexicon"]

Codes = Sequence[Mapping[str, str]]
_MUTUAL = frozenset(["CONSULT", "COOPERATE"])


@dataclass(frozen=True)
class Lexicon:
    """Names of actors and of agents (soldiers, ministers), longest first, each with its dated codes."""

    actors: tuple[tuple[re.Pattern[str], Codes], ...]
    agents: tuple[tuple[re.Pattern[str], Codes], ...]

    @classmethod
    def load(cls, path: Path | None) -> Lexicon:
        """Read the dictionary's JSON file."""
        if path is None:
            raise SystemExit("this set needs its dictionary")
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls(_patterns(table["actors"]), _patterns(table["agents"]))

    def cast(self, words: Words, date: str | None) -> Cast:
        """A cast of the dictionary's names; an actor's name is its code, with that of the agent beside it."""
        cast = Cast(words)
        taken: set[int] = set()
        for pattern, codes in self.actors:
            for match in pattern.finditer(words.text):
                tokens = words.tokens(match.start(), match.end())
                code = _dated(codes, date)
                if code is None or not tokens or taken.intersection(tokens):
                    continue
                taken.update(tokens)
                first, end = _phrase(words, tokens)
                name = self._with_agent(code, words.words(first, end), date)
                cast.add(name, "unnamed", [(words.start[first], words.end[end - 1], "name")])
        return cast

    def dyads(self, reading: Sequence[Event], cast: Cast) -> list[dict[str, Any]]:
        """The coded pairs of events, those of a mutual act both ways, each once."""
        found: list[tuple[str, str]] = []
        for event in reading:
            if event.salience != "background":
                sides = [[cast.get(name).name for name in side] for side in (event.initiators, event.recipients)]
                found += list(_pairs(event.type, *sides))
        coded = [pair for pair in found if pair[0] != pair[1] and all(code.isupper() for code in pair)]
        unique = [pair for k, pair in enumerate(coded) if pair not in coded[:k]]
        return [{"source": [{"code": a}], "target": [{"code": b}]} for a, b in unique]

    def _with_agent(self, base: str, words: str, date: str | None) -> str:
        agent = next((c for pattern, codes in self.agents if pattern.search(words) and (c := _dated(codes, date))), "")
        if len(base) > 3 or not agent:
            return base
        return base + agent.strip("~") if agent.startswith("~") else agent.strip("~") + base


def _phrase(words: Words, tokens: range) -> tuple[int, int]:
    """The noun phrase a name stands in: "soldiers from [Gondor]", "[Gondor] security officials"."""
    head = next((i for i in tokens if words.head[i] not in tokens or words.head[i] == i), tokens[0])
    for above in words.ancestors(head):
        if words.pos[above] in ("NOUN", "PROPN") and words.dep[head] in ("compound", "amod", "poss", "nmod"):
            head = above
        elif words.pos[above] == "ADP" and words.dep[head] == "pobj" and words.lower[above] in ("of", "from"):
            if words.pos[words.head[above]] not in ("NOUN", "PROPN"):
                break
            head = above
        elif words.pos[head] == "ADP" and words.dep[head] == "prep":
            head = above
        else:
            break
    first, end = noun_span(words, head)
    return min(first, tokens[0]), max(end, tokens[-1] + 1)


def _pairs(kind: str, sources: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not targets and len(sources) > 1:
        targets = sources
    for source in sources:
        for target in targets:
            yield source, target
            if kind in _MUTUAL:
                yield target, source


def _dated(codes: Codes, date: str | None) -> str | None:
    """The code that holds on a day: a dated one if any, else the one without dates."""
    day = date or "9999"
    dated = [c["code"] for c in codes if ("from" in c or "to" in c) and c.get("from", "") <= day <= c.get("to", "9999")]
    plain = [c["code"] for c in codes if "from" not in c and "to" not in c]
    return next(iter([*dated, *plain]), None)


def _patterns(entries: Sequence[Mapping[str, Any]]) -> tuple[tuple[re.Pattern[str], Codes], ...]:
    made = []
    for entry in entries:
        for name in [*entry["names"], *([entry["plural"]] if entry.get("plural") else [])]:
            words = re.escape(name).replace(r"\ ", r"\s+").replace("_", r"\s+")
            made.append((len(name), re.compile(rf"\b{words}(?:s|es)?\b", re.IGNORECASE), entry["codes"]))
    return tuple((pattern, codes) for _, pattern, codes in sorted(made, key=lambda item: -item[0]))
