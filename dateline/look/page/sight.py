"""What a page sees of a ledger: its questions, words with private names kept or replaced, things worth keeping."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from fastapi import Cookie, Depends, Query, Request

from dateline.ledger import Browse, Filters, Ledger, TableRow
from dateline.look.page.asked import Asked, ZoneDep, moment_of
from dateline.look.privacy import Pseudonyms, pseudonym, pseudonymised, unveiled
from dateline.records import Reading, Report

if TYPE_CHECKING:
    from dateline.look.page.past import Past

__all__ = ["LINKED_BEHIND", "LINKED_ON_SPOT", "Sight", "SightDep"]

V = TypeVar("V")
_ONE_PAGE = 0.02  # seconds in which a page asks for all that is kept
_LONG = 0.25  # seconds of reckoning that no reader should wait for twice
LINKED_ON_SPOT = 300
"""Reports up to which a page links a ledger anew while a reader waits: a second or two."""
LINKED_BEHIND = 20_000
"""Reports up to which it does so behind the page, which comes anew until then; more are too many to hold in memory."""
_NOW = ("/review", "/corrections", "/add")  # who corrects a ledger sees it as it is
_REPORTS = 4096  # reports whose private names are remembered
_TOWNS = 400
_NOBODY = "\ue000"  # a private-use character: what no name holds


class _Kept(NamedTuple):
    state: str
    seconds: float
    value: object


class Sight:
    """An open ledger as pages see it; one for the whole server, safe to share between threads.

    names: whether private persons go by their names. ``state`` changes when the ledger does; what ``kept``
    returns is reckoned once for each state, so that sums over the whole ledger cost one request.
    """

    def __init__(self, ledger: Ledger, *, names: bool) -> None:
        self.ledger = ledger
        self.names = names
        self._kept: dict[str, _Kept] = {}
        self._waiting: set[str] = set()
        self._asked = (-1.0, "")
        self._lock = threading.Lock()
        self._pseudonyms = lru_cache(maxsize=_REPORTS)(self._pseudonyms_of)

    @property
    def browse(self) -> Browse:
        """The ledger's answers by the page."""
        return self.ledger.browse

    def kept(self, name: str, reckon: Callable[[], V]) -> V:
        """The value of that name, reckoned again only when the ledger has changed.

        What takes long to reckon is given as it was while it is reckoned anew behind the reader's back.
        """
        state = self._state()
        with self._lock:
            known = self._kept.get(name)
        if known is not None and known.state == state:
            return cast("V", known.value)
        if known is not None and known.seconds > _LONG:
            self._reckon_behind(name, reckon, state)
            return cast("V", known.value)
        return self._reckoned(name, reckon, state)

    def _state(self) -> str:
        """The ledger's state, asked once for what one page keeps."""
        asked, state = self._asked
        if time.monotonic() - asked > _ONE_PAGE:
            state = self.browse.state()
            self._asked = (time.monotonic(), state)
        return state

    def _reckoned(self, name: str, reckon: Callable[[], V], state: str) -> V:
        began = time.monotonic()
        value = reckon()
        with self._lock:
            self._kept[name] = _Kept(state, time.monotonic() - began, value)
        return value

    def later(self, name: str, reckon: Callable[[], V]) -> V | None:
        """The same for what takes minutes: reckoned behind the page; None until it is there."""
        state = self._state()
        with self._lock:
            known = self._kept.get(name)
        if known is None or known.state != state:
            self._reckon_behind(name, reckon, state)
        return cast("V | None", known and known.value)

    def _reckon_behind(self, name: str, reckon: Callable[[], object], state: str) -> None:
        def run() -> None:
            try:
                self._reckoned(name, reckon, state)
            finally:
                self._waiting.discard(name)

        with self._lock:
            if name in self._waiting:
                return
            self._waiting.add(name)
        threading.Thread(target=run, daemon=True).start()

    def towns(self) -> tuple[tuple[str, float, float], ...]:
        """Places of incidents, the commonest first, to know one's way about a map by: name, lat, lon."""
        return self.kept("towns", lambda: tuple(self.browse.towns(limit=_TOWNS)))

    def names_of_people(self) -> list[str]:
        """Folded names of all who speak or act, kept until the ledger changes."""
        return self.kept("names", self.browse.names)

    def hidden_names(self) -> dict[str, str]:
        """Folded names that no page may show with what stands for them; none where names are shown."""
        if self.names:
            return {}
        names = self.kept("private names", self.browse.private_names)
        return {self.browse.folded(name): pseudonym(name) for name in names}

    def called(self, name: str) -> str | None:
        """The name that a page's word for somebody stands for, None for one that may not be asked for by name."""
        hidden = self.hidden_names()
        if self.browse.folded(name) in hidden:
            return None
        return next((folded for folded, shown in hidden.items() if shown == name), name)

    def filters(self, asked: Asked, zone: ZoneInfo) -> Filters:
        """What is asked of the ledger; where names are hidden, nobody is found by letters of a private one alone."""
        given = asked.filters(zone)
        return replace(given, actor=self._askable(given.actor), source=self._askable(given.source))

    def _askable(self, words: str | None) -> str | None:
        if not words or not (hidden := self.hidden_names()):
            return words
        name = self.called(words)
        if name != words:
            return name or _NOBODY
        wanted = self.browse.folded(words)
        private = any(wanted in folded for folded in hidden) and not any(wanted in folded for folded in self._public())
        return _NOBODY if private else words

    def listed(self, folded: str) -> bool:
        """Whether a name may stand in a list of names, and so in the list's cursor."""
        return self.names or folded in self._public()

    def _public(self) -> frozenset[str]:
        return self.kept("public names", self.browse.public_names)

    def words(self, report: str, text: str) -> str:
        """Words of a report as the page may show them."""
        return text if self.names else self.pseudonyms(report).words(text)

    def words_of(self, reports: Iterable[str], text: str) -> str:
        """Words that several reports gave rise to, as the page may show them."""
        for report in reports if not self.names else ():
            text = self.words(report, text)
        return text

    def pseudonyms(self, report: str) -> Pseudonyms:
        """The private names of a report and what stands for them."""
        return self._pseudonyms(report, self._state())

    def hidden(self, report: str, row: TableRow) -> TableRow:
        """A row of a table with private names replaced, whatever the page shows: for what is taken away."""
        names = self.pseudonyms(report)
        return {key: names.words(value) if isinstance(value, str) else value for key, value in row.items()}

    def read(self, report: str, *, corrected: bool = True, names: bool | None = None) -> tuple[Report, Reading]:
        """A report with what it says; ``names``: whether private ones stand in it, if not as on every page.

        corrected: with people's corrections laid over it.
        """
        found, reading = self.ledger.report(report), self.ledger.reading(report, corrected=corrected)
        shown = self.names if names is None else names
        return (found, reading) if shown else pseudonymised(found, reading, self.pseudonyms(report))

    def stored(self, report: str, values: Mapping[str, object]) -> dict[str, object]:
        """Values that somebody gave before the words of ``read``, as the ledger keeps them."""
        if self.names:
            return dict(values)
        return unveiled(self.ledger.report(report), self.ledger.reading(report), values)

    def _pseudonyms_of(self, report: str, _: str) -> Pseudonyms:
        return Pseudonyms.of(self.ledger.report(report), self.ledger.reading(report))


def _sight(
    request: Request,
    zone: ZoneDep,
    as_of: Annotated[str | None, Query(max_length=40, description="Show what was known at this moment")] = None,
    known_at: Annotated[str | None, Cookie(max_length=40, include_in_schema=False)] = None,
) -> Iterator[Sight]:
    looks = request.method == "GET" and not request.url.path.startswith(_NOW)
    moment = moment_of(as_of or known_at, zone) if looks else None
    if moment is None:
        yield request.app.state.sight
        return
    past: Past = request.app.state.past
    request.state.as_of = moment  # known even where there is nothing to show: a reader must find the way back to now
    with past.at(moment) as sight:
        yield sight


SightDep = Annotated[Sight, Depends(_sight)]
