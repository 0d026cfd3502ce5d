"""A copied ledger says all that the first one says, on either engine."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, select

from dateline.ledger import LedgerError, open_ledger
from dateline.ledger.copying import copy_ledger
from dateline.ledger.engines import address
from dateline.ledger.schema import METADATA
from tests.ledger.made import made
from tests.ledger.test_linked import both


def rows(place: str) -> dict[str, list[dict[str, object]]]:
    """All that the tables hold, runs and numbers too."""
    engine = create_engine(address(place))
    with engine.connect() as connection:
        found = {
            table.name: [
                dict(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def first(place):
    """A ledger with every kind of row."""
    with open_ledger(place) as ledger:
        run = ledger.start_run(version="1", model="m", codebook="c")
        ledger.add_many((made(number) for number in range(5)), run)
        ledger.replace_linked(*both(0, 2))
        ledger.correct(f"{made(1)[0].id}:e0", {"status": "denied"}, who="Ana", why="as the text says")
        ledger.review(f"{made(2)[0].id}:c0", "reject", who="Ben", why="no claim")
        ledger.finish_run(run, new=5, known=0)
    return place


def test_a_copy_there_and_back_loses_nothing(first, new_place, tmp_path):
    file, back = f"sqlite:///{tmp_path / 'between.db'}", new_place()
    counts = copy_ledger(first, file)
    copy_ledger(file, back)
    assert rows(first) == rows(file) == rows(back)
    assert counts["reports"] == 5


def test_a_copy_is_a_ledger_to_go_on_with(first, new_place):
    target = new_place()
    copy_ledger(first, target)
    with open_ledger(target) as ledger:
        run = ledger.start_run(version="2", model="m", codebook="c")
        assert ledger.add(*made(7), run)
        assert ledger.counts()["reports"] == 6


def test_nothing_is_copied_over_reports(first, new_place):
    target = new_place()
    copy_ledger(first, target)
    with pytest.raises(LedgerError, match="holds reports already"):
        copy_ledger(first, target)


def test_there_must_be_a_ledger_to_copy(new_place, tmp_path):
    with pytest.raises(LedgerError, match="There is no ledger"):
        copy_ledger(tmp_path / "none.db", new_place())
