"""What a finder may know besides the words: the report they stand in and the codebook."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.codebook import Codebook
from dateline.records import Report

__all__ = ["Context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The report being read (``text`` is that of the words) and the codebook it is read with."""

    report: Report
    codebook: Codebook
