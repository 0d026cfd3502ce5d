"""The tables, one set for SQLite and PostgreSQL.

Named and spelt as the records are. A record's key is its reference (``<report id>:c3``), its
``words`` stand beside the offsets they were taken from, moments are ISO 8601 text in UTC, and
lists are parted by ``; ``: all of it can be read with plain ``sqlite3``. Records of one report
refer to each other by reference too, without foreign keys (a reading is written whole and stays
a unit); each refers to its report by a foreign key, so that nothing outlives it.

Each reading and each derived record is also kept whole as JSON: it comes back exactly as it was
added, in one row where else eleven tables would be joined (linking reads them all), and what the
machine read stays when people correct the rows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql

__all__ = ["LINKED", "METADATA", "READ", "SCHEMA_VERSION", "T"]

SCHEMA_VERSION = 11
METADATA = MetaData()

# Byte order on both engines, whatever the server's locale: keys and moments must sort alike.
_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, _TEXT, nullable=null)


def _integer(name: str) -> Column[int]:
    return Column(name, _NUMBER)


def _real(name: str) -> Column[float]:
    return Column(name, Double)


def _span(prefix: str = "") -> tuple[Column[int], Column[int], Column[str]]:
    return _integer(f"{prefix}start"), _integer(f"{prefix}end"), _text(f"{prefix}words")


def _report(*, key: bool = False) -> Column[str]:
    of = ForeignKey("reports.id", ondelete="CASCADE")
    return Column("report", _TEXT, of, nullable=False, index=True, primary_key=key)


def _table(name: str, *columns: Column[str] | Column[int] | Column[float] | Column[bool]) -> Table:
    # One tree in place of two: rows live in the order of their reference, so a report's stand together.
    return Table(name, METADATA, *columns, sqlite_with_rowid=False)


def _records(name: str, *columns: Column[str] | Column[int] | Column[float] | Column[bool]) -> Table:
    """A list of a reading; ``review``: accepted or rejected by a person."""
    key: Column[str] = Column("id", _TEXT, primary_key=True)
    return _table(name, key, _report(), _integer("position"), *columns, _text("review"))


def _key(name: str) -> Column[str]:
    return Column(name, _TEXT, primary_key=True)


def _place_in_list() -> Column[int]:
    return Column("position", _NUMBER, primary_key=True, autoincrement=False)


def _of(owner: str, table: str) -> Column[str]:
    return Column(owner, _TEXT, ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True)


class T:
    """The tables by name."""

    about = _table("about", _key("name"), _text("value", null=False))
    runs = Table(
        "runs", METADATA,
        Column("id", _NUMBER, primary_key=True), _text("version"), _text("model"), _text("codebook"),
        _text("started"), _text("finished"), _integer("new_reports"), _integer("known_reports"),
    )  # fmt: skip
    reports = Table(
        "reports", METADATA,
        Column("number", _NUMBER, primary_key=True),  # for the full-text index, which wants a number
        Column("id", _TEXT, nullable=False, unique=True),
        _text("published"), _text("published_at"), _text("outlet"), _text("outlet_folded"), _text("title"),
        _text("url"), _text("language"), _text("dateline_place"), _text("origin"), Column("partial", Boolean),
        _text("text", null=False), _text("odd_characters"), Column("run", _NUMBER, ForeignKey("runs.id")),
    )  # fmt: skip
    readings = _table(
        "readings",
        Column("report", _TEXT, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        Column("run", _NUMBER, ForeignKey("runs.id")),
        _text("reading", null=False),
        _text("corrected"),
    )
    times = _records(
        "times", *_span(), _text("type"), _text("value"), _text("mod"), _text("earliest"), _text("latest"),
        _text("edtf"), _text("anchor"), _text("zone"),
    )  # fmt: skip
    places = _records(
        "places", *_span(), _text("name"), _text("folded"), _text("kind"), _integer("geonames_id"), _real("lat"),
        _real("lon"), _real("radius_km"), _text("country"), _text("feature"), _integer("where_prec"),
        _text("relation_anchor"), _text("relation_words"), _real("distance_km"), _real("bearing_deg"),
        _text("candidates"),
    )  # fmt: skip
    actors = _records(
        "actors", _text("name"), _text("folded"), _text("kind"), _text("country"), _text("sector"), _text("role"),
        Column("public", Boolean),
    )  # fmt: skip
    mentions = _table("mentions", _key("actor"), _place_in_list(), _report(), *_span(), _text("how"))
    quantities = _records(
        "quantities", *_span(), _real("low"), _real("high"), _text("precision"), _text("unit"), _text("of")
    )
    claims = _records(
        "claims", *_span(), _text("source"), *_span("source_"), _text("cue"), *_span("cue_"), _text("content"),
        _text("mode"), _text("stance"), _text("addressee"), _text("said_at"), *_span("condition_"), _text("parent"),
        _text("filed_at"),
    )  # fmt: skip
    claim_contents = _table("claim_contents", _key("claim"), _place_in_list(), _report(), *_span())
    events = _records(
        "events", *_span(), _text("type"), _text("mode"), _text("contexts"), *_span("trigger_"),
        *_span("about_"),
        _integer("sentence_start"), _integer("sentence_end"), _text("status"), _real("factuality"), _text("certainty"),
        _text("place"), _text("place_basis"), _text("time"), _text("time_basis"), _text("earliest"), _text("latest"),
        _text("edtf"), _integer("date_prec"), _text("claim"), _text("salience"), _text("filed_at"),
    )  # fmt: skip
    event_actors = _table(
        "event_actors", _key("event"), _key("role"), _place_in_list(), _report(), _text("actor", null=False)
    )
    event_quantities = _table(
        "event_quantities", _key("event"), _place_in_list(), _report(), _text("quantity", null=False)
    )
    unknowns = _records("unknowns", *_span(), _text("claim"), _text("filed_at"))
    names = _table(
        "names", _key("kind"), _key("part"), _key("folded"), _key("filed_at"), _report(key=True),
        Column("start", _NUMBER, primary_key=True, autoincrement=False), _key("record"),
    )  # fmt: skip
    known_names = _table("known_names", _key("part"), _key("folded"))
    corrections = Table(
        "corrections", METADATA,
        Column("id", _NUMBER, primary_key=True), _text("record", null=False), _report(), _text("kind"),
        _integer("position"), *_span(), _text("action"), _text("field"), _text("old"), _text("new"), _text("refs"),
        _text("who"), _text("at"), _text("why"), _text("undone_by"), _text("undone_at"), Column("lost", Boolean),
    )  # fmt: skip
    linkage = _table(
        "linkage",
        Column("report", _TEXT, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        _text("matter"), _text("rests_on"), _text("words"), _text("near"), _text("links"),
    )  # fmt: skip
    incidents = _table(
        "incidents", _key("id"), _text("type"), _text("title"), _text("earliest"), _text("latest"),
        _text("edtf"), _integer("date_prec"), _text("place"), _real("lat"), _real("lon"), _real("radius_km"),
        _text("country"), _text("initiators"), _text("recipients"), _integer("sources"),
        _text("json", null=False), _text("filed_at"),
    )  # fmt: skip
    incident_events = _table("incident_events", _of("incident", "incidents"), _key("event"))
    incident_names = _table(
        "incident_names", _key("part"), _key("folded"), _key("filed_at"), _of("incident", "incidents")
    )
    incident_reports = _table("incident_reports", _of("incident", "incidents"), _key("report"))
    tolls = _table(
        "tolls", _of("incident", "incidents"), _key("kind"), _key("victims"), _integer("low"), _integer("best"),
        _integer("high"),
    )  # fmt: skip
    toll_entries = _table(
        "toll_entries", _of("incident", "incidents"), _key("kind"), _key("victims"), _place_in_list(),
        _text("quantity"), _text("report"), _text("published"), _text("source"), _real("low"), _real("high"),
        _text("claim"), _text("copy_of"),
    )  # fmt: skip
    disputes = _table(
        "disputes", _key("id"), _text("kind"), _text("about"), _text("incident"), _integer("sources"),
        _text("json", null=False), _text("filed_at"),
    )  # fmt: skip
    dispute_sides = _table(
        "dispute_sides", _of("dispute", "disputes"), _place_in_list(), _text("label"), _text("sources")
    )
    dispute_records = _table("dispute_records", _of("dispute", "disputes"), _place_in_list(), _key("record"))
    reversals = _table(
        "reversals", _key("id"), _text("source"), _text("before"), _text("after"), _text("about"),
        Column("correction", Boolean), _text("json", null=False), _text("filed_at"),
    )  # fmt: skip
    threads = _table(
        "threads", _key("id"), _text("matter"), _text("parties"), _text("state"), _text("json", null=False),
        _text("filed_at"),
    )  # fmt: skip
    thread_moves = _table(
        "thread_moves", _of("thread", "threads"), _place_in_list(), _text("record"), _text("move"), _text("by"),
        _text("published"),
    )  # fmt: skip
    questions = _table(
        "questions", _key("id"), _text("words"), _text("asked"), _text("answer"), _text("answered"),
        _text("json", null=False), _text("filed_at"),
    )  # fmt: skip
    question_unknowns = _table("question_unknowns", _of("question", "questions"), _key("unknown"))


READ = (
    T.times, T.places, T.actors, T.mentions, T.quantities, T.claims, T.claim_contents, T.events, T.event_actors,
    T.event_quantities, T.unknowns, T.names,
)  # fmt: skip
"""The tables that hold what reports say, each with a column ``report``."""

LINKED = (
    T.incident_events, T.incident_reports, T.incident_names, T.tolls, T.toll_entries, T.incidents, T.dispute_records,
    T.dispute_sides, T.disputes, T.reversals, T.thread_moves, T.threads, T.question_unknowns, T.questions,
)  # fmt: skip
"""The derived tables, those that point to others before the ones they point to."""

Index("reports_in_order", T.reports.c.published_at, T.reports.c.id)
Index("reports_by_outlet", T.reports.c.outlet)  # counted without the texts
Index("actors_by_name", T.actors.c.folded)
Index("places_by_name", T.places.c.folded)
Index("places_by_country", T.places.c.country)
Index("claims_in_order", T.claims.c.filed_at, T.claims.c.report, T.claims.c.start)
Index("claims_by_source", T.claims.c.source)
# How long an event may have lasted stands in the index too, so that a list from a moment on passes by the earlier ones.
Index("events_in_order", T.events.c.filed_at, T.events.c.report, T.events.c.start, T.events.c.latest)
Index("events_by_type", T.events.c.type, T.events.c.filed_at)
Index("events_by_claim", T.events.c.claim)
Index("events_by_place", T.events.c.place)
Index("event_actors_by_actor", T.event_actors.c.actor)
Index("unknowns_in_order", T.unknowns.c.filed_at, T.unknowns.c.report, T.unknowns.c.start)
Index("corrections_of_record", T.corrections.c.record)
Index("incidents_in_order", T.incidents.c.earliest, T.incidents.c.id)
# Each holds all that a window of the timeline asks for, so that it is read without the rows themselves.
_WINDOW = (T.incidents.c.filed_at, T.incidents.c.id, T.incidents.c.latest)
Index("incidents_filed", *_WINDOW, T.incidents.c.sources)
Index("incidents_by_type", T.incidents.c.type, *_WINDOW, T.incidents.c.sources)
Index("incidents_by_sources", T.incidents.c.sources, *_WINDOW)
Index("incidents_of_event", T.incident_events.c.event)
Index("incident_names_of", T.incident_names.c.incident)
Index("incidents_of_report", T.incident_reports.c.report)
Index("disputes_filed", T.disputes.c.filed_at, T.disputes.c.id)
Index("reversals_by_source", T.reversals.c.source, T.reversals.c.filed_at)
Index("reversals_filed", T.reversals.c.filed_at, T.reversals.c.id)
Index("threads_filed", T.threads.c.filed_at, T.threads.c.id)
Index("questions_filed", T.questions.c.filed_at, T.questions.c.id)
Index("disputes_of_incident", T.disputes.c.incident)
Index("disputes_of_record", T.dispute_records.c.record)
