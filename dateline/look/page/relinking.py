"""Linking anew behind the page, once for however many corrections came in the meantime."""

from __future__ import annotations

import threading

from dateline.ledger import Ledger

__all__ = ["Relinker"]


class Relinker:
    """Derives the linked records of a ledger anew; one run at a time, and none where nothing changed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()

    def run(self) -> None:
        """Link if the derived records no longer rest on all the ledger holds; return when they do."""
        from dateline.desk import relink  # noqa: PLC0415  # the reading side loads when it is first needed

        with self._lock:
            if not self._ledger.linked():
                relink(self._ledger)
