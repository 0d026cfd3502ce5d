"""How fast times are found once a text is parsed: ``python -m gate.time_speed FILE.jsonl``.

Processor time, the best of three rounds, so that other work on the machine matters little. ``text`` and ``date`` of
each line are read; the parse is timed beside it on the same texts in the same run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from dateline.annotate.context import Context
from dateline.annotate.times import find_times
from dateline.annotate.words import Parser, Words
from dateline.codebook import load_codebook
from dateline.records import Report
from gate import load

__all__ = ["main"]

_ROUNDS = 3


def main(path: Path) -> None:
    """Print characters a second of the parse and of the times beyond it, and their ratio."""
    parser, codebook = Parser(), load_codebook()
    contexts = [
        Context(report=Report(text=row["text"], published=row["date"]), codebook=codebook) for row in load(path)
    ]
    parsed: list[Words] = []

    def parse() -> None:
        parsed[:] = [parser.parse(context.report.text) for context in contexts]

    def find() -> None:
        for words, context in zip(parsed, contexts, strict=True):
            find_times(words, context)

    length = sum(len(context.report.text) for context in contexts)
    parsing, finding = _seconds(parse), _seconds(find)
    words = sum(map(len, parsed))
    print(f"{len(contexts)} texts, {length} characters, {words} words")
    print(f"parse        {length / parsing:>12,.0f} characters/s {1e6 * parsing / words:8.1f} µs a word")
    print(f"times beyond {length / finding:>12,.0f} characters/s {1e6 * finding / words:8.1f} µs a word")
    print(f"times cost {finding / parsing:.3f} of the parse")


def _seconds(work: Callable[[], None]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


if __name__ == "__main__":
    main(Path(sys.argv[1]))
