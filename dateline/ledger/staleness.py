"""Whether the derived records still rest on what the ledger holds."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from dateline.ledger.schema import T

__all__ = ["glance", "state", "unlink"]


def state(connection: Connection) -> str:
    """What derived records rest on: it changes with every report, correction and undoing."""
    reports = connection.scalar(select(func.count()).select_from(T.readings))
    made = connection.scalar(select(func.max(T.corrections.c.id)))
    undone = connection.scalar(select(func.count()).where(T.corrections.c.undone_at.is_not(None)))
    return f"{reports} reports, corrections to {made or 0}, {undone} undone"


def glance(connection: Connection) -> str:
    """A word that changes whenever reports, corrections or derived records do; cheap to ask."""
    c = T.corrections.c
    asked = select(
        select(func.max(T.reports.c.number)).scalar_subquery(),
        select(func.max(c.id)).scalar_subquery(),
        select(func.count()).select_from(T.corrections).where(c.undone_at.is_not(None)).scalar_subquery(),
        select(T.about.c.value).where(T.about.c.name == "linked").scalar_subquery(),
    )
    return "/".join(str(part or "") for part in connection.execute(asked).one())


def unlink(connection: Connection) -> None:
    """Note that they no longer do."""
    connection.execute(delete(T.about).where(T.about.c.name == "linked"))
