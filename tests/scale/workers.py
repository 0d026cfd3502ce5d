"""Workers for the tests of the runner: at the top of a module, because other processes import them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Worker = Callable[[Sequence[int]], Sequence[object]]


def doubling() -> Worker:
    return lambda items: [2 * item for item in items]


def slow_first() -> Worker:
    """The first batch takes longest, so that later ones are ready before it."""

    def work(items: Sequence[int]) -> list[int]:
        if items[0] == 0:
            time.sleep(0.5)
        return list(items)

    return work


def naming_the_process() -> Worker:
    """Each result tells the process and how many times a worker was made in it."""
    made.append(1)
    return lambda items: [(os.getpid(), len(made)) for _ in items]


made: list[int] = []


def raising_on(bad: int) -> Worker:
    def work(items: Sequence[int]) -> list[int]:
        for item in items:
            if item == bad:
                raise ValueError(f"cannot read {item}")
        return list(items)

    return work


def killed_on(bad: frozenset[int]) -> Worker:
    """Kills its own process, as the system does when memory runs out, whenever a bad item comes."""

    def work(items: Sequence[int]) -> list[int]:
        if bad.intersection(items):
            os.kill(os.getpid(), signal.SIGKILL)
        return list(items)

    return work


def killed_once(mark: Path, bad: int) -> Worker:
    """Is killed on an item the first time only; ``mark`` remembers it across processes."""

    def work(items: Sequence[int]) -> list[int]:
        if bad in items and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return list(items)

    return work


def leaving(code: int) -> Worker:
    def work(items: Sequence[int]) -> list[int]:
        raise SystemExit(code)

    return work


def unmakeable() -> Worker:
    raise FileNotFoundError("the model is not installed")


class OddError(Exception):
    """One that cannot be made again from its message, as pickle would."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def odd() -> Worker:
    raise OddError("one", "two")


def stillborn() -> Worker:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("never reached")


def stillborn_once(mark: Path) -> Worker:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return doubling()


def short_changing() -> Worker:
    return lambda items: items[1:]


def unpicklable() -> Worker:
    return lambda items: [lambda: None for _ in items]


def sleeping(seconds: float, *, say: bool = False) -> Worker:
    def work(items: Sequence[int]) -> list[int]:
        if say:
            os.write(1, b"asleep\n")
        time.sleep(seconds)
        return list(items)

    return work


def large() -> Worker:
    """Results far larger than a pipe's buffer."""
    return lambda items: ["x" * 300_000 for _ in items]
