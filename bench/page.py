"""Pages at a million events: ``python -m bench.page grow SMALL.db BIG.db`` then ``python -m bench.page time BIG.db``.

``grow`` lays copies of a small ledger one behind the other, each some hours later and with keys of its own, until
there are a million events: real words, names and links, and as many as a page may ever see. ``time`` asks each page
many times over and prints the median and the 95th percentile of what the server took.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from fastapi.testclient import TestClient

from dateline.look.page import Settings, create_app

HOURS = 7  # between one copy and the next
# What pages ask for; texts' mentions and the like would only take room.
TABLES = ("reports", "actors", "places", "quantities", "claims", "events", "event_actors", "unknowns", "names",
          "incidents", "incident_events", "incident_reports", "tolls", "toll_entries", "disputes", "dispute_sides",
          "dispute_records", "reversals", "threads", "thread_moves", "questions", "question_unknowns")  # fmt: skip
KEYS = frozenset({
    "id", "report", "source", "addressee", "said_at", "parent", "claim", "place", "time", "event", "actor", "record",
    "incident", "quantity", "dispute", "before", "after", "thread", "question", "unknown", "answer", "copy_of",
})  # fmt: skip
MOMENTS = frozenset({"published_at", "filed_at", "earliest", "latest"})
WORDS = {"toll_entries": {"source"}, "reversals": {"source"}, "incidents": {"place"}}  # names there, not keys
PAGES = (
    "/", "/timeline", "/timeline?since=2022-03-10&until=2022-03-12", "/map?since=2022-03-10&until=2022-03-12",
    "/incidents", "/incidents?type=CONTROL", "/disputes", "/questions", "/threads", "/reports", "/records/events",
    "/records/claims", "/records/events?place=Hostomel", "/records/events?actor=Ukraine",
    "/records/claims?source=Peskov", "/sources", "/sources/Ukraine", "/sources?q=zel", "/search?q=airport",
)  # fmt: skip


def grow(small: Path, big: Path, events: int) -> None:
    """Make the big ledger out of copies of the small one."""
    shutil.copyfile(small, big)
    connection = sqlite3.connect(big, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    (each,) = connection.execute("SELECT count(*) FROM events").fetchone()
    for table in TABLES:
        connection.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM {table}")
    connection.execute("BEGIN")
    copies = events // each
    for copy in range(1, copies + 1):
        for table in TABLES:
            connection.execute(_copied(connection, table), {"key": f"{copy:08x}", "shift": f"+{copy * HOURS} hours"})
        if copy % 200 == 0:
            print(f"{copy} of {copies} copies", file=sys.stderr)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _copied(connection: sqlite3.Connection, table: str, _known: dict[str, str] = {}) -> str:  # noqa: B006  # a memo
    if table not in _known:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        shown = [c for c in columns if c != "number"]
        _known[table] = (
            f"INSERT INTO {table} ({', '.join(map(_quoted, shown))}) "
            f"SELECT {', '.join(_value(table, c) for c in shown)} FROM base_{table}"
        )
    return _known[table]


def _quoted(column: str) -> str:
    return f'"{column}"'


def _value(table: str, column: str) -> str:
    name = _quoted(column)
    if column in KEYS and column not in WORDS.get(table, ()):
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE :key || substr({name}, 9) END"
    if column in MOMENTS:
        return f"CASE WHEN {name} > '2000' THEN strftime('%Y-%m-%dT%H:%M:%S+00:00', {name}, :shift) ELSE {name} END"
    return name


def timed(big: Path, rounds: int) -> Iterator[tuple[str, float, float, float]]:
    """For each page: its path, the first answer, the median and the 95th percentile, in milliseconds."""
    with TestClient(create_app(big, Settings(hosts=("testserver",)))) as client:
        for path in PAGES:
            taken = []
            for _ in range(rounds):
                began = time.perf_counter()
                answer = client.get(path)
                taken.append(1000 * (time.perf_counter() - began))
                assert answer.status_code == 200, (path, answer.text[:300])
            later = sorted(taken[1:])
            yield path, taken[0], later[len(later) // 2], later[int(0.95 * (len(later) - 1))]


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("grow")
    made.add_argument("small", type=Path)
    made.add_argument("big", type=Path)
    made.add_argument("--events", type=int, default=1_000_000)
    measured = commands.add_parser("time")
    measured.add_argument("big", type=Path)
    measured.add_argument("--rounds", type=int, default=21)
    given = parser.parse_args()
    if given.command == "grow":
        grow(given.small, given.big, given.events)
        return
    print("| page | first, ms | median, ms | p95, ms |\n|---|--:|--:|--:|")
    for path, first, median, high in timed(given.big, given.rounds):
        print(f"| `{path}` | {first:,.0f} | {median:,.0f} | {high:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
