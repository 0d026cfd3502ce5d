"""The corpora of places, parsed: what the models of places are fitted on."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.annotate.words import Parser, Words
from dateline.codebook.gazetteer import load_gazetteer
from dateline.records import Report

__all__ = ["FOLDS", "Document", "load_documents", "own_documents", "read_rows"]

FOLDS = 5
_SMALL = 20_000  # people; a smaller town does not outweigh a region of its name
_NAME = re.compile(r"([\[{])[^\]}]*([\]}])")
OWN = Path(__file__).parent / "place_sentences.txt"


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


def own_documents(parser: Parser, variants: int = 0) -> Iterator[Document]:
    """Our own sentences, in which [literal] and {metonymic} names are marked; in no fold.

    variants: how many more copies of each have other towns in their names' place, drawn from the gazetteer,
    so that a model learns the sentence and not the name.
    """
    lines = [line for line in OWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    towns, draw = _towns(), random.Random(0)  # for variety, not for secrets
    lines += [_NAME.sub(lambda m: m[1] + draw.choice(towns) + m[2], line) for line in lines for _ in range(variants)]
    plain = [line.translate(str.maketrans("", "", "[]{}")) for line in lines]
    for line, text, words in zip(lines, plain, parser.parse_many(plain), strict=True):
        yield Document("own", Report(text=text), words, [{**m, **_likeliest(text, m)} for m in _marks(line)], -1)


def _likeliest(text: str, mark: dict[str, Any]) -> dict[str, Any]:
    """The gold point of a name of ours: the country, else the most populous town, else the widest area so called."""
    entries = load_gazetteer().find(text[mark["start"] : mark["end"]])
    if not entries:
        return {}
    rank = {"A.PCLI": 3, "P.PPLC": 2, "P.PPL": 1}
    best = max(entries, key=lambda e: (rank.get(e.feature, 0) * (e.population > _SMALL), e.population, e.radius_km))
    return {"lat": best.lat, "lon": best.lon, "geonameid": best.geonames_id or None}


def _towns() -> list[str]:
    """Names of towns of 20,000 people and more."""
    gazetteer = load_gazetteer()
    large = np.flatnonzero(gazetteer.population >= 20_000).tolist()
    return [gazetteer.name(n) for n in large if gazetteer.features[gazetteer.feature[n]][0] == "P"]


def _marks(line: str) -> Iterator[dict[str, Any]]:
    at, opened = 0, 0
    for char in line:
        if char in "[{":
            opened = at
        elif char in "]}":
            yield {"start": opened, "end": at, "type": "Metonymic" if char == "}" else "Literal"}
        else:
            at += 1
