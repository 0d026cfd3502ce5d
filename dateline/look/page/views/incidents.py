"""The list of incidents, the latest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.ledger import columns_of
from dateline.look.page.answers import Sheet
from dateline.look.page.asked import Asked, AskedDep, ZoneDep
from dateline.look.page.paging import PAGE, batch, mark
from dateline.look.page.sight import SightDep
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows, rows_to_take
from dateline.records import Incident

__all__ = ["IncidentsView", "incidents_sheet", "incidents_view"]


@dataclass(frozen=True, slots=True)
class IncidentsView:
    """A page of incidents; ``types``: to choose from, with their number."""

    asked: Asked
    types: tuple[tuple[str, int], ...]
    incidents: tuple[IncidentRow, ...]
    after: str | None


def incidents_view(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> IncidentsView:
    """Happenings, the latest first; each once, however many reports tell it."""
    found = sight.browse.latest(
        Incident, limit=PAGE + 1, after=mark(asked.after), where=asked.type, filters=sight.filters(asked, zone)
    )
    page = batch([(incident, key) for incident, key in found])
    types = tuple(sight.kept("types of incidents", sight.browse.types))
    return IncidentsView(asked, types, incident_rows(sight, page.rows), page.after)


def incidents_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """All incidents that fit, with the columns of ``incidents_table``."""
    return Sheet(columns_of("incidents"), rows_to_take(sight, sight.filters(asked, zone)))
