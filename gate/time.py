"""Time expressions as the TempEval-3 scorer of the time area takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gate import Read, Row

__all__ = ["predict_time"]

_KEPT = ("start", "end", "type", "value", "mod")


def predict_time(rows: Sequence[Row], read: Read, extra: Path | None = None) -> Iterator[Row]:  # noqa: ARG001
    """One row a document: its id and ``timex`` with offsets, type and TIMEX3 value; no second file is needed."""
    inputs = [{"id": row["id"], "text": row["text"], "date": row["date"]} for row in rows]
    for row, reading in read(inputs):
        yield {"id": row["id"], "timex": [{k: t.get(k) for k in _KEPT} for t in reading["times"]]}
