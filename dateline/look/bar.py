"""The progress bar of long reading."""

from __future__ import annotations

import time
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["Bar"]

_PATIENCE = 1.0  # seconds of work before a bar is worth its line


class Bytes(Protocol):
    """How far reading is, in bytes; ``total`` None where nobody knows."""

    total: int | None
    done: int


class Bar:
    """Shows reports a second and the time left, reckoned from the bytes read, on standard error."""

    def __init__(self, intake: Bytes) -> None:
        self._intake = intake
        self._began = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, reports: int) -> None:
        """Note that so many reports are finished."""
        passed = time.monotonic() - self._began
        if passed < _PATIENCE:
            return
        if self._bar is None:
            rate = TextColumn("{task.fields[reports]} reports, {task.fields[rate]:.1f}/s")
            self._bar = Progress(BarColumn(), rate, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.add_task("", total=self._intake.total, reports=0, rate=0.0)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=self._intake.done, reports=reports, rate=reports / passed)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
