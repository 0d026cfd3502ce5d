"""The corpora of places, parsed: what the models of places are fitted on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.annotate.words import Parser, Words
from dateline.records import Report

__all__ = ["FOLDS", "Document", "load_documents", "read_rows"]

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a corpus: the report a user would have, its words, its gold, and its fold.

    All documents of a newspaper (or a source page) are in one fold.
    """

    corpus: str
    report: Report
    words: Words
    places: list[dict[str, Any]]
    fold: int


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def load_documents(path: Path, parser: Parser) -> Iterator[Document]:
    """Parse the documents of a file of places."""
    rows = read_rows(path)
    for row, words in zip(rows, parser.parse_many(row["text"] for row in rows), strict=True):
        group = {"lgl": row["source"], "geovirus": row["url"]}.get(row["corpus"], row["id"])
        digest = hashlib.sha1(f"{row['corpus']}{group}x".encode(), usedforsecurity=False)
        report = Report(
            text=row["text"], published=row["date"], outlet=row["source"], url=row["url"], title=row["title"]
        )
        yield Document(row["corpus"], report, words, row["places"], int(digest.hexdigest(), 16) % FOLDS)
