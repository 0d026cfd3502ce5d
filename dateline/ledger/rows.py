"""Records to rows: what a report and its reading look like in the tables."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Table

from dateline.ledger.names import name_rows
from dateline.ledger.schema import T
from dateline.ledger.texts import fold, moment, odd_characters, storable
from dateline.records import Claim, Event, Reading, Report, Span, ref
from dateline.records.dates import date_prec, edtf, interval
from dateline.records.precision import where_prec

__all__ = ["LIST", "Row", "certainty", "published_at", "reading_rows", "report_fields", "report_row"]

Row = dict[str, object]
LIST = "; "
"""What stands between the values of a column that holds several."""

_CERTAINTIES = (
    (2.5, "certain"),
    (1.5, "probable"),
    (0.5, "possible"),
    (-0.5, "unknown"),
    (-1.5, "possibly not"),
    (-2.5, "probably not"),
)
_REPORT_TEXTS = ("id", "published", "outlet", "title", "url", "language", "dateline_place", "origin", "text")


def certainty(factuality: float) -> str:
    """Return factuality (−3 … +3) in a reader's words, cut as FactBank cuts it (CT, PR, PS, U on both sides)."""
    return next((word for least, word in _CERTAINTIES if factuality >= least), "certainly not")


def report_fields(report: Report) -> dict[str, str | None]:
    """Return the fields of a report that hold text."""
    return {name: getattr(report, name) for name in _REPORT_TEXTS}


def published_at(report: Report) -> str | None:
    """Return the moment of publication as stored text; for a day, its first moment in UTC."""
    day = None if report.day is None else f"{report.day.isoformat()}T00:00:00+00:00"
    return moment(report.moment) or day


def report_row(report: Report) -> Row:
    """Return the row of ``reports``."""
    fields = report_fields(report)
    row: Row = {name: None if text is None else storable(text) for name, text in fields.items()}
    return row | {
        "published_at": published_at(report),
        "outlet_folded": None if report.outlet is None else fold(report.outlet),
        "partial": report.partial,
        "odd_characters": odd_characters(fields),
    }


def reading_rows(report: Report, reading: Reading) -> dict[Table, list[Row]]:
    """Return the rows of one reading by table; a span outside the text is a ``ValueError``."""
    writer = _Writer(report)
    writer.times(reading)
    writer.places(reading)
    writer.actors(reading)
    writer.quantities(reading)
    for position, claim in enumerate(reading.claims):
        writer.claim(position, claim)
    for position, event in enumerate(reading.events):
        writer.event(position, event)
    for position, unknown in enumerate(reading.unknowns):
        words = writer.span(unknown.start, unknown.end)
        by = writer.ref("claims", unknown.claim)
        writer.record(T.unknowns, position, **words, claim=by, filed_at=writer.published_at)
    return writer.done()


