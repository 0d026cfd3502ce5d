"""Tables of records: reports, events, claims, unknowns; filtered, in order of time, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import Path

from dateline.ledger import Filters, TableRow, columns_of, order_of
from dateline.look.page.answers import Sheet
from dateline.look.page.asked import Asked, AskedDep, ZoneDep
from dateline.look.page.paging import PAGE, cursor, position
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.voices import certainty_of, mark_href, source_href

__all__ = ["Cell", "RecordsView", "TableKind", "records_sheet", "records_view", "reports_sheet", "reports_view"]

TableKind = Literal["events", "claims", "unknowns"]
Kind = Annotated[TableKind, Path(description="Which records")]
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "events": ("earliest", "type", "words", "initiators", "recipients", "source", "status", "place"),
    "claims": ("published", "source", "stance", "content", "addressee", "outlet"),
    "unknowns": ("published", "source", "words", "outlet"),
    "reports": ("published", "outlet", "title", "claims", "events", "unknowns"),
}
_FILTERS: Mapping[str, tuple[str, ...]] = {
    "events": ("since", "until", "type", "place", "actor", "source", "certainty"),
    "claims": ("since", "until", "type", "actor", "source"),
    "unknowns": ("since", "until", "source"),
    "reports": ("since", "until", "source", "place"),
}
_HEADS = {"initiators": "who", "recipients": "whom", "earliest": "when", "content": "what", "type": "type"}
_ELSE = {"recipients": "about"}  # what is acted on, where nobody is
_NUMBERS = frozenset({"claims", "events", "unknowns"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell; ``as_``: words (quoted), moment, number, certainty or text."""

    text: str | None
    as_: str
    href: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsView:
    """A page of a table; ``filters``: the fields of its form; ``after``: the next page's cursor."""

    kind: str
    filters: tuple[str, ...]
    asked: Asked
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    data: tuple[TableRow, ...]
    after: str | None


def records_view(kind: Kind, sight: SightDep, asked: AskedDep, zone: ZoneDep) -> RecordsView:
    """Events, claims or unknowns, in order of time."""
    return _table(kind, sight, asked, sight.filters(asked, zone))


def reports_view(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> RecordsView:
    """The reports in order of publication."""
    return _table("reports", sight, asked, sight.filters(asked, zone))


def records_sheet(kind: Kind, sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """All rows of a filtered table, with all its columns."""
    return _sheet(kind, sight, sight.filters(asked, zone))


def reports_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """All reports of a filtered list."""
    return _sheet("reports", sight, sight.filters(asked, zone))


def _table(kind: TableKind | Literal["reports"], sight: Sight, asked: Asked, filters: Filters) -> RecordsView:
    order = order_of(kind)
    wanted = replace(filters, limit=PAGE + 1, after=position(asked.after, len(order)))
    found = [_clean(sight, kind, row) for row in sight.ledger.rows(kind, wanted)]
    shown = found[:PAGE]
    after = cursor([shown[-1][name] for name in order]) if len(found) > PAGE else None
    columns = _SHOWN[kind]
    rows = tuple(tuple(_cell(kind, name, row) for name in columns) for row in shown)
    return RecordsView(
        kind, _FILTERS[kind], asked, tuple(_HEADS.get(name, name) for name in columns), rows, tuple(shown), after
    )


def _sheet(kind: TableKind | Literal["reports"], sight: Sight, filters: Filters) -> Sheet:
    columns = columns_of(kind)

    def rows() -> Iterator[list[object]]:
        for row in sight.ledger.rows(kind, filters):
            clean = sight.hidden(str(row["id" if kind == "reports" else "report"]), row)
            yield [clean[name] for name in columns]

    return Sheet(columns, rows())


def _clean(sight: Sight, kind: str, row: TableRow) -> TableRow:
    """A row with private names as the page shows them."""
    return row if sight.names else sight.hidden(str(row["id" if kind == "reports" else "report"]), row)


def _cell(kind: str, name: str, row: TableRow) -> Cell:
    value = row[name] if name not in _ELSE else row[name] or row[_ELSE[name]]
    text = None if value is None or value == "" else str(value)
    if name in ("earliest", "published"):
        return Cell(text, "moment")
    if name in ("words", "content"):
        return Cell(text, "words", mark_href(str(row["id"])))
    if name == "title":
        return Cell(text or f"report {row['id']}", "title", f"/reports/{row['id']}")
    if name == "source" and text:
        return Cell(text, "text", source_href(text))
    if name == "status":
        claim = row["claim"]
        shown = "claimed" if text == "happened" and claim else text
        return Cell(shown, "certainty", style=certainty_of(text, None if claim is None else str(claim)))
    return Cell(text, "number" if kind == "reports" and name in _NUMBERS else "text")
