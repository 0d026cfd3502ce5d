"""Measure the product on public corpora.

    python -m gate run --shared FOLDER [SET ...]          all figures, against the pinned floors
    python -m gate run --shared FOLDER --raise [SET ...]  and pin those that rose
    python -m gate predict SET GOLD.jsonl PRED.jsonl [--with FILE]
    python -m gate lines [--pin]                           gold lines of the samples gained and lost

FOLDER holds the corpora as ``bench/<area>/``. ``predict`` works on any file of a set's shape.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from dateline.annotate.reader import Reader
from gate import dump, load, own_times, read, relations
from gate.floors import Floor, Floors, digest, falls, key, load_floors, raise_floors, save_floors
from gate.samples import compare, lines, pin_lines, read_samples, scores
from gate.sets import SETS, Figure, Set

Measured = dict[str, tuple[float, bool]]


def predict(chosen: Set, gold: Path, pred: Path, extra: Path | None) -> None:
    """Write the product's predictions for a gold file in its scorer's shape."""
    if chosen.extra and chosen.extra_needed and extra is None:
        raise SystemExit(f"{chosen.name} needs a second file: --with {chosen.extra}")
    dump(pred, chosen.predict()(load(gold), read, extra))


def score(scorer: Path, gold: Path, pred: Path, figures: tuple[Figure, ...]) -> dict[str, float | None]:
    """Run the scorer once for each set of options and pick the figures out of its last line."""
    values: dict[str, float | None] = {}
    for options, wanted in groupby(sorted(figures, key=lambda f: f.options), key=lambda f: f.options):
        command = [sys.executable, str(scorer), str(gold), str(pred), *options]
        # A scorer that breaks ties in the order of a set must break them alike in every run.
        fixed = {**os.environ, "PYTHONHASHSEED": "0"}
        out = subprocess.run(command, check=True, capture_output=True, text=True, env=fixed).stdout
        table = json.loads(out.strip().splitlines()[-1])
        for figure in wanted:
            value = table
            for part in figure.path.split("."):
                value = value.get(part) if isinstance(value, dict) else None
            values[figure.name] = None if value is None else float(value) * figure.scale
    return values


def run(shared: Path, names: list[str], *, pin: bool) -> int:
    """Measure the sets, print one table, and say by the exit status whether a figure fell."""
    bench = shared / "bench"
    if not bench.is_dir():
        raise SystemExit(f"no corpora at {bench}: say where they are with --shared FOLDER (make gate SHARED=FOLDER)")
    floors, measured, fallen = load_floors(), Measured(), []
    print(f"{'set':<12} {'figure':<32} {'measured':>9} {'floor':>8} {'aim':>7}")
    for name in names or SETS:
        if name in OWN:
            continue
        chosen = SETS[name]
        gold = bench / chosen.gold
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            pred = Path(folder) / "pred.jsonl"
            predict(chosen, gold, pred, bench / chosen.extra if chosen.extra else None)
            values = score(bench / chosen.scorer, gold, pred, chosen.figures)
        pinned = floors["gold"].setdefault(chosen.gold, digest(gold))
        if pinned != digest(gold):
            raise SystemExit(f"{gold} is not the file the floors were pinned on ({pinned})")
        for figure in chosen.figures:
            floor = floors["floors"].get(key(name, figure.name), Floor())
            fallen += _line(name, figure, values[figure.name], floor, measured)
        print(f"{'':<12} {'(' + str(round(time.monotonic() - began)) + ' s)'}", flush=True)
    for name in OWN:
        if not names or name in names:
            fallen += _own(name, floors, measured)
    if pin:
        raised = raise_floors(floors, measured)
        save_floors(floors)
        print(f"raised {len(raised)} floors")
    for name in fallen:
        print(f"FELL: {name}", file=sys.stderr)
    print(f"{len(measured) - len(fallen)} passed, {len(fallen)} failed")
    return 1 if fallen else 0


OWN: dict[str, Callable[[], dict[str, float]]] = {
    "samples": lambda: scores(list(read_samples(Reader()))),
    "own-times": own_times.score_own_times,
    "event-times": own_times.score_event_times,
    "own-relations": lambda: relations.figures(relations.outcomes(Reader())),
}
"""The sets of our own, which need no corpora: each gives its figures by name."""


def _own(set_name: str, floors: Floors, measured: Measured) -> list[str]:
    """Measure one of the own sets; return the figures that fell."""
    fallen = []
    for name, value in OWN[set_name]().items():
        figure = Figure(name, "", 100 if name == "bounds hold %" else 90)
        fallen += _line(set_name, figure, value, floors["floors"].get(key(set_name, name), Floor()), measured)
    return fallen


def _line(set_name: str, figure: Figure, value: float | None, pinned: Floor, measured: Measured) -> list[str]:
    """Print one figure; return its name if it fell."""
    name = key(set_name, figure.name)
    floor = pinned.get("floor")
    shown = "-" if value is None else f"{value:.2f}"
    limit = "-" if floor is None else f"{floor:.2f}"
    print(f"{set_name:<12} {figure.name:<32} {shown:>9} {limit:>8} {figure.aim:>7}", flush=True)
    if value is not None:
        measured[name] = (value, figure.less_is_better)
    if floor is None:
        return []
    fell = value is None or falls(value, floor, less_is_better=figure.less_is_better)
    return [name] if fell else []


def lines_gained_and_lost(*, pin: bool) -> int:
    """Print what a change did to the samples' gold lines; pin today's if asked."""
    found = {line.key for sample in read_samples(Reader()) for line in lines(sample) if line.found}
    gained, lost = compare(found)
    for sign, keys in (("+", gained), ("-", lost)):
        for name in keys:
            print(sign, name)
    print(f"{len(found)} lines found, {len(gained)} gained, {len(lost)} lost")
    if pin:
        pin_lines(found)
    return 0


def main() -> int:
    """Read the command line."""
    raw = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m gate", description=__doc__, formatter_class=raw)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("predict", help="predictions for one file")
    one.add_argument("set", choices=sorted(SETS))
    one.add_argument("gold", type=Path)
    one.add_argument("pred", type=Path)
    one.add_argument("--with", dest="extra", type=Path, metavar="FILE", help="the set's second file")
    every = commands.add_parser("run", help="measure against the floors")
    every.add_argument("sets", nargs="*", metavar="SET", help="default: all")
    every.add_argument("--shared", type=Path, default=Path("../shared"))
    every.add_argument("--raise", dest="pin", action="store_true", help="pin figures that rose")
    found = commands.add_parser("lines", help="gold lines of the samples gained and lost")
    found.add_argument("--pin", action="store_true", help="take today's lines as the ones to hold")
    args = parser.parse_args()
    if args.command == "predict":
        predict(SETS[args.set], args.gold, args.pred, args.extra)
        return 0
    if args.command == "lines":
        return lines_gained_and_lost(pin=args.pin)
    if unknown := [name for name in args.sets if name not in (*SETS, *OWN)]:
        parser.error(f"no set {', '.join(unknown)}; there are {', '.join([*OWN, *SETS])}")
    return run(args.shared, args.sets, pin=args.pin)


if __name__ == "__main__":
    sys.exit(main())
