"""Any report and any reading of it, for hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import get_args, get_type_hints

from hypothesis import strategies as st

from dateline.records import (
    Actor,
    Claim,
    Event,
    Place,
    Quantity,
    Reading,
    Relation,
    Report,
    Span,
    TimeExpression,
    Unknown,
)
from dateline.records.reading import ActorKind, MentionHow, Stance, Status

# NUL, half surrogate pairs, astral and combining characters come often, as bugs do not.
CHARACTERS = st.one_of(
    st.sampled_from("\x00\ud83d\udc00😀é\u0301\u200f'\"%_\\;\n a1"), st.characters(exclude_categories=())
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40)
SHORT = st.text(CHARACTERS, max_size=8)
NUMBERS = st.one_of(st.integers(-(10**6), 10**6).map(float), st.floats(allow_nan=False, allow_infinity=False))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES | st.just(UTC))  # noqa: DTZ001
INDICES = st.integers(0, 3)


def optional(strategy):
    return st.none() | strategy


def one_of(kind, field):
    return st.sampled_from(get_args(get_type_hints(kind)[field]))


def bounds():
    """``earliest`` and ``latest``, in that order where both are known."""
    ordered = st.tuples(MOMENTS, MOMENTS).filter(lambda pair: pair[0] != pair[1]).map(sorted)
    return st.one_of(
        st.just((None, None)), ordered.map(tuple), MOMENTS.map(lambda m: (m, None)), MOMENTS.map(lambda m: (None, m))
    )


@st.composite
def spans(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def on_words(draw, text, record, /, **fields):
    start, end = draw(spans(text))
    return record(start=start, end=end, **{name: draw(strategy) for name, strategy in fields.items()})


@st.composite
def bounded(draw, text, record, /, **fields):
    """Like ``on_words``, for kinds with moments."""
    start, end = draw(spans(text))
    earliest, latest = draw(bounds())
    drawn = {name: draw(strategy) for name, strategy in fields.items()}
    return record(start=start, end=end, earliest=earliest, latest=latest, **drawn)


@st.composite
def quantities(draw, text):
    low, high = draw(st.tuples(optional(NUMBERS), optional(NUMBERS)))
    if low is not None and high is not None:
        low, high = sorted((low, high))
    start, end = draw(spans(text))
    return Quantity(start=start, end=end, low=low, high=high, precision="about", unit="killed", of=draw(SHORT))


@st.composite
def actors(draw, text):
    mention = st.tuples(spans(text), st.sampled_from(get_args(MentionHow))).map(lambda m: (*m[0], m[1]))
    return tuple(
        Actor(
            id=f"a{i}", name=draw(SHORT), kind=draw(st.sampled_from(get_args(ActorKind))), role=draw(optional(SHORT)),
            mentions=tuple(draw(st.lists(mention, min_size=1, max_size=3))), country=draw(optional(SHORT)),
            sector=draw(optional(SHORT)), public=draw(st.booleans()),
        )
        for i in range(draw(st.integers(0, 3)))
    )  # fmt: skip


def lists(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


@st.composite
def readings(draw, text):
    """Any reading of a text: every field drawn, references not bound to lead anywhere."""
    span = spans(text).map(lambda s: Span(*s))
    ids = st.integers(0, 3).map(lambda i: f"a{i}")
    relation = st.builds(
        Relation, anchor=optional(INDICES), words=SHORT, distance_km=optional(NUMBERS), bearing_deg=optional(NUMBERS)
    )
    anchors = st.none() | st.just("published") | INDICES
    return Reading(
        times=draw(lists(bounded(
            text, TimeExpression, type=one_of(TimeExpression, "type"), value=SHORT, mod=optional(SHORT), anchor=anchors,
            zone=optional(SHORT),
        ))),
        places=draw(lists(on_words(
            text, Place, name=SHORT, kind=one_of(Place, "kind"), geonames_id=optional(st.integers(1, 10**8)),
            lat=optional(NUMBERS), lon=optional(NUMBERS), radius_km=optional(NUMBERS), country=optional(SHORT),
            feature=optional(SHORT), relation=optional(relation), candidates=lists(st.integers(1, 10**8)),
        ))),
        actors=draw(actors(text)),
        quantities=draw(lists(quantities(text))),
        claims=draw(lists(on_words(
            text, Claim, source=optional(ids), content=lists(spans(text)), cue=SHORT, mode=one_of(Claim, "mode"),
            stance=st.sampled_from(get_args(Stance)), source_span=optional(span), cue_span=optional(span),
            addressee=optional(ids), said_at=optional(INDICES), condition=optional(span), parent=optional(INDICES),
        ))),
        events=draw(lists(bounded(
            text, Event, type=SHORT, trigger=span, sentence=span, status=st.sampled_from(get_args(Status)),
            factuality=st.floats(-3, 3), mode=optional(SHORT), contexts=lists(SHORT), initiators=lists(ids),
            recipients=lists(ids), place=optional(INDICES), time=optional(INDICES), quantities=lists(INDICES),
            claim=optional(INDICES), place_basis=one_of(Event, "place_basis"), time_basis=one_of(Event, "time_basis"),
            salience=one_of(Event, "salience"),
        ))),
        unknowns=draw(lists(on_words(text, Unknown, words=SHORT, claim=optional(INDICES)))),
    )  # fmt: skip


@st.composite
def reports(draw):
    published = st.one_of(
        st.none(), st.dates().map(lambda d: d.isoformat()), MOMENTS.map(lambda m: m.isoformat(timespec="seconds"))
    )
    return Report(
        text=draw(TEXTS), published=draw(published), outlet=draw(optional(SHORT)), title=draw(optional(SHORT)),
        url=draw(optional(SHORT)), dateline_place=draw(optional(SHORT)), origin=draw(optional(SHORT)),
        partial=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def read_reports(draw):
    """A report and a reading of it."""
    report = draw(reports())
    return report, draw(readings(report.text))
