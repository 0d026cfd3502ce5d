"""Models of places fitted without the rows they are measured on, for texts the shipped models have seen.

Rows that the shipped models were fitted on (``gate.seen``) are read in five folds by models fitted on the rest; these
are kept in the user's cache under a digest of all that they are made of, so
that only the first run on a machine, and the first after a change, fits them (about three minutes).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import dateline.annotate.geo
import training.places
from dateline.annotate.geo.metonymy import Metonymy, load_metonymy
from dateline.annotate.geo.names import load_tagger
from dateline.annotate.geo.ranking import load_networks
from dateline.annotate.places import Models, load_models, read_places
from dateline.annotate.words import Parser, Words
from dateline.codebook.gazetteer import load_gazetteer
from dateline.codebook.gazetteer.layout import BIN, read_header
from dateline.records import Place, Report
from training.metonymy import Marked, fit_metonymy, marked_news, marked_own, marked_sentences
from training.place_corpora import FOLDS, OWN, Document, load_documents, read_rows
from training.place_names import save_tagger
from training.place_ranking import save_rankers

__all__ = ["folded_metonymy", "folded_places"]

_CODE = ("names.py", "features.py", "senses.py", "ranking.py")  # what a model of places depends on

Row = dict[str, Any]


def folded_places(path: Path) -> Iterator[tuple[str, list[Place]]]:
    """The id and the places of each document of a file, read by models that saw none of its fold."""
    documents = list(load_documents(path, _parser()))
    models = _fold_models(path, documents)
    for row, document in zip(read_rows(path), documents, strict=True):
        yield row["id"], read_places(document.words, document.report, models[document.fold], load_gazetteer())


def folded_metonymy(rows: Sequence[Row], news: Path) -> Iterator[tuple[Row, list[Place]]]:
    """The places of sentences with one marked name, metonyms judged by a model that saw none of their fold.

    news: the file of news the model is also fitted on. Names and places are the shipped models', which saw none.
    """
    sentences = marked_sentences(rows, _parser())
    others = [*marked_news(_typed(news)), *marked_own(_parser())]
    models = [_metonymy_without(fold, sentences, others) for fold in range(FOLDS)]
    shipped = load_models()
    for i, (row, words) in enumerate(zip(rows, _parsed(rows), strict=True)):
        here = Models(shipped.tagger, shipped.rankers, models[i % FOLDS])
        yield row, read_places(words, Report(text=row["text"]), here, load_gazetteer())


def _metonymy_without(fold: int, sentences: Sequence[Marked], others: Sequence[Marked]) -> Metonymy:
    return fit_metonymy([*(s for i, s in enumerate(sentences) if i % FOLDS != fold), *others])


def _typed(news: Path) -> list[Document]:
    """The documents whose names carry a type."""
    return [d for d in load_documents(news, _parser()) if any(p.get("type") for p in d.places)]


def _parsed(rows: Sequence[Row]) -> Iterator[Words]:
    return _parser().parse_many(row["text"] for row in rows)


def _fold_models(path: Path, documents: Sequence[Document]) -> list[Models]:
    """Models without each fold, from the cache or fitted now; in half precision, as those shipped are."""
    folder = _cache_folder(path)
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
        unfinished.mkdir(parents=True)
        for fold, (tagger, rankers) in enumerate(training.places.fold_models(documents, _parser())):
            save_tagger(tagger, unfinished / f"names{fold}.npz")
            save_rankers(rankers, unfinished / f"ranking{fold}.npz")
        unfinished.rename(folder)
    names = [load_tagger(folder / f"names{fold}.npz") for fold in range(FOLDS)]
    pairs = [load_networks(folder / f"ranking{fold}.npz") for fold in range(FOLDS)]
    return [Models(tagger, pair, load_metonymy()) for tagger, pair in zip(names, pairs, strict=True)]


def _cache_folder(path: Path) -> Path:
    """Where the models made of this file, this code and this gazetteer are kept."""
    code = [Path(dateline.annotate.geo.__file__).parent / name for name in _CODE]
    fitting = sorted(Path(training.places.__file__).parent.glob("place*.py"))
    parts = [file.read_bytes() for file in (path, OWN, *code, *fitting)]
    made_of = [read_header(BIN)[0]["made_of"], _parser().name]
    digest = blake2b(b"\0".join([*parts, *(part.encode() for part in made_of)]), digest_size=8).hexdigest()
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "dateline-gate" / f"places-{digest}"


@cache
def _parser() -> Parser:
    return Parser()
