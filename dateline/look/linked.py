"""What linking found, laid out for a terminal: incidents, tolls, disputes, reversals, threads, questions, changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from rich.box import SIMPLE
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dateline.codebook.countries import load_countries
from dateline.ledger import Kind, TableRow
from dateline.look.sparks import figures, sparkline
from dateline.records import Change, Incident, Toll

__all__ = [
    "LAYOUTS",
    "changes_lines",
    "counted",
    "cut",
    "day_of",
    "disputes_lines",
    "harm",
    "incidents_table",
    "indented",
    "quoted",
]

_QUOTED = 110  # characters of evidence on a line
_WHOLE_DAY = 23  # hours
_YEAR = 300 * 24  # hours: of a longer time only the years say something
_FAR_KM = 150  # a country's extent says nothing of where
_OPENING = re.compile(r"^\s*[A-Z][A-Z/,. ]+[^—–\n]{0,40}\)?\s[—–]\s")  # "KYIV, Feb 25 (Reuters) — "
_STANDINGS = {"copy": "copy, not counted", "update": "update", "disputed": "disputed", "first": ""}
_HEADINGS = {
    "corrected": "Corrected", "reversed": "Reversed", "disputed": "Disputed", "settled": "Settled",
    "moved": "Moved", "new": "New",
}  # fmt: skip


def cut(words: object, limit: int = _QUOTED) -> str:
    """Words on one line, cut at a space where they are too long."""
    line = " ".join(str(words).split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + " …"


def quoted(words: object, limit: int = _QUOTED) -> str:
    """Words of a report in quotation marks; those that have marks of their own keep them."""
    line = cut(_OPENING.sub("", str(words)), limit)
    return line if line[:1] in '“"‘' else f"“{line}”"


def day_of(moment: object) -> str:
    """A day or moment of publication for people: "25 Feb", "25 Feb 18:00"; the year where there is no day."""
    try:
        when = datetime.fromisoformat(str(moment))
    except ValueError:
        return "no date"
    return f"{when.day} {when:%b}" if len(str(moment)) <= len("2022-02-25") else f"{when.day} {when:%b %H:%M}"


def harm(incident: Incident, *, spark: bool = True) -> str:
    """The tolls of an incident on a line: best, the range where sources differ, and their course."""
    some = {toll.kind for toll in incident.tolls if toll.high}
    tolls = (toll for toll in incident.tolls if toll.high or toll.kind not in some)  # "nobody" where all say so
    return "; ".join(_toll(toll, spark=spark) for toll in tolls)


def _toll(toll: Toll, *, spark: bool) -> str:
    span = "" if toll.low == toll.high else f" ({toll.low:,}–{toll.high:,})"
    course = sparkline(figures(toll)) if spark else ""
    return f"{f'{toll.best:,}' if toll.best else 'nobody'} {counted(toll.kind, toll.victims)}{span} {course}".strip()


def counted(kind: object, victims: object) -> str:
    """What a toll counts, for people: "Ukrainian soldiers killed", "killed (Ukrainian)"."""
    kind = "killed or wounded" if kind == "casualties" else kind
    country, _, group = str(victims or "").rpartition(" ") if " " in str(victims) else (str(victims or ""), "", "")
    if not country.isupper():
        country, group = "", country
    known = load_countries().by_iso3.get(country)
    people = known.demonyms[0] if known and known.demonyms else country
    return f"{people} {group} {kind}".strip() if group else f"{kind} ({people})" if people else str(kind)


def incidents_table(rows: Iterable[TableRow], incidents: Mapping[str, Incident]) -> Iterator[RenderableType]:
    """Incidents by time: when, what, where, how many sources, with what toll."""
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False, expand=True)
    table.add_column("id", width=6, style="dim")
    table.add_column("when", width=13)
    table.add_column("what", ratio=6)
    table.add_column("where", ratio=2)
    table.add_column("sources", width=7, justify="right")
    table.add_column("toll", ratio=3)
    for row in rows:
        disputed = Text(" disputed", style="bold red") if row["disputes"] else Text("")
        what = Text.assemble((str(row["type"]), "bold"), disputed, "\n", cut(row["title"], 150))
        incident = incidents.get(str(row["id"]))
        table.add_row(
            str(row["id"])[:6], _span(row), what, _where(row), str(row["sources"]), harm(incident) if incident else ""
        )
    if table.row_count:
        yield table


def _span(row: TableRow) -> str:
    """When, as people write it: a day, a part of one, or two ends."""
    if row["earliest"] is None:
        return "–"
    start = datetime.fromisoformat(str(row["earliest"]))
    day = f"{start.day} {start:%b}"
    if row["latest"] is None:
        return f"from {day}"
    end = datetime.fromisoformat(str(row["latest"]))
    hours = (end - start).total_seconds() / 3600
    if hours < _WHOLE_DAY:
        return f"{day} {start:%H:%M}" if hours <= 1 else f"{day} {start:%H}–{end:%H}h"
    if hours > _YEAR:
        return f"{start:%Y}–{end:%Y}"
    return day if hours <= _WHOLE_DAY + 3 else f"{day} – {end.day} {end:%b}"


def _where(row: TableRow) -> str:
    if row["place"] is None:
        return "–"
    radius = float(row["radius_km"] or 0)
    return f"{row['place']} ±{radius:.0f} km" if 1 <= radius <= _FAR_KM else str(row["place"])


def _tolls(rows: Iterable[TableRow], _: Mapping[str, Incident]) -> Iterator[RenderableType]:
    """Per incident and kind of harm the three numbers and their course, then who gave which figure when."""
    for _incident, told in groupby(rows, key=lambda row: row["incident"]):
        every = list(told)
        head = every[0]
        where = f", {head['place']}" if head["place"] else ""
        yield Text.assemble("\n", (cut(head["title"], 84 - len(where)), "bold"), where, (f"  {_id(head)}", "dim"))
        counts: dict[tuple[object, object], list[TableRow]] = {}
        for row in every:
            counts.setdefault((row["kind"], row["victims"]), []).append(row)
        for figures_ in counts.values():
            yield from _one_toll(figures_)


def _one_toll(rows: Sequence[TableRow]) -> Iterator[RenderableType]:
    head = rows[0]
    own = [r for r in rows if r["standing"] != "copy"]
    values = [float(v) for r in own if (v := r["source_low"] if r["source_low"] is not None else r["source_high"])]
    best = Text(f"{head['best']:,}", style="bold")
    bounds = "  " if head["low"] == head["high"] else f", low {head['low']:,}, high {head['high']:,}  "
    yield Text.assemble(f"  {counted(head['kind'], head['victims'])}: best ", best, bounds, sparkline(values))
    grid = Table.grid(padding=(0, 2), expand=True)
    for width in (16, 12):
        grid.add_column(width=width)
    grid.add_column(ratio=3)
    grid.add_column(ratio=5)
    for row in rows:
        standing = _STANDINGS[str(row["standing"])]
        told = quoted(row["words"], 60) + (f" – {standing}" if standing else "")
        grid.add_row(
            f"    {day_of(row['published'])}", _figure(row), _who(row["source"], row["outlet"]), told,
            style="dim" if row["standing"] == "copy" else "",
        )  # fmt: skip
    yield grid


def _figure(row: TableRow) -> str:
    low, high = row["source_low"], row["source_high"]
    if low is None:
        return f"up to {high:,.0f}" if high is not None else "–"
    if high is None:
        return f"{low:,.0f} or more"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def _who(source: object, outlet: object) -> str:
    return str(source) if outlet in (None, source) else f"{source} ({outlet})"


def by_reports(rows: Iterable[TableRow]) -> list[list[TableRow]]:
    """The sides of each dispute, those first that most independent reports tell, then by time."""
    grouped = [list(sides) for _, sides in groupby(rows, key=lambda row: row["id"])]
    return sorted(grouped, key=lambda s: (-int(s[0]["reports"] or 0), str(s[0]["published"]), str(s[0]["id"])))


def disputes_lines(rows: Iterable[TableRow], _: Mapping[str, Incident] | None = None) -> Iterator[RenderableType]:
    """Disputes, those more independent reports tell first: kind and matter, then each side in its own words."""
    for sides in by_reports(rows):
        head = sides[0]
        count = int(head["reports"] or 0)
        told = f"  ({count} reports)" if count > 1 else ""
        yield Text.assemble("  ", (f"{head['kind']}: ", "bold"), cut(head["about"], 84), (told, "dim"))
        for side in sides:
            yield indented(
                Text.assemble(
                    (str(side["label"]), "bold"), f" — {side['sources']}",
                    (f" ({_from(side)})", "dim"), f": {quoted(str(side['words']).split(' | ')[0])}",
                ), 4,
            )  # fmt: skip


def _from(row: TableRow, before: str = "") -> str:
    outlet = row[f"{before}outlet"]
    return f"{outlet}, {day_of(row[f'{before}published'])}" if outlet else day_of(row[f"{before}published"])


def _reversals(rows: Iterable[TableRow], _: Mapping[str, Incident]) -> Iterator[RenderableType]:
    """A source's earlier words and the later ones against them."""
    for row in rows:
        note = " (its own correction)" if row["correction"] else ""
        yield Text.assemble("  ", (str(row["source"]), "bold"), note)
        for when, word in (("before", "first"), ("after", "then ")):
            told = f"{word} ({_from(row, f'{when}_')}): {quoted(row[f'{when}_words'])}"
            yield indented(Text(told), 4)


