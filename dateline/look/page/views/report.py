"""A report: its text with every record marked at its words, and the records beside their paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Path

from dateline.ledger import LedgerError
from dateline.look.page.answers import Sheet, gone
from dateline.look.page.asked import ZoneDep
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.marked import Paragraph, laid_over, paragraphs
from dateline.look.page.views.voices import certainty_of, source_href
from dateline.look.page.wording import figure, place, span
from dateline.records import Claim, Event, Place, Quantity, Reading, Report

__all__ = ["ActorLine", "RecordLine", "ReportView", "report_reading", "report_sheet", "report_view"]

Key = Annotated[str, Path(max_length=64)]
_KINDS = {"claims": "c", "events": "e", "times": "t", "places": "p", "quantities": "q", "unknowns": "u"}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record beside the text. ``who``: the source of a claim; ``what``: bold; ``style``, ``status``: of an event."""

    key: str
    what: str
    detail: str
    start: int
    end: int
    who: str | None = None
    status: str | None = None
    style: str | None = None
    half: bool = False
    incident: str | None = None
    disputes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and the records whose words begin in it."""

    text: Paragraph
    records: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True)
class ActorLine:
    """Someone the report names."""

    name: str
    href: str
    kind: str
    detail: str
    mentions: int
    public: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report; ``counts``: records of each kind; ``corrections``: how many people made."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    dateline_place: str | None
    url: str | None
    origin: str | None
    partial: bool
    words: int
    counts: Mapping[str, int]
    corrections: int
    disputes: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    actors: tuple[ActorLine, ...]


def report_view(report_id: Key, sight: SightDep, zone: ZoneDep) -> ReportView:
    """A report with its records marked at their words."""
    report, reading = _found(sight, report_id)
    lines = _lines(report, reading, zone, _Links(sight, report.id))
    counts = {kind: len(getattr(reading, kind)) for kind in _KINDS}
    disputes = dict.fromkeys(link for line in lines for link in line.disputes)
    return ReportView(
        id=report.id,
        title=report.title or _first_words(report.text),
        outlet=report.outlet,
        published=report.published,
        dateline_place=report.dateline_place,
        url=report.url if (report.url or "").startswith(("https://", "http://")) else None,
        origin=report.origin,
        partial=report.partial,
        words=len(report.text.split()),
        counts=counts,
        corrections=sum(c.undone_at is None for c in sight.ledger.corrections(report=report.id)),
        disputes=tuple(disputes),
        blocks=_blocks(paragraphs(report.text, laid_over(reading)), lines),
        actors=_actors(reading),
    )


def report_reading(report_id: Key, sight: SightDep) -> dict[str, object]:
    """A report and its reading, as ``dateline annotate`` writes them."""
    report, reading = _found(sight, report_id)
    return {"report": report, "reading": reading}


def report_sheet(report_id: Key, sight: SightDep, zone: ZoneDep) -> Sheet:
    """The records of a report, one a row."""
    report, reading = _found(sight, report_id, names=True)
    columns = ("record", "what", "source", "status", "detail", "start", "end", "words")
    rows = (
        (f"{report.id}:{r.key}", r.what, r.who, r.status, r.detail, r.start, r.end, report.text[r.start : r.end])
        for r in _lines(report, reading, zone, _Links(sight, report.id))
    )
    return Sheet(columns, (sight.hidden(report.id, dict(zip(columns, row, strict=True))).values() for row in rows))


def _found(sight: Sight, report_id: str, *, names: bool | None = None) -> tuple[Report, Reading]:
    try:
        return sight.read(report_id, names=names)
    except LedgerError:
        raise gone(f"report {report_id}") from None


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "") if words else "An empty report"


def _blocks(text: Sequence[Paragraph], lines: Sequence[RecordLine]) -> tuple[Block, ...]:
    """Each record stands beside the paragraph its words begin in."""
    beside: dict[int, list[RecordLine]] = defaultdict(list)
    at = 0
    for line in lines:
        while at + 1 < len(text) and line.start >= text[at + 1].start:
            at += 1
        beside[at].append(line)
    return tuple(Block(paragraph, tuple(sorted(beside[i], key=_rank))) for i, paragraph in enumerate(text))


def _rank(line: RecordLine) -> tuple[int, int]:
    """Claims and events as they come, then what takes half a line, then places."""
    return (line.key[0] == "p") * 2 + line.half, line.start


def _actors(reading: Reading) -> tuple[ActorLine, ...]:
    speaks = Counter(claim.source for claim in reading.claims)
    acts = Counter(actor for event in reading.events for actor in (*event.initiators, *event.recipients))
    found = [actor for actor in reading.actors if speaks[actor.id] or acts[actor.id]]
    found.sort(key=lambda a: (-speaks[a.id] - acts[a.id], a.mentions[0][0]))
    return tuple(
        ActorLine(
            a.name, source_href(a.name), a.kind.replace("_", " "),
            " · ".join(filter(None, (a.role, a.country, "private person" if not a.public else None))),
            len(a.mentions), a.public,
        )
        for a in found
    )  # fmt: skip


class _Links:
    """Which incident and which disputes the records of a report belong to."""

    def __init__(self, sight: Sight, report: str) -> None:
        self._report = report
        self._incidents = sight.browse.incidents_of(report)
        refs = (f"{report}:{key}" for key in sight.browse.disputed_in(report))
        self._disputes = sight.browse.disputes_of(tuple(refs))

    def incident(self, key: str) -> str | None:
        """Of an event."""
        return self._incidents.get(f"{self._report}:{key}")

    def disputes(self, key: str) -> tuple[tuple[str, str], ...]:
        """Of any record: id and kind."""
        return tuple((d.id, d.kind) for d in self._disputes.get(f"{self._report}:{key}", ()))


def _lines(report: Report, reading: Reading, zone: ZoneInfo, links: _Links) -> list[RecordLine]:
    found: list[RecordLine] = []
    for i, claim in enumerate(reading.claims):
        found.append(_claim(f"c{i}", claim, report, reading, links))
    for i, event in enumerate(reading.events):
        found.append(_event(f"e{i}", event, report.text, reading, zone, links))
    for i, time in enumerate(reading.times):
        detail = span(time.earliest, time.latest, zone) if time.earliest or time.latest else "length or set"
        what = " ".join(filter(None, (time.value, time.mod)))
        found.append(RecordLine(f"t{i}", what, detail, time.start, time.end, half=True))
    for i, at in enumerate(reading.places):
        found.append(RecordLine(f"p{i}", at.name, _where(at, reading), at.start, at.end))
    for i, quantity in enumerate(reading.quantities):
        key = f"q{i}"
        found.append(_quantity(key, quantity, links))
    for i, unknown in enumerate(reading.unknowns):
        who = None if unknown.claim is None else _source(reading.claims[unknown.claim], report, reading)
        found.append(RecordLine(f"u{i}", "not known", who or "", unknown.start, unknown.end, half=True))
    return sorted(found, key=lambda line: (line.start, line.key[0] not in "ce", line.end, line.key))


def _source(claim: Claim, report: Report, reading: Reading) -> str:
    actor = reading.actor(claim.source)
    if actor is not None:
        return actor.name
    words = report.text[claim.source_span.start : claim.source_span.end] if claim.source_span else None
    return words or report.outlet or "the outlet"


def _claim(key: str, claim: Claim, report: Report, reading: Reading, links: _Links) -> RecordLine:
    to = reading.actor(claim.addressee)
    detail = [
        claim.mode,
        f"to {to.name}" if to else None,
        f"if “{report.text[claim.condition.start : claim.condition.end]}”" if claim.condition else None,
        f"within c{claim.parent}" if claim.parent is not None else None,
    ]
    start, end = claim.content[0] if claim.content else (claim.start, claim.end)
    return RecordLine(
        key, claim.stance, " · ".join(filter(None, detail)), start, max(end, claim.content[-1][1]) if claim.content
        else end, who=_source(claim, report, reading), disputes=links.disputes(key),
    )  # fmt: skip


def _event(  # noqa: PLR0917
    key: str, event: Event, text: str, reading: Reading, zone: ZoneInfo, links: _Links
) -> RecordLine:
    who, whom = (
        ", ".join(a.name for i in actors if (a := reading.actor(i))) for actors in (event.initiators, event.recipients)
    )
    if not whom and event.about is not None:
        whom = f"“{text[event.about.start : event.about.end]}”"
    detail = [
        f"{event.factuality:+.0f}".replace("-", "−"),
        f"{who} → {whom}" if whom else who,
        reading.places[event.place].name if event.place is not None else None,
        span(event.earliest, event.latest, zone) if event.earliest or event.latest else None,
        f"by c{event.claim}" if event.claim is not None else None,
    ]
    return RecordLine(
        key, " ".join(filter(None, (event.type, event.mode))), " · ".join(filter(None, detail)), event.trigger.start,
        event.trigger.end, status="claimed" if event.claim is not None and event.status == "happened" else event.status,
        style=certainty_of(event.status, None if event.claim is None else "c"), incident=links.incident(key),
        disputes=links.disputes(key),
    )  # fmt: skip


def _where(at: Place, reading: Reading) -> str:
    if at.kind == "metonymic":
        return f"stands for a government{f' · {at.country}' if at.country else ''}"
    parts = [at.kind if at.kind != "literal" else None, None if at.lat is None else place(at.lat, at.lon, at.radius_km)]
    if at.relation and at.relation.anchor is not None:
        parts.append(f"“{at.relation.words}” {reading.places[at.relation.anchor].name}")
    return " · ".join(filter(None, (*parts, at.country))) or "not on the map"


def _quantity(key: str, quantity: Quantity, links: _Links) -> RecordLine:
    of = quantity.of if quantity.of and quantity.unit not in quantity.of else ""
    what = f"{figure(quantity.low, quantity.high)} {quantity.unit if quantity.unit != 'other' else of}".strip()
    detail = " · ".join(filter(None, (quantity.precision.replace("_", " "), of if quantity.unit != "other" else "")))
    return RecordLine(
        key, what, detail, quantity.start, quantity.end, half=True, disputes=links.disputes(key)
    )  # fmt: skip
