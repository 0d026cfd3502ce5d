"""Intake: files and archives to reports.

``reports`` reads whatever a user points at; what it cannot read, or reads with a doubt, it tells as
``Problem`` and goes on. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path

from dateline.intake.archives import ARCHIVE_FIELDS, archive_rows, warc_drafts
from dateline.intake.articles import ArticleError, report_of
from dateline.intake.dates import DateError, DateOrder, in_file_name, published
from dateline.intake.decoding import MENDED, NotTextError, decode, decode_page, encoding_of
from dateline.intake.draft import Defaults, Draft, finish
from dateline.intake.feeds import feed_drafts
from dateline.intake.jsonl import json_drafts, json_rows
from dateline.intake.pages import page_draft
from dateline.intake.problem import Problem, Progress, Say
from dateline.intake.sheets import sheet_drafts
from dateline.intake.sources import ARCHIVES, Kind, Source, find_sources, kind_of, why_unread
from dateline.intake.texts import text_drafts
from dateline.records import Report

__all__ = [
    "ARCHIVES",
    "ARCHIVE_FIELDS",
    "ArticleError",
    "DateError",
    "Problem",
    "Progress",
    "archive_rows",
    "json_rows",
    "published",
    "report_of",
    "reports",
]


def reports(
    paths: Sequence[Path | str],
    *,
    problems: Say,
    date: str | None = None,
    outlet: str | None = None,
    order: DateOrder | None = None,
    progress: Progress | None = None,
) -> Iterator[Report]:
    """Yield the reports of files and folders, in order; "-" is standard input.

    date, outlet: for reports whose file gives none of its own. order: how days such as 03/04/2022 are
    meant; without it they are left out and told. problems: called with everything the user should know,
    as it comes up. progress: kept up to date, in bytes of the files.

    Raises DateError at once if ``date`` is no date. All else goes to ``problems``.
    """
    defaults = Defaults(date=None if date is None else published(date, order), outlet=outlet, order=order)
    return _reports(paths, defaults, problems, progress or Progress())


def _reports(paths: Sequence[Path | str], defaults: Defaults, problems: Say, progress: Progress) -> Iterator[Report]:
    sources = find_sources(paths, problems)
    sizes = [source.size for source in sources]
    progress.total = None if None in sizes else sum(size or 0 for size in sizes)
    for source in sources:
        before = progress.done
        for draft in _drafts(source, problems, progress):
            report = finish(draft, defaults, problems)
            if report is not None:
                yield report
        progress.done = before + (source.size or 0)


def _drafts(source: Source, problems: Say, progress: Progress) -> Iterator[Draft]:
    """The drafts of one file; an error of the file system or of the encoding ends this file, no other."""
    before = progress.done
    heard = False  # anything of this file, be it a draft or a problem

    def tell(problem: Problem) -> None:
        nonlocal heard
        heard = True
        problems(problem)

    try:
        with source.open() as stream:
            head = stream.peek(8192)[:8192]
            if not head:
                tell(Problem(source.path, None, "is empty"))
                return
            kind = kind_of(source, head)
            if kind != "archive":
                encoding_of(head)  # refuses what is no text
            for draft in _of_kind(kind, source, stream, tell):
                heard = True
                if source.size is not None:
                    progress.done = before + min(stream.tell(), source.size)
                yield draft
        if not heard:
            problems(Problem(source.path, None, "holds no articles"))
    except NotTextError as error:
        problems(Problem(source.path, None, str(error)))
    except OSError as error:
        problems(Problem(source.path, None, why_unread(Path(source.path), error)))


def _of_kind(kind: Kind, source: Source, stream: BufferedReader, problems: Say) -> Iterator[Draft]:
    path = source.path
    if kind == "json":
        return json_drafts(stream, path, problems)
    if kind == "table":
        return sheet_drafts(stream, path, problems)
    if kind == "archive":
        return warc_drafts(stream, path, problems)
    if kind == "feed":
        return feed_drafts(stream.read(), path, problems)
    text, mended = (decode_page if kind == "page" else decode)(stream.read())
    if mended:
        problems(Problem(path, None, MENDED, skipped=False))
    file_date = in_file_name(source.name)
    if kind == "text":
        return text_drafts(text, path, file_date)
    page = page_draft(text, path, problems, file_date)
    return iter([page] if page else [])
