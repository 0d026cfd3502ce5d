"""The timeline: incidents as bars from their earliest to their latest possible time, in lanes.

Zooming is a link to another window, so that it works without a script, and any window has an address.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import Query

from dateline.ledger import Filters, columns_of
from dateline.look.page.answers import Sheet
from dateline.look.page.asked import Asked, AskedDep, ZoneDep, moment_of
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.axis import Axis, Bar, axis_of, bar_of
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows, rows_to_take

__all__ = [
    "Lane", "Line", "Story", "TimelineView", "Window", "counts_of_hours", "story", "timeline_sheet", "timeline_view",
    "window_links", "window_of",
]  # fmt: skip

_MOST = 80  # bars on a page
_SHORTEST = timedelta(hours=1)
_LONGEST_HINT = timedelta(days=14)

Lanes = Annotated[Literal["type", "place"], Query(description="What a lane holds")]
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


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch shown, and the windows a reader may go to: queries for the address, None where there is no way."""

    since: str
    until: str
    earlier: str | None
    later: str | None
    closer: str | None
    wider: str | None
    all: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The timeline; ``days``: (x, width, height in per cent) of the incidents filed over all time, as a strip."""

    asked: Asked
    by: str
    window: Window
    story: Story
    strip: tuple[tuple[float, float, float], ...]
    strip_axis: Axis
    here: tuple[float, float]
    types: tuple[tuple[str, int], ...]


def timeline_view(sight: SightDep, asked: AskedDep, zone: ZoneDep, by: Lanes = "type") -> TimelineView:
    """Incidents as bars, in lanes by type or place."""
    start, end = window_of(sight, asked, zone)
    shown = story(sight, start, end, zone, limit=_MOST, by=by, type=asked.type)
    first, last = _everything(sight, zone)
    whole = axis_of(min(first, start), max(last, end), zone)
    here = (max(0.0, whole.x(start)), min(100.0, whole.x(end)))
    types = tuple(sight.kept("types of incidents", sight.browse.types))
    return TimelineView(
        asked, by, window_links(sight, asked, zone, by), shown, _strip(sight, whole), whole, here, types
    )


def timeline_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """All incidents of the window, one a row."""
    start, end = window_of(sight, asked, zone)
    return Sheet(columns_of("incidents"), rows_to_take(sight, Filters(since=start, until=end, type=asked.type)))


def window_of(sight: Sight, asked: Asked, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The stretch of time asked for; by default the days about the reports, a fortnight at most."""
    first, last = _everything(sight, zone)
    end = moment_of(asked.until, zone, end=True) or last
    start = moment_of(asked.since, zone) or (max(first, end - _LONGEST_HINT) if asked.until is None else first)
    if end - start < _SHORTEST:
        end = start + _SHORTEST
    return start, end


def window_links(sight: Sight, asked: Asked, zone: ZoneInfo, by: str = "type") -> Window:
    """The window asked for with the ways out of it."""
    start, end = window_of(sight, asked, zone)
    return _window(start, end, _everything(sight, zone), asked, by)


def _everything(sight: Sight, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first to the last report, in whole days of the zone."""
    first, last = sight.kept("extent of reports", sight.browse.extent)
    if first is None or last is None:
        now = datetime(2000, 1, 1, tzinfo=zone)
        return now, now + timedelta(days=1)
    start, end = (datetime.fromisoformat(moment).astimezone(zone) for moment in (first, last))
    midnight = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return start.replace(**midnight), end.replace(**midnight) + timedelta(days=1)  # type: ignore[arg-type]


def _window(start: datetime, end: datetime, everything: tuple[datetime, datetime], asked: Asked, by: str) -> Window:
    first, last = everything
    long, middle = end - start, start + (end - start) / 2

    def to(since: datetime, until: datetime) -> str:
        words = (moment.isoformat(timespec="minutes")[:16] for moment in (since, until))
        return asked.query(**dict(zip(("since", "until"), words, strict=True))) + f"&by={by}"

    return Window(
        start.isoformat(timespec="minutes")[:16], end.isoformat(timespec="minutes")[:16],
        to(start - long / 2, end - long / 2) if start > first else None,
        to(start + long / 2, end + long / 2) if end < last else None,
        to(middle - long / 4, middle + long / 4) if long > 2 * _SHORTEST else None,
        to(middle - long, middle + long) if long < timedelta(days=3650) and (start > first or end < last) else None,
        to(first, last),
    )  # fmt: skip


def _strip(sight: Sight, axis: Axis) -> tuple[tuple[float, float, float], ...]:
    """How many incidents each hundredth of the axis holds, as columns; kept, for it is mostly the same axis."""
    return sight.kept(f"strip {axis.start:%Y%m%d%H} {axis.end:%Y%m%d%H}", lambda: _columns(sight, axis))


def _columns(sight: Sight, axis: Axis) -> tuple[tuple[float, float, float], ...]:
    columns = [0] * 100
    for hour, count in counts_of_hours(sight):
        x = axis.x(_utc(datetime.fromisoformat(hour + ":00")))
        if 0 <= x < 100:
            columns[int(x)] += count
    most = max(columns, default=0)
    return tuple((float(i), 0.8, round(100 * count / most, 1)) for i, count in enumerate(columns) if count)


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
