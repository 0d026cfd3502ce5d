"""Versions of the tables: a new ledger is made at the newest, an older one brought up to it on opening.

A numbered list of functions in place of Alembic. Alembic earns its keep where many people
branch one schema and an operator runs the migrations; here there is one line of versions, the
file belongs to a user who runs nothing, and the whole of it is: lock, compare two numbers,
run what lies between, write the number. Each step and its number are one transaction, so
that a killed upgrade leaves the version before it. A step says what it does in plain SQL or
SQLAlchemy DDL of its own and never uses ``schema``, which is always the newest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Engine, inspect, select, text

from dateline.ledger.engines import writing
from dateline.ledger.errors import LedgerError, NewerLedgerError
from dateline.ledger.names import fill_names, incident_name_rows
from dateline.ledger.schema import METADATA, SCHEMA_VERSION, T
from dateline.ledger.search import create_search
from dateline.ledger.sums import keep_sums
from dateline.ledger.texts import from_json, storable
from dateline.ledger.views import create_views, drop_views
from dateline.records import Incident

__all__ = ["UPGRADES", "Step", "bring_up_to_date"]

Step = Callable[[Connection], None]


def _count_the_sources_of_disputes(connection: Connection) -> None:
    """Version 2: disputes count their sources, reversals know corrections; the next reading links anew."""
    connection.execute(text("ALTER TABLE disputes ADD COLUMN sources BIGINT"))
    connection.execute(text("ALTER TABLE reversals ADD COLUMN correction BOOLEAN"))
    connection.execute(text("DELETE FROM about WHERE name = 'linked'"))


def _file_derived_records(connection: Connection) -> None:
    """Version 3: derived records carry the moment that lists of them go by."""
    rests_on = {
        "disputes": "SELECT record FROM dispute_records WHERE dispute = o.id",
        "reversals": "SELECT o.before AS record UNION SELECT o.after",
        "threads": "SELECT record FROM thread_moves WHERE thread = o.id",
        "questions": "SELECT unknown AS record FROM question_unknowns WHERE question = o.id UNION SELECT o.answer",
    }
    for table in ("incidents", *rests_on):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN filed_at TEXT"))
        more = ", latest, sources" if table == "incidents" else ""
        connection.execute(text(f"CREATE INDEX {table}_filed ON {table} (filed_at, id{more})"))
    connection.execute(text("CREATE INDEX incidents_by_type ON incidents (type, filed_at, id, latest, sources)"))
    connection.execute(text("CREATE INDEX incidents_by_sources ON incidents (sources, filed_at, id, latest)"))
    first = "SELECT min(published_at) FROM incident_reports x JOIN reports r ON r.id = x.report WHERE incident = o.id"
    connection.execute(text(f"UPDATE incidents AS o SET filed_at = coalesce(earliest, latest, ({first}))"))
    for table, refs in rests_on.items():  # a reference begins with its report's id, sixteen digits
        last = f"SELECT max(published_at) FROM reports WHERE id IN (SELECT substr(record, 1, 16) FROM ({refs}) AS x)"
        connection.execute(text(f"UPDATE {table} AS o SET filed_at = ({last})"))


def _pin_what_corrections_refer_to(connection: Connection) -> None:
    """Version 4: a correction keeps the words that references in it stand for."""
    connection.execute(text("ALTER TABLE corrections ADD COLUMN refs TEXT"))


def _write_dates_as_other_trades_do(connection: Connection) -> None:
    """Version 5: EDTF and UCDP's date precision; of events read before, once they are read again."""
    for table in ("times", "events", "incidents"):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN edtf TEXT"))
        if table != "times":
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN date_prec BIGINT"))
    connection.execute(text("DELETE FROM about WHERE name = 'linked'"))


def _nothing(_: Connection) -> None:
    """Version 6: names had an index, which version 9 makes anew."""


