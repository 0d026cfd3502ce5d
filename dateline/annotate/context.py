"""What a finder may know besides the words: the report, the codebook, and what finders before it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.casting.cast import Cast
from dateline.codebook import Codebook
from dateline.records import Claim, Place, Quantity, Report, TimeExpression

__all__ = ["Context", "Found"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The report being read (``text`` is that of the words) and the codebook it is read with."""

    report: Report
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class Found:
    """What the finders before the events found; lists ordered by ``(start, end)``."""

    times: Sequence[TimeExpression]
    places: Sequence[Place]
    quantities: Sequence[Quantity]
    cast: Cast
    claims: Sequence[Claim]
