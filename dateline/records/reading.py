"""Reading: what one report says, as seven lists of records tied to its words.

Offsets are ``[start, end)`` in Unicode code points of ``Report.text``. A record is
referred to within its reading by its place in its list (``Claim.said_at`` is an
index into ``times``), actors by their ``id``; across reports by a reference such as
``1f0c…:c3`` (see ``ref``). Moments are zoned and spans of time half-open.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

__all__ = [
    "Actor",
    "ActorKind",
    "Claim",
    "Event",
    "Mention",
    "Place",
    "Quantity",
    "Reading",
    "Relation",
    "Span",
    "Stance",
    "Status",
    "TimeExpression",
    "Unknown",
    "ref",
]

Stance = Literal[
    "asserts",
    "denies",
    "expects",
    "promises",
    "offers",
    "urges",
    "demands",
    "asks",
    "accuses",
    "admits",
    "doubts",
]
Status = Literal["happened", "ongoing", "planned", "possible", "denied", "unknown"]
ActorKind = Literal["person", "government", "armed_force", "organisation", "people", "outlet", "unnamed"]
MentionHow = Literal["name", "pronoun", "title", "metonym"]
Mention = tuple[int, int, MentionHow]


class Span(msgspec.Struct, frozen=True, order=True):
    """Words of a report: ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        _check(self.start, self.end)


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """A record that stands on words of its own; refuses an empty stretch."""

    start: int
    end: int

    def __post_init__(self) -> None:
        _check(self.start, self.end)


class TimeExpression(_Words, frozen=True, kw_only=True):
    """Words that place something in time, in the terms of TIMEX3 (TimeML 1.2.1).

    value: such as ``2022-02-25``, ``2022-W09``, ``P2D``, ``PAST_REF``; ``mod`` such as APPROX, START.
    earliest, latest: a stretch of time that contains the one meant, as narrow as the words allow,
        zoned, ``latest`` exclusive; None where nothing bounds that side.
    anchor: what the words count from: "published", the index of another time, or None (a full date).
    zone: IANA name or UTC offset the words were read in, None where none was known and UTC stands in.
    """

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    anchor: Literal["published"] | int | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        _check(self.start, self.end)
        _check_bounds(self.earliest, self.latest)


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How a place is described from another: "60 km northwest of Kyiv".

    anchor: index of the place counted from; distance in kilometres; bearing in degrees from north,
    clockwise; ``words``: the relation's own words ("about 60 kilometers northwest of").
    """

    anchor: int | None
    words: str
    distance_km: float | None = None
    bearing_deg: float | None = None


class Place(_Words, frozen=True, kw_only=True):
    """Words that name or describe a place.

    kind: literal; metonymic ("Moscow said": a government, nothing on a map); demonymic ("Russian").
    lat, lon: WGS 84 degrees of the centre, None where unresolved; ``radius_km``: how far off the true
        point may be. ``country``: ISO 3166-1 alpha-3; ``feature``: GeoNames class.code ("P.PPLC").
    candidates: GeoNames ids of other places the words may mean, likeliest first.
    """

    name: str
    kind: Literal["literal", "metonymic", "demonymic"]
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    feature: str | None = None
    relation: Relation | None = None
    candidates: tuple[int, ...] = ()

    @property
    def is_description(self) -> bool:
        """Whether the words describe a place that is not named: "60 km northwest of Kyiv"."""
        return self.relation is not None and self.name.startswith(self.relation.words)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, is acted on or speaks; all its mentions in the report.

    id: ``a0``, ``a1``, … in order of first mention. name: the fullest form used.
    country: ISO 3166-1 alpha-3, or PLOVER's IGO, UNO, EUR, NGO …; sector: PLOVER (GOV, MIL, …).
    role: the words that say it ("foreign minister"). public: False for a person known only as a
    witness, victim, resident or relative; such names are replaced in exports.
    """

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Mention, ...]
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    public: bool = True

    def __post_init__(self) -> None:
        if not self.mentions:
            raise ValueError(f"actor {self.id} ({self.name}) is nowhere mentioned")
        for start, end, _ in self.mentions:
            _check(start, end)


