"""Disputes, reversals, threads and open questions: lists of quoted voices, the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Path

from dateline.ledger import Kind, columns_of
from dateline.look.page.answers import Sheet, gone
from dateline.look.page.asked import Asked, AskedDep, ZoneDep
from dateline.look.page.paging import Batch, batch, mark
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.voices import (
    DisputeView,
    QuestionView,
    ReversalView,
    ThreadView,
    disputes_of,
    questions_of,
    reversals_of,
    threads_of,
)
from dateline.records import Dispute, OpenQuestion, Reversal, Thread

__all__ = [
    "DisputesView", "OneDispute", "QuestionsView", "ReversalsView", "ThreadsView", "dispute_view", "disputes_sheet",
    "disputes_view", "questions_sheet", "questions_view", "reversals_sheet", "reversals_view", "threads_sheet",
    "threads_view",
]  # fmt: skip

KINDS = ("toll", "occurrence", "responsibility", "place", "time", "control")
STATES = ("offered", "demanded", "refused", "met", "broken off")
_PAGE = 20  # each takes half a screen
D = TypeVar("D", Dispute, Reversal, Thread, OpenQuestion)
Key = Annotated[str, Path(max_length=64)]


@dataclass(frozen=True, slots=True)
class DisputesView:
    """A page of disputes; ``kinds``: to choose from."""

    asked: Asked
    kinds: tuple[str, ...]
    disputes: tuple[DisputeView, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class OneDispute:
    """One dispute with all its voices."""

    dispute: DisputeView


@dataclass(frozen=True, slots=True)
class ReversalsView:
    """A page of reversals."""

    asked: Asked
    reversals: tuple[ReversalView, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ThreadsView:
    """A page of threads."""

    asked: Asked
    threads: tuple[ThreadView, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class QuestionsView:
    """A page of questions."""

    asked: Asked
    questions: tuple[QuestionView, ...]
    after: str | None


def disputes_view(sight: SightDep, asked: AskedDep) -> DisputesView:
    """Claims that cannot all be true, side by side."""
    found = _page(sight, Dispute, asked)
    return DisputesView(asked, KINDS, disputes_of(sight, found.rows), found.after)


def dispute_view(dispute_id: Key, sight: SightDep) -> OneDispute:
    """One dispute, with every voice of every side."""
    found = sight.browse.one(Dispute, dispute_id)
    if found is None:
        raise gone(f"dispute {dispute_id}")
    (shown,) = disputes_of(sight, [(found, sight.browse.filed_at(Dispute, dispute_id))], voices=None)
    return OneDispute(shown)


def reversals_view(sight: SightDep, asked: AskedDep) -> ReversalsView:
    """Sources against their earlier selves."""
    found = _page(sight, Reversal, asked)
    return ReversalsView(asked, reversals_of(sight, found.rows), found.after)


def threads_view(sight: SightDep, asked: AskedDep) -> ThreadsView:
    """Moves between the same parties on one matter."""
    found = _page(sight, Thread, asked)
    return ThreadsView(asked, threads_of(sight, found.rows), found.after)


def questions_view(sight: SightDep, asked: AskedDep) -> QuestionsView:
    """What reports say is not known, and who answered."""
    found = _page(sight, OpenQuestion, asked)
    return QuestionsView(asked, questions_of(sight, [question for question, _ in found.rows]), found.after)


def _page(sight: Sight, kind: type[D], asked: Asked) -> Batch[tuple[D, str]]:
    rows = sight.browse.latest(kind, limit=_PAGE + 1, after=mark(asked.after), where=asked.type)
    return batch([((record, key[0]), key) for record, key in rows], _PAGE)


def disputes_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """One row for each side of a dispute."""
    return _sheet(sight, "disputes", asked, zone, ("record",))


def reversals_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """One row for each reversal."""
    return _sheet(sight, "reversals", asked, zone, ("before", "after"))


def threads_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """One row for each move of a thread."""
    return _sheet(sight, "threads", asked, zone, ("record",))


def questions_sheet(sight: SightDep, asked: AskedDep, zone: ZoneDep) -> Sheet:
    """One row for each question."""
    return _sheet(sight, "questions", asked, zone, ("answer",))


def _sheet(sight: Sight, kind: Kind, asked: Asked, zone: ZoneDep, refs: Sequence[str]) -> Sheet:
    columns = columns_of(kind)

    def rows() -> Iterator[list[object]]:
        for row in sight.ledger.rows(kind, sight.filters(asked, zone)):
            clean = row
            for report in {str(row[ref]).rpartition(":")[0] for ref in refs if row[ref]}:
                clean = sight.hidden(report, clean)
            yield [clean[name] for name in columns]

    return Sheet(columns, rows())
