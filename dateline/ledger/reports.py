"""Reports out of the tables, in order, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Select, tuple_
from sqlalchemy.engine import RowMapping

from dateline.ledger.schema import T
from dateline.ledger.texts import bounds_of_day, restored
from dateline.records import Report

__all__ = ["Moment", "paged", "report_of"]

_PAGE = 200  # reports fetched at a time: no transaction stays open while the caller works on them
Moment = str | date | datetime
Reads = Callable[[], AbstractContextManager[Connection]]


def paged(
    read: Reads, wanted: Select[tuple[object, ...]], since: Moment | None, until: Moment | None
) -> Iterator[RowMapping]:
    """Yield rows of reports by publication, then id, those without a date last; a page is one transaction."""
    c = T.reports.c
    if since is not None:
        wanted = wanted.where(c.published_at >= bounds_of_day(since)[0])
    if until is not None:
        wanted = wanted.where(c.published_at < bounds_of_day(until)[1])
    dated = wanted.where(c.published_at.is_not(None)).order_by(c.published_at, c.id)
    undated = wanted.where(c.published_at.is_(None)).order_by(c.id)
    for part in (dated, undated):
        last: RowMapping | None = None
        while True:
            page = part if last is None else part.where(_after(last))
            with read() as connection:
                found = connection.execute(page.limit(_PAGE)).mappings().all()
            yield from found
            if len(found) < _PAGE:
                break
            last = found[-1]


def _after(row: RowMapping) -> ColumnElement[bool]:
    c = T.reports.c
    if row["published_at"] is None:
        return T.reports.c.id > str(row["id"])
    return tuple_(c.published_at, c.id) > tuple_(row["published_at"], row["id"])


def report_of(row: RowMapping) -> Report:
    """The report a row holds."""
    texts = {
        name: row[name]
        for name in ("id", "published", "outlet", "title", "url", "language", "dateline_place", "origin", "text")
    }
    return Report(**restored(texts, row["odd_characters"]), partial=row["partial"])  # type: ignore[arg-type]
