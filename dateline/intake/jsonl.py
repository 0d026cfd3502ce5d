"""JSON lines, JSON arrays and JSON objects of articles, read as a stream where they can be.

What is broken costs its own line and no other; a broken array is read up to where it breaks.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from dateline.intake.articles import ArticleError, draft_of, names
from dateline.intake.decoding import MENDED, decode, encoding_of, mend
from dateline.intake.draft import Draft
from dateline.intake.problem import Problem, Say

__all__ = ["json_drafts", "json_rows"]

Row = dict[str, object]

# Keys under which dumps of services keep their list: NewsAPI, JSON Feed, Event Registry (articles.results), NGEC.
_LISTS = ("articles", "items", "results", "data", "docs", "stories", "response")
_decode = msgspec.json.Decoder().decode
_CUT = "is not whole JSON, it seems cut off; the line is skipped"


def json_drafts(stream: io.BufferedReader, path: str, problems: Say) -> Iterator[Draft]:
    """Yield a draft for each article; rows without a text go to ``problems``."""
    for line, row in json_rows(stream, path, problems):
        try:
            yield draft_of(row, path, line)
        except ArticleError as error:
            problems(Problem(path, line, f"{error}; skipped"))


def json_rows(stream: io.BufferedReader, path: str, problems: Say) -> Iterator[tuple[int | None, Row]]:
    """Yield each object with its line (for arrays: its place in the list, from 1).

    The stream is JSON lines if its first line is a whole object, else one JSON value. Raises
    NotTextError for binary data.
    """
    encoding = encoding_of(stream.peek(8192)[:8192])
    lines: Iterator[tuple[int, bytes]] = enumerate(_utf8_lines(stream, encoding), start=1)
    number, first = next(((n, line) for n, line in lines if line.strip()), (0, b""))
    value = _whole(first)
    if isinstance(value, list):
        yield from _items(value, path, problems)
    elif isinstance(value, dict) and (articles := _enveloped(value)):
        yield from ((number, article) for article in articles)
    elif value is None and (first.lstrip()[:1] == b"[" or first.strip() == b"{"):
        yield from _document(first + b"".join(line for _, line in lines), path, problems)
    elif first:
        lines = chain([(number, first)], lines)
    yield from _from_lines(lines, path, problems)


def _from_lines(lines: Iterable[tuple[int, bytes]], path: str, problems: Say) -> Iterator[tuple[int | None, Row]]:
    mended = False
    for number, line in lines:
        try:
            row = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            if not line.strip():
                continue
            row = _whole(line)
            if not mended and not _is_utf8(line):
                mended = True
                problems(Problem(path, number, MENDED, skipped=False))
        if isinstance(row, dict):
            yield number, row
        else:
            problems(Problem(path, number, _why(line)))


def _document(raw: bytes, path: str, problems: Say) -> Iterator[tuple[int | None, Row]]:
    """One JSON value over the whole file: an array of articles, one article, or a service's envelope."""
    value = _whole(raw)
    if isinstance(value, dict):
        yield from ((None, article) for article in _enveloped(value) or [value])
    elif isinstance(value, list):
        yield from _items(value, path, problems)
    elif raw.lstrip()[:1] == b"[":
        yield from _items(_salvaged(decode(raw, "utf-8")[0], path, problems), path, problems)
    else:
        problems(Problem(path, None, "is not whole JSON, it seems cut off or is more than one value; skipped"))


def _items(items: Iterable[object], path: str, problems: Say) -> Iterator[tuple[int | None, Row]]:
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield number, item
        else:
            problems(Problem(path, None, f"item {number} of the list is no object; skipped"))


def _salvaged(text: str, path: str, problems: Say) -> Iterator[object]:
    """The items of a broken array up to the break, which is told with its line."""
    scan = json.JSONDecoder().raw_decode
    at = text.find("[") + 1
    while at:
        while at < len(text) and text[at] in ", \t\r\n":
            at += 1
        if text.startswith("]", at):
            if text[at + 1 :].strip():
                line = text.count("\n", 0, at) + 1
                problems(Problem(path, line, "has more after the end of its list; that is skipped"))
            return
        try:
            item, at = scan(text, at)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, at) + 1
            problems(Problem(path, line, "is not whole JSON from here on, it seems cut off; the rest is skipped"))
            return
        yield item


def _enveloped(row: Row) -> list[Row] | None:
    """The articles in a service's envelope; None for a row that is none."""
    held = names(tuple(row))
    for key in () if held["text"] or held["page"] else _LISTS:
        inner = row.get(key)
        if isinstance(inner, Mapping):
            inner = inner.get("results")
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            return inner
    return None


def _whole(raw: bytes) -> object:
    """The JSON value of ``raw``, or None: with NaN, odd bytes and lone surrogates let through."""
    try:
        return _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        value: object = json.loads(mend(raw.decode("utf-8", "surrogateescape")), strict=False)
    except (ValueError, RecursionError):
        return None
    return value


def _why(line: bytes) -> str:
    if _whole(line) is not None:
        return 'is no JSON object; an article needs one, such as {"text": …, "date": …}; skipped'
    start = line.lstrip()[:1]
    return _CUT if start == b"{" else "is not JSON; skipped"


def _utf8_lines(stream: io.BufferedReader, encoding: str) -> Iterator[bytes]:
    if encoding == "utf-8-sig":
        stream.read(3)
    if encoding.startswith("utf-8"):
        yield from stream
        return
    lines = io.TextIOWrapper(stream, encoding, "replace", newline="\n")
    try:
        for line in lines:
            yield line.encode("utf-8", "replace")
    finally:
        lines.detach()  # the stream is its opener's to close


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
