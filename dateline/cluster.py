"""Cluster: many articles annotated on Ray into Parquet, and such readings loaded into a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.annotate.reader import Reader
from dateline.desk import Tools, cores, relink
from dateline.intake import ArticleError, Problem, archive_rows, report_of
from dateline.records import Reading, Report

if TYPE_CHECKING:
    from io import BufferedReader

    from dateline.ledger import Ledger
    from dateline.scale.on_ray import Row

__all__ = ["COLUMNS", "annotate_files", "lines_of", "load_into"]

COLUMNS = ("month", "id", "published", "line", "problem")
"""Of the Parquet: month and moment of publication, the finished line of JSON, or why there is none."""

UNREAD, UNDATED = "unread", "undated"  # in place of a month


def annotate_files(source: str, target: str, tools: Tools, *, workers: int, address: str | None = None) -> None:
    """Annotate all articles in the files of a folder on Ray; ``COLUMNS`` as Parquet, partitioned by month.

    source: JSON Lines, Parquet or web archives (WARC). The lines are those that ``annotate_lines`` gives. address: of a
    Ray cluster; without one Ray is started here. Raises FileExistsError, FileNotFoundError and LookupError where Ray
    is missing.
    """
    try:
        from dateline.scale.on_ray import OnRay  # noqa: PLC0415 (an extra)

        OnRay(address).map_files(
            partial(_Worker, tools), source, target, workers=workers, columns=COLUMNS, unpack=_unpacked
        )
    except ModuleNotFoundError as error:
        raise LookupError("The engine ray needs its extra: pip install 'dateline[ray]'") from error


def lines_of(path: Path) -> Iterator[tuple[str | None, str | None]]:
    """Yield the line, or else the problem, of each article of a folder that ``annotate_files`` wrote, file by file."""
    import pyarrow.parquet as pq  # noqa: PLC0415 (an extra)

    for file in sorted(path.rglob("*.parquet")):
        for batch in pq.ParquetFile(file).iter_batches(columns=["line", "problem"]):
            for row in batch.to_pylist():
                yield row["line"], row["problem"]


def load_into(ledger: Ledger, lines: Iterable[str | bytes], *, model: str, problems: Callable[[Problem], None]) -> int:
    """Keep what annotated lines say in a ledger and link it anew; return how many reports were new.

    A line that holds no reading goes to ``problems``. model: what the readings were made with.
    """
    run = ledger.start_run(version=version("dateline"), model=model, codebook="loaded")
    new = known = 0
    for number, line in enumerate(lines, start=1):
        try:
            row = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
            reading = msgspec.json.decode(row.pop("reading"), type=Reading)
            report = report_of({name: msgspec.json.decode(value) for name, value in row.items()}, f"line {number}")
            added = ledger.add(report, reading, run)
        except (KeyError, ValueError, ArticleError) as error:  # msgspec's errors are ValueErrors
            problems(Problem("annotated lines", number, f"holds no reading ({error}); skipped"))
            continue
        new, known = new + added, known + (not added)
    ledger.finish_run(run, new=new, known=known)
    if new or not ledger.linked():
        relink(ledger, processes=cores())
    return new


class _Worker:
    """Rows in, ``COLUMNS`` out; the model is loaded once."""

    def __init__(self, tools: Tools) -> None:
        self._reader = Reader(tools.model, tools.codebook)

    def __call__(self, rows: Sequence[Row]) -> list[dict[str, str | None]]:
        done: list[dict[str, str | None]] = []
        articles: list[tuple[Mapping[str, object], Report]] = []
        for row in rows:
            try:
                article = _article(row)
                articles.append((article, report_of(article, "the input")))
            except (ValueError, ArticleError) as error:
                done.append(_unread(row, str(error)))
        readings = self._reader.read_many(report for _, report in articles)
        for (article, report), reading in zip(articles, readings, strict=True):
            done.append(_finished(article, report, reading))
        return done


def _unpacked(file: BufferedReader, path: str) -> Iterator[dict[str, object]]:
    """The articles of a web archive as rows, and a row with ``problem`` for each that cannot be read."""
    problems: list[Problem] = []
    yield from archive_rows(file, path, problems.append)
    for problem in problems:
        if problem.skipped:
            yield {"id": problem.path, "problem": problem.words}


def _article(row: Row) -> Mapping[str, object]:
    """The article of a row: of JSON Lines the one in its line, of Parquet what its columns hold."""
    if row.get("problem") is not None:
        raise ArticleError(str(row["problem"]))
    if set(row) == {"text"}:
        article: dict[str, object] = msgspec.json.decode(str(row["text"]), type=dict[str, object])
        return article
    return {name: _plain(value) for name, value in row.items() if value is not None}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _finished(article: Mapping[str, object], report: Report, reading: Reading) -> dict[str, str | None]:
    line = msgspec.json.encode({**article, "reading": reading}).decode()
    month = report.published[:7] if report.published else UNDATED
    return {
        "month": month,
        "id": str(article.get("id", report.id)),
        "published": report.published,
        "line": line,
        "problem": None,
    }


def _unread(row: Row, why: str) -> dict[str, str | None]:
    return {"month": UNREAD, "id": str(row.get("id", "")), "published": None, "line": None, "problem": why}
