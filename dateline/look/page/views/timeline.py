"""The timeline: incidents as bars from their earliest to their latest possible time, in lanes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateline.look.page.sight import Sight
from dateline.look.page.views.axis import Axis, Bar, axis_of, bar_of
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows

__all__ = ["Lane", "Line", "Story", "counts_of_hours", "story"]

_WIDE = 20_000  # incidents in a window from which the best told are looked for first


@dataclass(frozen=True, slots=True)
class Line:
    """One incident on the timeline."""

    incident: IncidentRow
    bar: Bar


@dataclass(frozen=True, slots=True)
class Lane:
    """Incidents of one type or place."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A stretch of time with its incidents; ``total``: how many are filed in it, shown or not."""

    axis: Axis
    lanes: tuple[Lane, ...]
    shown: int
    total: int


def story(
    sight: Sight, start: datetime, end: datetime, zone: ZoneInfo, *, limit: int, by: str = "type",
    type: str | None = None,
) -> Story:  # fmt: skip
    """The best-told incidents of a window in lanes; the lanes by the time of their first bar."""
    axis = axis_of(start, end, zone)
    since, until = (moment.astimezone(UTC).isoformat() for moment in (start, end))
    total = _counted(sight, since, until)
    found = sight.browse.window(since, until, limit=limit, wide=total > _WIDE, type=type)
    lanes: dict[str, list[Line]] = defaultdict(list)
    shown = 0
    for row in incident_rows(sight, found):
        bar = bar_of(axis, _moment(row.earliest), _moment(row.latest), sorted(_moments(row.published)))
        if bar is not None:
            lanes[row.type if by == "type" else row.place or row.country or "no place"].append(Line(row, bar))
            shown += 1
    ordered = sorted(lanes.items(), key=lambda lane: (lane[1][0].bar.x, lane[0]))
    return Story(axis, tuple(Lane(name, tuple(lines)) for name, lines in ordered), shown, total)


def counts_of_hours(sight: Sight) -> list[tuple[str, int]]:
    """How many incidents are filed under each hour, kept until the ledger changes."""
    return sight.kept("incidents by hour", lambda: sight.browse.by_hour("incidents"))


def _counted(sight: Sight, since: str, until: str) -> int:
    hours = counts_of_hours(sight)
    first, last = (bisect_left(hours, (moment[:13],)) for moment in (since, until))
    return sum(count for _, count in hours[first:last])


def _moment(text: str | None) -> datetime | None:
    return None if text is None else _utc(datetime.fromisoformat(text))


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _moments(published: tuple[str, ...]) -> list[datetime]:
    return [_utc(datetime.fromisoformat(text)) for text in published]
