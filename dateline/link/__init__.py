"""Link: what reports say together, matter by matter (``stories.matters``): nothing links one matter to another.

A pure function of the set of reports and readings: the order they come in changes nothing
(invariant 3), and claims are pointed at, never edited (invariant 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from dateline.link.changes import changes
from dateline.link.copies import Passage, changed_passages, copy_groups
from dateline.link.day_counts import count_days
from dateline.link.disputes import disputes
from dateline.link.explain import Reason, reasons
from dateline.link.happenings import Happening, happenings
from dateline.link.incidents import in_time, incidents
from dateline.link.questions import questions
from dateline.link.reversals import reversals
from dateline.link.statements import Statement, statements
from dateline.link.stories import matters
from dateline.link.threads import threads
from dateline.link.tolls import tolls
from dateline.link.verdicts import joined_reports
from dateline.records import Linked, Quantity, Reading, Report, Verdict, ref

__all__ = [
    "Linked",
    "Passage",
    "Reason",
    "changed_passages",
    "changes",
    "copy_groups",
    "link",
    "link_matter",
    "reasons",
    "together",
]


def link(
    reports: Iterable[tuple[Report, Reading]], verdicts: Sequence[Verdict] = (), rejected: Collection[str] = frozenset()
) -> Linked:
    """Link the readings of a set of reports.

    verdicts: what people said of incidents, the oldest first. rejected: references of the records that people
    rejected, which are left out: events, claims, unknowns and figures.
    """
    readings = {report.id: (report, reading) for report, reading in reports}
    every = matters((report for report, _ in readings.values()), joined_reports(verdicts))
    return together(link_matter([readings[key] for key in matter], matter, verdicts, rejected) for matter in every)


def link_matter(
    ordered: Sequence[tuple[Report, Reading]],
    story: Mapping[str, str],
    verdicts: Sequence[Verdict] = (),
    rejected: Collection[str] = frozenset(),
) -> Linked:
    """Link the readings of one matter, in the order of their ids; ``story`` maps these to their stories."""
    readings = {report.id: (report, reading) for report, reading in ordered}
    copies = copy_groups(report for report, _ in ordered)
    found = list(_kept(count_days(list(happenings(ordered, story)), ordered), rejected))
    of: dict[str, list[Happening]] = defaultdict(list)
    for happening in found:
        of[happening.report].append(happening)
    told = [
        (report, list(_kept_statements(statements(report, reading, of[report.id]), rejected)))
        for report, reading in ordered
    ]
    by_ref = {h.ref: h for h in found}
    made = tuple(
        msgspec.structs.replace(i, tolls=tolls([by_ref[r] for r in i.events], readings, copies))
        for i in incidents(found, copies, verdicts)
    )
    return Linked(
        made,
        disputes(found, made, told, copies),
        reversals(found, told, copies, _measures(ordered, rejected)),
        threads(found, told, readings, copies),
        questions(ordered, told, rejected),
    )


def together(parts: Iterable[Linked]) -> Linked:
    """What was linked matter by matter, as one, each kind in its order."""
    every = list(parts)
    return Linked(
        tuple(sorted((i for part in every for i in part.incidents), key=in_time)),
        tuple(sorted((d for part in every for d in part.disputes), key=lambda d: (d.kind, d.id))),
        tuple(sorted((r for part in every for r in part.reversals), key=lambda r: r.id)),
        tuple(sorted((t for part in every for t in part.threads), key=lambda t: t.id)),
        tuple(sorted((q for part in every for q in part.questions), key=lambda q: (q.asked or "", q.unknowns[0]))),
    )


def _kept(found: Iterable[Happening], rejected: Collection[str]) -> Iterator[Happening]:
    """The happenings nobody rejected, without the figures somebody did."""
    for happening in found:
        event = happening.event
        figures = tuple(i for i in event.quantities if ref(happening.report, "quantities", i) not in rejected)
        if happening.ref not in rejected:
            kept = msgspec.structs.replace(event, quantities=figures)
            yield happening if figures == event.quantities else replace(happening, event=kept)


def _kept_statements(said: Iterable[Statement], rejected: Collection[str]) -> Iterator[Statement]:
    """The statements whose claim nobody rejected, without the figures somebody did."""
    for statement in said:
        if statement.ref not in rejected:
            yield replace(statement, quantities=tuple(q for q in statement.quantities if q[0] not in rejected))


def _measures(
    ordered: Sequence[tuple[Report, Reading]], rejected: Collection[str]
) -> dict[str, list[tuple[str, Quantity]]]:
    """The quantities of each report, by reference, those rejected left out."""
    every = {
        report.id: [(ref(report.id, "quantities", i), quantity) for i, quantity in enumerate(reading.quantities)]
        for report, reading in ordered
    }
    return {report: [figure for figure in figures if figure[0] not in rejected] for report, figures in every.items()}
