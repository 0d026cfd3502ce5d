"""Desk: the whole road once, from files to a linked ledger; the only module that knows the order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
from dateline.intake import ArticleError, Problem, json_rows, published, report_of
from dateline.link import link
from dateline.records import Reading, Report, TextReading
from dateline.scale import Here, ItemError

if TYPE_CHECKING:
    from dateline.ledger import Ledger

__all__ = ["Summary", "Tools", "annotate_lines", "cores", "read", "read_into", "relink", "schema"]

_BATCH = 16  # reports to a worker at a time
_SMALL = 24  # reports that one process reads sooner than a second one loads its model
_KNOWN = 500  # reports looked up in the ledger at once

Say = Callable[[Problem], None]
Row = dict[str, object]


@dataclass(frozen=True)
class Tools:
    """What reports are read with: a spaCy pipeline and the user's own codebook file, if any."""

    model: str = DEFAULT_MODEL
    codebook: Path | None = None


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
    run = ledger.start_run(version=version("dateline"), model=tools.model, codebook=load_codebook(tools.codebook).hash)
    for report, reading in _readings(_unknown(ledger, reports, summary), tools, processes, problems):
        ledger.add(report, reading, run)
        summary.new += 1
        summary.undated += report.published is None
        done(summary.new + summary.known)
    ledger.finish_run(run, new=summary.new, known=summary.known)
    if summary.new or not ledger.linked():
        relink(ledger)
    return summary


def relink(ledger: Ledger) -> None:
    """Derive incidents, disputes and the rest anew from all readings of a ledger."""
    ledger.replace_linked(*link(ledger.readings()))


def annotate_lines(
    source: BufferedReader, name: str, tools: Tools, *, processes: int, problems: Say
) -> Iterator[bytes]:
    """Yield each article of a JSON stream with its ``reading`` added, one JSON object a line, in order.

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
    return Reader(tools.model, tools.codebook)


def _articles(source: BufferedReader, name: str, problems: Say) -> Iterator[tuple[Row, Report]]:
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
