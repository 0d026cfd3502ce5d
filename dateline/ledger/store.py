"""The ledger: reports and readings in, records out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import URL, Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool

from dateline.ledger import corrections, joins, queries
from dateline.ledger.agreement import Agreement, agreement
from dateline.ledger.browse import Browse
from dateline.ledger.corrections import Correction, write_rows
from dateline.ledger.engines import address, engine_for, read_only, shown, writing
from dateline.ledger.errors import LedgerError, said_plainly
from dateline.ledger.linked import linked_records, replace_all
from dateline.ledger.queries import Filters, Kind, TableRow
from dateline.ledger.reports import Moment, paged, report_of
from dateline.ledger.rows import report_row
from dateline.ledger.schema import READ, T
from dateline.ledger.search import SearchRow, search
from dateline.ledger.staleness import state, unlink
from dateline.ledger.sums import counted
from dateline.ledger.texts import from_json, storable, to_json
from dateline.ledger.upgrades import bring_up_to_date
from dateline.records import Dispute, Incident, Linked, OpenQuestion, Reading, Report, Reversal, Thread, Verdict

__all__ = ["Ledger", "open_ledger"]

_KEYS = 500  # ids looked up at a time


def open_ledger(where: str | Path, *, create: bool = True) -> Ledger:
    """Open a ledger, make it if there is none, bring its tables up to date.

    where: a path (``news.db``), ``sqlite:///news.db``, ``sqlite://`` (in memory, gone when closed) or
    ``postgresql://user@host/name``. A SQLite file that may not be written is opened for reading.
    create: whether to make a ledger where there is none.

    Raises ``LedgerError``, with words for the user, where that cannot be; ``NewerLedgerError`` for a
    ledger that a newer version wrote. The ledger is a context manager that closes itself.
    """
    url = address(where)
    with said_plainly(shown(url)):
        engine = engine_for(url, create=create)
        try:
            bring_up_to_date(engine, shown(url), create=create and not read_only(url))
        except BaseException:
            engine.dispose()
            raise
    return Ledger(engine, url)


class Ledger:
    """An open ledger (``open_ledger``); safe to use from several threads and processes at once.

    Every method that writes is one transaction; every one that reads sees only whole reports.
    All raise ``LedgerError`` when the database fails: locked, full, gone.
    """

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self.where = shown(url)
        self.browse = Browse(self._read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; the last one out tidies SQLite's side files away."""
        with said_plainly(self.where):
            self._engine.dispose()

    # Writing: runs, reports and what they say

    def start_run(self, *, version: str, model: str, codebook: str) -> int:
        """Note that reading begins, with what (``codebook``: its hash); return the run's number."""
        row = {"version": version, "model": model, "codebook": codebook, "started": _now()}
        with self._write() as connection:
            run: int = connection.execute(insert(T.runs).returning(T.runs.c.id), row).scalar_one()
            return run

    def finish_run(self, run: int, *, new: int, known: int) -> None:
        """Note that a run came to its end; a run that was killed has no ``finished``."""
        row = {"finished": _now(), "new_reports": new, "known_reports": known}
        with self._write() as connection:
            connection.execute(update(T.runs).where(T.runs.c.id == run).values(row))

    def add(self, report: Report, reading: Reading, run: int) -> bool:
        """Keep a report and what it says, all or nothing; return False, changing nothing, if it is known.

        A record whose words lie outside the report's text is a ``ValueError``.
        """
        try:
            with self._write() as connection:
                if self._known(connection, [storable(report.id)]):
                    return False
                connection.execute(insert(T.reports), report_row(report) | {"run": run})
                row = {"report": storable(report.id), "run": run, "reading": to_json(reading)}
                connection.execute(insert(T.readings), row)
                write_rows(connection, report, reading)
        except LedgerError as error:
            # Another program may have added it since we looked (PostgreSQL; SQLite lets one in at a time).
            if isinstance(error.__cause__, IntegrityError) and self.known([report.id]):
                return False
            raise
        return True

    def add_many(self, readings: Iterable[tuple[Report, Reading]], run: int) -> int:
        """Keep many, each in a transaction of its own, so that a kill loses one at most; return how many were new."""
        return sum(self.add(report, reading, run) for report, reading in readings)

    def read_otherwise(self, *, version: str, model: str, codebook: str) -> list[str]:
        """Ids of the reports whose readings another version, model or codebook made, in order."""
        r, c = T.runs.c, T.readings.c
        same = (r.version == version) & (r.model == model) & (r.codebook == codebook)
        wanted = select(c.report).join(T.runs, r.id == c.run).where(~same).order_by(c.report)
        with self._read() as connection:
            return list(connection.scalars(wanted))

    def replace_reading(self, report_id: str, reading: Reading, run: int) -> None:
        """Put another reading in the place of a report's (a newer version's, say); corrections stay laid over it."""
        with self._write() as connection:
            report = self._report(connection, report_id)
            here = T.readings.c.report == storable(report_id)
            connection.execute(update(T.readings).where(here).values(reading=to_json(reading), run=run))
            corrections.lay_over(connection, report)
            unlink(connection)

    # Reading: reports and what they say

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these reports the ledger has."""
        wanted = {storable(key): key for key in ids}
        keys = iter(sorted(wanted))
        found: set[str] = set()
        with self._read() as connection:
            while some := list(islice(keys, _KEYS)):
                found.update(wanted[key] for key in self._known(connection, some))
        return found

    def report(self, report_id: str) -> Report:
        """The report of that id, or of the one id that begins so."""
        with self._read() as connection:
            return self._report(connection, report_id)

    def reading(self, report_id: str, *, corrected: bool = True) -> Reading:
        """What a report says, exactly as added, with people's corrections laid over it unless told not to."""
        with self._read() as connection:
            key = storable(self._report(connection, report_id).id)
            row = connection.execute(select(T.readings).where(T.readings.c.report == key)).one()
        return from_json(row.corrected if corrected and row.corrected else row.reading, Reading)

    def readings(self, since: Moment | None = None, until: Moment | None = None) -> Iterator[tuple[Report, Reading]]:
        """Yield reports and what they say (corrected), by publication, then id; those without a date come last.

        since, until: published between; moments are half-open, a bare day as ``until`` is within.
        """
        kept = func.coalesce(T.readings.c.corrected, T.readings.c.reading).label("kept")
        wanted = select(T.reports, kept).join(T.readings, T.readings.c.report == T.reports.c.id)
        for row in paged(self._read, wanted, since, until):
            yield report_of(row), from_json(row["kept"], Reading)

    def reports(self, since: Moment | None = None, until: Moment | None = None) -> Iterator[Report]:
        """Yield reports in the same order."""
        for row in paged(self._read, select(T.reports), since, until):
            yield report_of(row)

    def rejected(self) -> frozenset[str]:
        """References of the records that people rejected."""
        found: set[str] = set()
        with self._read() as connection:
            for table in READ:
                if "review" in table.c:
                    found.update(connection.scalars(select(table.c.id).where(table.c.review == "rejected")))
        return frozenset(found)

    def rows(self, kind: Kind, filters: Filters | None = None) -> Iterator[TableRow]:
        """Yield rows to show: one dict each, with the columns of the view ``<kind>_table`` (``columns``).

        kind: reports, events, claims, unknowns, actors (one row a name), places, incidents, tolls (one row
        a source's figure), disputes (one row a side), reversals, threads (one row a move), questions.
        """
        with self._read() as connection:
            found = queries.rows(connection, kind, filters or Filters())
            if not isinstance(self._engine.pool, StaticPool):
                yield from found
                return
            kept = list(found)  # in memory there is one connection: the caller may want it before the last row
        yield from kept

    def search(self, words: str, *, limit: int = 50, marks: tuple[str, str] = ("[", "]")) -> list[SearchRow]:
        """Find reports by their words, best first: report, published, outlet, title, snippet, score.

        words: all must occur, in any form; ``"a phrase"``, ``-without``, ``one OR other``.
        marks: what to put round the words found in the snippet.
        """
        with self._read() as connection:
            return list(search(connection, words, limit, marks))

    def counts(self) -> dict[str, int]:
        """How many rows each table has: reports, claims, events, incidents and so on."""
        with self._read() as connection:
            return counted(connection)

    # Linking: what reports say together

    def replace_linked(
        self,
        incidents: Iterable[Incident],
        disputes: Iterable[Dispute],
        reversals: Iterable[Reversal],
        threads: Iterable[Thread],
        questions: Iterable[OpenQuestion],
        *,
        only: Collection[str] | None = None,
    ) -> None:
        """Keep what linking found, in place of all that it found before; unchanged records are not written.

        only: ids of earlier derived records that may go; the others stay (for a part of the ledger linked anew).
        """
        with self._write() as connection:
            found = tuple(incidents), tuple(disputes), tuple(reversals), tuple(threads), tuple(questions)
            replace_all(connection, Linked(*found), only)

    def linked(self) -> bool:
        """Whether the derived records rest on all that the ledger holds now."""
        with self._read() as connection:
            kept = connection.scalar(select(T.about.c.value).where(T.about.c.name == "linked"))
            return kept == state(connection)

    def incidents(self) -> list[Incident]:
        """All incidents, by id."""
        with self._read() as connection:
            return list(linked_records(connection, T.incidents, Incident))

    def disputes(self) -> list[Dispute]:
        """All disputes, by id."""
        with self._read() as connection:
            return list(linked_records(connection, T.disputes, Dispute))

    def reversals(self) -> list[Reversal]:
        """All reversals, by id."""
        with self._read() as connection:
            return list(linked_records(connection, T.reversals, Reversal))

    def threads(self) -> list[Thread]:
        """All threads, by id."""
        with self._read() as connection:
            return list(linked_records(connection, T.threads, Thread))

    def questions(self) -> list[OpenQuestion]:
        """All open questions, by id."""
        with self._read() as connection:
            return list(linked_records(connection, T.questions, OpenQuestion))

    # Correcting: people win

    def correct(
        self, record: str, change: Mapping[str, object], *, who: str, why: str, seen: Mapping[str, object] | None = None
    ) -> list[int]:
        """Set fields of a record (``<report id>:e3``); return the ids of the corrections, one a field.

        change: new values by field, as in JSON. seen: the values the person saw; if one has changed since,
        nothing is written and ``ConflictError`` says so.
        """
        with self._write() as connection:
            report = self._report(connection, record.rpartition(":")[0])
            return corrections.correct(connection, report, record, change, who=who, why=why, seen=seen)

    def review(self, record: str, verdict: Literal["accept", "reject"], *, who: str, why: str) -> int:
        """Accept or reject a record; return the id of the correction."""
        with self._write() as connection:
            report = self._report(connection, record.rpartition(":")[0])
            return corrections.review(connection, report, record, verdict, who=who, why=why)

    def review_many(
        self, records: Iterable[str], verdict: Literal["accept", "reject"], *, who: str, why: str
    ) -> list[int]:
        """Accept or reject many records in one transaction; return the ids of the corrections."""
        of: dict[str, list[str]] = defaultdict(list)
        for record in records:
            of[record.rpartition(":")[0]].append(record)
        made: list[int] = []
        with self._write() as connection:
            for key in sorted(of):
                report = self._report(connection, key)
                made += corrections.review_many(connection, report, of[key], verdict, who=who, why=why)
        return made

    def rename_actor(
        self, name: str, to: str, *, who: str, why: str, reports: Collection[str] | None = None
    ) -> list[int]:
        """Give every actor of that name another, so that spellings of one person are one; return the corrections.

        reports: only in these, where one name stands for two.
        """
        a = T.actors.c
        made: list[int] = []
        with self._write() as connection:
            records = connection.execute(select(a.id, a.report).where(a.name == storable(name)).order_by(a.id)).all()
            for row in records if reports is None else [row for row in records if row.report in reports]:
                report = self._report(connection, row.report)
                made += corrections.correct(connection, report, row.id, {"name": to}, who=who, why=why)
        if not made:
            raise LedgerError(f"Nobody goes by the name {name}")
        return made

    def add_record(self, report_id: str, kind: str, values: Mapping[str, object], *, who: str, why: str) -> str:
        """Add a record the machine did not find, with evidence like any other; return its reference.

        kind: a list of a reading (``claims``). values: its fields, as in JSON, ``start`` and ``end`` among them.
        """
        with self._write() as connection:
            report = self._report(connection, report_id)
            return corrections.add(connection, report, kind, values, who=who, why=why)[0]

    def merge(self, incidents: Sequence[str], *, who: str, why: str) -> int:
        """Say that incidents are one; return the id of the correction. The next linking does it."""
        with self._write() as connection:
            return joins.merge(connection, incidents, who=who, why=why)

    def split(self, incident: str, events: Sequence[str], *, who: str, why: str) -> int:
        """Say that some events of an incident are another; return the id of the correction."""
        with self._write() as connection:
            return joins.split(connection, incident, events, who=who, why=why)

    def verdicts(self) -> list[Verdict]:
        """What people said of incidents, oldest first, for ``link``."""
        with self._write() as connection:
            return joins.verdicts(connection)

    def agreement(self) -> list[Agreement]:
        """How far reviewers agree, by field."""
        return agreement(self.corrections())

    def undo(self, correction: int, *, who: str) -> None:
        """Take a correction back; history keeps it."""
        with self._write() as connection:
            of = select(T.corrections.c.report).where(T.corrections.c.id == correction)
            report = connection.scalar(of)
            if report is None:
                raise LedgerError(f"There is no correction {correction}")
            corrections.undo(connection, self._report(connection, report), correction, who=who)

    def corrections(self, report: str | None = None, record: str | None = None) -> list[Correction]:
        """The history of corrections, oldest first, those undone or lost too."""
        with self._read() as connection:
            return list(corrections.corrections(connection, report, record))

    # Inside

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with said_plainly(self.where), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with said_plainly(self.where), writing(self._engine.connect()) as connection, connection.begin():
            yield connection

    @staticmethod
    def _known(connection: Connection, keys: Collection[str]) -> set[str]:
        return set(connection.scalars(select(T.reports.c.id).where(T.reports.c.id.in_(keys))))

    @staticmethod
    def _report(connection: Connection, report_id: str) -> Report:
        key = storable(report_id)
        row = connection.execute(select(T.reports).where(T.reports.c.id == key)).mappings().first()
        if row is not None:
            return report_of(row)
        begun = select(T.reports).where(T.reports.c.id.startswith(key, autoescape=True)).limit(2) if key else None
        found = [] if begun is None else connection.execute(begun).mappings().all()
        if len(found) != 1:
            raise LedgerError(f"{'More than one' if found else 'No'} report has the id {report_id}")
        return report_of(found[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
