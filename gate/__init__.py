"""The gate: the product's accuracy on public corpora, against floors that only rise.

An adapter turns the readings of a set's rows into the shape its scorer reads. It sees
only what a user would have (id, text, date, outlet) and the mentions or pairs a set gives.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Adapter", "Read", "Row", "load", "read"]

Row = dict[str, Any]
Read = Callable[[Sequence[Row]], Iterator[tuple[Row, Row]]]
Adapter = Callable[[Sequence[Row], Read, Path | None], Iterator[Row]]

_GIVEN = ("id", "text", "date", "dct", "title", "url", "outlet", "publisher", "source")


def load(path: Path) -> list[Row]:
    """Read a JSONL file; the message of a bad line names file and line."""
    rows = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    rows.append(json.loads(line))
                except json.JSONDecodeError as error:
                    raise SystemExit(f"{path}, line {number}: {error}") from None
    return rows


def read(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Run rows through ``dateline annotate``; yield each with its reading, in order.

    Of a row only what a user would have is handed over; gold stays here. Sets that ask about the same
    reports share one run of the command.
    """
    given = b"".join(_line({k: row[k] for k in _GIVEN if isinstance(row.get(k), str)}) for row in rows)
    with _annotated(given).open(encoding="utf-8") as file:
        for row, line in zip(rows, file, strict=True):
            out = json.loads(line)
            if out["id"] != row["id"] or out["text"] != row["text"]:
                raise SystemExit(f"dateline annotate gave {out['id']!r} for {row['id']!r}, or changed its text")
            yield row, out["reading"]


@cache
def _annotated(given: bytes) -> Path:
    """The readings of these lines, in a file that lives as long as this process."""
    folder = Path(_folder().name)
    source = folder / f"{len(list(folder.iterdir()))}.jsonl"
    source.write_bytes(given)
    target = source.with_suffix(".readings")
    subprocess.run([sys.executable, "-m", "dateline", "annotate", "--quiet", source, target], check=True)
    return target


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="dateline-gate-")


def dump(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(_line(row).decode())


def _line(row: Row) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()
