"""Adapters of the crossdoc area: incidents, chains, tolls and counting questions, through the product's linking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline.annotate.words import Parser
from dateline.link.happenings import happenings
from dateline.link.incidents import incidents
from dateline.link.stories import stories
from dateline.link.tolls import stated
from dateline.records import Event, Reading, Report, Span
from gate import Read, Row, load

__all__ = ["predict_chains", "predict_incidents", "predict_questions", "predict_records", "predict_tolls"]

_UNITS = {"killed": "killed", "injured": "wounded"}


def _report(row: Mapping[str, Any]) -> Report:
    return Report(id=row["id"], text=row["text"], published=row.get("date"), outlet=row.get("source"))


def predict_incidents(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Group dated reports by what they tell of."""
    del read, extra
    for report, story in stories([_report(row) for row in rows]).items():
        yield {"id": report, "incident": story}


def predict_chains(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Chain event mentions, which are given, over all documents; nothing is told of topics."""
    del read, extra
    parser = Parser()
    readings = [(_report(row), _given_events(row, parser)) for row in rows]
    story = stories([report for report, _ in readings])
    by_story: dict[str, list[tuple[Report, Reading]]] = defaultdict(list)
    for report, reading in readings:
        by_story[story[report.id]].append((report, reading))
    chain: dict[str, str] = {}
    for group in by_story.values():
        for incident in incidents(list(happenings(group, story)), {}):
            chain |= dict.fromkeys(incident.events, incident.id)
    for row in rows:
        mentions = [
            {"start": m["start"], "end": m["end"], "chain": chain[f"{row['id']}:e{i}"]}
            for i, m in enumerate(row["mentions"])
        ]
        yield {"id": row["id"], "mentions": mentions}


def _given_events(row: Row, parser: Parser) -> Reading:
    """A reading with one event for each given mention, its type the lemma of the mention's head."""
    words = parser.parse(row["text"])
    events = []
    for mention in row["mentions"]:
        tokens = words.tokens(mention["start"], mention["end"])
        head = next((t for t in tokens if words.head[t] not in tokens), tokens[0])
        first, end = words.sentence_of(head)
        trigger = Span(mention["start"], mention["end"])
        events.append(
            Event(
                start=trigger.start, end=trigger.end, trigger=trigger, sentence=words.span(first, end),
                type=words.lemma[head].lower(), status="happened", factuality=3.0,
            )
        )  # fmt: skip
    return Reading(events=tuple(events))


def predict_tolls(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """The figures each report of an incident gives, who says them, and whether the reports differ."""
    del extra
    given = [
        {"id": f"{row['id']}/{i}", "text": r["text"], "date": r["date"]}
        for row in rows for i, r in enumerate(row["reports"])
    ]  # fmt: skip
    found = {row["id"]: msgspec.convert(reading, Reading) for row, reading in read(given)}
    for row in rows:
        readings = [found[f"{row['id']}/{i}"] for i in range(len(row["reports"]))]
        tolls = {field: [stated(reading, unit) for reading in readings] for field, unit in _UNITS.items()}
        differ = {field: len({v for v in values if v is not None}) > 1 for field, values in tolls.items()}
        reports = [
            {
                "doc": r["doc"],
                "killed": tolls["killed"][i],
                "injured": tolls["injured"][i],
                "claims": _claims(readings[i]),
            }
            for i, r in enumerate(row["reports"])
        ]
        yield {"id": row["id"], "reports": reports, "differ": differ, "incompatible": differ}


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
    return [(_report(row), msgspec.convert(reading, Reading)) for row, reading in read(load(extra))]


def predict_records(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """One line an incident: its reports and its toll. Of the gold lines nothing is read."""
    del rows
    found = {report.id: (report, reading) for report, reading in _haystack(extra, read)}
    for docs in _grouped(found).values():
        yield {"docs": docs, **{field: _toll(docs, found, unit) for field, unit in _UNITS.items()}}


def _grouped(found: Mapping[str, tuple[Report, Reading]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for report, story in stories([report for report, _ in found.values()]).items():
        groups[story].append(report)
    return groups


def _toll(docs: Sequence[str], found: Mapping[str, tuple[Report, Reading]], unit: str) -> int:
    """The figure of the latest report that gives one; no figure at all is none harmed."""
    told = [(found[d][0].published or "", d, stated(found[d][1], unit)) for d in docs]
    return int(next((value for _, _, value in sorted(told, reverse=True) if value is not None), 0))


def predict_questions(rows: Sequence[Row], read: Read, extra: Path | None) -> Iterator[Row]:
    """Count incidents, killed or injured that fit a question's time, place and participant."""
    found = {report.id: (report, reading) for report, reading in _haystack(extra, read)}
    groups = sorted(_grouped(found).items())
    for row in rows:
        hits = [docs for _, docs in groups if _asked(row, docs, found)]
        unit = "killed" if row["event"] == "killing" else "wounded"
        answer = sum(_toll(docs, found, unit) for docs in hits) if row["subtask"] == "S3" else len(hits)
        yield {"id": row["id"], "answer": answer, "answer_docs": [d for docs in hits for d in docs]}


def _asked(row: Row, docs: Sequence[str], found: Mapping[str, tuple[Report, Reading]]) -> bool:
    """Whether an incident is one a question asks about."""
    unit = "killed" if row["event"] == "killing" else "wounded"
    if _toll(docs, found, unit) < 1:
        return False
    texts = " ".join(found[d][0].text for d in docs)
    if (place := row.get("location")) and place["value"] not in texts:
        return False
    if (who := row.get("participant")) and who["value"] not in texts:
        return False
    when = row.get("time")
    return not when or any((found[d][0].published or "").startswith(when["value"][:7]) for d in docs)
