"""A program that is killed while it writes loses at most the report under way (SQLite: a real kill -9)."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select

from dateline.ledger import open_ledger
from dateline.ledger.engines import address
from dateline.ledger.schema import T
from tests.ledger.made import made
from tests.ledger.test_round_trip import content

ROOT = Path(__file__).parent.parent.parent
REPORTS = 120
KILLS = 3


def write(place: str, until: int = REPORTS) -> None:
    """What the killed program does: go through all reports, say after each that it is kept."""
    with open_ledger(place) as ledger:
        run = ledger.start_run(version="1", model="none", codebook="none")
        for number in range(until):
            ledger.add(*made(number, sentences=3), run)
            print(number, flush=True)  # noqa: T201
        ledger.finish_run(run, new=until, known=0)


def killed(place: str, after: float) -> int:
    """Start it, kill it ``after`` so many seconds of writing; return how many reports it said were kept."""
    command = [sys.executable, "-c", f"from tests.ledger.test_kill import write; write({place!r})"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        program.stdout.readline()
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
        said = program.stdout.read().splitlines()
    return 1 + len([line for line in said if line.strip()])


def check_whole(place: str) -> int:
    """Every report that is there is there with all its records; return how many are there."""
    with open_ledger(place) as ledger:
        for report, reading in ledger.readings():
            assert reading == made(number_of(report), sentences=3)[1]
        counts = ledger.counts()
    assert counts["events"] == counts["claims"] == counts["reports"] * 3
    with closing(create_engine(address(place)).connect()) as connection:
        assert connection.scalar(select(func.count()).select_from(T.mentions)) == counts["reports"] * 2
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        connection.exec_driver_sql("INSERT INTO reports_search (reports_search) VALUES ('integrity-check')")
        connection.engine.dispose()
    return counts["reports"]


def number_of(report) -> int:
    return int(report.text.split(".")[0].removeprefix("Report "))


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_run_leaves_whole_reports_and_the_next_completes_it(tmp_path, seed):
    place, moments = f"sqlite:///{tmp_path / 'killed.db'}", random.Random(seed)
    kept = 0
    for _ in range(KILLS):
        said = killed(place, after=moments.uniform(0, 0.5))
        there = check_whole(place)
        assert there >= max(said, kept)  # what was said to be kept is, and nothing is lost again
        kept = there
    write(place)
    whole = f"sqlite:///{tmp_path / 'whole.db'}"
    write(whole)
    assert content(place) == content(whole)


def test_a_killed_run_is_seen_by_its_missing_end(tmp_path):
    place = f"sqlite:///{tmp_path / 'killed.db'}"
    killed(place, after=0)
    engine = create_engine(address(place))
    with engine.connect() as connection:
        assert connection.execute(select(T.runs.c.finished)).all() == [(None,)]
    engine.dispose()
