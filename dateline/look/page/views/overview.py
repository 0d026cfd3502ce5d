"""The overview: what the ledger holds, what is disputed, reversed, not known, and the story by day and hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dateline.look.page.asked import ZoneDep
from dateline.look.page.sight import Sight, SightDep
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


def overview(sight: SightDep, zone: ZoneDep) -> OverviewView:
    """What the ledger says, for a reader with a minute."""
    counts = sight.kept("counts", sight.ledger.counts)
    first, last = sight.kept("extent of reports", sight.browse.extent)
    window = _window(sight)
    shown = story(sight, *window, zone, limit=_BARS) if window else None
    disputes = [(one, mark[0]) for one, mark in sight.browse.latest(Dispute, limit=_DISPUTES)]
    reversals = [(one, mark[0]) for one, mark in sight.browse.latest(Reversal, limit=_REVERSALS)]
    questions = [one for one, _ in sight.browse.latest(OpenQuestion, limit=_QUESTIONS)]
    return OverviewView(
        counts, tuple(sight.kept("outlets", sight.browse.outlets)[:8]), first, last, shown,
        disputes_of(sight, disputes), reversals_of(sight, reversals), questions_of(sight, questions),
    )  # fmt: skip


def _window(sight: Sight) -> tuple[datetime, datetime] | None:
    """The days up to the last report, a fortnight at most."""
    first, last = sight.kept("extent of reports", sight.browse.extent)
    if first is None or last is None:
        return None
    end = datetime.fromisoformat(last).astimezone(UTC) + timedelta(hours=6)
    start = datetime.fromisoformat(first).astimezone(UTC)
    return max(start, end - _LONGEST), end
