"""A dictionary of actors, and the dyads of its codes in a reading: the shape of PETRARCH's unit tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def dyads(self, text: str, date: str | None, reading: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The coded pairs of a reading's events, those of a mutual act both ways, each once."""
        found: list[tuple[str, str]] = []
        for event in reading["events"]:
            if event["salience"] == "background":
                continue
            sides = [
                [
                    code
                    for name in event[side]
                    for code in self._codes(text, date, reading["actors"][int(name[1:])], event)
                ]
                for side in ("initiators", "recipients")
            ]
            found += list(_pairs(event["type"], *sides))
        unique = [pair for k, pair in enumerate(found) if pair not in found[:k] and pair[0] != pair[1]]
        return [{"source": [{"code": a}], "target": [{"code": b}]} for a, b in unique]

    def _codes(self, text: str, date: str | None, actor: Mapping[str, Any], event: Mapping[str, Any]) -> list[str]:
        """The codes of an actor's words within the event, else of its name."""
        spans = [(m[0], m[1]) for m in actor["mentions"] if event["start"] <= m[0] and m[1] <= event["end"]]
        for start, end in spans:
            code = self._code(text[start:end], date)
            if code:
                return [code]
        code = self._code(actor["name"], date)
        return [code] if code else []

    def _code(self, words: str, date: str | None) -> str | None:
        base = next((c for pattern, codes in self.actors if pattern.search(words) and (c := _dated(codes, date))), None)
        agent = next((c for pattern, codes in self.agents if pattern.search(words) and (c := _dated(codes, date))), "")
        if base is None:
            return None
        if len(base) > 3 or not agent:
            return base
        return base + agent.strip("~") if agent.startswith("~") else agent.strip("~") + base


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
