"""Fit the models of places: ``python -m training.places --shared FOLDER [--folds PRED.jsonl]``.

Models are fitted on all documents of ``FOLDER/bench/places/dev.jsonl`` and written to
``dateline/annotate/weights``. With ``--folds``, nothing is shipped: each fold is read with models fitted on
the other folds, rankers on names that in turn were found by taggers of other folds, and written for the scorer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import dateline.annotate
from dateline.annotate.geo.metonymy import load_metonymy
from dateline.annotate.geo.names import Name, Tagger, find_names
from dateline.annotate.places import Models, read_places
from dateline.annotate.words import Parser
from dateline.codebook.gazetteer import load_gazetteer
from dateline.records import Report
from gate.places import shown
from training.metonymy import fit_metonymy, fold_accuracy, marked_news, marked_own, marked_sentences, save_metonymy
from training.place_corpora import FOLDS, Document, load_documents, own_documents, read_rows
from training.place_names import Tagged, fit_tagger, save_tagger, tagged
from training.place_ranking import Labelled, fit_rankers, labelled, save_rankers

WEIGHTS = Path(dateline.annotate.__file__).parent / "weights"


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


def write_folds(
    prepared: Sequence[Prepared], taggers: Sequence[Tagger], own: Sequence[Labelled], ids: Sequence[str], path: Path
) -> None:
    """Read every document with a tagger and rankers that saw none of its fold."""
    metonymy = load_metonymy()  # does not bear on where a name is
    with path.open("w", encoding="utf-8") as file:
        for fold in range(FOLDS):
            others = [t for p in prepared if p.document.fold != fold for t in p.tables]
            models = Models(taggers[fold], fit_rankers([*others, *own]), metonymy)
            for one, name in zip(prepared, ids, strict=True):
                if one.document.fold == fold:
                    places = read_places(one.document.words, one.document.report, models, load_gazetteer())
                    file.write(json.dumps({"id": name, "places": shown(places)}) + "\n")


def main() -> None:
    """Read the command line and fit."""
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("--shared", type=Path, required=True)
    command.add_argument("--folds", type=Path, metavar="PRED.jsonl")
    given = command.parse_args()
    places = given.shared / "bench" / "places"
    path, parser = places / "dev.jsonl", Parser()
    documents = list(load_documents(path, parser))
    own = [tagged(d) for d in own_documents(parser, variants=3)]
    prepared, taggers = prepare(documents, own)
    if given.folds:
        ids = [row["id"] for row in read_rows(path)]
        write_folds(prepared, taggers, own_tables(parser), ids, given.folds)
        return
    sentences = marked_sentences(places / "metonymy.train.jsonl", parser)
    others = [*marked_news(documents), *marked_own(parser)]
    print(f"metonyms right in folds: {fold_accuracy(sentences, others):.1%}")
    save_tagger(fit_tagger([*own, *(p.tags for p in prepared)]), WEIGHTS / "place_names.npz")
    save_rankers(
        fit_rankers([*own_tables(parser), *(t for p in prepared for t in p.tables)]), WEIGHTS / "place_ranking.npz"
    )
    save_metonymy(fit_metonymy([*sentences, *others]), WEIGHTS / "metonymy.npz")


if __name__ == "__main__":
    main()
