"""What pages ask about names: who speaks and acts, what one of them said and did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import NamedTuple

from sqlalchemy import Connection, Select, not_, select, text, tuple_

from dateline.ledger.names import Part
from dateline.ledger.schema import T
from dateline.ledger.texts import fold, from_json, storable
from dateline.records import Incident, Reversal

__all__ = ["BrowseNames", "Naming"]

_ALL = 1_000_000
_COUNTED = 100  # records of a name that are counted; more is "100 or more"
_SAMPLE = 60  # actors looked at to tell what a name is
_HIGHEST = "\U0010ffff"
_DEEDS: tuple[tuple[str, Part], ...] = (("claims", "speaker"), ("events", "actor"))  # what is said and what is done


_PRIVATE = T.actors.c.public.is_(False) & (T.actors.c.kind == "person")
_SHOWN = select(T.actors.c.name).where(not_(_PRIVATE)).distinct()


class Naming(NamedTuple):
    """A form of a name and what reports make of it; ``times``: in how many of those looked at."""

    name: str
    kind: str
    country: str | None
    role: str | None
    public: bool
    times: int


# Asked for every name of a list: as text, which costs less to prepare than it does to run.
_SOME = (
    "(SELECT count(*) FROM (SELECT 1 FROM names WHERE kind = '%s' AND part = '%s' AND folded = :name "
    f"LIMIT {_COUNTED}) AS %s)"
)
_COUNT = text("SELECT " + " + ".join(_SOME % (kind, part, part) for kind, part in _DEEDS))
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
            for kind, part in _DEEDS:
                wanted = select(c.filed_at, c.record).where(c.kind == kind, c.part == part)
                wanted = wanted.where(c.folded == self.folded(name))
                if after is not None:
                    wanted = wanted.where(tuple_(c.filed_at, c.record) < after)
                rows = connection.execute(wanted.order_by(c.filed_at.desc(), c.record.desc()).limit(limit))
                found.update((row.filed_at, row.record) for row in rows)
        return [(key[1], key) for key in sorted(found, reverse=True)[:limit]]

    def names(self, *, after: str = "", until: str = _HIGHEST, limit: int = _ALL) -> list[str]:
        """Folded names of those who speak or act, in order, behind ``after`` and before ``until``."""
        c, n = T.known_names.c, T.names.c

        def some(kind: str, part: Part) -> Select[str]:
            still = select(n.record).where(n.kind == kind, n.part == part, n.folded == c.folded).exists()
            within = select(c.folded).where(c.part == part, c.folded > after, c.folded < until, still)
            return within.order_by(c.folded).limit(limit)

        with self._read() as connection:
            found = {name for kind, part in _DEEDS for name in connection.scalars(some(kind, part))}
        return sorted(found)[:limit]

    def private_names(self) -> list[str]:
        """The names of persons whom every report that names them takes for private."""
        with self._read() as connection:
            return [row.name for row in connection.execute(select(T.actors.c.name).where(_PRIVATE).except_(_SHOWN))]

    def public_names(self) -> frozenset[str]:
        """Folded names that some report has of somebody who is no private person."""
        with self._read() as connection:
            return frozenset(self.folded(name) for name in connection.scalars(_SHOWN))

    def names_from(self, beginning: str, *, limit: int) -> list[str]:
        """Folded names that begin so."""
        start = self.folded(beginning)
        return (
            self.names(after=start[:-1] + chr(ord(start[-1]) - 1) + _HIGHEST, until=start + _HIGHEST, limit=limit)
            if start
            else []
        )

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
