"""The overview: what the ledger holds, what is disputed, reversed, not known, and the story by day and hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateline.look.page.asked import AskedDep, ZoneDep, moment_of
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.changes import ChangesView, changes_since
from dateline.look.page.views.timeline import Story, story
from dateline.look.page.views.voices import (
    DisputeView,
    QuestionView,
    ReversalView,
    disputes_of,
    questions_of,
    reversals_of,
)
from dateline.records import Dispute, OpenQuestion, Reversal

__all__ = ["OverviewView", "overview"]

_DISPUTES, _QUESTIONS, _REVERSALS, _BARS = 4, 6, 3, 16
_LOOK_BACK = 14
_LONGEST = timedelta(days=14)  # of a story told by the hour


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The first page. ``counts``: rows of each table; ``story``: the best-told incidents on a time axis."""

    counts: Mapping[str, int]
    outlets: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    story: Story | None
    disputes: tuple[DisputeView, ...]
    reversals: tuple[ReversalView, ...]
    questions: tuple[QuestionView, ...]
    since: str
    changes: ChangesView | None
    days: tuple[str, ...]


def overview(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> OverviewView:
    """What the ledger says, for a reader with a minute."""
    counts = sight.kept("counts", sight.ledger.counts)
    first, last = sight.kept("extent of reports", sight.browse.extent)
    window = _window(sight)
    shown = story(sight, *window, zone, limit=_BARS) if window else None
    disputes = [(one, mark[0]) for one, mark in sight.browse.latest(Dispute, limit=_DISPUTES)]
    reversals = [(one, mark[0]) for one, mark in sight.browse.latest(Reversal, limit=_REVERSALS)]
    questions = [one for one, _ in sight.browse.latest(OpenQuestion, limit=_QUESTIONS)]
    since = moment_of(asked.since, zone)
    changes = None if since is None else changes_since(sight, since)
    return OverviewView(
        counts, tuple(sight.kept("outlets", sight.browse.outlets)[:8]), first, last, shown,
        disputes_of(sight, disputes), reversals_of(sight, reversals), questions_of(sight, questions),
        _form_moment(since, last, zone), changes, _days(sight),
    )  # fmt: skip


def _window(sight: Sight) -> tuple[datetime, datetime] | None:
    """The days up to the last report, a fortnight at most."""
    first, last = sight.kept("extent of reports", sight.browse.extent)
    if first is None or last is None:
        return None
    end = datetime.fromisoformat(last).astimezone(UTC) + timedelta(hours=6)
    start = datetime.fromisoformat(first).astimezone(UTC)
    return max(start, end - _LONGEST), end


def _form_moment(since: datetime | None, last: str | None, zone: ZoneInfo) -> str:
    """What stands in the field "since": the moment asked for, or six in the evening before the last report's day."""
    if since is None and last is not None:
        end = datetime.fromisoformat(last).astimezone(zone)
        since = (end - timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
    return "" if since is None else since.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _days(sight: Sight) -> tuple[str, ...]:
    """The last days on which reports came out, for looking back without a script."""
    hours = sight.kept("reports by hour", lambda: sight.browse.by_hour("reports"))
    return tuple(sorted({hour[:10] for hour, _ in hours})[-_LOOK_BACK:])