def _say_how_exact_places_are(connection: Connection) -> None:
    """Version 7: UCDP's precision of places; of those read before, once they are read again."""
    connection.execute(text("ALTER TABLE places ADD COLUMN where_prec BIGINT"))


def _keep_what_is_acted_on(connection: Connection) -> None:
    """Version 8: an event's words for what is acted on where that is no actor, out of the readings kept whole."""
    for column, kind in (("start", "BIGINT"), ("end", "BIGINT"), ("words", "TEXT")):
        connection.execute(text(f"ALTER TABLE events ADD COLUMN about_{column} {kind}"))
    page = text(
        "SELECT k.report, r.text, coalesce(k.corrected, k.reading) AS kept FROM readings k "
        "JOIN reports r ON r.id = k.report WHERE k.report > :after ORDER BY k.report LIMIT 500"
    )
    keep = text(
        "UPDATE events SET about_start = :start, about_end = :end, about_words = :words "
        "WHERE report = :report AND position = :position"
    )
    after = ""
    while rows := connection.execute(page, {"after": after}).all():
        after = rows[-1].report
        if found := [about for row in rows for about in _abouts(row.report, row.text, row.kept)]:
            connection.execute(keep, found)


def _keep_how_reports_are_linked(connection: Connection) -> None:
    """Version 10: what linking needs to touch only what new reports touch; filled when the ledger is linked next."""
    kind = "TEXT" if connection.dialect.name == "sqlite" else 'TEXT COLLATE "C"'
    columns = ", ".join(f"{name} {kind}" for name in ("matter", "rests_on", "words", "near", "links"))
    keys = "PRIMARY KEY (report), FOREIGN KEY (report) REFERENCES reports (id) ON DELETE CASCADE"
    without = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    connection.execute(text(f"CREATE TABLE linkage (report {kind} NOT NULL, {columns}, {keys}){without}"))


def _order_events_with_their_ends(connection: Connection) -> None:
    """Version 11: the index that lists events tells how long each may have lasted."""
    connection.execute(text("DROP INDEX events_in_order"))
    connection.execute(text("CREATE INDEX events_in_order ON events (filed_at, report, start, latest)"))


def _abouts(report: str, words: str, kept: str) -> Iterator[dict[str, object]]:
    for position, event in enumerate(json.loads(kept).get("events", ())):
        if about := event.get("about"):
            here = {"words": words[about["start"] : about["end"]]}
            yield about | here | {"report": report, "position": position}


def _index_all_names(connection: Connection) -> None:
    """Version 9: names of all filters have an index in the order of the lists, those of incidents too."""
    connection.execute(text("DROP TABLE IF EXISTS names"))
    keys = ("kind", "part", "folded", "filed_at", "report", "start", "record")
    _create(connection, "names", keys, "FOREIGN KEY (report) REFERENCES reports (id) ON DELETE CASCADE")
    connection.execute(text("CREATE INDEX ix_names_report ON names (report)"))
    _create(connection, "known_names", ("part", "folded"))
    fill_names(connection)
    of = "FOREIGN KEY (incident) REFERENCES incidents (id) ON DELETE CASCADE"
    _create(connection, "incident_names", ("part", "folded", "filed_at", "incident"), of)
    connection.execute(text("CREATE INDEX incident_names_of ON incident_names (incident)"))
    page = text("SELECT id, filed_at, json FROM incidents WHERE id > :after ORDER BY id LIMIT 5000")
    keep = text("INSERT INTO incident_names VALUES (:part, :folded, :filed_at, :incident)")
    after = ""
    while rows := connection.execute(page, {"after": after}).all():
        after = rows[-1].id
        if named := [
            name | {"incident": row.id} for row in rows for name in _names_of_incident(row.json, row.filed_at)
        ]:
            connection.execute(keep, named)
    known = "INSERT INTO known_names SELECT DISTINCT 'incident ' || part, folded FROM incident_names"
    connection.execute(text(known))
    connection.execute(text("DROP INDEX reports_by_outlet"))
    connection.execute(text("CREATE INDEX reports_by_outlet ON reports (outlet)"))
    connection.execute(text("CREATE INDEX reversals_by_source ON reversals (source, filed_at)"))