class _Writer:
    """Collects the rows of one report."""

    def __init__(self, report: Report) -> None:
        self._id = storable(report.id)
        self._text = storable(report.text)
        self._outlet = None if report.outlet is None else fold(report.outlet)
        self._rows: dict[Table, list[Row]] = defaultdict(list)
        self.published_at = published_at(report)

    def done(self) -> dict[Table, list[Row]]:
        """The rows, every text in them storable, with the index of the names in them."""
        if names := name_rows(self._rows, self._outlet):
            self._rows[T.names] = names
        for rows in self._rows.values():
            for row in rows:
                for name, value in row.items():
                    if isinstance(value, str) and not value.isprintable():
                        row[name] = storable(value)
        return dict(self._rows)

    def span(self, start: int | None, end: int | None, prefix: str = "") -> Row:
        """The columns of a stretch of the text: where it is and its words."""
        words = None if start is None or end is None else self._text[start:end]
        if words is not None and len(words) != (end or 0) - (start or 0):
            raise ValueError(f"report {self._id} has no words from {start} to {end}: it ends at {len(self._text)}")
        return {f"{prefix}start": start, f"{prefix}end": end, f"{prefix}words": words}

    def optional(self, span: Span | None, prefix: str) -> Row:
        """The same for a span that may be missing."""
        return self.span(None, None, prefix) if span is None else self.span(span.start, span.end, prefix)

    def ref(self, kind: str, index: int | None) -> str | None:
        """A record of this report, by its place in its list."""
        return None if index is None else ref(self._id, kind, index)

    def actor(self, actor_id: str | None) -> str | None:
        """An actor of this report, by its id."""
        return None if actor_id is None else f"{self._id}:{actor_id}"

    def record(self, table: Table, position: int, **columns: object) -> None:
        """A row of a list of the reading."""
        key = ref(self._id, table.name, position)
        self._rows[table].append({"id": key, "report": self._id, "position": position, "review": None, **columns})

    def part(self, table: Table, position: int, **columns: object) -> None:
        """A row that belongs to a record."""
        self._rows[table].append({"report": self._id, "position": position, **columns})

    def times(self, reading: Reading) -> None:
        for position, time in enumerate(reading.times):
            anchor = self.ref("times", time.anchor) if isinstance(time.anchor, int) else time.anchor
            self.record(
                T.times, position, **self.span(time.start, time.end), type=time.type, value=time.value, mod=time.mod,
                earliest=moment(time.earliest), latest=moment(time.latest), edtf=edtf(time), anchor=anchor,
                zone=time.zone,
            )  # fmt: skip

    def places(self, reading: Reading) -> None:
        for position, place in enumerate(reading.places):
            relation = place.relation
            self.record(
                T.places, position, **self.span(place.start, place.end), name=place.name, folded=fold(place.name),
                kind=place.kind, geonames_id=place.geonames_id, lat=place.lat, lon=place.lon,
                radius_km=place.radius_km, country=place.country, feature=place.feature,
                where_prec=where_prec(place), relation_anchor=self.ref("places", relation.anchor) if relation else None,
                relation_words=relation.words if relation else None,
                distance_km=relation.distance_km if relation else None,
                bearing_deg=relation.bearing_deg if relation else None,
                candidates=LIST.join(map(str, place.candidates)),
            )  # fmt: skip

    def actors(self, reading: Reading) -> None:
        for position, actor in enumerate(reading.actors):
            key = self.actor(actor.id)
            self.record(
                T.actors, position, name=actor.name, folded=fold(actor.name), kind=actor.kind, country=actor.country,
                sector=actor.sector, role=actor.role, public=actor.public,
            )  # fmt: skip
            self._rows[T.actors][-1]["id"] = key
            for number, (start, end, how) in enumerate(actor.mentions):
                self.part(T.mentions, number, actor=key, **self.span(start, end), how=how)

    def quantities(self, reading: Reading) -> None:
        for position, quantity in enumerate(reading.quantities):
            self.record(
                T.quantities, position, **self.span(quantity.start, quantity.end), low=_real(quantity.low),
                high=_real(quantity.high), precision=quantity.precision, unit=quantity.unit, of=quantity.of,
            )  # fmt: skip

    def claim(self, position: int, claim: Claim) -> None:
        key = self.ref("claims", position)
        contents = [self.span(start, end) for start, end in claim.content]
        self.record(
            T.claims, position, **self.span(claim.start, claim.end), source=self.actor(claim.source),
            **self.optional(claim.source_span, "source_"), cue=claim.cue, **self.optional(claim.cue_span, "cue_"),
            content=" … ".join(str(part["words"]) for part in contents), mode=claim.mode, stance=claim.stance,
            addressee=self.actor(claim.addressee), said_at=self.ref("times", claim.said_at),
            **self.optional(claim.condition, "condition_"), parent=self.ref("claims", claim.parent),
            filed_at=self.published_at,
        )  # fmt: skip
        for number, part in enumerate(contents):
            self.part(T.claim_contents, number, claim=key, **part)

    def event(self, position: int, event: Event) -> None:
        key = self.ref("events", position)
        earliest, latest = moment(event.earliest), moment(event.latest)
        self.record(
            T.events, position, **self.span(event.start, event.end), type=event.type, mode=event.mode,
            contexts=LIST.join(event.contexts), **self.optional(event.trigger, "trigger_"),
                **self.optional(event.about, "about_"),
            sentence_start=event.sentence.start, sentence_end=event.sentence.end, status=event.status,
            factuality=event.factuality, certainty=certainty(event.factuality), place=self.ref("places", event.place),
            place_basis=event.place_basis, time=self.ref("times", event.time), time_basis=event.time_basis,
            earliest=earliest, latest=latest, edtf=interval(event.earliest, event.latest),
            date_prec=date_prec(event.earliest, event.latest), claim=self.ref("claims", event.claim),
            salience=event.salience,
            filed_at=earliest or min((m for m in (latest, self.published_at) if m), default=None),
        )  # fmt: skip
        for role, actors in (("initiator", event.initiators), ("recipient", event.recipients)):
            for number, actor in enumerate(actors):
                self.part(T.event_actors, number, event=key, role=role, actor=self.actor(actor))
        for number, quantity in enumerate(event.quantities):
            self.part(T.event_quantities, number, event=key, quantity=self.ref("quantities", quantity))


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)  # an int of any size would not fit the column
