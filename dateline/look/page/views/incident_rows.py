"""Incidents as rows: one line each in lists, on the timeline and beside the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.ledger import Filters, Telling, columns_of
from dateline.look.page.sight import Sight
from dateline.look.page.views.voices import certainty_of
from dateline.records import Dispute, Incident

__all__ = ["CERTAINTIES", "IncidentRow", "certainty_among", "incident_rows", "rows_to_take", "title_of"]

CERTAINTIES = {
    "happened": "happened", "claimed": "claimed", "planned": "planned or possible", "denied": "denied",
}  # fmt: skip
"""The line styles and what they mean."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident; ``certainty``: its line style; ``disputes``: kinds; ``published``: of the reports that tell it."""

    id: str
    type: str
    title: str
    earliest: str | None
    latest: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    sources: int
    reports: int
    certainty: str
    disputes: tuple[str, ...]
    published: tuple[str, ...]


def incident_rows(sight: Sight, incidents: Sequence[Incident]) -> tuple[IncidentRow, ...]:
    """The incidents, in the order given, with what their events and disputes add."""
    ids = [incident.id for incident in incidents]
    tellings, disputes = sight.browse.tellings(ids), sight.browse.over(ids)
    return tuple(_row(sight, i, tellings.get(i.id, ()), disputes.get(i.id, ())) for i in incidents)


def _row(sight: Sight, one: Incident, tellings: Sequence[Telling], disputes: Sequence[Dispute]) -> IncidentRow:
    published = dict.fromkeys(t.published for t in tellings if t.published)
    return IncidentRow(
        one.id, one.type, title_of(sight, one), one.earliest.isoformat() if one.earliest else None,
        one.latest.isoformat() if one.latest else None, one.place, one.country, one.lat, one.lon, one.radius_km,
        one.sources, len(one.reports), certainty_among(tellings), tuple(sorted({d.kind for d in disputes})),
        tuple(published),
    )  # fmt: skip


def rows_to_take(sight: Sight, filters: Filters) -> Iterator[list[object]]:
    """All incidents that fit as rows of ``incidents_table``, private names replaced."""
    columns = columns_of("incidents")
    for row in sight.ledger.rows("incidents", filters):
        for report in sight.browse.reports_of(str(row["id"])):
            row = sight.hidden(report, row)  # noqa: PLW2901  # a name may be private in one report only
        yield [row[name] for name in columns]


def title_of(sight: Sight, incident: Incident) -> str:
    """Its words, with a capital at their head."""
    title = " ".join(sight.words_of(incident.reports, incident.title).split())
    return title[:1].upper() + title[1:]


def certainty_among(tellings: Sequence[Telling]) -> str:
    """How certain an incident is: happened once an outlet says so itself, else what most of its voices make it."""
    chief = [t for t in tellings if t.salience != "background"] or tellings
    found = Counter(certainty_of(t.status, t.claim) for t in chief)
    if found["happened"]:
        return "happened"
    return max(("claimed", "planned", "denied"), key=lambda style: found[style]) if found else "claimed"
