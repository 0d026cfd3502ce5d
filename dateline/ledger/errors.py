"""What can go wrong with a ledger, in words that say what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

__all__ = ["ConflictError", "LedgerError", "NewerLedgerError", "said_plainly"]


class LedgerError(Exception):
    """A ledger cannot be opened, read or written; the message is meant for the user."""


class NewerLedgerError(LedgerError):
    """The ledger was written by a newer version of Dateline."""


class ConflictError(LedgerError):
    """Someone else has changed the record since it was looked at; nothing was written."""


# The engine's words, in lower case, and what they mean for the person who runs Dateline.
_MEANINGS = (
    ("is full", "the disk is full. What was finished is kept: free some space and run the same command again"),
    ("no space left", "the disk is full. What was finished is kept: free some space and run the same command again"),
    ("not a database", "this is not a Dateline ledger (not a SQLite file at all): name another file"),
    ("malformed", "the file is damaged: restore a copy, or read the reports again into a new ledger"),
    ("readonly", "the ledger cannot be written to: copy it to a folder of your own, or change its permissions"),
    ("read-only", "the ledger cannot be written to: copy it to a folder of your own, or change its permissions"),
    ("unable to open", "the file cannot be opened: see whether its folder exists and may be written to"),
    ("is locked", "another program holds the ledger: wait for it to end and run the same command again"),
    ("connection refused", "the database server does not answer: see whether it runs and the address is right"),
    ("could not translate host", "the database server's name is unknown: see whether the address is right"),
    ("failed to resolve host", "the database server's name is unknown: see whether the address is right"),
    ("password authentication failed", "the database server refuses this user or password"),
    ("does not exist", "the database has no such database, user or table: make it first, or name another"),
    ("permission denied", "the database server does not allow this user to do that"),
)


@contextmanager
def said_plainly(where: str) -> Iterator[None]:
    """Turn what the database engine raises into a ``LedgerError`` about the ledger at ``where``."""
    try:
        yield
    except PermissionError as error:
        raise LedgerError(f"{where}: you may not look into its folder: name a file elsewhere") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        words = " ".join(str(cause).split())
        meaning = next((m for part, m in _MEANINGS if part in words.lower()), "the database says")
        raise LedgerError(f"{where}: {meaning} ({words}).") from error
