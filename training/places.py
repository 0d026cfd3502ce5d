"""Fit the models of places: ``python -m training.places --shared FOLDER [--folds PRED.jsonl]``.

Models are fitted on all documents of ``FOLDER/bench/places/dev.jsonl`` and written to
``dateline/annotate/weights``. With ``--folds``, nothing is shipped: each fold is read with models fitted on
the other folds, rankers on names that in turn were found by taggers of other folds, and written for the scorer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import dateline.annotate
from dateline.annotate.place_names import Tagger, find_names
from dateline.annotate.places import Models, read_places
from dateline.annotate.words import Parser
from dateline.codebook.gazetteer import load_gazetteer
from gate.places import shown
from training.place_corpora import FOLDS, Document, load_documents
from training.place_names import Tagged, fit_tagger, save_tagger, tagged
from training.place_ranking import Labelled, fit_rankers, labelled, save_rankers

WEIGHTS = Path(dateline.annotate.__file__).parent / "weights"


def fit(documents: Sequence[Document], tags: Sequence[Tagged], folds: Sequence[int]) -> Models:
    """Fit on documents of those folds; rankers learn on names as a tagger that never saw them finds them."""
    chosen = [i for i, d in enumerate(documents) if d.fold in folds]
    tables: list[Labelled] = []
    for fold in folds:
        tagger = fit_tagger(tags[i] for i in chosen if documents[i].fold != fold)
        tables += _tables([documents[i] for i in chosen if documents[i].fold == fold], tagger)
    return Models(fit_tagger(tags[i] for i in chosen), fit_rankers(tables))


def _tables(documents: Sequence[Document], tagger: Tagger) -> list[Labelled]:
    gazetteer = load_gazetteer()
    found = (labelled(d, find_names(d.words, gazetteer, tagger)) for d in documents)
    return [table for table in found if table is not None]


def write_folds(documents: Sequence[Document], ids: Sequence[str], path: Path) -> None:
    """Read every document with models that saw none of its fold."""
    tags = [tagged(d) for d in documents]
    with path.open("w", encoding="utf-8") as file:
        for fold in range(FOLDS):
            models = fit(documents, tags, [f for f in range(FOLDS) if f != fold])
            for document, name in zip(documents, ids, strict=True):
                if document.fold == fold:
                    places = read_places(document.words, document.report, models)
                    file.write(json.dumps({"id": name, "places": shown(places)}) + "\n")


def main() -> None:
    """Read the command line and fit."""
    command = argparse.ArgumentParser(description=__doc__)
    command.add_argument("--shared", type=Path, required=True)
    command.add_argument("--folds", type=Path, metavar="PRED.jsonl")
    given = command.parse_args()
    path = given.shared / "bench" / "places" / "dev.jsonl"
    documents = list(load_documents(path, Parser()))
    if given.folds:
        ids = [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]
        write_folds(documents, ids, given.folds)
        return
    models = fit(documents, [tagged(d) for d in documents], range(FOLDS))
    save_tagger(models.tagger, WEIGHTS / "place_names.npz")
    save_rankers(models.rankers, WEIGHTS / "place_ranking.npz")


if __name__ == "__main__":
    main()
