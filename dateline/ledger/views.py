"""The common questions as views: ``events_table``, ``claims_table`` and the others, in readable words.

They are made with SQLAlchemy, so that one text serves both engines, and made anew by every
upgrade. ``queries.rows`` reads them too: what a program gets is what ``sqlite3`` shows. Names
in one cell are parted by ``; ``. Records a person rejected are left out.
"""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Connection,
    CreateView,
    FromClause,
    Select,
    SelectBase,
    String,
    TableClause,
    and_,
    case,
    column,
    func,
    inspect,
    literal_column,
    select,
    table,
    text,
)

from dateline.ledger.rows import LIST
from dateline.ledger.schema import T

__all__ = ["VIEWS", "create_views", "drop_views"]

_Text = ColumnElement[str | None]


def create_views(connection: Connection) -> None:
    """Make every view, in place of the one of that name if there is one."""
    drop_views(connection)
    for name, rows in _views().items():
        connection.execute(CreateView(rows, name))


def drop_views(connection: Connection) -> None:
    """Take the views away, as an upgrade must before it changes the tables under them."""
    for name in sorted(set(inspect(connection).get_view_names()) & set(_views())):
        connection.execute(text(f"DROP VIEW {name}"))


def _views() -> dict[str, SelectBase]:
    return {
        "reports_table": _reports(),
        "events_table": _events(),
        "claims_table": _claims(),
        "unknowns_table": _unknowns(),
        "actors_table": _actors(),
        "places_table": _places(),
        "incidents_table": _incidents(),
        "tolls_table": _tolls(),
        "disputes_table": _disputes(),
        "reversals_table": _reversals(),
        "threads_table": _threads(),
        "questions_table": _questions(),
    }


def _listed(rows: Select[str | None], between: str = LIST) -> _Text:
    """The one column of these rows, in their order, as one text."""
    inner = rows.subquery()
    return select(func.aggregate_strings(inner.c[0], between)).scalar_subquery()


