"""Tables that a user's file may lay its own lines over, each under its folder and name: ``[speech/cues]``.

Who reads a report or links a ledger says with ``laid_over`` which file counts meanwhile; loaders marked
``per_codebook`` then remember what they made of it beside what they made of the built-in tables alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from dateline.codebook.tables import Row, rows, sections

__all__ = ["LAID_TABLES", "OFF", "laid_over", "own_file", "per_codebook", "table", "word_lists"]

LAID_TABLES: dict[str, tuple[str, ...]] = {
    "speech/cues": ("class", "stance", "pos", "words"),
    "speech/frames": ("lemma", "with", "stance"),
    "speech/markers": ("kind", "words"),
    "quantities/bounds": ("precision", "where", "words"),
    "quantities/numbers": ("kind", "value", "word"),
    "quantities/units": ("unit", "part", "words", "km"),
    "quantities/vague": ("low", "high", "precision", "words"),
    "quantities/words": ("group", "words"),
    "unknowns/cues": ("how", "words"),
    "unknowns/words": ("group", "words"),
    "places/cues": ("group", "words"),
    "places/institutions": ("kind", "words"),
    "places/joins": ("words",),
    "places/relations": ("kind", "words", "value"),
    "places/scene": ("kind", "words"),
    "link/forms": ("lemma", "forms"),
    "link/kin": ("kin", "words"),
    "link/markers": ("how", "words"),
    "link/near": ("field", "words"),
}
"""The tables and their columns, as they stand in a user's file."""

OFF = "-"  # as a value: the word means nothing here; before a word of a list: it is taken out
_FIXED = ("class", "kind", "group", "how")  # columns whose values the code knows: a user adds words to them, no more
_NUMBERS = ("value", "low", "high", "km")
_own: ContextVar[Path | None] = ContextVar("own", default=None)

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def laid_over(own: Path | None) -> Iterator[None]:
    """Let a user's file count over the built-in tables within the block, in this thread."""
    token = _own.set(own)
    try:
        yield
    finally:
        _own.reset(token)


def own_file() -> Path | None:
    """The user's file that counts now."""
    return _own.get()


def per_codebook(load: Callable[P, T]) -> Callable[P, T]:
    """Remember what a loader returns, once for each user's file and its (positional) arguments."""
    kept: dict[tuple[object, ...], T] = {}

    @wraps(load)
    def found(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (_own.get(), *args)
        try:
            return kept[key]  # asked for several times a word
        except KeyError:
            return kept.setdefault(key, load(*args, **kwargs))

    return found


def table(name: str) -> list[Row]:
    """The lines of a table and after them those of the user's file, so that of two for one word the last one counts."""
    columns = LAID_TABLES[name]
    built_in = list(rows(f"{name}.tsv", columns))
    own = _own.get()
    return built_in if own is None else [*built_in, *_own_rows(own, name, built_in)]


def _own_rows(own: Path, name: str, built_in: list[Row]) -> Iterator[Row]:
    first = LAID_TABLES[name][0]
    known = {row[first] for row in built_in}
    for _, row in sections(own, {name: LAID_TABLES[name]}):
        if first in _FIXED and row[first] not in known and row[first] != OFF:
            raise row.error(f"no {first} is called {row[first]!r}; there are {', '.join(sorted(known))}")
        for column in _NUMBERS:
            if (cell := row.cells.get(column)) and not cell.replace(".", "", 1).isdigit():
                raise row.error(f"{column} is {cell!r}, not a number")
        yield row


def word_lists(name: str, key: str | None = None) -> dict[str, frozenset[str]]:
    """The words of a table of lists by the value of its column ``key``, a user's added to the built-in ones.

    A user takes a word out by a minus before it. Without ``key`` all words stand under "".
    """
    lists: dict[str, set[str]] = {}
    for row in table(name):
        words = lists.setdefault(row[key] if key else "", set())
        for word in row.list("words"):
            if row.path == _own.get() and word.startswith(OFF) and len(word) > 1:
                words.discard(word[1:])
            else:
                words.add(word)
    return {value: frozenset(words) for value, words in lists.items()}
