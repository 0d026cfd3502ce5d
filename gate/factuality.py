"""Adapter of the factuality set: events are given, status and rating asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.annotate.coding.certainty import climb
from dateline.annotate.coding.types import phrase_head
from dateline.annotate.factuality import rate
from dateline.annotate.words import Parser
from dateline.codebook.plover import event_tables
from gate import Read, Row

__all__ = ["predict_factuality"]

_STATUS = {"ongoing": "happened", "unknown": "possible"}  # MEANTIME has no such classes


def predict_factuality(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:  # noqa: ARG001
    """Rate the given events by the habit of their corpus; MEANTIME's is that of news.

    The product's own judgement is called with the spans given, since its readings hold only events it finds.
    """
    tables = event_tables()
    for row, words in zip(rows, Parser().parse_many(row["text"] for row in rows), strict=True):
        events = []
        for event in row["events"]:
            token = phrase_head(words, [(event["start"], event["end"])])
            if token is None:
                continue
            rating, status = rate(words, token, tables, "uds" if row.get("corpus") == "uds" else "uw")
            shown = _STATUS.get(status, status)
            if shown == "possible" and any(effect == "condition" for effect, _ in climb(words, token, tables).effects):
                shown = "conditional"
            events.append({"start": event["start"], "end": event["end"], "f": round(rating, 3), "status": shown})
        yield {"id": row["id"], "events": events}