def _threads(rows: Iterable[TableRow], _: Mapping[str, Incident]) -> Iterator[RenderableType]:
    """The moves between two parties in order, and where they stand."""
    for _thread, told in groupby(rows, key=lambda row: row["id"]):
        moves = list(told)
        head = moves[0]
        parties = str(head["parties"]).replace("; ", " – ")
        yield Text.assemble("  ", (parties, "bold"), ": ", cut(head["matter"], 70), (f"  now {head['state']}", "dim"))
        for row in moves:
            line = Text.assemble(f"{day_of(row['published']):<13}", (f"{row['by']} {row['move']}", "bold"))
            yield indented(line.append(f": {quoted(row['words'])}"), 4)


def _questions(rows: Iterable[TableRow], _: Mapping[str, Incident]) -> Iterator[RenderableType]:
    """What is not known, who says so, and what settled it; the open ones first."""
    for row in sorted(rows, key=lambda r: (r["answer"] is not None, -int(r["reports"] or 0), str(r["asked"]))):
        asked = f" ({row['asked_by'] or 'the report'}, {day_of(row['asked'])})"
        yield indented(Text.assemble(cut(row["words"]), (asked, "dim")), 2)
        if row["answer"]:
            by = _who(row["answered_by"], row["answer_outlet"])
            yield indented(Text(f"answered {day_of(row['answered'])}, {by}: {quoted(row['answer_words'])}"), 4)


