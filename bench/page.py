"""Pages at a million events: ``python -m bench.page grow SMALL.db BIG.db`` then ``python -m bench.page time BIG.db``.

``grow`` lays copies of a small ledger one behind the other, each some hours later and with keys of its own, until
there are a million events: real words, names and links, and as many as a page may ever see. ``time`` asks each page
many times over and prints what an answer took, by the clock and of this process's CPU time: on a machine that others
use too only the second tells what the page costs.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from fastapi.testclient import TestClient

from dateline.look.page import Settings, create_app

HOURS = 7  # between one copy and the next
# What pages ask for; texts' mentions and the like would only take room.
TABLES = ("reports", "readings", "times", "actors", "places", "quantities", "claims", "events", "event_actors",
          "unknowns", "names", "incidents", "incident_names", "incident_events", "incident_reports", "tolls",
          "toll_entries", "disputes", "dispute_sides", "dispute_records", "reversals", "threads", "thread_moves",
          "questions", "question_unknowns")  # fmt: skip
KEYS = frozenset({
    "id", "report", "source", "addressee", "said_at", "parent", "claim", "place", "time", "event", "actor", "record",
    "incident", "quantity", "dispute", "before", "after", "thread", "question", "unknown", "answer", "copy_of",
})  # fmt: skip
MOMENTS = frozenset({"published_at", "filed_at", "earliest", "latest"})
WORDS = {"toll_entries": {"source"}, "reversals": {"source"}, "incidents": {"place"}}  # names there, not keys
PAGES = (
    "/", "/timeline", "/timeline?since=2022-03-10&until=2022-03-12", "/timeline?type=CONTROL&by=place", "/map",
    "/map?since=2022-03-10&until=2022-03-12", "/incidents", "/incidents?type=CONTROL", "/incidents?place=Hostomel",
    "/incidents?actor=Peskov", "/incidents?actor=Ukraine&type=CONTROL", "/disputes", "/disputes?type=control",
    "/questions", "/reversals", "/threads",
    "/reports", "/reports?source=Kestrel", "/records/events", "/records/claims", "/records/unknowns",
    "/records/events?place=Hostomel", "/records/events?place=UKR", "/records/events?actor=Ukraine",
    "/records/events?type=CONTROL&place=Kyiv", "/records/events?source=Kestrel", "/records/claims?source=Peskov",
    "/records/claims?actor=Ukraine", "/records/claims?type=denies", "/records/unknowns?source=Peskov", "/sources",
    "/sources/Ukraine", "/sources?q=zel", "/search?q=airport", "/search?q=Russian", '/search?q="the airport" -Hostomel',
    "/review", "/review?kind=claims&source=Peskov", "/corrections",
)  # fmt: skip
# Single records: where they are, and what finds one that many others refer to.
DETAILS = {
    "/incidents/%s": "SELECT id FROM incidents WHERE sources = (SELECT max(sources) FROM incidents) LIMIT 1",
    "/incidents/%s/join": "SELECT id FROM incidents WHERE sources = (SELECT max(sources) FROM incidents) LIMIT 1",
    "/disputes/%s": "SELECT id FROM disputes WHERE kind = 'toll' LIMIT 1",
    "/reports/%s": "SELECT report FROM (SELECT report, reading FROM readings LIMIT 36) ORDER BY length(reading) DESC",
    "/review/%s:e0": "SELECT report FROM (SELECT report, reading FROM readings LIMIT 36) ORDER BY length(reading) DESC",
}
# Lists followed from page to page this deep, so that the last page is behind the thousandth row.
DEEP = {"/records/events": 20, "/incidents": 20, "/sources": 20, "/disputes": 50}


class Taken(NamedTuple):
    """What the answers of one address took, in milliseconds: the first, the later ones' median and 95th percentile."""

    path: str
    first: float
    median: float
    p95: float
    first_cpu: float
    p95_cpu: float


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


def timed(big: Path, rounds: int, only: str = "") -> Iterator[Taken]:
    """What each page took whose address holds ``only``."""
    with TestClient(create_app(big, Settings(hosts=("testserver",)))) as client:
        deep = (_behind(client, path, pages) for path, pages in DEEP.items() if only in path)
        for path in chain(PAGES, _details(big), deep):
            if only in path:
                yield _taken(client, path, rounds)


def _taken(client: TestClient, path: str, rounds: int) -> Taken:
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = client.get(path)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
        assert answer.status_code == 200, (path, answer.text[:300])
    return Taken(path, walls[0], _at(0.5, walls[1:]), _at(0.95, walls[1:]), cpus[0], _at(0.95, cpus[1:]))


def _at(part: float, taken: Sequence[float]) -> float:
    return sorted(taken)[int(part * (len(taken) - 1))]


def _details(big: Path) -> Iterator[str]:
    connection = sqlite3.connect(big)
    for path, wanted in DETAILS.items():
        yield path % connection.execute(wanted).fetchone()
    connection.close()


def _behind(client: TestClient, path: str, pages: int) -> str:
    """The address of a page so many pages on."""
    at = path
    for _ in range(pages):
        after = client.get(at.replace(path, f"{path}.json")).json()["after"]
        if after is None:  # its last page
            break
        at = f"{path}?after={after}"
    return at


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
    measured.add_argument("--only", default="", help="a part of the addresses to ask")
    given = parser.parse_args()
    if given.command == "grow":
        grow(given.small, given.big, given.events)
        return
    print("| page | first, ms | median, ms | p95, ms | first, CPU ms | p95, CPU ms |\n|---|--:|--:|--:|--:|--:|")
    for path, *taken in timed(given.big, given.rounds, given.only):
        print(f"| `{path}` | {' | '.join(f'{ms:,.0f}' for ms in taken)} |", flush=True)


if __name__ == "__main__":
    main()
