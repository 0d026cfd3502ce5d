"""The records: what Dateline writes down, typed, frozen, each tied to its words."""

from dateline.records.linked import (
    Dispute,
    Incident,
    OpenQuestion,
    Reversal,
    Side,
    Thread,
    ThreadMove,
    Toll,
    TollEntry,
)
from dateline.records.marks import Mark, Segment, TextReading, marks, segments
from dateline.records.reading import (
    Actor,
    Claim,
    Event,
    Place,
    Quantity,
    Reading,
    Relation,
    Span,
    TimeExpression,
    Unknown,
    ref,
)
from dateline.records.report import Report, report_id

__all__ = [
    "Actor",
    "Claim",
    "Dispute",
    "Event",
    "Incident",
    "Mark",
    "OpenQuestion",
    "Place",
    "Quantity",
    "Reading",
    "Relation",
    "Report",
    "Reversal",
    "Segment",
    "Side",
    "Span",
    "TextReading",
    "Thread",
    "ThreadMove",
    "TimeExpression",
    "Toll",
    "TollEntry",
    "Unknown",
    "marks",
    "ref",
    "report_id",
    "segments",
]
