"""What pages ask about names: who speaks and acts, what one of them said and did."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import NamedTuple

from sqlalchemy import Connection, func, select, tuple_

from dateline.ledger.names import Part, names_like
from dateline.ledger.schema import T
from dateline.ledger.texts import fold, from_json, storable
from dateline.records import Incident, Reversal

__all__ = ["BrowseNames", "Naming"]

_COUNTED = 1000  # records of a name that are counted; more is "many"
_SAMPLE = 400  # actors looked at to tell what a name is
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
        a = T.actors.c
        some = select(a.name, a.kind, a.country, a.role, a.public).where(a.folded == self.folded(name)).limit(_SAMPLE)
        few = some.subquery()
        count = func.count().label("count")
        forms = select(*few.c, count).group_by(*few.c).order_by(count.desc(), few.c.name, few.c.role)
        with self._read() as connection:
            return [Naming(r.name, r.kind, r.country, r.role, bool(r.public), r[5]) for r in connection.execute(forms)]

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

    def deed_count(self, name: str) -> int:
        """How many records a name speaks or acts in, counted to a thousand for each."""
        c = T.names.c
        total = 0
        with self._read() as connection:
            for part in _BY_NAME:
                some = select(c.record).where(c.part == part, c.folded == self.folded(name)).limit(_COUNTED)
                total += connection.scalar(select(func.count()).select_from(some.subquery())) or 0
        return total

    def names(self, words: str, *, after: str, limit: int) -> list[str]:
        """Folded names of those who speak or act, in order, those that hold the words where some are given."""
        if words:
            with self._read() as connection:
                found = {name for part in _BY_NAME for name in names_like(connection, part, words, limit=_COUNTED)}
            return [name for name in sorted(found) if name > after][:limit]
        return self._walk(after, _HIGHEST, limit)

    def names_from(self, beginning: str, *, limit: int) -> list[str]:
        """Folded names that begin so."""
        start = self.folded(beginning)
        return self._walk(start, start + _HIGHEST, limit, first=True) if start else []

    def _walk(self, after: str, until: str, limit: int, *, first: bool = False) -> list[str]:
        """From one name to the next by the index, over all who speak or act."""
        c = T.names.c
        found: list[str] = []
        with self._read() as connection:
            while len(found) < limit:
                beyond = c.folded >= after if first and not found else c.folded > after
                steps = (
                    connection.scalar(select(func.min(c.folded)).where(c.part == part, beyond, c.folded < until))
                    for part in _BY_NAME
                )
                nearest = min((name for name in steps if name is not None), default=None)
                if nearest is None:
                    break
                found.append(nearest)
                after = nearest
        return found

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