class Quantity(_Words, frozen=True, kw_only=True):
    """A number of people, things or a measure, with the range its words allow.

    low, high: inclusive, None where open ("at least 14" has no high); ``of``: the words counted.
    precision: how the words put it; a vague word stands for itself ("dozens" is 24–99).
    """

    low: float | None
    high: float | None
    precision: Literal[
        "exact", "about", "at_least", "up_to", "range", "several", "dozens", "scores", "hundreds", "thousands",
        "tens_of_thousands", "hundreds_of_thousands", "millions",
    ]  # fmt: skip
    unit: Literal[
        "killed", "wounded", "casualties", "missing", "displaced", "detained", "troops", "vehicles", "money",
        "distance", "other",
    ]  # fmt: skip
    of: str = ""

    def __post_init__(self) -> None:
        _check(self.start, self.end)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a range from {self.low} down to {self.high}")


class Claim(_Words, frozen=True, kw_only=True):
    """An attribution: a source, a cue and a content (Pareti's terms; PolNeAR's wide sense).

    source: actor id; None: the outlet itself. cue: lemma of the cue's head. content: its stretches
    in order, quotation marks included. addressee: actor id. said_at: index of a time. condition:
    the words after "provided", "unless". parent: index of the claim this one is passed on in.
    start, end: from the first to the last of all its words.
    """

    source: str | None
    content: tuple[tuple[int, int], ...]
    cue: str
    mode: Literal["direct", "indirect", "mixed"]
    stance: Stance
    source_span: Span | None = None
    cue_span: Span | None = None
    addressee: str | None = None
    said_at: int | None = None
    condition: Span | None = None
    parent: int | None = None

    def __post_init__(self) -> None:
        _check(self.start, self.end)
        for start, end in self.content:
            _check(start, end)


class Event(_Words, frozen=True, kw_only=True):
    """What happened, or is said to: PLOVER type, mode and contexts, or a type of the user's codebook.

    start, end: from the first to the last of trigger, actors and place within the sentence.
    initiators, recipients: actor ids. place, time: indices; ``quantities``: indices.
    earliest, latest: when, zoned and half-open; ``time_basis`` and ``place_basis`` say where that
        was read: the event's own words, its sentence, the story before it, or, for time, only that
        it cannot be later than the publication.
    claim: index of the innermost claim it stands in; None: the outlet tells it.
    factuality: −3 certainly did not … +3 certainly did, by that claim's source, else by the outlet.
    salience: main is the sentence's chief happening.
    about: the words for what is acted on where that is no actor ("the referendum"), as far as it stands in one piece.
    """

    type: str
    trigger: Span
    sentence: Span
    status: Status
    factuality: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    initiators: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: int | None = None
    place_basis: Literal["argument", "sentence", "story", "none"] = "none"
    time: int | None = None
    time_basis: Literal["argument", "sentence", "story", "published", "none"] = "none"
    earliest: datetime | None = None
    latest: datetime | None = None
    quantities: tuple[int, ...] = ()
    claim: int | None = None
    salience: Literal["main", "subordinate", "background"] = "main"
    about: Span | None = None

    def __post_init__(self) -> None:
        _check(self.start, self.end)
        _check_bounds(self.earliest, self.latest)
        if not -3 <= self.factuality <= 3:
            raise ValueError(f"factuality {self.factuality} is not within -3 and +3")


class Unknown(_Words, frozen=True, kw_only=True):
    """What the report itself says is not known; ``claim``: index of who says so, None the outlet."""

    words: str
    claim: int | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says: a pure function of report, codebook and model."""

    times: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    unknowns: tuple[Unknown, ...] = ()

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor of that id; ids are ``a`` and the place in ``actors``."""
        return None if actor_id is None else self.actors[int(actor_id[1:])]


def ref(report_id: str, kind: str, index: int) -> str:
    """Name a record across reports: ``<report id>:<t p a q c e u><index>``."""
    return f"{report_id}:{kind[0]}{index}"


def _check(start: int, end: int) -> None:
    if not 0 <= start < end:
        raise ValueError(f"no words between {start} and {end}")


def _check_bounds(earliest: datetime | None, latest: datetime | None) -> None:
    for moment in (earliest, latest):
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no zone")
    if earliest is not None and latest is not None and earliest >= latest:
        raise ValueError(f"no time between {earliest.isoformat()} and {latest.isoformat()}")
