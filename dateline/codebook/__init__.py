"""The codebook: types, triggers, cues, names and places as readable files, and their loader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.codebook.plover import EventTables, event_tables
from dateline.codebook.tables import HOME, TableError
from dateline.codebook.times import Start, known_starts

__all__ = ["Codebook", "TableError", "load_codebook"]


@dataclass(frozen=True)
class Codebook:
    """All tables a reading depends on; ``hash`` names their content in the record of a run.

    events: types, triggers and certainty. starts: when what news counts the days of began. extra: the user's own file,
    merged over the built-in tables.
    places: the user's own gazetteer (CSV or GeoJSON), laid over the built-in one.
    """

    hash: str
    events: EventTables
    starts: tuple[Start, ...] = ()
    extra: Path | None = None
    places: Path | None = None


@cache
def load_codebook(extra: Path | None = None, places: Path | None = None) -> Codebook:
    """Load the built-in tables and, over them, a user's own file and own gazetteer.

    Raises ``TableError`` naming file and line where a table cannot be used.
    """
    digest = hashlib.blake2b(digest_size=8)
    for path in [*sorted(HOME.rglob("*.tsv")), *(p for p in (extra, places) if p)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return Codebook(
        hash=digest.hexdigest(), events=event_tables(extra), starts=known_starts(extra), extra=extra, places=places
    )
