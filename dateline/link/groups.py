"""Groups: things that are joined, each with all that it was joined to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

__all__ = ["apart_at_first", "groups_of", "merge"]

T = TypeVar("T", int, str)


def apart_at_first(things: Iterable[T]) -> dict[T, list[T]]:
    """Each thing with its group, which holds nothing else yet."""
    return {thing: [thing] for thing in things}


def merge(group: dict[T, list[T]], a: T, b: T) -> None:
    """Make the groups of two things one."""
    first, second = sorted((group[a], group[b]), key=len, reverse=True)
    if first is not second:
        first.extend(second)
        for member in second:
            group[member] = first


def groups_of(group: dict[T, list[T]]) -> list[list[T]]:
    """Every group once, sorted, and in the order of their first members."""
    return sorted(sorted(members) for members in {id(members): members for members in group.values()}.values())
