"""Opening a database: which engine an address means, and how SQLite is set up for our use."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, StaticPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from dateline.ledger.errors import LedgerError

__all__ = ["address", "engine_for", "read_only", "shown", "writing"]

_WAIT_SECONDS = 30
_SCHEMES = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}


def address(where: str | Path) -> URL:
    """Read a path (``news.db``) or a URL (``sqlite:///news.db``, ``postgresql://user@host/name``)."""
    if "://" not in str(where):
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(str(where))
    except ArgumentError as error:
        raise LedgerError(f"{where} is no address of a ledger: use a path, sqlite:///… or postgresql://…") from error
    scheme = url.drivername.partition("+")[0]
    if scheme not in _SCHEMES:
        raise LedgerError(f"{scheme} is not supported: a ledger lives in SQLite or PostgreSQL")
    return url.set(drivername=_SCHEMES[scheme])


def shown(url: URL) -> str:
    """The address for messages: a path for SQLite, without the password for PostgreSQL."""
    if url.get_backend_name() == "sqlite":
        return url.database or "the ledger in memory"
    return url.render_as_string(hide_password=True).replace("+psycopg", "", 1)


def read_only(url: URL) -> bool:
    """Whether this is a SQLite file that may be read but not written, such as one on a shared drive."""
    path = _path(url)
    if path is None or not path.exists():
        return False
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def engine_for(url: URL, *, create: bool) -> Engine:
    """Make the engine for an address; a SQLite file that cannot be there is refused in plain words."""
    if url.get_backend_name() != "sqlite":
        return _server_engine(url)
    path = _path(url)
    if path is None:  # in memory, for tests and notebooks: one connection, or each would see its own
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    elif read_only(url):
        engine = create_engine("sqlite://", creator=lambda: _connect_read_only(path), poolclass=QueuePool)
    else:
        _check(path, create)
        engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _set_up_read_only if path and read_only(url) else _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _server_engine(url: URL) -> Engine:
    try:
        return create_engine(url)
    except ImportError as error:
        raise LedgerError("PostgreSQL needs its driver: pip install 'dateline[postgres]'") from error


def writing(connection: Connection) -> Connection:
    """Mark a connection whose next transaction writes: SQLite then waits its turn at the start, not midway."""
    return connection.execution_options(dateline_writes=True)


def _path(url: URL) -> Path | None:
    return Path(url.database) if url.database and url.database != ":memory:" else None


def _check(path: Path, create: bool) -> None:
    if path.is_dir():
        raise LedgerError(f"{path} is a folder: name a file in it, such as {path / 'dateline.db'}")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: the folder {path.parent} does not exist: make it first, or name another file")
    if not path.exists() and not create:
        raise LedgerError(f"There is no ledger at {path}: `dateline read FILES` makes one")
    if not path.exists() and not os.access(path.parent, os.W_OK):
        raise LedgerError(f"{path}: the folder {path.parent} cannot be written to: name a file elsewhere")


def _connect_read_only(path: Path) -> sqlite3.Connection:
    # immutable: a file that nobody can write needs no locks, and its folder could not hold them. But then
    # SQLite looks past what a killed program left in the log beside it; with one, it must try the locks.
    log = path.with_name(f"{path.name}-wal")
    options = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?{options}", uri=True, check_same_thread=False)


def _set_up_read_only(dbapi: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(dbapi, sqlite3.Connection)
    dbapi.isolation_level = None


def _set_up(dbapi: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(dbapi, sqlite3.Connection)
    dbapi.isolation_level = None  # we say BEGIN ourselves: the driver's own way leaves DDL outside of transactions
    dbapi.execute(f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}")
    dbapi.execute("PRAGMA journal_mode = WAL")
    dbapi.execute("PRAGMA synchronous = NORMAL")  # in WAL mode a killed program loses nothing committed
    dbapi.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("dateline_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
