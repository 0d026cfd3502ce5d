"""Clock: things measured in turn (A B A B …), so that a machine's moods fall on both; and the machine in words."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

__all__ = ["in_turn", "machine", "median_ratio"]


def in_turn(runs: int, *tasks: Callable[[], object]) -> list[list[float]]:
    """Seconds of this process's CPU time that each task took, run by run, the tasks in turn; one run warms up."""
    taken: list[list[float]] = [[] for _ in tasks]
    for run in range(runs + 1):
        for seconds, task in zip(taken, tasks, strict=True):
            start = time.process_time()
            task()
            if run:
                seconds.append(time.process_time() - start)
    return taken


def median_ratio(ones: list[float], others: list[float]) -> float:
    """The median of pairwise ratios."""
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


def machine() -> str:
    """The machine and the versions a figure holds for."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    versions = " ".join(f"{name} {version(name)}" for name in ("numpy", "spacy", "thinc", "blis"))
    return f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, {versions}; " + (
        f"numpy's BLAS {blas['name']} {blas['version']}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
