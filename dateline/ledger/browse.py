"""The questions a page asks: one record with what stands round it, and lists by the page.

A page must answer in milliseconds whatever the ledger holds, so each question here follows an index:
records by reference, derived records by the moment they are filed under, a window of time by both ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Label, Select, String, Table, func, literal_column, select

from dateline.ledger.browse_names import BrowseNames
from dateline.ledger.latest import Mark, latest_rows
from dateline.ledger.queries import Filters, TableRow
from dateline.ledger.schema import T
from dateline.ledger.staleness import glance
from dateline.ledger.sums import Sum, summed
from dateline.ledger.texts import from_json, storable
from dateline.ledger.views import VIEWS
from dateline.records import Dispute, Incident, OpenQuestion, Reversal, Thread

__all__ = ["Browse", "Mark", "Telling", "Told"]

_KEYS = 500  # ids looked up at a time
_SAMPLE = 5000  # incidents looked at for the names about them
_LASTING = timedelta(days=31)
L = TypeVar("L", Incident, Dispute, Reversal, Thread, OpenQuestion)


class Told(NamedTuple):
    """A record of a report as others point to it: its words, whose they are and where they stand.

    kind: claims, events, quantities, unknowns or places. source: who says so, the outlet if nobody else.
    label: an event's type, a claim's stance, a quantity's unit. low, high: of a quantity.
    """

    id: str
    kind: str
    report: str
    start: int
    end: int
    words: str
    label: str | None
    status: str | None
    factuality: float | None
    claim: str | None
    source: str | None
    low: float | None
    high: float | None
    outlet: str | None
    title: str | None
    published: str | None


class Telling(NamedTuple):
    """One event of an incident, as much as its bar needs: how certain, in whose words, when published."""

    incident: str
    event: str
    report: str
    status: str
    factuality: float
    claim: str | None
    salience: str
    published: str | None


class Browse(BrowseNames):
    """What pages ask of an open ledger (``Ledger.browse``); every answer is one short transaction."""

    def state(self) -> str:
        """A word that changes whenever runs, reports, corrections or derived records do; cheap to ask."""
        with self._read() as connection:
            return f"{glance(connection)}/{connection.scalar(select(func.max(T.runs.c.id)))}"

    def told(self, references: Iterable[str]) -> dict[str, Told]:
        """The records of these references; those that are gone are left out."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for reference in sorted({storable(r) for r in references}):
            wanted[reference.rpartition(":")[2][:1]].append(reference)
        found: dict[str, Told] = {}
        with self._read() as connection:
            for letter, keys in wanted.items():
                if letter in _TELLS:
                    for row in connection.execute(_TELLS[letter].where(_KINDS[letter].c.id.in_(keys))):
                        found[row.id] = Told._make(row)
        return found

    def one(self, kind: type[L], key: str) -> L | None:
        """The derived record of that id."""
        table = _tables()[kind.__name__]
        with self._read() as connection:
            json = connection.scalar(select(table.c.json).where(table.c.id == storable(key)))
        return None if json is None else from_json(json, kind)

    def filed_at(self, kind: type[L], key: str) -> str:
        """The moment a derived record is filed under, "" where nothing dates it."""
        c = _tables()[kind.__name__].c
        with self._read() as connection:
            return connection.scalar(select(c.filed_at).where(c.id == storable(key))) or ""

    def latest(
        self,
        kind: type[L],
        *,
        limit: int,
        after: Mark | None = None,
        where: str | None = None,
        filters: Filters | None = None,
    ) -> list[tuple[L, Mark]]:
        """Derived records, the latest filed first, with what ``after`` wants to go on behind each.

        where: the kind of dispute, the type of incident, the state of a thread. filters: of incidents besides.
        """
        table = _tables()[kind.__name__]
        column = _sorts(table)
        given = [] if where is None or column is None else [column == where]
        with self._read() as connection:
            rows = latest_rows(connection, table, given, filters or Filters(), after=after, limit=limit)
            return [(from_json(row["json"], kind), (row["filed_at"] or "", row["id"])) for row in rows]

    def window(self, since: str, until: str, *, limit: int, wide: bool, type: str | None = None) -> list[Incident]:
        """The incidents of a stretch of time that most sources tell, in order of time.

        since, until: stored moments, half-open; incidents that began up to a month before and last into it
        are among them. wide: many incidents stand in it, so that the best told are looked for first.
        """
        c = T.incidents.c
        before = _back(since)
        within = (c.filed_at >= since) | ((c.filed_at >= before) & (c.latest > since))
        keys = select(c.id).where(c.filed_at >= before, c.filed_at < until, within)
        if type is not None:
            keys = keys.where(c.type == type)
        else:
            index = "incidents_by_sources" if wide else "incidents_filed"
            keys = keys.with_hint(T.incidents, f"INDEXED BY {index}", "sqlite")
        keys = keys.order_by(c.sources.desc(), c.filed_at, c.id).limit(limit)
        with self._read() as connection:
            ids = list(connection.scalars(keys))
            rows = connection.execute(select(c.json).where(c.id.in_(ids)).order_by(c.filed_at, c.id))
            return [from_json(row.json, Incident) for row in rows]

    def near(self, incident: Incident, *, limit: int) -> list[Incident]:
        """The incidents of its type that are filed next to it, before and behind."""
        c = T.incidents.c
        at = self.filed_at(Incident, incident.id)
        alike = select(c.json, c.filed_at).where(c.type == incident.type, c.id != incident.id)
        sides = (
            alike.where(c.filed_at <= at).order_by(c.filed_at.desc(), c.id),
            alike.where(c.filed_at > at).order_by(c.filed_at, c.id),
        )
        if not at:
            sides = (alike.where(c.filed_at.is_(None)).order_by(c.id), sides[1])
        with self._read() as connection:
            return [from_json(row.json, Incident) for one in sides for row in connection.execute(one.limit(limit))]

    def placed(self, since: str, until: str, *, limit: int, type: str | None = None) -> list[Incident]:
        """The incidents of a stretch of time that have a place on the map, the latest first."""
        c = T.incidents.c
        wanted = select(c.json).where(c.filed_at >= since, c.filed_at < until, c.lat.is_not(None))
        if type is not None:
            wanted = wanted.where(c.type == type)
        with self._read() as connection:
            rows = connection.execute(wanted.order_by(c.filed_at.desc(), c.id.desc()).limit(limit))
            return [from_json(row.json, Incident) for row in rows]

    def towns(self, *, limit: int, closer_than_km: float = 30) -> list[tuple[str, float, float]]:
        """Places that incidents are set at and that are known closely: name, lat, lon, the commonest first."""
        c = T.incidents.c
        some = select(c.place, c.lat, c.lon).where(c.lat.is_not(None), c.radius_km < closer_than_km)
        recent = some.order_by(c.filed_at.desc()).limit(_SAMPLE).subquery()
        count = func.count()
        wanted = select(*recent.c).group_by(*recent.c).order_by(count.desc(), recent.c.place).limit(limit)
        with self._read() as connection:
            return [(row.place, row.lat, row.lon) for row in connection.execute(wanted)]

    def over(self, incidents: Collection[str]) -> dict[str, list[Dispute]]:
        """The disputes over each of these incidents."""
        found: dict[str, list[Dispute]] = defaultdict(list)
        c = T.disputes.c
        with self._read() as connection:
            for keys in _some(incidents):
                for row in connection.execute(select(c.incident, c.json).where(c.incident.in_(keys)).order_by(c.id)):
                    found[row.incident].append(from_json(row.json, Dispute))
        return found

    def tellings(self, incidents: Collection[str]) -> dict[str, list[Telling]]:
        """The events of each of these incidents, by publication."""
        x, e, r = T.incident_events.c, T.events.c, T.reports.c
        wanted = (
            select(
                x.incident, e.id, e.report, e.status, e.factuality, e.claim, func.coalesce(e.salience, "main"),
                r.published,
            )
            .select_from(T.incident_events.join(T.events, e.id == x.event).join(T.reports, r.id == e.report))
            .order_by(r.published_at, e.id)
        )  # fmt: skip
        found: dict[str, list[Telling]] = defaultdict(list)
        with self._read() as connection:
            for keys in _some(incidents):
                for row in connection.execute(wanted.where(x.incident.in_(keys))):
                    found[row.incident].append(Telling._make(row))
        return found

    def accounts(self, incident: str) -> list[TableRow]:
        """The events of an incident as rows of ``events_table``, the earliest published first."""
        view, x = VIEWS["events_table"], T.incident_events.c
        events = select(x.event).where(x.incident == storable(incident))
        wanted = select(view).where(view.c.id.in_(events)).order_by(view.c.published, view.c.salience, view.c.id)
        with self._read() as connection:
            return [dict(row) for row in connection.execute(wanted).mappings()]

    def reports_of(self, incident: str) -> list[str]:
        """The reports that tell of an incident."""
        x = T.incident_reports.c
        with self._read() as connection:
            return list(connection.scalars(select(x.report).where(x.incident == incident).order_by(x.report)))

    def incidents_of(self, report: str) -> dict[str, str]:
        """Which incident each event of a report belongs to."""
        x, e = T.incident_events.c, T.events.c
        wanted = select(e.id, x.incident).join(T.incident_events, x.event == e.id).where(e.report == storable(report))
        with self._read() as connection:
            return {row.id: row.incident for row in connection.execute(wanted)}

    def disputes_of(self, references: Collection[str]) -> dict[str, list[Dispute]]:
        """The disputes that each of these records takes a side in."""
        x, d = T.dispute_records.c, T.disputes.c
        wanted = select(x.record, d.json).join(T.disputes, d.id == x.dispute).order_by(d.id)
        found: dict[str, list[Dispute]] = defaultdict(list)
        with self._read() as connection:
            for keys in _some(references):
                for row in connection.execute(wanted.where(x.record.in_(keys))):
                    found[row.record].append(from_json(row.json, Dispute))
        return found

    def disputed_in(self, report: str) -> list[str]:
        """The records of a report that take a side in a dispute, as they are named within it ("c3")."""
        begin = storable(report) + ":"
        c = T.dispute_records.c.record
        within = select(c).distinct().where(c >= begin, c < storable(report) + ";").order_by(c)  # ";" follows ":"
        with self._read() as connection:
            return [record.removeprefix(begin) for record in connection.scalars(within)]

    def report_count(self) -> int:
        """How many reports there are."""
        return dict(self._sum("rows"))["reports"]

    def extent(self) -> tuple[str | None, str | None]:
        """When the first and the last report were published."""
        c = T.reports.c
        with self._read() as connection:
            first = connection.scalar(select(func.min(c.published_at)))
            return first, connection.scalar(select(func.max(c.published_at)))

    def outlets(self) -> list[tuple[str, int]]:
        """The outlets with the number of their reports, the busiest first."""
        return self._sum("outlets")

    def types(self) -> list[tuple[str, int]]:
        """The types of incidents with their number, the commonest first."""
        return self._sum("types")

    def by_hour(self, kind: Literal["reports", "incidents"]) -> list[tuple[str, int]]:
        """How many reports or incidents are filed under each hour ("2022-02-25T18"), in order."""
        return self._sum("reports by hour" if kind == "reports" else "incidents by hour")

    def _sum(self, name: Sum) -> list[tuple[str, int]]:
        with self._read() as connection:
            return summed(connection, name)


