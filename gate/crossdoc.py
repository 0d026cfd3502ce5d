"""Adapters of the crossdoc area: incidents, chains, tolls and counting questions, through the product's linking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dateline.link.incidents import grouped
from dateline.link.stories import stories
from dateline.link.tolls import differ, incompatible, stated
from dateline.records import Reading, Report, ref
from gate import Read, Row, load
from gate.crossdoc_mentions import given_matters, report_of
from gate.crossdoc_questions import Told, asked, count

__all__ = ["predict_chains", "predict_incidents", "predict_questions", "predict_records", "predict_tolls"]


_UNITS = {"killed": "killed", "injured": "wounded"}


def predict_incidents(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Group dated reports by what they tell of."""
    del read, extra
    for report, story in stories([report_of(row) for row in rows]).items():
        yield {"id": report, "incident": story}


def predict_chains(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Chain event mentions, which are given, over all documents; nothing is told of topics."""
    del read, extra
    groups = (group for found in given_matters(rows) for group in grouped(found))
    chain = {member.ref: group[0].ref for group in groups for member in group}
    for row in rows:
        mentions = [
            {"start": m["start"], "end": m["end"], "chain": chain[ref(row["id"], "events", i)]}
            for i, m in enumerate(row["mentions"])
        ]
        yield {"id": row["id"], "mentions": mentions}


def predict_tolls(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """The figures each report of an incident gives, who says them, and whether the reports differ."""
    del extra
    given = [
        {"id": f"{row['id']}/{i}", "text": r["text"], "date": r["date"]}
        for row in rows for i, r in enumerate(row["reports"])
    ]  # fmt: skip
    found = {row["id"]: (report_of(row), msgspec.convert(reading, Reading)) for row, reading in read(given)}
    for row in rows:
        both = [found[f"{row['id']}/{i}"] for i in range(len(row["reports"]))]
        figures = {field: [stated(*told, unit) for told in both] for field, unit in _UNITS.items()}
        unlike = {field: differ(both, unit) for field, unit in _UNITS.items()}
        apart = {field: incompatible(both, unit) for field, unit in _UNITS.items()}
        reports = [
            {
                "doc": r["doc"],
                "killed": figures["killed"][i],
                "injured": figures["injured"][i],
                "claims": _claims(both[i][1]),
            }
            for i, r in enumerate(row["reports"])
        ]
        yield {"id": row["id"], "reports": reports, "differ": unlike, "incompatible": apart}


def _claims(reading: Reading) -> list[Row]:
    kinds = {"killed": "killed", "wounded": "injured", "casualties": "casualties"}
    claims = []
    for quantity in reading.quantities:
        if quantity.unit in kinds:
            within = [c for c in reading.claims if any(a <= quantity.start < b for a, b in c.content)]
            source = reading.actor(within[-1].source) if within else None
            value = quantity.low if quantity.low is not None else quantity.high
            claims.append({"kind": kinds[quantity.unit], "value": value, "who": source.name if source else None})
    return claims


def _haystack(extra: Path | None, read: Read) -> list[tuple[Report, Reading]]:
    if extra is None:
        raise SystemExit("this set asks about a file of reports: --with FILE")
    return [(report_of(row), msgspec.convert(reading, Reading)) for row, reading in read(load(extra))]


def predict_records(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """One line an incident: its reports and its toll. Of the gold lines nothing is read."""
    del rows
    for incident in _incidents(extra, read):
        docs = [report.id for report, _ in incident.told]
        yield {"docs": docs, "killed": incident.harm.killed or 0, "injured": incident.harm.wounded or 0}


def predict_questions(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Count incidents, killed or injured that fit a question's time, place and participant."""
    every = _incidents(extra, read)
    for row in rows:
        hits = [incident for incident in every if asked(row, incident)]
        counts = [count(row, incident) for incident in hits]
        answer = sum(counts) if row["subtask"] == "S3" else len(hits)
        docs = [report.id for incident in hits for report, _ in incident.told]
        yield {"id": row["id"], "answer": answer, "answer_docs": docs}


def _incidents(extra: Path | None, read: Read) -> list[Told]:
    found = {report.id: (report, reading) for report, reading in _haystack(extra, read)}
    groups: dict[str, list[tuple[Report, Reading]]] = defaultdict(list)
    for report, story in stories([report for report, _ in found.values()]).items():
        groups[story].append(found[report])
    return [Told(told) for _, told in sorted(groups.items())]
