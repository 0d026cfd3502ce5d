"""The explanation of an incident, laid out for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from dateline.ledger import Filters, Ledger, TableRow
from dateline.look.linked import LAYOUTS, cut, day_of, disputes_lines, indented, quoted
from dateline.look.reasons import grounds
from dateline.records import Report

if TYPE_CHECKING:
    from dateline.desk import Explanation, Passage, Reason

__all__ = ["explanation_lines"]

_AROUND = 24  # characters shown round a passage that was changed


def explanation_lines(ledger: Ledger, explanation: Explanation) -> Iterator[RenderableType]:
    """What the incident is, each event with what joined it, then tolls, disputes and the copies' differences."""
    incident = explanation.incident
    count = f"{len(incident.events)} events in {len(incident.reports)} reports, {incident.sources} independent"
    yield Text.assemble((f"{incident.type} ", "bold"), (cut(incident.title), "bold"), f"\n  {count}")
    why = {reason.event: reason for reason in explanation.reasons}
    number = {event: at for at, event in enumerate(incident.events, 1)}
    rows = {str(row["id"]): row for report in incident.reports for row in ledger.rows("events", Filters(report=report))}
    for event in incident.events:
        yield from _event(number, rows.get(event), why.get(event))
    of = Filters(incident=incident.id)
    yield from LAYOUTS["tolls"](ledger.rows("tolls", of), {})
    disputes = list(disputes_lines(ledger.rows("disputes", of)))
    if disputes:
        yield Text("\nDisputed", style="bold")
        yield from disputes
    for original, copy, passages in explanation.copies:
        yield from _differences(ledger.report(original), ledger.report(copy), passages)


def _event(number: dict[str, int], row: TableRow | None, reason: Reason | None) -> Iterator[RenderableType]:
    if row is None:
        return
    told = f" {row['source']}, " if row["source"] != row["outlet"] else " "
    yield indented(
        Text.assemble(
            (f"{number[str(row['id'])]:>2} ", "bold"), (str(row["trigger"]), "bold"), f" –{told}{row['outlet']}, ",
            f"{day_of(row['published'])}: {quoted(row['words'])}",
        ), 2,
    )  # fmt: skip
    if reason is not None:
        named = ", ".join(f"{ground.what} {ground.weight:+.1f}" for ground in grounds(reason.parts))
        yield indented(Text(f"as {number[reason.like]}: {named}", style="dim"), 7)


def _differences(original: Report, copy: Report, passages: Sequence[Passage]) -> Iterator[RenderableType]:
    count = "no difference" if not passages else f"{len(passages)} passages differ"
    yield Text.assemble("\n", (f"{copy.outlet} is a copy of {original.outlet}", "bold"), f": {count}")
    for p in passages:
        before, after = copy.text[max(0, p.copy_start - _AROUND) : p.copy_start], copy.text[p.copy_end :][:_AROUND]
        yield indented(
            Text.assemble(
                f"… {' '.join(before.split())} ", (original.text[p.start : p.end] or "", "strike red"), " ",
                (copy.text[p.copy_start : p.copy_end], "bold green"), f" {' '.join(after.split())} …",
            ), 2,
        )  # fmt: skip
