"""What a page sees of a ledger: its questions, words with private names kept or replaced, things worth keeping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request

from dateline.ledger import Browse, Ledger, TableRow
from dateline.look.privacy import Pseudonyms, pseudonym, pseudonymised
from dateline.records import Reading, Report

__all__ = ["Sight", "SightDep"]

V = TypeVar("V")
_REPORTS = 4096  # reports whose private names are remembered


class Sight:
    """An open ledger as pages see it; one for the whole server, safe to share between threads.

    names: whether private persons go by their names. ``state`` changes when the ledger does; what ``kept``
    returns is reckoned once for each state, so that sums over the whole ledger cost one request.
    """

    def __init__(self, ledger: Ledger, *, names: bool) -> None:
        self.ledger = ledger
        self.names = names
        self._kept: dict[str, tuple[str, object]] = {}
        self._lock = threading.Lock()
        self._pseudonyms = lru_cache(maxsize=_REPORTS)(self._pseudonyms_of)

    @property
    def browse(self) -> Browse:
        """The ledger's answers by the page."""
        return self.ledger.browse

    def kept(self, name: str, reckon: Callable[[], V]) -> V:
        """The value of that name, reckoned again only when the ledger has changed."""
        state = self.browse.state()
        with self._lock:
            known = self._kept.get(name)
        if known is not None and known[0] == state:
            return cast("V", known[1])
        value = reckon()
        with self._lock:
            self._kept[name] = (state, value)
        return value

    def names_of_people(self) -> list[str]:
        """Folded names of all who speak or act, kept until the ledger changes."""

        def reckon() -> list[str]:
            return sorted({*self.browse.names_of("speaker"), *self.browse.names_of("actor")})

        return self.kept("names", reckon)

    def words(self, report: str, text: str) -> str:
        """Words of a report as the page may show them."""
        return text if self.names else self._pseudonyms(report).words(text)

    def pseudonyms(self, report: str) -> Pseudonyms:
        """The private names of a report and what stands for them."""
        return self._pseudonyms(report)

    @staticmethod
    def pseudonym(name: str) -> str:
        """What a private person goes by."""
        return pseudonym(name)

    def hidden(self, report: str, row: TableRow) -> TableRow:
        """A row of a table with private names replaced, whatever the page shows: for what is taken away."""
        names = self._pseudonyms(report)
        return {key: names.words(value) if isinstance(value, str) else value for key, value in row.items()}

    def read(self, report: str) -> tuple[Report, Reading]:
        """A report with what it says, corrections laid over it."""
        found, reading = self.ledger.report(report), self.ledger.reading(report)
        return (found, reading) if self.names else pseudonymised(found, reading)

    def _pseudonyms_of(self, report: str) -> Pseudonyms:
        return Pseudonyms.of(self.ledger.report(report), self.ledger.reading(report))


def _sight(request: Request) -> Sight:
    sight: Sight = request.app.state.sight
    return sight


SightDep = Annotated[Sight, Depends(_sight)]
