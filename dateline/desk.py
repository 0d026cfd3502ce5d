"""Desk: the whole road once, from files to a linked ledger; the only module that knows the order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as date_
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.metadata import version
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from dateline.annotate.reader import Reader
from dateline.annotate.words import DEFAULT_MODEL
from dateline.codebook import load_codebook
from dateline.codebook.laid import laid_over
from dateline.intake import ARCHIVES, ArticleError, Problem, archive_rows, json_rows, published, report_of
from dateline.link import Passage, Reason, changed_passages, copy_groups, link, reasons
from dateline.link import changes as changes_between
from dateline.records import Change, Incident, Linked, Reading, Report, TextReading
from dateline.relinking import relink
from dateline.scale import Here, ItemError

if TYPE_CHECKING:
    from dateline.ledger import Correction, Ledger

__all__ = [
    "Explanation",
    "Passage",
    "Reason",
    "Summary",
    "Tools",
    "Version",
    "annotate_lines",
    "changes",
    "cores",
    "explain",
    "explain_alone",
    "ledger_as_of",
    "read",
    "read_into",
    "relink",
    "reread",
    "schema",
    "versions",
]

_BATCH = 16  # reports to a worker at a time
_SMALL = 24  # reports that one process reads sooner than a second one loads its model
_TICK = timedelta(microseconds=1)
_KNOWN = 500  # reports looked up in the ledger at once

Say = Callable[[Problem], None]
When = str | date_ | datetime
Row = dict[str, object]
Version = tuple[str, str, tuple[Passage, ...]]
"""An original, a copy of it and the passages in which they differ (``dateline.link.Passage``)."""


@dataclass(frozen=True)
class Tools:
    """What reports are read with: a spaCy pipeline and the user's own codebook file and gazetteer, if any."""

    model: str = DEFAULT_MODEL
    codebook: Path | None = None
    gazetteer: Path | None = None

    def recorded(self) -> dict[str, str]:
        """What a run records of them; the codebook by a hash of all its files. Raises ``TableError``."""
        book = load_codebook(self.codebook, self.gazetteer)
        return {"version": version("dateline"), "model": self.model, "codebook": book.hash}


@dataclass
class Summary:
    """What came of reading into a ledger; ``ids``: of all reports met, in order."""

    new: int = 0
    known: int = 0
    undated: int = 0
    ids: list[str] = field(default_factory=list)


def read(
    text: str,
    *,
    date: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    tools: Tools | None = None,
) -> TextReading:
    """Read one text.

    date: the day or moment of publication ("2022-02-25", "25 February 2022", "2022-02-25T18:00+02:00");
    without it, relative times such as "on Friday" stay open. Raises ``DateError`` for one that is none.
    """
    day = None if date is None else published(date)
    reading = _reader(tools or Tools()).read(Report(text=text, published=day, outlet=outlet, title=title))
    return TextReading(text=text, **{name: getattr(reading, name) for name in Reading.__struct_fields__})


def read_into(
    ledger: Ledger,
    reports: Iterable[Report],
    tools: Tools,
    *,
    processes: int,
    problems: Say,
    done: Callable[[int], None],
) -> Summary:
    """Read the reports a ledger does not know yet into it, one transaction each, and link it anew.

    problems: told of a report that could not be read; the rest is. done: called with the number of reports
    finished so far. What was read stays read when this is interrupted; the next call goes on.
    """
    summary = Summary()
    run = ledger.start_run(**tools.recorded())
    for report, reading in _readings(_unknown(ledger, reports, summary), tools, processes, problems):
        ledger.add(report, reading, run)
        summary.new += 1
        summary.undated += report.published is None
        done(summary.new + summary.known)
    ledger.finish_run(run, new=summary.new, known=summary.known)
    if summary.new or not ledger.linked():
        with laid_over(tools.codebook):
            relink(ledger, processes=processes)
    return summary


def reread(
    ledger: Ledger, tools: Tools, *, processes: int, problems: Say, done: Callable[[int, int], None]
) -> tuple[int, int]:
    """Read again what another version, model or codebook has read, and link anew; people's corrections stay.

    done: called with the number of reports finished and to be read. Returns how many were read again, and how
    many corrections lost their words. What is interrupted goes on with the next call.
    """
    made = tools.recorded()
    ids = ledger.read_otherwise(**made)
    run = ledger.start_run(**made) if ids else 0
    count = 0
    for report, reading in _readings((ledger.report(key) for key in ids), tools, processes, problems):
        ledger.replace_reading(report.id, reading, run)
        count += 1
        done(count, len(ids))
    if ids:
        ledger.finish_run(run, new=0, known=count)
    if not ledger.linked():
        with laid_over(tools.codebook):
            relink(ledger, processes=processes)
    return count, sum(c.lost for c in ledger.corrections())


