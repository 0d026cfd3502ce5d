"""One set of tests, run on both engines: SQLite always, PostgreSQL where an address is given."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from dateline.ledger import open_ledger

POSTGRES = os.environ.get("DATELINE_TEST_POSTGRES")


@pytest.fixture(
    scope="module",
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=pytest.mark.skipif(
                POSTGRES is None, reason="DATELINE_TEST_POSTGRES gives no postgresql://… address: PostgreSQL NOT tested"
            ),
        ),
    ],
)
def new_place(request, tmp_path_factory):
    """A function that gives the address of a place for a ledger where there is none yet."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("ledgers")
        yield lambda: f"sqlite:///{folder / f'{uuid4().hex}.db'}"
        return
    url = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    made = []

    def schema():
        made.append(f"dateline_test_{uuid4().hex}")
        with server.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {made[-1]}"))
        own = url.update_query_dict({"options": f"-csearch_path={made[-1]}"})
        return own.render_as_string(hide_password=False)

    yield schema
    with server.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    server.dispose()


@pytest.fixture
def place(new_place):
    """The address of a ledger that is not made yet."""
    return new_place()


@pytest.fixture
def ledger(place):
    """A new, empty ledger."""
    with open_ledger(place) as opened:
        yield opened


@pytest.fixture
def run(ledger):
    """A run begun in it."""
    return ledger.start_run(version="1", model="none", codebook="none")
