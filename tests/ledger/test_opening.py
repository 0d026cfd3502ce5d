"""Opening: what is made, what is brought up to date, what is refused and how that is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from dateline.ledger import LedgerError, NewerLedgerError, open_ledger, upgrades
from dateline.ledger.engines import address, engine_for, writing
from dateline.ledger.linkage import linkage
from dateline.ledger.schema import SCHEMA_VERSION
from dateline.link import link
from dateline.records import Span
from dateline.relinking import relink
from tests.ledger.made import made
from tests.ledger.test_round_trip import content


def filled(place, reports: int = 3):
    with open_ledger(place) as ledger:
        ledger.add_many((made(i) for i in range(reports)), ledger.start_run(version="1", model="m", codebook="c"))


def execute(place, *statements):
    engine = engine_for(address(place), create=False)
    with writing(engine.connect()) as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_path_a_string_and_a_url_name_the_same_ledger(tmp_path):
    path = tmp_path / "news.db"
    filled(path)
    for where in (path, str(path), f"sqlite:///{path}"):
        with open_ledger(where, create=False) as ledger:
            assert ledger.counts()["reports"] == 3


def test_a_ledger_in_memory_may_be_asked_while_its_rows_are_gone_through():
    with open_ledger("sqlite://") as ledger:
        run = ledger.start_run(version="1", model="m", codebook="c")
        ledger.add_many([made(1), made(2)], run)
        for number, row in enumerate(ledger.rows("events")):
            assert ledger.reading(row["report"]).events
            ledger.add(*made(number + 5), run)
        assert len(list(ledger.readings())) == 4


def test_a_missing_driver_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'dateline\[postgres\]'"):
        open_ledger("postgresql://localhost/news")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder, "is a folder"),
        (lambda folder: folder / "none" / "x.db", "does not exist"),
        (
            lambda folder: write(folder / "x.db", b"not a database at all, but long enough" * 99),
            "not a Dateline ledger",
        ),
        (lambda folder: damaged(folder / "x.db"), "damaged|not a Dateline"),
        (lambda folder: stranger(folder / "x.db"), "not of Dateline .*recipes"),
        (lambda folder: "mysql://localhost/x", "mysql is not supported"),
        (lambda folder: "://", "no address"),
        (lambda folder: "postgresql://nobody@127.0.0.1:1/none", "does not answer"),
    ],
)
def test_what_is_no_ledger_is_refused_in_plain_words(tmp_path, make, words):
    with pytest.raises(LedgerError, match=words):
        open_ledger(make(tmp_path))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def damaged(path: Path) -> Path:
    filled(path)
    content = bytearray(path.read_bytes())
    content[100:8000] = b"\x07" * 7900
    return write(path, content)


def stranger(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    return path


def test_no_ledger_is_made_where_none_was_wanted(tmp_path):
    with pytest.raises(LedgerError, match="There is no ledger"):
        open_ledger(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_becomes_a_ledger(tmp_path):
    (tmp_path / "empty.db").touch()
    filled(tmp_path / "empty.db")


def test_a_file_that_may_only_be_read_is_read_and_not_written(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    filled(path)
    # Root may write anything, so that the permissions alone would not show it.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_ledger(path) as ledger:
        assert ledger.counts()["reports"] == 3
        assert ledger.search("shelled")
        with pytest.raises(LedgerError, match="cannot be written to"):
            ledger.start_run(version="1", model="m", codebook="c")
    assert not list(tmp_path.glob("*-wal"))


def test_what_a_killed_program_left_in_the_log_is_seen_in_a_file_only_read(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    with open_ledger(path) as ledger:
        ledger.add(*made(1), ledger.start_run(version="1", model="m", codebook="c"))
        for file in tmp_path.glob("news.db*"):  # as a kill would leave them
            shutil.copy(file, tmp_path / file.name.replace("news", "left"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_ledger(tmp_path / "left.db") as ledger:
        assert ledger.counts()["reports"] == 1


def test_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LedgerError, match="cannot be written to"):
        open_ledger(tmp_path / "news.db")


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(LedgerError, match="may not look into its folder"):
        open_ledger(tmp_path / "news.db")


def test_a_full_disk_keeps_what_was_finished(tmp_path):
    path = tmp_path / "news.db"
    filled(path)
    with open_ledger(path) as ledger:
        run = ledger.start_run(version="1", model="m", codebook="c")
        with ledger._read() as connection:  # one connection is kept and used again
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
        with pytest.raises(LedgerError, match=r"disk is full.*What was finished is kept"):
            ledger.add_many((made(i, sentences=50) for i in range(3, 9)), run)
    with open_ledger(path) as ledger:
        assert ledger.counts()["reports"] >= 3
        ledger.add_many((made(i, sentences=50) for i in range(3, 9)), run)
        assert ledger.counts()["reports"] == 9


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(place):
    filled(place)
    execute(place, "UPDATE about SET value = '99' WHERE name = 'schema_version'")
    with pytest.raises(NewerLedgerError, match=r"newer Dateline \(tables of version 99"):
        open_ledger(place)
    execute(place, f"UPDATE about SET value = '{SCHEMA_VERSION}' WHERE name = 'schema_version'")
    with open_ledger(place) as ledger:
        assert ledger.counts()["reports"] == 3


def test_there_is_a_step_to_every_version():
    assert list(upgrades.UPGRADES) == list(range(2, SCHEMA_VERSION + 1))


def older(place):
    """A ledger as an older version might have left it: no certainty, no views, another number."""
    filled(place)
    before = content(place)
    views = "events_table", "claims_table", "actors_table", "reports_table", "disputes_table"
    views += "unknowns_table", "places_table", "tolls_table", "reversals_table", "threads_table", "questions_table"
    execute(
        place,
        *(f"DROP VIEW {name}" for name in views),
        "ALTER TABLE events DROP COLUMN certainty",
        f"UPDATE about SET value = '{SCHEMA_VERSION - 2}' WHERE name = 'schema_version'",
    )
    return before


STEPS = {
    SCHEMA_VERSION - 1: lambda connection: connection.execute(text("ALTER TABLE events ADD COLUMN certainty TEXT")),
    SCHEMA_VERSION: lambda connection: connection.execute(
        text(
            "UPDATE events SET certainty = CASE WHEN factuality >= 2.5 THEN 'certain' WHEN factuality >= 1.5 "
            "THEN 'probable' WHEN factuality >= 0.5 THEN 'possible' ELSE 'unknown' END"
        )
    ),
}


def test_an_older_ledger_is_brought_up_to_date_step_by_step(place, monkeypatch):
    before = older(place)
    monkeypatch.setattr(upgrades, "UPGRADES", STEPS)
    with open_ledger(place) as ledger:
        assert {row["certainty"] for row in ledger.rows("events")} == {"certain", "probable", "possible"}
    after = content(place)
    assert {name: sorted(rows) for name, rows in after.items()} == before


def test_a_step_that_fails_leaves_the_version_before_it(place, monkeypatch):
    older(place)

    def fail(connection):
        connection.execute(text("ALTER TABLE events ADD COLUMN half_done TEXT"))
        connection.execute(text("SELECT * FROM nowhere"))

    monkeypatch.setattr(upgrades, "UPGRADES", STEPS | {SCHEMA_VERSION: fail})
    with pytest.raises(LedgerError):
        open_ledger(place)
    monkeypatch.setattr(upgrades, "UPGRADES", STEPS)
    with open_ledger(place) as ledger:
        assert "half_done" not in next(ledger.rows("events"))
        assert ledger.counts()["events"] == 3


def test_many_open_a_new_ledger_at_once_and_write_the_same_reports(place):
    start = threading.Barrier(4)

    def one(_):
        start.wait()
        with open_ledger(place) as ledger:
            run = ledger.start_run(version="1", model="m", codebook="c")
            return ledger.add_many((made(i) for i in range(20)), run)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 20
    with open_ledger(place) as ledger:
        assert ledger.counts()["reports"] == 20


def test_the_file_reads_with_plain_sqlite(tmp_path):
    filled(tmp_path / "news.db")
    connection = sqlite3.connect(tmp_path / "news.db")
    told = connection.execute(
        "SELECT source, stance, content FROM claims_table WHERE published = '2022-02-24'"
    ).fetchall()
    when = connection.execute("SELECT min(date(earliest)), initiators, place, words FROM events_table").fetchone()
    connection.close()
    assert told == [("Ana Vélez", "asserts", "On Friday soldiers of Ruritania shelled Kyiv, killing 1 people")]
    assert when == ("2022-02-24", "Ruritania", "Kyiv", "Friday soldiers of Ruritania shelled Kyiv")


def test_a_ledger_from_before_it_kept_names_and_what_events_act_on_becomes_as_a_new_one(place):
    filled(place)
    report, reading = made(7)
    start = report.text.index("people")
    event = msgspec.structs.replace(reading.events[0], about=Span(start, start + 6))
    with open_ledger(place) as ledger:
        ledger.add(report, msgspec.structs.replace(reading, events=(event,)), 1)
        ledger.replace_linked(*link(ledger.readings()))
        assert {row["about"] for row in ledger.rows("events")} == {None, "people"}
    before = content(place)
    tables = ("names", "known_names", "incident_names")
    assert all(before[table] for table in tables)
    execute(
        place,
        "DROP VIEW events_table",
        *(f"ALTER TABLE events DROP COLUMN about_{name}" for name in ("start", "end", "words")),
        *(f"DROP TABLE {table}" for table in (*tables, "linkage")),
        "DROP INDEX reversals_by_source",
        "UPDATE about SET value = '7' WHERE name = 'schema_version'",
    )
    open_ledger(place).close()
    assert content(place) == before


def test_a_ledger_that_kept_nothing_of_how_reports_are_linked_is_linked_whole(place):
    filled(place)
    execute(place, "DROP TABLE linkage", "UPDATE about SET value = '9' WHERE name = 'schema_version'")
    with open_ledger(place) as ledger:
        relink(ledger)
        kept = linkage(ledger).values()
        assert len(kept) == ledger.counts()["reports"] == 3
        assert {row.matter for row in kept if row.links} == {row.matter for row in kept}