LAYOUTS: dict[Kind, Callable[[Iterable[TableRow], Mapping[str, Incident]], Iterator[RenderableType]]] = {
    "incidents": incidents_table,
    "tolls": _tolls,
    "disputes": disputes_lines,
    "reversals": _reversals,
    "threads": _threads,
    "questions": _questions,
}
"""How each kind of derived row is laid out; the incidents of a ledger by id are for those that show tolls."""


def changes_lines(found: Iterable[Change]) -> Iterator[RenderableType]:
    """Changes under a heading for each kind of change, the most telling kinds first."""
    for change, same in groupby(found, key=lambda c: c.change):
        yield Text(f"\n{_HEADINGS[change]}", style="bold")
        for one in same:
            told = f" ({one.sources} sources)" if one.sources > 1 else ""
            what = Text.assemble(f"{day_of(one.at):<13}", (one.kind, "dim"), f" {cut(one.about)}", (told, "dim"))
            if one.before or one.after:
                turn = " → ".join(cut(part, 80) for part in (one.before, one.after) if part)
                what.append(f" — {turn}")
            yield indented(what, 2)


def indented(line: Text, by: int) -> RenderableType:
    """A line that keeps its indentation where it is broken."""
    grid = Table.grid()
    grid.add_column(width=by)
    grid.add_column()
    grid.add_row("", line)
    return grid


def _id(row: TableRow) -> str:
    return str(row["incident"])[:6]
