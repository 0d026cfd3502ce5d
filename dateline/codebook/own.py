"""A user's own codebook file: which tables it may hold, and everything that is wrong with it, line by line."""

from __future__ import annotations

import difflib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from dateline.codebook.amounts import load_amounts
from dateline.codebook.laid import LAID_TABLES, laid_over, table
from dateline.codebook.linking import check_link_tables
from dateline.codebook.people import ACTOR_TABLES, load_people
from dateline.codebook.plover import EVENT_COLUMNS, event_tables
from dateline.codebook.speech import speech_cues, stance_frames
from dateline.codebook.tables import TableError, sections
from dateline.codebook.times import START_COLUMNS, known_starts
from dateline.codebook.uncertainties import load_uncertainties

__all__ = ["OWN_TABLES", "Fault", "contents", "faults"]

OWN_TABLES: dict[str, tuple[str, ...]] = {**EVENT_COLUMNS, **ACTOR_TABLES, "starts": START_COLUMNS, **LAID_TABLES}
"""Every table that a user's file may hold, and its columns."""

_LAID: tuple[Callable[[], object], ...] = (
    speech_cues,
    stance_frames,
    load_amounts,
    load_uncertainties,
    check_link_tables,
)
_MOST = 50  # faults that are told; with more, something is wrong with the file as a whole


class Fault(NamedTuple):
    """One line that cannot be used: its number, counted from 1, and what is wrong with it."""

    line: int
    words: str


def _laid(path: Path) -> None:
    """Read all tables that lines may be laid over."""
    with laid_over(path):
        for name in LAID_TABLES:
            table(name)
        for load in _LAID:
            load()


_READERS: tuple[Callable[[Path], object], ...] = (event_tables, load_people, known_starts, _laid)


def contents(path: Path) -> Counter[str]:
    """How many lines each table of a user's file has."""
    return Counter(name for name, _ in sections(path, OWN_TABLES))


def faults(path: Path) -> list[Fault]:
    """All that is wrong with a user's file, in the order of its lines; nothing where it can be used.

    The readers stop at the first line they cannot use; so each such line is blanked in a copy and the copy read again.
    Raises ``TableError`` where the file is no text.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise TableError(path, None, f"it must be UTF-8 text: {error.reason}") from None
    found, lost = list(_unknown_tables(lines)), set[str]()
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(_MOST):  # each copy under a name of its own: the readers remember what they have read
            copy = Path(folder) / f"{turn}{path.suffix}"
            copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
            fault = _first(copy)
            if fault is None:
                break
            if not any(f"no type is named {name!r}" in fault.words for name in lost):
                found.append(fault)
            lost.add(lines[fault.line - 1].split("\t")[0])
            _blank(lines, fault)
    return sorted(set(found))


def _blank(lines: list[str], fault: Fault) -> None:
    """Take out a line, and with a table's column names the table."""
    at = fault.line - 1
    lines[at] = ""
    while "has no column" in fault.words and at + 1 < len(lines) and not lines[at + 1].startswith("["):
        at += 1
        lines[at] = ""


def _first(path: Path) -> Fault | None:
    for read in _READERS:
        try:
            read(path)
        except TableError as error:
            if error.line is None:
                raise
            return Fault(error.line, error.words)
    return None


def _unknown_tables(lines: list[str]) -> Iterator[Fault]:
    """Headings that name no table: the readers pass over what another may want."""
    if not any(line.startswith("[") for line in lines):
        yield Fault(1, f"it holds no table; begin one with a line such as [{'] ['.join(OWN_TABLES)}]")
    for number, line in enumerate(lines, 1):
        name = line.strip().strip("[]")
        if line.startswith("[") and name not in OWN_TABLES:
            near = difflib.get_close_matches(name, OWN_TABLES, 1)
            hint = f"did you mean [{near[0]}]?" if near else f"there are [{'] ['.join(OWN_TABLES)}]"
            yield Fault(number, f"no table is called [{name}]; {hint}")
