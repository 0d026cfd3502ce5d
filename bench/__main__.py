"""Measure Dateline's speed on this machine.

    python -m bench                       everything but peers, ray and memory
    python -m bench reading [--corpus FILE.jsonl]   words a second against spaCy
    python -m bench profile | start | processes | ray | memory | storing | peers

Figures of a shared machine move; the ratios are taken in turn, run by run. Set OPENBLAS_NUM_THREADS=1 for
spaCy's and the peers' sake; Dateline uses one thread anyway.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bench.clock import machine
from bench.reading import profile, reading
from bench.running import memory, on_ray, processes, start
from bench.storing import storing
from bench.texts import corpus, reports

_ALL = ("reading", "profile", "start", "processes", "storing")


def main() -> None:
    """Print the figures that were asked for."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", default=_ALL)
    parser.add_argument("--corpus", type=Path, help="a JSONL file with texts to read instead of our own")
    parser.add_argument("--count", type=int, default=120, help="reports (default 120)")
    parser.add_argument("--runs", type=int, default=5, help="runs, the first to warm up not counted (default 5)")
    parser.add_argument("--ledger", help="a PostgreSQL address to store in, instead of a SQLite file")
    given = parser.parse_args()
    print(machine())
    print(f"load {os.getloadavg()[0]:.1f}")
    texts = list(corpus(given.corpus, given.count) if given.corpus else reports(given.count))
    for part in given.parts:
        if part == "reading":
            reading(texts, given.runs)
        elif part == "profile":
            profile(texts, given.runs)
        elif part == "start":
            start(given.runs)
        elif part == "processes":
            processes(given.count * 3, given.runs)
        elif part == "ray":
            on_ray(given.count * 3, given.runs)
        elif part == "memory":
            memory((1_000, 10_000, 100_000))
        elif part == "storing":
            storing(given.count * 3, given.ledger)
        elif part == "peers":
            from bench.peers import peers  # noqa: PLC0415 (an extra)

            peers(texts, given.runs)
        else:
            parser.error(f"no part is called {part}")


main()
