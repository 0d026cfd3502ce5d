"""Explain: why the events of an incident are held for one happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dateline.link.day_counts import count_days
from dateline.link.happenings import happenings
from dateline.link.incidents import explain
from dateline.link.stories import matters
from dateline.records import Incident, Reading, Report

__all__ = ["Reason", "reasons"]


class Reason(NamedTuple):
    """An event, the event of the incident most like it, and what the likeness is made of, each part's weight signed."""

    event: str
    like: str
    parts: Mapping[str, float]


def reasons(incident: Incident, reports: Iterable[tuple[Report, Reading]]) -> tuple[Reason, ...]:
    """For each event of an incident why it belongs; ``reports``: all that were linked, since they make the matters."""
    readings = {report.id: (report, reading) for report, reading in reports}
    every = matters((report for report, _ in readings.values()), [incident.reports])
    matter = next(matter for matter in every if incident.reports[0] in matter)
    ordered = [readings[key] for key in matter]
    found = count_days(list(happenings(ordered, matter)), ordered)
    wanted = set(incident.events)
    members = [h for h in found if h.ref in wanted]
    return tuple(Reason(*why) for why in explain(members, found))
