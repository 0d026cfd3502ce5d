"""Fit the models of places: ``python -m training.places --shared FOLDER``.

Models are fitted on all documents of ``FOLDER/bench/places/dev.jsonl`` and written to ``dateline/annotate/weights``.
For figures, the gate reads each fold of that file with models fitted on the other folds (``fold_models``), rankers
on names that in turn were found by taggers of other folds; ``gate/seen.txt`` lists the texts that are read so.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import dateline.annotate
from dateline.annotate.geo.names import Name, Tagger, find_names
from dateline.annotate.geo.ranking import Network
from dateline.annotate.words import Parser
from dateline.codebook.gazetteer import load_gazetteer
from dateline.records import Report
from gate.seen import write_seen
from training.metonymy import fit_metonymy, fold_accuracy, marked_news, marked_own, marked_sentences, save_metonymy
from training.place_corpora import FOLDS, Document, load_documents, own_documents, read_rows
from training.place_names import Tagged, fit_tagger, save_tagger, tagged
from training.place_ranking import Labelled, fit_rankers, labelled, save_rankers

WEIGHTS = Path(dateline.annotate.__file__).parent / "weights"
VARIANTS = 3  # copies of our own sentences with other towns

Rankers = tuple[Network, Network]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, its tags for the tagger, its candidates as a tagger of other folds leads to them.

    tables: with the outlet known and with it unknown, so that the ranker can do without.
    """

    document: Document
    tags: Tagged
    tables: list[Labelled]


def prepare(documents: Sequence[Document], own: Sequence[Tagged]) -> tuple[list[Prepared], list[Tagger]]:
    """Tag every document by a tagger fitted on the other folds and our own sentences; return these taggers too."""
    tags = [tagged(d) for d in documents]
    pairs = list(zip(documents, tags, strict=True))
    taggers = [fit_tagger([*own, *(t for d, t in pairs if d.fold != fold)]) for fold in range(FOLDS)]
    return [Prepared(d, t, candidate_tables(d, taggers[d.fold])) for d, t in pairs], taggers


def candidate_tables(document: Document, tagger: Tagger) -> list[Labelled]:
    """The candidates of the names a tagger finds, the outlet known and unknown."""
    names = find_names(document.words, load_gazetteer(), tagger)
    nameless = replace(document, report=Report(text=document.report.text))
    found = (labelled(one, names) for one in (document, nameless))
    return [table for table in found if table is not None]


def own_tables(parser: Parser) -> list[Labelled]:
    """The candidates of the names of our own sentences."""
    found = (labelled(d, _marked_names(d)) for d in own_documents(parser))
    return [table for table in found if table is not None]


def _marked_names(document: Document) -> list[Name]:
    tokens = (document.words.tokens(p["start"], p["end"]) for p in document.places)
    return [Name(t.start, t.stop) for t in tokens if t]


def fold_models(documents: Sequence[Document], parser: Parser) -> list[tuple[Tagger, Rankers]]:
    """For each fold a tagger and rankers that saw none of its documents."""
    prepared, taggers = prepare(documents, [tagged(d) for d in own_documents(parser, variants=VARIANTS)])
    own = own_tables(parser)
    others = [[t for p in prepared if p.document.fold != fold for t in p.tables] for fold in range(FOLDS)]
    return [(tagger, fit_rankers([*tables, *own])) for tagger, tables in zip(taggers, others, strict=True)]


def main() -> None:
    """Read the command line and fit."""
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("--shared", type=Path, required=True)
    given = command.parse_args()
    places = given.shared / "bench" / "places"
    path, parser = places / "dev.jsonl", Parser()
    documents = list(load_documents(path, parser))
    own = [tagged(d) for d in own_documents(parser, variants=VARIANTS)]
    prepared, _ = prepare(documents, own)
    marked = read_rows(places / "metonymy.train.jsonl")
    sentences = marked_sentences(marked, parser)
    others = [*marked_news(documents), *marked_own(parser)]
    print(f"metonyms right in folds: {fold_accuracy(sentences, others):.1%}")
    save_tagger(fit_tagger([*own, *(p.tags for p in prepared)]), WEIGHTS / "place_names.npz")
    save_rankers(
        fit_rankers([*own_tables(parser), *(t for p in prepared for t in p.tables)]), WEIGHTS / "place_ranking.npz"
    )
    write_seen([d.report.text for d in documents], [row["text"] for row in marked])
    save_metonymy(fit_metonymy([*sentences, *others]), WEIGHTS / "metonymy.npz")


if __name__ == "__main__":
    main()
