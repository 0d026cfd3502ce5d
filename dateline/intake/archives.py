"""Web archives (WARC, as CC-News comes) to drafts: the pages in their responses, record by record.

What is broken costs itself: reading goes on with the next record that can be found. A page is kept by the route of
saved pages; where it states no date, the day it was fetched stands in, told as a note.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import TYPE_CHECKING

from dateline.intake.decoding import NotTextError, decode_page
from dateline.intake.draft import Draft
from dateline.intake.language import is_english
from dateline.intake.pages import page_draft
from dateline.intake.problem import Problem, Say

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["ARCHIVE_FIELDS", "archive_rows", "warc_drafts"]

ARCHIVE_FIELDS = ("id", "text", "date", "outlet", "title", "url", "language", "origin")

_GZIP, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."  # how a record begins
_PIECE = 2**20  # bytes searched at a time
_LARGEST = 20_000_000  # bytes of a page; larger ones are no articles
_BROKEN = "holds a broken record; skipped"
_FETCHED = "no date is stated; the day the page was fetched is taken; check it"
_NEEDED = "is a web archive: reading one needs the extra warc (pip install 'dateline[warc]')"


@dataclass(frozen=True, slots=True)
class _Page:
    """A response with a page: where it stands (file and record), its address, the day it was fetched, its bytes."""

    path: str
    url: str | None
    day: str | None
    body: bytes


def warc_drafts(stream: BufferedReader, path: str, problems: Say) -> Iterator[Draft]:
    """Yield a draft for each archived page with an article; ``path`` of each names file and record.

    Answers other than 200 and other media types are passed over. A broken record goes to ``problems`` with the byte
    it begins at, as does a page without article text.
    """
    try:
        import fastwarc  # noqa: F401, PLC0415 (an extra)
    except ImportError:
        problems(Problem(path, None, _NEEDED))
        return
    for page in _pages(stream, path, problems):
        draft = _draft(page, problems)
        if draft is not None:
            yield draft


def archive_rows(stream: BufferedReader, path: str, problems: Say) -> Iterator[dict[str, object]]:
    """Yield each English article of an archive as a row such as a line of JSON Lines holds, under ``ARCHIVE_FIELDS``.

    ``id`` is the record's, ``origin`` the file and the record.
    """
    for draft in warc_drafts(stream, path, problems):
        if not is_english(draft.text):
            problems(Problem(draft.path, None, "is not English; only English is read; skipped"))
            continue
        values = (
            draft.path.removeprefix(f"{path}#"), draft.text, draft.date or draft.file_date, draft.outlet, draft.title,
            draft.url, draft.language, draft.path,
        )  # fmt: skip
        yield {field: value for field, value in zip(ARCHIVE_FIELDS, values, strict=True) if value is not None}


def _draft(page: _Page, problems: Say) -> Draft | None:
    try:
        text, _ = decode_page(page.body)
    except NotTextError as error:
        problems(Problem(page.path, None, str(error)))
        return None
    draft = page_draft(text, page.path, problems)
    if draft is not None:
        draft.url = draft.url or page.url
        if draft.date is None and page.day:
            draft.file_date = page.day
            problems(Problem(page.path, None, _FETCHED, skipped=False))
    return draft


def _pages(stream: BufferedReader, path: str, problems: Say) -> Iterator[_Page]:
    """The pages of all records; after a broken one it goes on at the next mark of a beginning."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 (an extra)

    mark = _GZIP if stream.peek(3)[:3] == _GZIP else _PLAIN
    start: int | None = 0
    untold = False  # whether something was broken and not yet said
    while start is not None:
        last = None
        try:
            for record in ArchiveIterator(stream, parse_http=True, auto_decode="all", fsspec_args=False):
                if untold and last is None:  # what begins here is whole
                    problems(Problem(f"{path}, before byte {start:,}", None, _BROKEN))
                last, untold = record.stream_pos, False
                page = _page(record, path, last, problems)
                if page is not None:
                    yield page
            return
        except (OSError, ValueError):  # the archive's; a file that cannot be read is told when it is sought in
            if last is None and (untold or start == 0):
                problems(Problem(f"{path}, byte {start:,}", None, _BROKEN))
            untold = last is not None
        start = _next(stream, mark, (start if last is None else last) + 1)
    if untold:
        problems(Problem(path, None, _BROKEN))


def _page(record: WarcRecord, path: str, at: int, problems: Say) -> _Page | None:
    from fastwarc.warc import WarcRecordType  # noqa: PLC0415 (an extra)

    if record.record_type != WarcRecordType.response:
        return None
    if record.http_headers is None:  # the file ends within it
        problems(Problem(f"{path}, byte {at:,}", None, _BROKEN))
        return None
    kind = (record.http_content_type or "").lower()
    if record.http_headers.status_code != 200 or kind not in ("text/html", "application/xhtml+xml"):
        return None
    body = record.reader.read(_LARGEST)
    day = record.record_date.date().isoformat() if record.record_date else None
    return _Page(f"{path}#{record.record_id}", record.headers.get("WARC-Target-URI"), day, body)


def _next(stream: BufferedReader, mark: bytes, at: int) -> int | None:
    """Set the stream to the first mark from byte ``at`` on and return where that is; None where there is none."""
    if not stream.seekable():
        return None
    stream.seek(at, io.SEEK_SET)
    before = b""
    while piece := stream.read(_PIECE):
        found = (before + piece).find(mark)
        if found >= 0:
            at += found - len(before)
            stream.seek(at)
            return at
        before, at = piece[1 - len(mark) :], at + len(piece)
    return None