def ledger_as_of(ledger: Ledger, moment: When) -> Ledger:
    """The ledger as it stood: of the reports published by a moment, linked anew, in memory; close it after use.

    It equals, export for export, a fresh ledger of these reports. moment: ISO 8601; of a bare day its end. A report
    that gives only its day counts from that day's first moment in UTC; one without a date is left out. What people
    corrected stays corrected.
    """
    from dateline.ledger.excerpt import excerpt  # noqa: PLC0415 - SQLAlchemy only where a ledger is asked

    part = excerpt(ledger, moment)
    relink(part)
    return part


def changes(ledger: Ledger, since: When, until: When | None = None) -> tuple[Change, ...]:
    """What became known after a moment (of a bare day: from its first moment on), up to another or till now.

    New incidents, questions and threads; figures, places and threads that moved; what is newly disputed, settled,
    reversed or corrected, people's corrections included; the most telling first. Both moments are linked whole.
    """
    from dateline.ledger.excerpt import instant  # noqa: PLC0415 - SQLAlchemy only where a ledger is asked

    start = instant(since, end=False)
    if start != instant(since, end=True):  # a bare day: its reports are new
        start -= _TICK
    end = None if until is None else instant(until, end=True)
    published = {report.id: report.published for report in ledger.reports()}
    found = changes_between(_linked_by(ledger, start), _linked_by(ledger, end), published)
    corrected = (c for c in ledger.corrections() if start < datetime.fromisoformat(c.at) and c.undone_at is None)
    return (*(_of_person(c) for c in corrected if end is None or datetime.fromisoformat(c.at) <= end), *found)


@dataclass(frozen=True)
class Explanation:
    """Why an incident is one.

    reasons: for each event what it was joined by (``dateline.link.Reason``). copies: of its reports those that are
    nearly one text.
    """

    incident: Incident
    reasons: tuple[Reason, ...]
    copies: tuple[Version, ...]


def explain(ledger: Ledger, incident: str) -> Explanation:
    """Explain an incident; its id may be cut short. Raises ``LookupError`` where none or several begin so."""
    found = [one for one in ledger.incidents() if one.id.startswith(incident)]
    if len(found) != 1:
        raise LookupError(
            f"{'Several incidents have ids that begin with' if found else 'No incident has the id'} {incident}"
        )
    told = [ledger.report(report) for report in found[0].reports]
    return Explanation(found[0], reasons(found[0], ledger.readings()), versions(told))


def explain_alone(ledger: Ledger, incident: Incident) -> tuple[Reason, ...]:
    """Why each event of an incident belongs, by its own reports: quick in any ledger.

    Weights differ a little from those of ``explain``, since other reports on the same matter tell what is usual in it.
    """
    return reasons(incident, ((ledger.report(key), ledger.reading(key)) for key in incident.reports))


def versions(reports: Iterable[Report]) -> tuple[Version, ...]:
    """Of some reports those that are nearly one text."""
    told = {report.id: report for report in reports}
    return tuple(
        (original, copy, changed_passages(told[original].text, told[copy].text))
        for copy, original in sorted(copy_groups(told.values()).items())
        if copy != original
    )


def annotate_lines(
    source: BufferedReader, name: str, tools: Tools, *, processes: int, problems: Say
) -> Iterator[bytes]:
    """Yield each article of a JSON stream or web archive with its ``reading`` added, one JSON object a line, in order.

    A line that is no JSON object or has no text goes to ``problems``; the rest is still read.
    """
    articles = _articles(source, name, problems)
    first = list(islice(articles, _SMALL))
    workers = 1 if len(first) < _SMALL else processes

    def unread(error: ItemError) -> bytes:
        row, report = cast("tuple[Row, Report]", error.item)
        problems(Problem(report.origin or name, None, f"report {row.get('id', report.id)}: {error.words}; skipped"))
        return b""

    items = chain(first, articles)
    lines = Here().map(partial(_Annotator, tools), items, processes=workers, batch=_BATCH, instead=unread)
    yield from (line for line in lines if line)


