"""The overview: what a ledger says, for a reader with a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from rich.box import SIMPLE
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dateline.ledger import Filters, Kind, Ledger, TableRow
from dateline.look.linked import LAYOUTS, by_reports, harm, quoted
from dateline.records import Incident

__all__ = ["overview"]

_ROWS = 40
_WELL_TOLD = 3  # sources by which words alone are news
_WORDS_ONLY = {"ACCUSE", "AGREE", "CONSULT", "REJECT", "REQUEST", "SUPPORT", "THREATEN"}
_FEW_DAYS = timedelta(days=4)
_SENTENCE = 240
_SHORT = 40  # characters: shorter words of an event are shown within their sentence
_DAY = 24  # hours
_REGION_KM = 150
_LISTED = 12  # of each kind of derived record
_WORDS = {"happened": "happened", "ongoing": "ongoing", "planned": "planned", "possible": "possible",
          "denied": "denied", "unknown": "unclear"}  # fmt: skip


@dataclass(frozen=True)
class _Entry:
    """One incident of the table: its record and the rows of its events, the chief one first."""

    incident: Incident
    rows: Sequence[TableRow]
    disputed: bool
    words: str

    @property
    def day(self) -> str:
        """The day it is filed under: its own, else, and where it may be any of many, that of its first report."""
        when, end = self.incident.earliest, self.incident.latest
        if when and end and end - when > _FEW_DAYS:
            when = None
        return when.date().isoformat() if when else str(self.rows[0]["published"] or "no date")[:10]


def overview(ledger: Ledger) -> Iterator[RenderableType]:
    """The parts to print, in order: days, disputes, reversals, threads, unknowns, counts."""
    entries, left_out = _entries(ledger)
    for day, group in groupby(entries, key=lambda entry: entry.day):
        yield Text(f"\n{_long_day(day)}", style="bold")
        yield _table(list(group))
    if left_out:
        yield Text(f"… and {left_out} more: dateline incidents", style="dim")
    yield from _derived(ledger)
    counts = ledger.counts()
    kinds = ("reports", "claims", "events", "incidents", "disputes", "reversals", "threads", "questions")
    yield Text("\n" + " · ".join(f"{counts[kind]:,} {kind}" for kind in kinds), style="bold")


def _entries(ledger: Ledger) -> tuple[list[_Entry], int]:
    """The incidents that most reports tell, in order of time."""
    disputed = {dispute.incident for dispute in ledger.disputes()}
    incidents = ledger.incidents()
    ranked = sorted(incidents, key=lambda i: (*_weight(i, disputed), i.id))
    rows = _event_rows(ledger, ranked)
    told = [i for i in ranked if any(r["salience"] == "main" for r in rows.get(i.id, ()))]
    entries = [_Entry(i, rows[i.id], i.id in disputed, _words(ledger, rows[i.id][0])) for i in told[:_ROWS]]
    entries.sort(key=lambda e: (e.day, e.incident.earliest is None, str(e.incident.earliest), e.incident.id))
    return entries, len(told) - len(entries)


def _weight(incident: Incident, disputed: Set[str | None]) -> tuple[bool, int, bool, int]:
    """What comes first: deeds and harm before words, then what most sources tell, disputed, of most events."""
    only_words = incident.type in _WORDS_ONLY and not incident.tolls
    return (
        only_words and incident.sources < _WELL_TOLD,
        -incident.sources,
        incident.id not in disputed,
        -len(incident.events),
    )


def _event_rows(ledger: Ledger, incidents: Sequence[Incident]) -> dict[str, list[TableRow]]:
    home = {event: incident.id for incident in incidents for event in incident.events}
    rows: dict[str, list[TableRow]] = {}
    for row in ledger.rows("events", Filters()):
        if row["id"] in home:
            rows.setdefault(home[str(row["id"])], []).append(row)
    for found in rows.values():
        found.sort(key=lambda r: (r["salience"] != "main", not r["initiators"], str(r["published"]), str(r["id"])))
    return rows


def _words(ledger: Ledger, row: TableRow) -> str:
    """An event's words; those that say too little alone with the sentence round them."""
    words = str(row["words"])
    if len(words) >= _SHORT:
        return words
    text, start, end = ledger.report(str(row["report"])).text, int(row["start"] or 0), int(row["end"] or 0)
    first = max(text.rfind(mark, 0, start) + len(mark) for mark in (". ", "\n", "— ", "” "))
    last = min((at + 1 for mark in (". ", ".\n", "\n") if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[first if first > 1 else 0 : last].strip() if last - first <= _SENTENCE else words


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
    toll = harm(entry.incident)
    return Text.assemble(
        (str(row["type"]), "bold"), arrow.rstrip(), "\n", (quoted(entry.words), "italic"), f"\n{toll}" if toll else ""
    )  # fmt: skip


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


def _derived(ledger: Ledger) -> Iterator[RenderableType]:
    """What is disputed, reversed, negotiated and not known, each with its best dozen."""
    disputes = by_reports(ledger.rows("disputes", Filters()))
    yield from _section("Disputed", "disputes", disputes)
    yield from _section("Reversed", "reversals", [[row] for row in ledger.rows("reversals", Filters())])
    threads = [list(moves) for _, moves in groupby(ledger.rows("threads", Filters()), key=lambda row: row["id"])]
    yield from _section("Negotiated", "threads", sorted(threads, key=lambda t: (-len(t), str(t[0]["published"]))))
    questions = sorted(ledger.rows("questions", Filters()), key=lambda q: (-int(q["reports"] or 0), str(q["asked"])))
    yield from _section("Not known", "questions", [[row] for row in questions])


def _section(heading: str, kind: Kind, groups: Sequence[Sequence[TableRow]]) -> Iterator[RenderableType]:
    """A heading, the first groups of rows as their command lays them out, and how many more there are."""
    if not groups:
        return
    yield Text(f"\n{heading}", style="bold")
    yield from LAYOUTS[kind]((row for group in groups[:_LISTED] for row in group), {})
    if len(groups) > _LISTED:
        yield Text(f"  … and {len(groups) - _LISTED} more: dateline {kind}", style="dim")


def _long_day(day: str) -> str:
    try:
        when = datetime.fromisoformat(day)
    except ValueError:
        return day
    return f"{when:%A} {when.day} {when:%B %Y}"
