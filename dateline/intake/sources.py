"""Sources: the files to read, found in folders in a fixed order, and what kind each is."""

from __future__ import annotations

import io
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dateline.intake.problem import Problem, Say

__all__ = ["ARCHIVES", "Kind", "Source", "find_sources", "kind_of", "why_unread"]

ARCHIVES = (".warc", ".warc.gz")
"""How the names of web archives end."""

Kind = Literal["text", "json", "table", "page", "feed", "archive"]

_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md", ""),
    "json": (".jsonl", ".ndjson", ".json", ".jl"),
    "table": (".csv", ".tsv", ".tab"),
    "page": (".html", ".htm", ".xhtml"),
    "feed": (".xml", ".rss", ".atom"),
    "archive": ARCHIVES,
}
_KINDS = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes}
_READ = "text (.txt), JSONL or JSON, CSV or TSV, HTML, RSS or Atom (.xml), WARC"
_BUFFER = 2**18  # bytes; with Python's 8 kB, half the time on an article a line goes into calls of the system
_LOCKS = ("~$", ".~lock")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\?xml|rss|feed|rdf:RDF)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input (path "-"); ``size`` in bytes, None for pipes."""

    path: str
    size: int | None

    @property
    def name(self) -> str:
        """The file's own name, without its folder."""
        return Path(self.path).name

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader]:
        """Open it for reading bytes; standard input is left open."""
        if self.path != "-":
            with cast(io.BufferedReader, Path(self.path).open("rb", buffering=_BUFFER)) as file:
                yield file
            return
        standard = sys.stdin.buffer
        if isinstance(standard, io.BufferedReader):
            yield standard
            return
        # A notebook's or a test's, without a look ahead.
        stream = cast(io.BufferedReader, io.BufferedReader(cast(io.RawIOBase, standard)))
        try:
            yield stream
        finally:
            stream.detach()


def find_sources(paths: Sequence[Path | str], problems: Say) -> list[Source]:
    """List the files that ``paths`` name or hold, folders sorted by name and searched through.

    What is left out (hidden and lock files, kinds that are not read, links that lead nowhere or back,
    things that are missing or cannot be looked into) goes to ``problems``.
    """
    found: list[Source] = []
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if str(path) == "-":
            found.append(Source("-", None))
        else:
            found.extend(_under(Path(path), problems, seen, named=True))
    return found


def kind_of(source: Source, head: bytes) -> Kind:
    """The kind of a file by its suffix; by its first bytes for standard input and unknown suffixes."""
    suffix = _suffix(Path(source.path))
    if head.startswith(b"WARC/1."):
        return "archive"
    if source.path != "-" and suffix in _KINDS and suffix:
        return _KINDS[suffix]
    if _JSON.match(head):
        return "json"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<" and _PAGE.search(head):
        return "page"
    return "feed" if start == b"<" and _FEED.search(head) else "text"


def _under(path: Path, problems: Say, seen: set[tuple[int, int]], *, named: bool) -> Iterator[Source]:
    """The files at ``path``; ``named``: by the user, so it is read whatever it is called."""
    why = None if named else _left_out(path)
    if why:
        problems(Problem(str(path), None, why))
        return
    try:
        status = path.stat()
    except OSError as error:
        problems(Problem(str(path), None, why_unread(path, error)))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _in_folder(path, (status.st_dev, status.st_ino), problems, seen)
    elif stat.S_ISREG(status.st_mode):
        yield Source(str(path), status.st_size)
    elif named and (stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode)):
        yield Source(str(path), None)
    else:
        problems(Problem(str(path), None, "is no file but a pipe, socket or device; left out"))


def _in_folder(path: Path, identity: tuple[int, int], problems: Say, seen: set[tuple[int, int]]) -> Iterator[Source]:
    if identity in seen:
        problems(Problem(str(path), None, "leads to a folder that has been read already; left out"))
        return
    seen.add(identity)
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        problems(Problem(str(path), None, why_unread(path, error)))
        return
    if not entries:
        problems(Problem(str(path), None, "is an empty folder"))
    for entry in entries:
        yield from _under(entry, problems, seen, named=False)


def _left_out(path: Path) -> str | None:
    if path.name.startswith(_LOCKS):
        return "is a lock file of an office program; left out"
    if path.name.startswith("."):
        return "is hidden; left out (name it to have it read)"
    if _suffix(path) not in _KINDS and not path.is_dir():
        return f"is of no kind that is read: {_READ}; left out"
    return None


def _suffix(path: Path) -> str:
    return ".warc.gz" if path.name.lower().endswith(".warc.gz") else path.suffix.lower()


def why_unread(path: Path, error: OSError) -> str:
    """Say in a user's words why the system refused a file."""
    if isinstance(error, FileNotFoundError):
        return "is a link to nothing" if path.is_symlink() else "is not there; check the path"
    if isinstance(error, PermissionError):
        return "may not be read by you; check its permissions"
    return f"cannot be read: {error.strerror or error}"
