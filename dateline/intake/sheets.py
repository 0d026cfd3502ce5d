"""CSV and TSV tables of articles, read as a stream; the first row names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dateline.intake.articles import ArticleError, draft_of, names
from dateline.intake.decoding import MENDED, encoding_of, mend
from dateline.intake.draft import Draft
from dateline.intake.problem import Problem, Say

__all__ = ["sheet_drafts"]

_DELIMITERS = ",\t;|"
_CELL = 2**31 - 1  # characters in a cell; csv's own bound of 131,072 is short for a long article


def sheet_drafts(stream: io.BufferedReader, path: str, problems: Say) -> Iterator[Draft]:
    """Yield a draft for each row with a text; columns with unknown names are passed over.

    A row with more cells than the header is skipped, for nobody can tell which cell is the text;
    one with fewer is read with what it has. Both are told. Raises NotTextError for binary data.
    """
    encoding = encoding_of(stream.peek(8192)[:8192])
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    lines = io.TextIOWrapper(stream, encoding, errors, newline="")
    try:
        yield from _rows(lines, path, problems)
    finally:
        lines.detach()  # the stream is its opener's to close


def _rows(lines: io.TextIOWrapper, path: str, problems: Say) -> Iterator[Draft]:
    csv.field_size_limit(_CELL)
    top = lines.readline()
    header, delimiter = _header(top)
    if not header:
        problems(Problem(path, 1, _no_columns(top)))
        return
    reader = csv.reader(lines, delimiter=delimiter)
    mended = False
    before = 0
    for cells in _told(reader, path, problems):
        line, before = before + 2, reader.line_num
        if not any(cells):
            continue
        if not mended and _has_odd_bytes(cells):
            mended = True
            problems(Problem(path, line, MENDED, skipped=False))
        draft = _draft(header, [mend(cell) for cell in cells] if mended else cells, Problem(path, line, ""), problems)
        if draft:
            yield draft


def _told(reader: Iterator[list[str]], path: str, problems: Say) -> Iterator[list[str]]:
    """The rows, with what csv itself refuses told instead of raised."""
    try:
        yield from reader
    except csv.Error as error:
        problems(
            Problem(path, getattr(reader, "line_num", 0) + 1, f"is not CSV from here on ({error}); the rest is skipped")
        )


def _draft(header: tuple[str, ...], cells: list[str], place: Problem, problems: Say) -> Draft | None:
    path, line = place.path, place.line
    if len(cells) > len(header) and any(cells[len(header) :]):
        words = f"has {len(cells)} cells for {len(header)} columns (text with commas needs quotation marks); skipped"
        problems(Problem(path, line, words))
        return None
    if len(cells) < len(header):
        words = f"has {len(cells)} cells for {len(header)} columns; the missing ones are taken as empty"
        problems(Problem(path, line, words, skipped=False))
    try:
        return draft_of(dict(zip(header, cells, strict=False)), path, line)
    except ArticleError as error:
        problems(Problem(path, line, f"{error}; skipped"))
        return None


def _header(top: str) -> tuple[tuple[str, ...], str]:
    """The column names, by the delimiter that makes the most of them known; none if no column holds a text."""
    best: tuple[tuple[str, ...], str] = ((), ",")
    most = 0
    for delimiter in _DELIMITERS:
        columns = tuple(cell.strip() for cell in next(csv.reader([top], delimiter=delimiter), []))
        roles = names(columns)
        known = sum(map(len, roles.values()))
        if (roles["text"] or roles["page"]) and known > most:
            best, most = (columns, delimiter), known
    return best


def _no_columns(top: str) -> str:
    if not top.strip():
        return "is empty"
    return f"names no column that holds the text, such as text, body, maintext (it has: {top.strip()[:100]}); skipped"


def _has_odd_bytes(cells: list[str]) -> bool:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return True
    return False
