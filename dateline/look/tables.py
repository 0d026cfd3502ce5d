"""Tables: the ledger on a terminal, for people and for other programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import msgspec
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.ledger import Filters, Kind, Ledger, TableRow, columns_of
from dateline.look.explaining import explanation_lines
from dateline.look.exports import write_csv
from dateline.look.linked import LAYOUTS, changes_lines, cut
from dateline.look.overview import overview
from dateline.records import Change, Mark, marks, segments

if TYPE_CHECKING:
    from dateline.desk import Explanation

__all__ = ["print_changes", "print_explanation", "print_linked", "print_overview", "print_report", "print_rows"]

_WIDTH = 100
_DAY = 10  # characters: of a moment the day stands in the first line, the hour in the second
# What a person wants to see of each kind, of the columns there are.
_SHOWN: dict[Kind, tuple[str, ...]] = {
    "reports": ("id", "published", "outlet", "title", "claims", "events"),
    "events": ("earliest", "type", "initiators", "recipients", "words", "source", "status", "place"),
    "claims": ("published", "source", "stance", "content", "outlet"),
    "unknowns": ("published", "source", "words", "outlet"),
    "actors": ("name", "kind", "country", "sector", "role", "claims", "events"),
    "places": ("name", "kind", "country", "lat", "lon", "radius_km", "events"),
    "incidents": ("earliest", "type", "title", "place", "sources"),
    "tolls": ("title", "kind", "published", "source", "source_low", "source_high", "words"),
    "disputes": ("kind", "about", "label", "sources", "words"),
    "reversals": ("source", "before_words", "after_words"),
    "threads": ("parties", "move", "by", "published", "words"),
    "questions": ("asked", "words", "reports", "answered", "answer_words"),
}
_ELSE = {"recipients": "about"}  # what is acted on, where nobody is
_PROSE = {"words", "content", "title", "about", "before_words", "after_words", "answer_words"}
_NAMES = {"initiators", "recipients", "source", "sources", "place", "outlet", "parties", "by", "label", "name"}
_CELL = 160  # characters of prose in a cell
_MOMENTS = {"earliest", "latest", "published", "asked", "answered"}
_STYLES = {
    "source": "bold underline", "cue": "italic", "content": "on grey15", "event": "reverse", "time": "green",
    "place": "blue", "quantity": "magenta", "unknown": "yellow",
}  # fmt: skip


def print_rows(kind: Kind, rows: Iterable[TableRow], form: str | None) -> None:
    """Print rows as a table, as CSV (all columns) or as JSON lines."""
    if form == "csv":
        write_csv(rows, columns_of(kind), sys.stdout)
    elif form == "json":
        for row in rows:
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
    else:
        _print_table(kind, rows)


def print_linked(kind: Kind, ledger: Ledger, filters: Filters, form: str | None) -> None:
    """Print what linking found of one kind: laid out for reading, or as CSV or JSON lines like ``print_rows``."""
    rows = ledger.rows(kind, filters)
    if form:
        print_rows(kind, rows, form)
        return
    known = {i.id: i for i in ledger.incidents()} if kind == "incidents" else {}
    parts = list(LAYOUTS[kind](rows, known))
    _console().print(*(parts or [f"no {kind} fit"]), sep="\n")


def print_changes(found: Sequence[Change], form: str | None) -> None:
    """Print changes under their headings, or one a row as CSV (references parted by "; ") or JSON lines."""
    if form == "json":
        for change in found:
            sys.stdout.write(msgspec.json.encode(change).decode() + "\n")
    elif form == "csv":
        rows = ({**msgspec.to_builtins(change), "records": "; ".join(change.records)} for change in found)
        write_csv(rows, Change.__struct_fields__, sys.stdout)
    else:
        console = _console()
        for part in changes_lines(found):
            console.print(part)
        if not found:
            console.print("nothing changed")


def print_explanation(ledger: Ledger, explanation: Explanation, form: str | None) -> None:
    """Print why an incident is one: its events in their words, what joined each, its tolls, disputes and copies."""
    if form == "json":
        sys.stdout.write(msgspec.json.encode(explanation).decode() + "\n")
        return
    console = _console()
    for part in explanation_lines(ledger, explanation):
        console.print(part)


def print_overview(ledger: Ledger) -> None:
    """Print the ledger as a journalist reads it: by day, then disputes, unknowns and counts."""
    console = _console()
    for part in overview(ledger):
        console.print(part)


def print_report(ledger: Ledger, report_id: str) -> None:
    """Print one report with its records marked at their words, then the list of them."""
    report, reading = ledger.report(report_id), ledger.reading(report_id)
    console = _console()
    head = " · ".join(filter(None, (report.published, report.outlet, report.title)))
    console.print(Text(head, style="bold"), Text(f"{report.id} {report.origin or ''}", style="dim"), "", sep="\n")
    laid = [mark for mark in marks(reading) if mark.kind != "actor"]
    console.print(_marked(report.text, laid))
    console.print()
    for mark in laid:
        words = " ".join(report.text[mark.start : mark.end].split())
        console.print(Text.assemble((f"{mark.record:>4} {mark.kind:<8} ", "dim"), (f"{mark.label}  ", "bold"), words))


def _marked(text: str, laid: Sequence[Mark]) -> Text:
    """The text with numbered brackets round contents and triggers, so that it reads without colour too."""
    shown = Text()
    for segment in segments(len(text), laid):
        opening = [m for m in segment.marks if m.start == segment.start and m.kind in ("content", "event", "unknown")]
        closing = [m for m in segment.marks if m.end == segment.end and m.kind in ("content", "event", "unknown")]
        for mark in opening:
            shown.append(f"[{mark.record} ", style="dim")
        styles = " ".join(dict.fromkeys(_STYLES[m.kind] for m in segment.marks))
        shown.append(text[segment.start : segment.end], style=styles or None)
        for _ in closing:
            shown.append("]", style="dim")
    return shown


def _print_table(kind: Kind, rows: Iterable[TableRow]) -> None:
    found = iter(rows)
    first = next(found, None)
    if first is None:
        _console().print(f"no {kind} fit")
        return
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, expand=True)
    for column in _SHOWN[kind]:
        broad = 4 if column in _PROSE else 2 if column in _NAMES else None
        table.add_column(
            column.replace("_", " "), ratio=broad, overflow="fold", no_wrap=column == "id",
            max_width=_DAY if column in _MOMENTS else None,
        )  # fmt: skip
    for row in chain([first], found):
        told = {name: row[other] for name, other in _ELSE.items() if other in row and not row.get(name)}
        table.add_row(*(_cell(column, told.get(column, row[column])) for column in _SHOWN[kind]))
    _console().print(table)


def _cell(column: str, value: object) -> Text:
    if value is None:
        return Text("–", style="dim")
    if column in _MOMENTS:
        return Text(str(value)[:16].replace("T", " ").removesuffix(" 00:00"))
    if isinstance(value, float):
        return Text(f"{value:.2f}".rstrip("0").rstrip("."))
    return Text(cut(value, _CELL))


def _console() -> Console:
    """A console of the terminal's width; where the output is no terminal, of what COLUMNS says or 100 columns."""
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, width=_WIDTH if piped else None)
