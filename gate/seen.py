"""The texts that the shipped models of places were fitted on, by digests of them in ``seen.txt``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

__all__ = ["is_seen", "write_seen"]

SEEN = Path(__file__).parent / "seen.txt"


def is_seen(text: str) -> bool:
    """Whether the shipped models of places were fitted on a text."""
    return _digest(text) in _seen()


def write_seen(*texts: Sequence[str]) -> None:
    """Note the texts that the models shipped from now on were fitted on."""
    digests = sorted({_digest(text) for some in texts for text in some})
    SEEN.write_text("".join(f"{d}\n" for d in digests), encoding="utf-8")


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


@cache
def _seen() -> frozenset[str]:
    return frozenset(SEEN.read_text(encoding="utf-8").split())
