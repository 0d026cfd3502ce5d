"""Keyset paging: a list goes on behind the last row shown, however many rows were before it."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from fastapi import HTTPException

__all__ = ["PAGE", "Batch", "batch", "cursor", "mark", "position"]

PAGE = 50
"""Rows on a page."""

T = TypeVar("T")


class Batch(NamedTuple, Generic[T]):
    """Some rows of a list; ``after``: the cursor of the next page, None on the last."""

    rows: tuple[T, ...]
    after: str | None = None


def batch(rows: Sequence[tuple[T, Sequence[object]]], size: int = PAGE) -> Batch[T]:
    """The first ``size`` of rows asked for with one more, each with its key."""
    shown = rows[:size]
    return Batch(tuple(row for row, _ in shown), cursor(shown[-1][1]) if len(rows) > size else None)


def cursor(key: Sequence[object]) -> str:
    """A key as a word for the query string."""
    return urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def position(after: str | None, length: int) -> tuple[str | int | None, ...] | None:
    """The key of a cursor; a 400 where it is none of ours."""
    if after is None:
        return None
    try:
        key = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, binascii.Error):
        key = None
    if (
        not isinstance(key, list)
        or len(key) != length
        or not all(part is None or isinstance(part, str | int) for part in key)
    ):
        raise HTTPException(400, "This link to the next page is damaged: go back to the first")
    return tuple(key)


def mark(after: str | None) -> tuple[str, str] | None:
    """The moment and the id of a cursor over derived records."""
    key = position(after, 2)
    return None if key is None else (str(key[0] or ""), str(key[1]))
