"""What reports say together: derived from readings, rebuilt when reports arrive.

Records of readings are named by reference (``records.ref``). Every id is a hash of
what the thing is made of, so that the same reports give the same ids in any order.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

__all__ = [
    "Change",
    "Dispute",
    "Incident",
    "Linked",
    "OpenQuestion",
    "Reversal",
    "Side",
    "Thread",
    "ThreadMove",
    "Toll",
    "TollEntry",
    "Verdict",
]

TollKind = Literal["killed", "wounded", "casualties", "missing", "displaced", "detained"]


class TollEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One source's figure at one moment; ``quantity`` and ``claim`` are references."""

    quantity: str
    report: str
    published: str | None
    source: str
    low: float | None
    high: float | None
    claim: str | None = None
    copy_of: str | None = None


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """The figures given for one kind of harm, and UCDP's three numbers over them.

    victims: whom the figures count ("RUS soldiers", "civilians"), "" where that is not said.
    """

    kind: TollKind
    low: int
    best: int
    high: int
    entries: tuple[TollEntry, ...]
    victims: str = ""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Events of one or more reports that are the same happening.

    events: references, sorted. sources: outlets that tell it independently (copies count once).
    lat, lon, radius_km, country, place: of the most precise wording; None where no place is stated.
    """

    id: str
    type: str
    title: str
    events: tuple[str, ...]
    reports: tuple[str, ...]
    sources: int
    earliest: datetime | None = None
    latest: datetime | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    initiators: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    tolls: tuple[Toll, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One position in a dispute: what it holds, and the records (claims, events, quantities) that say so."""

    label: str
    records: tuple[str, ...]
    sources: tuple[str, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that cannot all be true; ``sources``: reports that tell a side of it, copies counted once."""

    id: str
    kind: Literal["toll", "occurrence", "responsibility", "place", "time", "control"]
    about: str
    sides: tuple[Side, ...]
    incident: str | None = None
    sources: int = 0


class Reversal(msgspec.Struct, frozen=True, kw_only=True):
    """One source against its own earlier claim or act; ``before`` and ``after`` are references.

    correction: an outlet or office that says itself what it got wrong.
    """

    id: str
    source: str
    before: str
    after: str
    about: str
    correction: bool = False


class ThreadMove(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a thread, by whom and in which record."""

    record: str
    move: str
    by: str
    published: str | None


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """Moves between the same parties on one matter, in order; ``state``: where it stands."""

    id: str
    matter: str
    parties: tuple[str, ...]
    moves: tuple[ThreadMove, ...]
    state: str


class OpenQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What reports say is not known; ``answer``: reference of the first claim that settles it."""

    id: str
    words: str
    unknowns: tuple[str, ...]
    asked: str | None = None
    answer: str | None = None
    answered: str | None = None


class Linked(NamedTuple):
    """All that linking derives from a set of reports, each list in a stable order."""

    incidents: tuple[Incident, ...]
    disputes: tuple[Dispute, ...]
    reversals: tuple[Reversal, ...]
    threads: tuple[Thread, ...]
    questions: tuple[OpenQuestion, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that became known between two moments.

    change: new (not known before), moved (a figure, a place, a thread or the number of sources is another),
        disputed (set against another account), settled (a question answered, a dispute no longer held),
        reversed (a source against itself), corrected (an outlet or office by itself, or a record by a person).
    kind, id: of the derived record; of a person's correction "record" and its reference.
    before, after: how it stood and stands, in words; None where there is nothing to compare.
    at: publication of the first report that brings it, or the moment of a person's correction.
    sources: independent reports that tell it now. records: what to look at.
    """

    change: Literal["new", "moved", "disputed", "settled", "reversed", "corrected"]
    kind: Literal["incident", "toll", "dispute", "reversal", "thread", "question", "record"]
    id: str
    about: str
    before: str | None = None
    after: str | None = None
    at: str | None = None
    sources: int = 0
    records: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said of events: those of ``one`` are one incident, and another than those of ``other``, if any."""

    one: tuple[str, ...]
    other: tuple[str, ...] = ()