def _names_of_incident(json: str, filed_at: str | None) -> Iterator[dict[str, object]]:
    for name in incident_name_rows(from_json(json, Incident), filed_at):
        yield name | {"folded": storable(str(name["folded"]))}


def _create(connection: Connection, table: str, key: Sequence[str], *rules: str) -> None:
    """A table whose key are all its columns; ``start`` is a number, all else text."""
    sqlite = connection.dialect.name == "sqlite"
    kind = "TEXT" if sqlite else 'TEXT COLLATE "C"'
    columns = [f"{name} {'BIGINT' if name == 'start' else kind} NOT NULL" for name in key]
    body = ", ".join((*columns, f"PRIMARY KEY ({', '.join(key)})", *rules))
    connection.execute(text(f"CREATE TABLE {table} ({body}){' WITHOUT ROWID' if sqlite else ''}"))


UPGRADES: Mapping[int, Step] = {
    2: _count_the_sources_of_disputes,
    3: _file_derived_records,
    4: _pin_what_corrections_refer_to,
    5: _write_dates_as_other_trades_do,
    6: _nothing,
    7: _say_how_exact_places_are,
    8: _keep_what_is_acted_on,
    9: _index_all_names,
    10: _keep_how_reports_are_linked,
    11: _order_events_with_their_ends,
}
"""For each version, how a ledger of the version before becomes one of it."""

_LOCK = 0x444154454C494E45 - (1 << 62)  # "DATELINE" as a number: an advisory lock of PostgreSQL


def bring_up_to_date(engine: Engine, where: str, *, create: bool) -> None:
    """Make or upgrade the tables; refuse a newer ledger and a database of something else.

    Two programs may open a ledger at once: the second waits and finds the work done.
    """
    with engine.connect() as connection, connection.begin():
        if _version(connection, where) == SCHEMA_VERSION:
            return
    while True:
        with writing(engine.connect()) as connection, connection.begin():
            _lock(connection)
            version = _version(connection, where)
            if version == SCHEMA_VERSION:
                return
            if version is not None and version > SCHEMA_VERSION:
                raise NewerLedgerError(
                    f"{where} was written by a newer Dateline (tables of version {version}; this one knows "
                    f"{SCHEMA_VERSION}): install that version, or name another ledger"
                )
            if version is None and not create:
                raise LedgerError(f"There is no ledger at {where}: `dateline read FILES` makes one")
            _advance(connection, version)


def _advance(connection: Connection, version: int | None) -> None:
    if version is None:
        METADATA.create_all(connection, checkfirst=False)  # that none is there was seen already
        create_search(connection)
        create_views(connection)
        connection.execute(T.about.insert().values(name="schema_version", value=str(SCHEMA_VERSION)))
        return
    drop_views(connection)
    UPGRADES[version + 1](connection)
    if version + 1 == SCHEMA_VERSION:
        create_views(connection)
        if connection.scalar(select(T.about.c.value).where(T.about.c.name == "linked")):
            keep_sums(connection)
    here = T.about.c.name == "schema_version"
    connection.execute(T.about.update().where(here).values(value=str(version + 1)))


def _version(connection: Connection, where: str) -> int | None:
    """The version of the tables, None where there are none of ours yet."""
    tables = set(inspect(connection).get_table_names())
    if "about" in tables:
        found = connection.execute(select(T.about.c.value).where(T.about.c.name == "schema_version")).scalar()
        if found is not None:
            return int(found)
    strangers = tables if connection.dialect.name == "sqlite" else tables & set(METADATA.tables)
    if strangers:
        raise LedgerError(
            f"{where} is a database, but not of Dateline (it has a table {min(strangers)}): name another ledger"
        )
    return None


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's transaction has locked the file already
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
