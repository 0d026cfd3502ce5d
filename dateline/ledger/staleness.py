"""Whether the derived records still rest on what the ledger holds."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from dateline.ledger.schema import T

__all__ = ["state", "unlink"]


def state(connection: Connection) -> str:
    """What derived records rest on: it changes with every report, correction and undoing."""
    reports = connection.scalar(select(func.count()).select_from(T.readings))
    made = connection.scalar(select(func.max(T.corrections.c.id)))
    undone = connection.scalar(select(func.count()).where(T.corrections.c.undone_at.is_not(None)))
    return f"{reports} reports, corrections to {made or 0}, {undone} undone"


def unlink(connection: Connection) -> None:
    """Note that they no longer do."""
    connection.execute(delete(T.about).where(T.about.c.name == "linked"))