def _back(since: str) -> str:
    """A stored moment a month earlier."""
    try:
        return (datetime.fromisoformat(since) - _LASTING).isoformat()
    except OverflowError:
        return since


def _some(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys in groups that fit one query."""
    every = sorted({storable(key) for key in keys})
    for at in range(0, len(every), _KEYS):
        yield every[at : at + _KEYS]


def _tables() -> dict[str, Table]:
    return {
        "Incident": T.incidents, "Dispute": T.disputes, "Reversal": T.reversals, "Thread": T.threads,
        "OpenQuestion": T.questions,
    }  # fmt: skip


def _sorts(table: Table) -> ColumnElement[str | None] | None:
    """The column by which derived records are told apart."""
    return next((table.c[name] for name in ("type", "kind", "state") if name in table.c), None)


def _none(name: str) -> Label[str]:
    return literal_column("NULL", String).label(name)


def _tell(table: Table, label: str, words: str = "words") -> Select[tuple[object, ...]]:
    """The columns of ``Told`` for one list of a reading."""
    t, r, c, a = table, T.reports, T.claims.alias("said"), T.actors.alias("by")
    named = {"status", "factuality", "low", "high"} & set(t.c.keys())
    claim = t.c.id if t is T.claims else t.c.claim if "claim" in t.c else None
    rows = t.join(r, r.c.id == t.c.report)
    source: ColumnElement[str | None] = r.c.outlet
    if claim is not None:
        rows = rows.outerjoin(c, c.c.id == claim).outerjoin(a, a.c.id == c.c.source)
        source = func.coalesce(a.c.name, c.c.source_words, r.c.outlet)
    own = [t.c[name] if name in named else _none(name) for name in ("status", "factuality")]
    figures = [t.c[name] if name in named else _none(name) for name in ("low", "high")]
    return select(
        t.c.id, literal_column(f"'{t.name}'", String).label("kind"), t.c.report, t.c.start, t.c.end,
        func.coalesce(t.c[words], t.c.words), t.c[label].label("label") if label else _none("label"), *own,
        claim.label("claim") if claim is not None else _none("claim"), source.label("source"), *figures,
        r.c.outlet, r.c.title, r.c.published,
    ).select_from(rows)  # fmt: skip


_KINDS = {"c": T.claims, "e": T.events, "q": T.quantities, "u": T.unknowns, "p": T.places}
_TELLS = {
    "c": _tell(T.claims, "stance", "content"),
    "e": _tell(T.events, "type"),
    "q": _tell(T.quantities, "unit"),
    "u": _tell(T.unknowns, ""),
    "p": _tell(T.places, "kind"),
}
