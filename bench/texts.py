"""Texts to measure with: our own samples, varied so that what is remembered of one text does not serve the next."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from dateline.records import Report

__all__ = ["SAMPLES", "corpus", "reports", "words"]

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"

_NUMBER = re.compile(r"\b[1-9]\d*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_ONSETS = ("B", "Dr", "F", "Gr", "H", "K", "L", "Mar", "N", "Ost", "P", "R", "S", "T", "V", "Z")
_RIMES = ("ava", "enko", "olin", "ursk", "iev", "and", "ertes", "ovych", "ilm", "orsa", "uda", "ansk")


def reports(count: int, seed: int = 1, *, rimes: int = 2, paragraphs: int | None = None) -> Iterator[Report]:
    """Yield reports made of the samples: other names and numbers, paragraphs in another order; always the same.

    rimes: syllables of a made-up name, for more names. paragraphs: how many of each text are kept; all by default.
    """
    originals = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    for number in range(count):
        text = _varied(originals[number % len(originals)], chance, rimes, paragraphs)
        yield Report(text=text, published=f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}", outlet="Bench")


def corpus(path: Path, count: int) -> Iterator[Report]:
    """Yield the first reports of a JSONL file with ``text`` and, where there is one, ``date``."""
    with path.open(encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            row = json.loads(line)
            day = re.match(r"\d{4}-\d\d-\d\d", str(row.get("date") or row.get("published") or ""))
            yield Report(text=row["text"], published=day[0] if day else None)


def words(texts: list[Report]) -> int:
    """Words, as white space divides them."""
    return sum(len(report.text.split()) for report in texts)


def _varied(text: str, chance: random.Random, rimes: int, kept: int | None) -> str:
    renamed: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        if chance.random() < 0.5:
            return match[0]
        return renamed.setdefault(match[0], _made_up(chance, rimes))

    opening, *paragraphs = text.split("\n\n")
    chance.shuffle(paragraphs)
    varied = _NAME.sub(name, "\n\n".join([opening, *paragraphs][:kept]))
    return _NUMBER.sub(lambda match: str(max(1, int(int(match[0]) * chance.uniform(0.5, 1.5)))), varied)


def _made_up(chance: random.Random, rimes: int) -> str:
    return chance.choice(_ONSETS) + "".join(chance.choice(_RIMES) for _ in range(rimes))