def schema() -> dict[str, object]:
    """The JSON Schema of a reading."""
    return msgspec.json.schema(Reading)


def cores() -> int:
    """All the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _linked_by(ledger: Ledger, moment: datetime | None) -> Linked:
    """The links of the reports published by a moment, of all where none is given; kept ones where they hold."""
    if moment is not None:
        return link(ledger.readings(until=moment + _TICK), ledger.verdicts(), ledger.rejected())
    if not ledger.linked():
        return link(ledger.readings(), ledger.verdicts(), ledger.rejected())
    return Linked(
        tuple(ledger.incidents()),
        tuple(ledger.disputes()),
        tuple(ledger.reversals()),
        tuple(ledger.threads()),
        tuple(ledger.questions()),
    )


def _of_person(correction: Correction) -> Change:
    what = f"{correction.field}: " if correction.field else ""
    return Change(
        change="corrected", kind="record", id=correction.record, about=correction.words, at=correction.at, sources=1,
        before=f"{what}{correction.old}" if correction.field else None,
        after=f"{what}{correction.new}" if correction.field else f"{correction.action}ed",
        records=(correction.record,),
    )  # fmt: skip


class _Annotator:
    """What a worker of ``annotate_lines`` does: articles in, finished lines out."""

    def __init__(self, tools: Tools) -> None:
        self._reader = _reader(tools)

    def __call__(self, batch: Sequence[tuple[Row, Report]]) -> list[bytes]:
        readings = self._reader.read_many(report for _, report in batch)
        return [msgspec.json.encode(row | {"reading": r}) for (row, _), r in zip(batch, readings, strict=True)]


class _Recorder:
    """What a worker of ``read_into`` does; a reading travels as JSON, which is quicker than pickle."""

    def __init__(self, tools: Tools) -> None:
        self._reader = _reader(tools)

    def __call__(self, batch: Sequence[Report]) -> list[bytes]:
        return [msgspec.json.encode(reading) for reading in self._reader.read_many(batch)]


@cache
def _reader(tools: Tools) -> Reader:
    """One reader a process and set of tools: the model takes seconds to load."""
    return Reader(tools.model, tools.codebook, tools.gazetteer)


def _articles(source: BufferedReader, name: str, problems: Say) -> Iterator[tuple[Row, Report]]:
    if name.lower().endswith(ARCHIVES):
        for row in archive_rows(source, name, problems):
            yield row, report_of(row, str(row["origin"]))
        return
    for line, row in json_rows(source, name, problems):

        def note(words: str, line: int | None = line) -> None:
            problems(Problem(name, line, words, skipped=False))

        try:
            yield row, report_of(row, name if line is None else f"{name}:{line}", note=note)
        except ArticleError as error:
            problems(Problem(name, line, f"{error}; skipped"))


def _readings(
    reports: Iterator[Report], tools: Tools, processes: int, problems: Say
) -> Iterator[tuple[Report, Reading]]:
    first = list(islice(reports, _SMALL))
    if not first:
        return
    workers = 1 if len(first) < _SMALL else processes
    held: deque[Report] = deque()
    items = _holding(chain(first, reports), held)
    decode = msgspec.json.Decoder(Reading).decode

    def unread(error: ItemError) -> bytes:
        report = cast("Report", error.item)
        problems(Problem(report.origin or report.id, None, f"{error.words}; skipped"))
        return b""

    for raw in Here().map(partial(_Recorder, tools), items, processes=workers, batch=_BATCH, instead=unread):
        report = held.popleft()
        if raw:
            yield report, decode(raw)


def _holding(reports: Iterable[Report], held: deque[Report]) -> Iterator[Report]:
    """Pass reports on, keeping each until its reading comes back: readings come in the same order."""
    for report in reports:
        held.append(report)
        yield report


def _unknown(ledger: Ledger, reports: Iterable[Report], summary: Summary) -> Iterator[Report]:
    """The reports the ledger has no reading of; the others are counted."""
    waiting = iter(reports)
    met: set[str] = set()  # the same report may stand in several files
    while group := list(islice(waiting, _KNOWN)):
        known = ledger.known([report.id for report in group])
        for report in group:
            summary.ids.append(report.id)
            if report.id in known or report.id in met:
                summary.known += 1
            else:
                met.add(report.id)
                yield report
