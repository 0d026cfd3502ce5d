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
    "OpenQuestion",
    "Place",
    "Quantity",
    "Reading",
    "Relation",
    "Report",
    "Reversal",
    "Side",
    "Span",
    "Thread",
    "ThreadMove",
    "TimeExpression",
    "Toll",
    "TollEntry",
    "Unknown",
    "ref",
    "report_id",
]
