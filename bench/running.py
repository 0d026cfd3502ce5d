"""Running: what the whole program takes: to start, with two processes, in memory over many reports."""

from __future__ import annotations

import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.texts import reports
from dateline.annotate.reader import Reader
from dateline.cluster import lines_of

__all__ = ["memory", "on_ray", "processes", "start"]

_DATELINE = (sys.executable, "-m", "dateline")


def start(runs: int) -> None:
    """Print what Python alone, ``--help`` and a first report take, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        one = _written(Path(folder), 1)
        tasks = {
            "python -c pass": (sys.executable, "-c", "pass"),
            "dateline --help": (*_DATELINE, "--help"),
            "dateline annotate, one report": (*_DATELINE, "annotate", str(one), str(one.with_suffix(".out"))),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
        for _ in range(runs + 1):
            for name, command in tasks.items():
                taken[name].append(_timed(command))
    print("start: seconds of CPU (wall clock in brackets), median")
    base = statistics.median(cpu for cpu, _ in taken["python -c pass"][1:])
    for name, pairs in taken.items():
        cpu, wall = (statistics.median(column) for column in zip(*pairs[1:], strict=True))
        print(f"  {name:32} {cpu:5.2f} ({wall:.2f})   {cpu - base:+.2f} over Python's own")


def processes(count: int, runs: int) -> None:
    """Print how much quicker two processes annotate than one, by wall clock, the start taken off; and the workers."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = _written(Path(folder), 32, "few"), _written(Path(folder), count, "many")
        one, two = (_net(runs, few, many, "--quiet", "--processes", str(workers)) for workers in (1, 2))
        ratio = statistics.median(a / b for a, b in zip(one.seconds, two.seconds, strict=True))
        same = one.target.read_bytes() == two.target.read_bytes()
    print(f"two processes: x {ratio:.2f} one ({count} reports, wall clock, start taken off); same bytes: {same}")


def on_ray(count: int, runs: int) -> None:
    """Print how two workers on Ray compare with two processes here, by wall clock, the start of both taken off."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = _written(Path(folder), 32, "few"), _written(Path(folder), count, "many")
        here = _net(runs, few, many, "--processes", "2")
        ray = _net(runs, few, many, "--engine", "ray", "--processes", "2")
        ratio = statistics.median(a / b for a, b in zip(here.seconds, ray.seconds, strict=True))
        lines = sorted(line for line, _ in lines_of(ray.target) if line)
        same = lines == sorted(here.target.read_text(encoding="utf-8").splitlines())
    print(f"ray, two workers: x {ratio:.2f} two processes here ({count} reports, wall clock, start taken off); "
          f"same lines: {same}; load {os.getloadavg()[0]:.1f}")  # fmt: skip


class _Net(NamedTuple):
    """Seconds by wall clock for what many reports are more than few, run by run; the last target."""

    seconds: list[float]
    target: Path


def _net(runs: int, few: Path, many: Path, *options: str) -> _Net:
    seconds = []
    for run in range(runs):
        taken = []
        for source in (few, many):
            target = source.with_suffix("." + "".join(options).replace("-", "") + str(run))
            taken.append(_timed((*_DATELINE, "annotate", str(source), str(target), *options))[1])
        seconds.append(taken[1] - taken[0])
    return _Net(seconds, target)


def memory(sizes: Sequence[int]) -> None:
    """Print the memory of one process after reading so many reports, and its exponent in their number.

    Short reports, for it takes long enough; with hundreds of thousands of names, for words never seen are what grows.
    """
    reader, peaks, done = Reader(), [], 0
    for size in sizes:
        for _ in reader.read_many(reports(size - done, seed=size, rimes=4, paragraphs=2)):
            pass
        done = size
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    exponent = math.log(peaks[-1] / peaks[0]) / math.log(sizes[-1] / sizes[0])
    print("memory: " + ", ".join(f"{peak:.0f} MB at {size:,}" for peak, size in zip(peaks, sizes, strict=True))
          + f" reports; x {peaks[-1] / peaks[0]:.2f}, exponent {exponent:.3f}")  # fmt: skip


def _written(folder: Path, count: int, name: str = "in") -> Path:
    path = folder / f"{name}.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number, report in enumerate(reports(count)):
            row = {"id": str(number), "text": report.text, "date": report.published}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """CPU and wall-clock seconds of a command and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (our own)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
