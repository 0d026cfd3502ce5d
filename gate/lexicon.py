"""A dictionary of dated actor codes and of agents, matched against a text: the shape of PETRARCH's files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.annotate.words import Words

__all__ = ["Lexicon", "Mentions"]

Codes = Sequence[Mapping[str, str]]
_Patterns = tuple[tuple[re.Pattern[str], Codes], ...]


@dataclass(frozen=True)
class Mentions:
    """The codes that tokens carry: of actors (several where the dictionary joins them by "/"), and of agents."""

    actors: Mapping[int, tuple[str, ...]]
    agents: Mapping[int, str]


@dataclass(frozen=True)
class Lexicon:
    """Names of actors and of agents (soldiers, ministers), longest first, each with its dated codes."""

    actors: _Patterns
    agents: _Patterns

    @classmethod
    def load(cls, path: Path | None) -> Lexicon:
        """Read the dictionary's JSON file."""
        if path is None:
            raise SystemExit("this set needs its dictionary")
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls(_patterns(table["actors"]), _patterns(table["agents"]))

    def mentions(self, words: Words, date: str | None) -> Mentions:
        """The codes of a text's tokens on a day; of names that overlap, the longest counts."""
        actors = {i: tuple(code.split("/")) for i, code in _found(words, self.actors, date, {}).items()}
        return Mentions(actors, _found(words, self.agents, date, actors))


def _found(words: Words, patterns: _Patterns, date: str | None, taken: Mapping[int, object]) -> dict[int, str]:
    found: dict[int, str] = {}
    for pattern, codes in patterns:
        for match in pattern.finditer(words.text):
            tokens = words.tokens(match.start(), match.end())
            if not any(i in taken or i in found for i in tokens) and (code := _dated(codes, date)):
                found |= dict.fromkeys(tokens, code)
    return found


def _dated(codes: Codes, date: str | None) -> str | None:
    """The code that holds on a day: one with an end or a beginning if any holds, else the one without."""
    day = date or "9999"
    spans = [(c.get("from", c.get("after", "")), c.get("to", c.get("before", "9999~")), c["code"]) for c in codes]
    holding = [(first, last, code) for first, last, code in spans if first <= day <= last]
    dated = [code for first, last, code in holding if first or last != "9999~"]
    return next(iter([*dated, *(code for _, _, code in holding)]), None)


def _patterns(entries: Sequence[Mapping[str, Any]]) -> _Patterns:
    made = []
    for entry in entries:
        for name in [*entry["names"], *([entry["plural"]] if entry.get("plural") else [])]:
            words = r"[\s_]+".join(map(re.escape, name.replace("_", " ").split()))
            made.append((len(name), re.compile(rf"\b{words}(?:s|es)?\b", re.IGNORECASE), entry["codes"]))
    return tuple((pattern, codes) for _, pattern, codes in sorted(made, key=lambda item: -item[0]))
