"""Why reports are held for one incident: each beside the first, what joined it, and the versions of copied texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dateline.ledger import TableRow
from dateline.look.page.sight import Sight
from dateline.look.page.views.voices import mark_href
from dateline.look.reasons import Ground, grounds
from dateline.records import Incident, Report
from dateline.records.geodesy import distance_km

if TYPE_CHECKING:
    from dateline.desk import Passage, Reason

__all__ = ["Likeness", "Membership", "VersionView", "memberships", "versions_of"]

_EVENTS = 60  # of an incident that are held to each other
_REPORTS = 24  # of which copies are looked for
_PASSAGES = 12  # shown of a copy
_AROUND = 40  # characters shown round a passage, to the next word
_LONG = 240  # characters of a passage that are shown


@dataclass(frozen=True, slots=True)
class Likeness:
    """The event of another report that one is held for the same as; ``total``: above 0 they are one."""

    words: str
    outlet: str | None
    href: str
    total: float
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """Why a report is told of this incident: its place, time and actors held to the first report's."""

    report: str
    outlet: str | None
    published: str | None
    type: str
    status: str
    place: str
    time: str
    shared: str
    words: str
    href: str
    like: Likeness | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """Words that differ between two versions, with those round them that both have."""

    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A report that copies another; ``more``: passages not shown."""

    copy: str
    outlet: str | None
    published: str | None
    original: str
    original_outlet: str | None
    original_published: str | None
    passages: tuple[PassageView, ...]
    more: int


def versions_of(sight: Sight, incident: Incident) -> tuple[VersionView, ...]:
    """The reports of an incident that are nearly one text, with the words in which they differ."""
    from dateline.desk import versions  # noqa: PLC0415  # the reading side loads when it is first needed

    told = {key: sight.read(key)[0] for key in incident.reports[:_REPORTS]}
    return tuple(_version(told[original], told[copy], parts) for original, copy, parts in versions(told.values()))


def _version(original: Report, copy: Report, passages: Sequence[Passage]) -> VersionView:
    shown = tuple(_passage(original.text, copy.text, passage) for passage in passages[:_PASSAGES])
    return VersionView(
        copy.id, copy.outlet, copy.published, original.id, original.outlet, original.published, shown,
        len(passages) - len(shown),
    )  # fmt: skip


def _passage(original: str, copy: str, at: Passage) -> PassageView:
    before = copy[max(0, at.copy_start - _AROUND) : at.copy_start].split(" ", 1)[-1]
    after = copy[at.copy_end : at.copy_end + _AROUND].rsplit(" ", 1)[0]
    return PassageView(before, _cut(original[at.start : at.end]), _cut(copy[at.copy_start : at.copy_end]), after)


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else words[:_LONG].rsplit(" ", 1)[0] + " …"


def memberships(sight: Sight, incident: Incident, accounts: Sequence[TableRow]) -> tuple[Membership, ...]:
    """Each report once, by its chief event."""
    by_event = {str(account["id"]): account for account in accounts}
    joined = _joined(sight, incident, list(islice(by_event, _EVENTS)))
    reports: dict[str, TableRow] = {}
    for account in accounts:
        reports.setdefault(str(account["report"]), account)
    return tuple(_membership(row, accounts[0], _likeness(joined.get(report), by_event))
                 for report, row in reports.items())  # fmt: skip


def _joined(sight: Sight, incident: Incident, events: Sequence[str]) -> dict[str, Reason]:
    """For each report the strongest tie of one of these events to another report's."""
    from dateline.desk import explain_alone  # noqa: PLC0415  # the reading side loads when it is first needed

    reports = tuple(sorted({event.rpartition(":")[0] for event in events}))
    if len(reports) < 2:
        return {}
    part = msgspec.structs.replace(incident, events=tuple(sorted(events)), reports=reports)
    best: dict[str, Reason] = {}
    for reason in explain_alone(sight.ledger, part):
        report, other = reason.event.rpartition(":")[0], reason.like.rpartition(":")[0]
        if report != other and (report not in best or _total(reason) > _total(best[report])):
            best[report] = reason
    return best


def _total(reason: Reason) -> float:
    return math.fsum(reason.parts.values())


def _likeness(reason: Reason | None, accounts: dict[str, TableRow]) -> Likeness | None:
    if reason is None:
        return None
    like = accounts[reason.like]
    return Likeness(
        str(like["trigger"]), _text(like["outlet"]), mark_href(reason.like), round(_total(reason), 1),
        grounds(reason.parts),
    )  # fmt: skip


class _Stretch(NamedTuple):
    earliest: datetime | None
    latest: datetime | None


def _membership(row: TableRow, first: TableRow, like: Likeness | None) -> Membership:
    status = "claimed" if row["status"] == "happened" and row["claim"] else str(row["status"])
    kind = " ".join(str(row[name]) for name in ("type", "mode") if row[name])
    return Membership(
        str(row["report"]), _text(row["outlet"]), _text(row["published"]), kind, status, _distance(row, first),
        _overlap(row, first), _shared(row, first), str(row["trigger"]), mark_href(str(row["id"])), like,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _distance(row: TableRow, first: TableRow) -> str:
    here = [row[k] for k in ("lat", "lon")]
    there = [first[k] for k in ("lat", "lon")]
    if row["place"] is None:
        return "no place given"
    if row is first or None in here or None in there:
        return str(row["place"])
    km = distance_km(*(float(v or 0) for v in (*here, *there)))
    if km < 1:
        return "same place"
    near = km <= float(row["radius_km"] or 0) + float(first["radius_km"] or 0)
    return f"{km:,.0f} km away{', circles overlap' if near else ''}"


def _stretch(row: TableRow) -> _Stretch:
    return _Stretch(*(datetime.fromisoformat(str(row[k])) if row[k] else None for k in ("earliest", "latest")))


def _overlap(row: TableRow, first: TableRow) -> str:
    one, other = _stretch(row), _stretch(first)
    if one.earliest is None and one.latest is None:
        return "no time given"
    if row is first or one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return str(row["time_words"] or "bounded by the report")
    hours = (min(one.latest, other.latest) - max(one.earliest, other.earliest)).total_seconds() / 3600
    return f"overlaps {hours:,.0f} h" if hours >= 1 else "same hour" if hours > 0 else "times apart"


def _shared(row: TableRow, first: TableRow) -> str:
    def actors(of: TableRow) -> set[str]:
        return {n for k in ("initiators", "recipients") for n in str(of[k] or "").split("; ") if n}

    own, their = actors(row), actors(first)
    if row is first:
        return ", ".join(sorted(own)) or "none named"
    return f"{len(own & their)} of {len(their)}" if their else "none named"