def _count(of: FromClause, where: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(of).where(where).scalar_subquery()


def _stands(records: FromClause) -> ColumnElement[bool]:
    return records.c.review.is_distinct_from(literal_column("'rejected'", String))


def _names(event: FromClause, role: str) -> _Text:
    part, actor = T.event_actors.alias(), T.actors.alias()
    return _listed(
        select(actor.c.name)
        .select_from(part.join(actor, actor.c.id == part.c.actor))
        .where(part.c.event == event.c.id, part.c.role == literal_column(f"'{role}'", String))
        .order_by(part.c.position)
        .correlate(event)
    )


def _words_of(record: ColumnElement[str], outer: FromClause) -> _Text:
    """The words of a record of whichever kind."""
    kinds = (T.claims.alias(), T.events.alias(), T.quantities.alias(), T.unknowns.alias(), T.actors.alias())
    return func.coalesce(
        *(
            select(kind.c.name if "name" in kind.c else kind.c.words)
            .where(kind.c.id == record)
            .correlate(outer)
            .scalar_subquery()
            for kind in kinds
        )
    )


def _told(record: ColumnElement[str], wanted: str, outer: FromClause) -> _Text:
    """A column of the report a claim or event stands in."""
    found = []
    for kind in (T.claims.alias(), T.events.alias(), T.quantities.alias(), T.unknowns.alias()):
        report = T.reports.alias()
        rows = select(report.c[wanted]).select_from(kind.join(report, report.c.id == kind.c.report))
        found.append(rows.where(kind.c.id == record).correlate(outer).scalar_subquery())
    return func.coalesce(*found)


def _reports() -> SelectBase:
    r, c, e, u = T.reports.alias("r"), T.claims, T.events, T.unknowns
    return select(
        r.c.id, r.c.published, r.c.published_at, r.c.outlet, r.c.title, r.c.url, r.c.language, r.c.dateline_place,
        r.c.origin, r.c.partial, func.length(r.c.text).label("characters"),
        _count(c, and_(c.c.report == r.c.id, _stands(c))).label("claims"),
        _count(e, and_(e.c.report == r.c.id, _stands(e))).label("events"),
        _count(u, and_(u.c.report == r.c.id, _stands(u))).label("unknowns"),
    )  # fmt: skip


def _events() -> SelectBase:
    e, r, p = T.events.alias("e"), T.reports.alias("r"), T.places.alias("p")
    c, a, t = T.claims.alias("c"), T.actors.alias("a"), T.times.alias("t")
    rows = e.join(r, r.c.id == e.c.report).outerjoin(p, p.c.id == e.c.place).outerjoin(t, t.c.id == e.c.time)
    rows = rows.outerjoin(c, c.c.id == e.c.claim).outerjoin(a, a.c.id == c.c.source)
    return (
        select(
            e.c.id, e.c.report, r.c.published, r.c.outlet, e.c.filed_at, e.c.earliest, e.c.latest,
            e.c.edtf, e.c.date_prec, t.c.words.label("time_words"), e.c.time_basis, e.c.type, e.c.mode,
            e.c.contexts,
            _names(e, "initiator").label("initiators"), _names(e, "recipient").label("recipients"),
            e.c.about_words.label("about"),
            func.coalesce(a.c.name, c.c.source_words, r.c.outlet).label("source"), c.c.stance,
            e.c.status, e.c.factuality, e.c.certainty, p.c.name.label("place"), p.c.country, p.c.lat, p.c.lon,
            p.c.radius_km, p.c.where_prec, e.c.place_basis, e.c.trigger_words.label("trigger"), e.c.words,
            e.c.start, e.c.end, e.c.claim, e.c.salience, e.c.review,
        )
        .select_from(rows)
        .where(_stands(e))
    )  # fmt: skip


def _claims() -> SelectBase:
    c, r, a = T.claims.alias("c"), T.reports.alias("r"), T.actors.alias("a")
    to, t = T.actors.alias("b"), T.times.alias("t")
    rows = c.join(r, r.c.id == c.c.report).outerjoin(a, a.c.id == c.c.source)
    rows = rows.outerjoin(to, to.c.id == c.c.addressee).outerjoin(t, t.c.id == c.c.said_at)
    return (
        select(
            c.c.id, c.c.report, r.c.published, r.c.outlet, c.c.filed_at,
            func.coalesce(a.c.name, c.c.source_words, r.c.outlet).label("source"), a.c.role.label("source_role"),
            a.c.country.label("source_country"), c.c.stance, c.c.cue, c.c.mode, c.c.content,
            c.c.condition_words.label("condition"), to.c.name.label("addressee"), t.c.words.label("said_at"),
            t.c.earliest.label("said_earliest"), t.c.latest.label("said_latest"), c.c.words, c.c.start, c.c.end,
            c.c.parent, c.c.review,
        )
        .select_from(rows)
        .where(_stands(c))
    )  # fmt: skip


def _unknowns() -> SelectBase:
    u, r = T.unknowns.alias("u"), T.reports.alias("r")
    c, a = T.claims.alias("c"), T.actors.alias("a")
    rows = u.join(r, r.c.id == u.c.report).outerjoin(c, c.c.id == u.c.claim).outerjoin(a, a.c.id == c.c.source)
    return (
        select(
            u.c.id, u.c.report, r.c.published, r.c.outlet, u.c.filed_at,
            func.coalesce(a.c.name, c.c.source_words, r.c.outlet).label("source"), u.c.words, u.c.start, u.c.end,
            u.c.claim, u.c.review,
        )
        .select_from(rows)
        .where(_stands(u))
    )  # fmt: skip


def _actors() -> SelectBase:
    """One row for each name, kind and country; ``public`` is true once any report names a public person."""
    a, r = T.actors.alias("a"), T.reports.alias("r")
    m, c, x = T.mentions.alias(), T.claims.alias(), T.event_actors.alias()
    mentions = _count_of(m, m.c.actor == a.c.id, a)
    claims = _count_of(c, c.c.source == a.c.id, a)
    events = _count_of(x, x.c.actor == a.c.id, a)
    each = (
        select(
            a.c.folded, a.c.name, a.c.kind, a.c.country, a.c.sector, a.c.role, a.c.report, r.c.published_at,
            case((a.c.public, _ONE), else_=_NIL).label("public"), mentions.label("mentions"),
            claims.label("claims"), events.label("events"),
        )
        .select_from(a.join(r, r.c.id == a.c.report))
        .where(_stands(a))
        .subquery("each")
    )  # fmt: skip
    return select(
        func.min(each.c.name).label("name"), each.c.kind, each.c.country, func.min(each.c.sector).label("sector"),
        func.min(each.c.role).label("role"), func.max(each.c.public).label("public"),
        func.count(each.c.report.distinct()).label("reports"), func.sum(each.c.mentions).label("mentions"),
        func.sum(each.c.claims).label("claims"), func.sum(each.c.events).label("events"),
        func.min(each.c.published_at).label("first"), func.max(each.c.published_at).label("last"),
        each.c.folded,
    ).group_by(each.c.folded, each.c.kind, each.c.country)  # fmt: skip


_ONE, _NIL = literal_column("1", T.runs.c.id.type), literal_column("0", T.runs.c.id.type)


def _count_of(of: FromClause, where: ColumnElement[bool], outer: FromClause) -> ColumnElement[int]:
    return select(func.count()).select_from(of).where(where).correlate(outer).scalar_subquery()


def _places() -> SelectBase:
    """One row for each name and point; ``events``: those set there."""
    p, r, e = T.places.alias("p"), T.reports.alias("r"), T.events.alias()
    each = (
        select(*p.c, r.c.published_at, _count_of(e, e.c.place == p.c.id, p).label("events"))
        .select_from(p.join(r, r.c.id == p.c.report))
        .where(_stands(p))
        .subquery("each")
    )
    return select(
        func.min(each.c.name).label("name"), each.c.kind, each.c.geonames_id, each.c.lat, each.c.lon,
        func.min(each.c.radius_km).label("radius_km"), each.c.country, func.min(each.c.feature).label("feature"),
        func.min(each.c.where_prec).label("where_prec"),
        func.count(each.c.report.distinct()).label("reports"), func.count().label("mentions"),
        func.sum(each.c.events).label("events"), func.min(each.c.published_at).label("first"),
        func.max(each.c.published_at).label("last"), each.c.folded,
    ).group_by(
        each.c.folded, each.c.kind, each.c.geonames_id, each.c.lat, each.c.lon, each.c.country
    )  # fmt: skip


def _incidents() -> SelectBase:
    """``disputes``: how many are over it; ``events``, ``reports``: how many tell it."""
    i, r, e, d = T.incidents, T.incident_reports, T.incident_events, T.disputes
    return select(
        i.c.id, i.c.type, i.c.title, i.c.earliest, i.c.latest, i.c.edtf, i.c.date_prec,
        i.c.place, i.c.country, i.c.lat, i.c.lon, i.c.radius_km,
        i.c.initiators, i.c.recipients, i.c.sources, _count(r, r.c.incident == i.c.id).label("reports"),
        _count(e, e.c.incident == i.c.id).label("events"), _count(d, d.c.incident == i.c.id).label("disputes"),
    )  # fmt: skip


def _tolls() -> SelectBase:
    """One row for each figure; ``standing``: first of its source, update (the source's later one), copy, disputed."""
    t, i, n = T.tolls, T.incidents, T.toll_entries
    same = and_(n.c.incident == t.c.incident, n.c.kind == t.c.kind, n.c.victims == t.c.victims)
    return select(
        t.c.incident, i.c.title, i.c.place, i.c.country, i.c.earliest, t.c.kind, t.c.victims, t.c.low, t.c.best,
        t.c.high, n.c.position, n.c.published, n.c.source, n.c.low.label("source_low"), n.c.high.label("source_high"),
        n.c.report, n.c.quantity, n.c.claim, n.c.copy_of, _words_of(n.c.quantity, n).label("words"),
        _standing().label("standing"), _told(n.c.quantity, "outlet", n).label("outlet"),
    ).select_from(
        t.join(i, i.c.id == t.c.incident).outerjoin(n, same)
    )  # fmt: skip


def _standing() -> ColumnElement[str]:
    n, before, d = T.toll_entries, T.toll_entries.alias("before"), T.dispute_records.alias("disputed")
    own = and_(before.c.incident == n.c.incident, before.c.kind == n.c.kind, before.c.victims == n.c.victims)
    earlier = and_(own, before.c.source == n.c.source, before.c.position < n.c.position, before.c.copy_of.is_(None))
    return case(
        (n.c.copy_of.is_not(None), _word("copy")),
        (select(d.c.record).where(d.c.record == n.c.quantity).correlate(n).exists(), _word("disputed")),
        (select(before.c.position).where(earlier).correlate(n).exists(), _word("update")),
        else_=_word("first"),
    )


def _word(value: str) -> ColumnElement[str]:
    return literal_column(f"'{value}'", String)


def _disputes() -> SelectBase:
    """One row for each side; ``reports``: how many tell of the dispute, copies counted once.

    record: the side's first, of which ``published`` and ``outlet`` are.
    """
    d, s, i, x = T.disputes, T.dispute_sides, T.incidents, T.dispute_records
    words = select(_words_of(x.c.record, x)).where(x.c.dispute == s.c.dispute, x.c.position == s.c.position)
    first = select(func.min(x.c.record)).where(x.c.dispute == s.c.dispute, x.c.position == s.c.position)
    return select(
        d.c.id, d.c.kind, d.c.about, d.c.incident, i.c.place, i.c.country, i.c.earliest, i.c.latest, s.c.position,
        s.c.label, s.c.sources, first.correlate(s).scalar_subquery().label("record"),
        _listed(words.order_by(x.c.record).correlate(s), " | ").label("words"), d.c.sources.label("reports"),
        _told(first.correlate(s).scalar_subquery(), "published", s).label("published"),
        _told(first.correlate(s).scalar_subquery(), "outlet", s).label("outlet"),
    ).select_from(d.join(s, s.c.dispute == d.c.id).outerjoin(i, i.c.id == d.c.incident))  # fmt: skip


def _reversals() -> SelectBase:
    v = T.reversals
    return select(
        v.c.id, v.c.source, v.c.about, v.c.before, _told(v.c.before, "published", v).label("before_published"),
        _words_of(v.c.before, v).label("before_words"), v.c.after,
        _told(v.c.after, "published", v).label("after_published"), _words_of(v.c.after, v).label("after_words"),
        _told(v.c.before, "outlet", v).label("before_outlet"), _told(v.c.after, "outlet", v).label("after_outlet"),
        v.c.correction,
    )  # fmt: skip


def _threads() -> SelectBase:
    """One row for each move."""
    t, m = T.threads, T.thread_moves
    return select(
        t.c.id, t.c.matter, t.c.parties, t.c.state, m.c.position, m.c.move, m.c.by, m.c.published, m.c.record,
        _words_of(m.c.record, m).label("words"), _told(m.c.record, "outlet", m).label("outlet"),
    ).select_from(t.join(m, m.c.thread == t.c.id))  # fmt: skip


def _questions() -> SelectBase:
    """``asked_by``: who asked or did not know; ``answered_by``: whose claim, or else which outlet, settles it."""
    q, u, n, r = T.questions, T.question_unknowns, T.unknowns.alias("n"), T.reports.alias("r")
    c, a = T.claims.alias("c"), T.actors.alias("a")
    whose = n.outerjoin(c, c.c.id == n.c.claim).outerjoin(a, a.c.id == c.c.source).join(r, r.c.id == n.c.report)
    asked = select(func.coalesce(a.c.name, c.c.source_words, r.c.outlet).label("who")).distinct()
    asked = asked.select_from(whose.join(u, u.c.unknown == n.c.id)).where(u.c.question == q.c.id).correlate(q)
    said, by = T.claims.alias("said"), T.actors.alias("by")
    answerer = select(func.coalesce(by.c.name, said.c.source_words)).select_from(
        said.outerjoin(by, by.c.id == said.c.source)
    )
    answered_by = answerer.where(said.c.id == q.c.answer).correlate(q).scalar_subquery()
    return select(
        q.c.id, q.c.words, q.c.asked, _count(u, u.c.question == q.c.id).label("reports"), q.c.answer, q.c.answered,
        _words_of(q.c.answer, q).label("answer_words"), _listed(asked.order_by("who")).label("asked_by"),
        func.coalesce(answered_by, _told(q.c.answer, "outlet", q)).label("answered_by"),
        _told(q.c.answer, "outlet", q).label("answer_outlet"),
    )  # fmt: skip


VIEWS: dict[str, TableClause] = {
    name: table(name, *(column(str(c.key), c.type) for c in rows.selected_columns)) for name, rows in _views().items()
}
"""The views by name, to select from."""
