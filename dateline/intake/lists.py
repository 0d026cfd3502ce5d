"""The lists of words that intake goes by, kept as files beside its modules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["rows", "words"]


@cache
def words(file: str) -> frozenset[str]:
    """The words of a file, separated by white space; lines that begin with ``#`` are comments."""
    return frozenset(word for line in _lines(file) for word in line.split())


@cache
def rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a file of tab-separated cells, without its first, which names the columns."""
    return tuple(tuple(line.split("\t")) for line in _lines(file)[1:])


def _lines(file: str) -> list[str]:
    lines = Path(__file__).with_name(file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
