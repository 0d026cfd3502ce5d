"""Ledger: records to rows and back, in SQLite or PostgreSQL. All SQL lives in this room.

    with open_ledger("news.db") as ledger:
        run = ledger.start_run(version="0.1", model="en_core_web_sm", codebook="…")
        ledger.add(report, reading, run)
        ledger.replace_linked(*link(ledger.readings()))
        for row in ledger.rows("events", Filters(place="Kyiv", certainty="certain")):
            ...

``Ledger`` tells what it can do; ``schema`` what the tables hold; ``views`` what ``rows`` gives.
"""

from dateline.ledger.agreement import Agreement
from dateline.ledger.browse import Browse, Telling, Told
from dateline.ledger.browse_names import Naming
from dateline.ledger.corrections import Correction
from dateline.ledger.errors import ConflictError, LedgerError, NewerLedgerError
from dateline.ledger.queries import Filters, Kind, TableRow, columns_of, order_of
from dateline.ledger.search import SearchRow
from dateline.ledger.store import Ledger, open_ledger

__all__ = [
    "Agreement",
    "Browse",
    "ConflictError",
    "Correction",
    "Filters",
    "Kind",
    "Ledger",
    "LedgerError",
    "Naming",
    "NewerLedgerError",
    "SearchRow",
    "TableRow",
    "Telling",
    "Told",
    "columns_of",
    "open_ledger",
    "order_of",
]
