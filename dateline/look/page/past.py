"""The ledger as it stood at earlier moments: the latest few asked for, each linked anew and held in memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from fastapi import HTTPException

from dateline.look.page.sight import LINKED_BEHIND, LINKED_ON_SPOT, Sight

__all__ = ["COME_BACK", "Past"]

COME_BACK = 3
"""Seconds after which a page that is not ready is asked for again."""
_MOMENTS = 4  # held at most; fewer where they are large
_LOST_INTEREST = 5.0 * COME_BACK  # seconds after which nobody waits for a moment any more

_Key = tuple[str, datetime]


class _Held(NamedTuple):
    sight: Sight
    own: threading.Lock
    reports: int


class Past:
    """Sights of earlier moments; see ``dateline.desk.ledger_as_of``.

    A small ledger is linked while the reader waits, a larger one behind the page, one moment at a time.
    """

    def __init__(self, now: Sight) -> None:
        self._now = now
        self._held: OrderedDict[_Key, _Held] = OrderedDict()
        self._asked: dict[_Key, float] = {}  # when a moment being linked, or waiting to be, was last asked for
        self._failed: dict[_Key, str] = {}
        self._lock = threading.RLock()
        self._turn = threading.Lock()

    @contextmanager
    def at(self, moment: datetime) -> Iterator[Sight]:
        """The sight of that moment; one reader at a time, since a ledger in memory has one connection.

        Raises a 503 while it is being linked and a 400 where it cannot be.
        """
        held = self._moment((self._now.browse.state(), moment))
        with held.own:
            yield held.sight

    def _moment(self, key: _Key) -> _Held:
        count = self._now.browse.report_count()
        if count > LINKED_BEHIND:
            words = f"A page looks back only in ledgers of up to {LINKED_BEHIND:,} reports"
            raise HTTPException(400, f"{words}: `dateline incidents --as-of` does in any")
        with self._lock:
            if key in self._failed:
                raise HTTPException(400, f"This moment could not be linked: {self._failed[key]}")
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            if count <= LINKED_ON_SPOT:
                return self._keep(key)
            waits = key in self._asked
            self._asked[key] = time.monotonic()
        if not waits:
            threading.Thread(target=self._link, args=(key,), daemon=True).start()
        words = f"What was known then is being linked anew out of {count:,} reports. This page comes again by itself."
        raise HTTPException(503, words, headers={"Retry-After": str(COME_BACK)})

    def _link(self, key: _Key) -> None:
        try:
            with self._turn:
                if time.monotonic() - self._asked[key] < _LOST_INTEREST:
                    self._keep(key)
        except Exception as error:  # whatever it is, the page tells it: nobody else hears a thread
            self._failed[key] = f"{type(error).__name__}: {error}"
        finally:
            del self._asked[key]

    def _keep(self, key: _Key) -> _Held:
        from dateline.desk import ledger_as_of  # noqa: PLC0415 - the whole road is long to import

        ledger = ledger_as_of(self._now.ledger, key[1])
        held = _Held(Sight(ledger, names=self._now.names), threading.Lock(), sum(1 for _ in ledger.reports()))
        with self._lock:
            self._held[key] = held
            while len(self._held) > 1 and (len(self._held) > _MOMENTS or self._reports() > LINKED_BEHIND):
                self._held.popitem(last=False)
        return held

    def _reports(self) -> int:
        return sum(held.reports for held in self._held.values())
