"""Dateline: dated news reports in, a ledger out: who says what happened, where, when, how certain.

    >>> import dateline
    >>> reading = dateline.read("Shells hit a school in Kharkiv, the mayor said.", date="2022-02-25")
    >>> with dateline.open_ledger("sqlite:///dateline.db") as ledger: ...

Importing this is quick; spaCy is loaded by the first ``read``, SQLAlchemy by the first ``open_ledger``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.records import Reading, Report

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dateline.desk import read
    from dateline.ledger import open_ledger

__all__ = ["Reading", "Report", "__version__", "open_ledger", "read"]


def __getattr__(name: str) -> object:
    if name == "read":
        from dateline.desk import read

        return read
    if name == "open_ledger":
        from dateline.ledger import open_ledger

        return open_ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
