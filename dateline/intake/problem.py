"""Problem and Progress: what intake tells its caller beside the reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Problem", "Progress", "Say"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know about one place of the input.

    path: the file as the user named it, "-" for standard input. line: counted from 1, None where the
    whole file is meant. words: what is wrong and what to do; the same cause has the same words, so
    that a caller can count alike ones. skipped: something was not read because of it; otherwise the
    report came through and this is a note about it.
    """

    path: str
    line: int | None
    words: str
    skipped: bool = True

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.words}"


@dataclass(slots=True)
class Progress:
    """How far intake is, in bytes; the caller reads it whenever it draws.

    total: of all files found, None while unknown: before the first report, and for pipes.
    done: of what has been handed on.
    """

    total: int | None = None
    done: int = 0


Say = Callable[[Problem], None]
