"""What a reader is told when there is nothing to show."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal in words."""

    code: int
    name: str
    words: str
