"""The overview: what a ledger says, for a reader with a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from rich.box import SIMPLE
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dateline.ledger import Filters, Ledger, TableRow
from dateline.records import Incident

__all__ = ["overview"]

_ROWS = 60
_DAY = 24  # hours
_REGION_KM = 150
_LISTED = 12
_QUOTED = 110  # characters of evidence on a line
_WORDS = {"happened": "happened", "ongoing": "ongoing", "planned": "planned", "possible": "possible",
          "denied": "denied", "unknown": "unclear"}  # fmt: skip


@dataclass(frozen=True)
class _Entry:
    """One incident of the table: its record and the rows of its events, the chief one first."""

    incident: Incident
    rows: Sequence[TableRow]
    disputed: bool

    @property
    def day(self) -> str:
        """The day it is filed under: its own, else that of its first report."""
        when = self.incident.earliest
        return when.date().isoformat() if when else str(self.rows[0]["published"] or "no date")[:10]


def overview(ledger: Ledger) -> Iterator[RenderableType]:
    """The parts to print, in order: days, disputes, reversals, unknowns, counts."""
    entries, left_out = _entries(ledger)
    for day, group in groupby(entries, key=lambda entry: entry.day):
        yield Text(f"\n{_long_day(day)}", style="bold")
        yield _table(list(group))
    if left_out:
        yield Text(f"… and {left_out} more: dateline show incidents", style="dim")
    yield from _disputes(ledger)
    yield from _reversals(ledger)
    yield from _questions(ledger)
    counts = ledger.counts()
    kinds = ("reports", "claims", "events", "incidents", "disputes", "reversals", "questions")
    yield Text("\n" + " · ".join(f"{counts[kind]:,} {kind}" for kind in kinds), style="bold")


def _entries(ledger: Ledger) -> tuple[list[_Entry], int]:
    """The incidents that most reports tell, in order of time."""
    disputed = {dispute.incident for dispute in ledger.disputes()}
    incidents = ledger.incidents()
    ranked = sorted(incidents, key=lambda i: (-i.sources, i.id not in disputed, -len(i.events), i.id))
    rows = _event_rows(ledger, ranked)
    told = [i for i in ranked if any(r["salience"] == "main" for r in rows.get(i.id, ()))]
    entries = [_Entry(i, rows[i.id], i.id in disputed) for i in told[:_ROWS]]
    entries.sort(key=lambda e: (e.day, e.incident.earliest is None, str(e.incident.earliest), e.incident.id))
    return entries, len(told) - len(entries[:_ROWS])


def _event_rows(ledger: Ledger, incidents: Sequence[Incident]) -> dict[str, list[TableRow]]:
    home = {event: incident.id for incident in incidents for event in incident.events}
    rows: dict[str, list[TableRow]] = {}
    for row in ledger.rows("events", Filters()):
        if row["id"] in home:
            rows.setdefault(home[str(row["id"])], []).append(row)
    for found in rows.values():
        found.sort(key=lambda r: (r["salience"] != "main", not r["initiators"], str(r["published"]), str(r["id"])))
    return rows


def _table(entries: Sequence[_Entry]) -> Table:
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, expand=True)
    table.add_column("when", width=7)
    table.add_column("what", ratio=7)
    table.add_column("who says so", ratio=4)
    table.add_column("certain", width=9)
    table.add_column("where", ratio=3)
    for entry in entries:
        table.add_row(_when(entry), _what(entry), _who(entry), _how(entry), _where(entry))
    return table


def _when(entry: _Entry) -> Text:
    """The clock time or the hours, where the words give them; a day alone stands in the heading."""
    earliest, latest = entry.incident.earliest, entry.incident.latest
    if earliest is None or latest is None:
        return Text("–", style="dim")
    hours = (latest - earliest).total_seconds() / 3600
    if hours > _DAY + 2:
        return Text(f"–{latest:%d %b}")
    if hours >= _DAY - 1:
        return Text("")
    return Text(f"{earliest:%H:%M}" if hours <= 1 else f"{earliest:%H}–{latest:%H}h")


def _what(entry: _Entry) -> Text:
    row = entry.rows[0]
    who, whom = str(row["initiators"] or ""), str(row["recipients"] or "")
    arrow = f" {who} → {whom}" if whom else f" {who}"
    return Text.assemble((str(row["type"]), "bold"), arrow, "\n", (f"“{_cut(str(row['words']))}”", "italic"))


def _who(entry: _Entry) -> Text:
    names = list(dict.fromkeys(str(row["source"] or "the report") for row in entry.rows))
    more = f" +{len(names) - 3}" if len(names) > 3 else ""
    return Text("; ".join(names[:3]) + more)


def _how(entry: _Entry) -> Text:
    if entry.disputed:
        return Text("disputed", style="bold red")
    row = entry.rows[0]
    status = _WORDS[str(row["status"])]
    return Text("claimed" if status == "happened" and all(r["claim"] for r in entry.rows) else status)


def _where(entry: _Entry) -> Text:
    incident = entry.incident
    if incident.place is None:
        return Text("–", style="dim")
    radius = incident.radius_km or 0.0
    near = f" ±{radius:.0f} km" if 1 <= radius <= _REGION_KM else ""  # a country's extent says nothing
    return Text.assemble(incident.place, (near, "dim"))


def _disputes(ledger: Ledger) -> Iterator[RenderableType]:
    sides: dict[str, list[TableRow]] = {}
    for row in ledger.rows("disputes", Filters()):
        sides.setdefault(str(row["id"]), []).append(row)
    if sides:
        yield Text("\nDisputed", style="bold")
    for rows in list(sides.values())[:_LISTED]:
        yield Text.assemble((f"  {rows[0]['kind']}: ", "bold"), _cut(str(rows[0]["about"])))
        for row in rows:
            quoted = _cut(str(row["words"]).split(" | ")[0])
            yield Text.assemble("    ", (str(row["label"]), "bold"), f" — {_names(row['sources'])}: “{quoted}”")
    if len(sides) > _LISTED:
        yield Text(f"  … and {len(sides) - _LISTED} more: dateline show disputes", style="dim")


def _reversals(ledger: Ledger) -> Iterator[RenderableType]:
    rows = list(ledger.rows("reversals", Filters(limit=_LISTED)))
    if rows:
        yield Text("\nReversed", style="bold")
    for row in rows:
        before, after = _cut(str(row["before_words"])), _cut(str(row["after_words"]))
        yield Text.assemble("  ", (str(row["source"]), "bold"), f": “{before}”, then “{after}”")


def _questions(ledger: Ledger) -> Iterator[RenderableType]:
    rows = list(ledger.rows("questions", Filters()))
    if rows:
        yield Text("\nNot known", style="bold")
    for row in rows[:_LISTED]:
        settled = (
            f" – answered {str(row['answered'])[:10]}: “{_cut(str(row['answer_words']))}”" if row["answer"] else ""
        )
        yield Text(f"  {_cut(str(row['words']))}{settled}")
    if len(rows) > _LISTED:
        yield Text(f"  … and {len(rows) - _LISTED} more: dateline show questions", style="dim")


def _names(value: object) -> str:
    return str(value).strip("[]").replace('"', "")


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rsplit(" ", 1)[0] + " …"


def _long_day(day: str) -> str:
    try:
        when = datetime.fromisoformat(day)
    except ValueError:
        return day
    return f"{when:%A} {when.day} {when:%B %Y}"
