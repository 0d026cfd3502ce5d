"""What pages ask about names: who speaks and acts, what one of them said and did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select, text, tuple_

from dateline.ledger.names import Part, walk
from dateline.ledger.queries import Filters, TableRow, conditions, order_of
from dateline.ledger.schema import T
from dateline.ledger.texts import fold, from_json, storable
from dateline.ledger.views import VIEWS
from dateline.records import Incident, Reversal

__all__ = ["BrowseNames", "Naming"]

_ALL = 1_000_000
_COUNTED = 100  # records of a name that are counted; more is "100 or more"
_CANDIDATES = 1000  # records looked through for those that other filters leave
_GROUP = 60  # rows fetched at a time
_SAMPLE = 60  # actors looked at to tell what a name is
_HIGHEST = "\U0010ffff"
_BY_NAME: tuple[Part, ...] = ("speaker", "actor")


class Naming(NamedTuple):
    """A form of a name and what reports make of it; ``times``: in how many of those looked at."""

    name: str
    kind: str
    country: str | None
    role: str | None
    public: bool
    times: int


# Asked for every name of a list: as text, which costs less to prepare than it does to run.
_SOME = f"(SELECT count(*) FROM (SELECT 1 FROM names WHERE part = '%s' AND folded = :name LIMIT {_COUNTED}) AS %s)"
_COUNT = text("SELECT " + " + ".join(_SOME % (part, part) for part in _BY_NAME))
_FORMS = text(f"SELECT name, kind, country, role, public FROM actors WHERE folded = :name LIMIT {_SAMPLE}")


def _namings(connection: Connection, folded: str) -> list[Naming]:
    """The forms of a name by the first reports that have it."""
    forms = Counter(tuple(row) for row in connection.execute(_FORMS, {"name": folded}))
    order = sorted(forms.items(), key=lambda form: (-form[1], str(form[0])))
    return [Naming(name, kind, country, role, bool(public), n) for (name, kind, country, role, public), n in order]


class BrowseNames:
    """The questions about names; see ``Browse``."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    @staticmethod
    def folded(name: str) -> str:
        """A name as it is looked up: without case and accents."""
        return fold(storable(name))

    def namings(self, name: str) -> list[Naming]:
        """The forms of a name, whatever case and accents it was asked with, the commonest first.

        Told from the first few hundred reports that name it: a name is what they make of it.
        """
        with self._read() as connection:
            return _namings(connection, self.folded(name))

    def cards(self, names: Collection[str]) -> list[tuple[str, list[Naming], int]]:
        """For each folded name its forms and how many records it speaks or acts in, counted to a hundred of each."""
        with self._read() as connection:
            return [
                (name, _namings(connection, name), connection.scalar(_COUNT, {"name": name}) or 0) for name in names
            ]

    def deeds(
        self, name: str, *, limit: int, after: tuple[str, str] | None = None
    ) -> list[tuple[str, tuple[str, str]]]:
        """References of what a name said (claims) and did (events), the latest first, each with its key."""
        c = T.names.c
        found: set[tuple[str, str]] = set()
        with self._read() as connection:
            for part in _BY_NAME:
                wanted = select(c.filed_at, c.record).where(c.part == part, c.folded == self.folded(name))
                if part == "speaker":  # what a claim is of is told by the claim
                    wanted = wanted.where(c.record.like("%:c%"))
                if after is not None:
                    wanted = wanted.where(tuple_(c.filed_at, c.record) < after)
                rows = connection.execute(wanted.order_by(c.filed_at.desc(), c.record.desc()).limit(limit))
                found.update((row.filed_at, row.record) for row in rows)
        return [(key[1], key) for key in sorted(found, reverse=True)[:limit]]

    def names(self, *, after: str = "", until: str = _HIGHEST, limit: int) -> list[str]:
        """Folded names of those who speak or act, in order, behind ``after`` and before ``until``."""
        with self._read() as connection:
            found = {n for part in _BY_NAME for n in walk(connection, part, after=after, until=until, limit=limit)}
        return sorted(found)[:limit]

    def names_of(self, part: Part) -> list[str]:
        """All names of a part, in order: for looking through them by any letters."""
        with self._read() as connection:
            return walk(connection, part, limit=_ALL)

    def private_names(self) -> list[str]:
        """The names of persons whom every report that names them takes for private."""
        a = T.actors.c
        private = select(a.name).where(a.public.is_(False), a.kind == "person")
        with self._read() as connection:
            return list(connection.scalars(private.except_(select(a.name).where(a.public.is_(True)))))

    def names_from(self, beginning: str, *, limit: int) -> list[str]:
        """Folded names that begin so."""
        start = self.folded(beginning)
        return (
            self.names(after=start[:-1] + chr(ord(start[-1]) - 1) + _HIGHEST, until=start + _HIGHEST, limit=limit)
            if start
            else []
        )

    def rows_named(
        self, kind: Literal["events", "claims"], part: Part, names: Collection[str], filters: Filters
    ) -> list[TableRow]:
        """Rows of a table in which one of these names stands, in order, read off from the index of names.

        filters: what else must hold; its ``limit`` and ``after`` as in ``Ledger.rows``, its names left aside.
        """
        view, c = VIEWS[f"{kind}_table"], T.names.c
        limit = filters.limit or _CANDIDATES
        after = str(filters.after[0] or "") if filters.after else ""
        key = str(filters.after[-1]) if filters.after else ""
        rest = [*conditions(kind, view, replace(filters, place=None, actor=None, source=None, limit=None, after=None))]
        keys: set[tuple[str, str]] = set()
        found: dict[str, TableRow] = {}
        with self._read() as connection:
            for name in names:
                named = select(c.filed_at, c.record).where(c.part == part, c.folded == name)
                named = named.where(c.record.like(f"%:{kind[0]}%"))
                # Rows of one moment stand here in another order: all of the moment where the list goes on.
                here = [named.where(c.filed_at == after).limit(_ALL)] if after else []
                beyond = named.where(c.filed_at > after).order_by(c.filed_at, c.record)
                for wanted in (*here, beyond.limit(limit + _CANDIDATES if rest else 2 * limit)):
                    keys.update((row.filed_at, row.record) for row in connection.execute(wanted))
            ordered = sorted(keys)
            for at in range(0, len(ordered), _GROUP):
                # Enough are found, and the last of them is no longer of the moment the list goes on from.
                if len(found) >= 2 * limit and ordered[at][0] != ordered[at - 1][0]:
                    break
                ids = [record for _, record in ordered[at : at + _GROUP]]
                rows = connection.execute(select(view).where(view.c.id.in_(ids), *rest))
                found.update({row["id"]: dict(row) for row in rows.mappings()})
        order = order_of(kind)
        rows_in_order = sorted(found.values(), key=lambda row: tuple((row[o] is None, row[o] or 0) for o in order))
        past = [str(row["id"]) for row in rows_in_order].index(key) + 1 if key in found else 0
        return rows_in_order[past : past + limit]

    def reversals_by(self, sources: Collection[str], *, limit: int) -> list[tuple[Reversal, str]]:
        """The reversals of a source under any of these names, the latest first, with their moments."""
        c = T.reversals.c
        names = sorted({storable(name) for name in sources})
        wanted = select(c.json, c.filed_at).where(c.source.in_(names)).order_by(c.filed_at.desc(), c.id).limit(limit)
        with self._read() as connection:
            return [(from_json(row.json, Reversal), row.filed_at or "") for row in connection.execute(wanted)]

    def incidents_about(self, reports: Collection[str], words: Collection[str], *, limit: int) -> list[Incident]:
        """The incidents of these reports whose title or place holds most of the words."""
        x, i = T.incident_reports.c, T.incidents.c
        keys = [storable(report) for report in reports]
        wanted = select(i.json).distinct().join(T.incident_reports, x.incident == i.id).where(x.report.in_(keys))
        with self._read() as connection:
            found = [from_json(row.json, Incident) for row in connection.execute(wanted)]

        def fits(incident: Incident) -> int:
            said = f"{incident.title} {incident.place or ''} {incident.type}".lower()
            return sum(word[:6] in said for word in words)

        best = sorted(((fits(i), i) for i in found), key=lambda pair: (-pair[0], -pair[1].sources, pair[1].id))
        return [incident for fit, incident in best if fit][:limit]
