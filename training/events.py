"""Train the relation models: type of a relation between two actors, and which two noun phrases it holds between.

    python -m training.events --corpora FOLDER          write the weights
    python -m training.events --corpora FOLDER --folds  print out-of-fold accuracy instead

FOLDER holds ``events/plv.dev.jsonl``; the sentences of ``relations.tsv`` are our own. Of the corpus the
weights keep hashes only. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.annotate.coding.arguments import Arguments, arguments_of
from dateline.annotate.coding.features import relation_features
from dateline.annotate.coding.pairs import candidates, pair_features, phrase_features, shared_hits
from dateline.annotate.coding.triggers import Hit, find_triggers
from dateline.annotate.coding.types import RelationModels, phrase_head
from dateline.annotate.hashed import WEIGHTS, HashedLinear, buckets
from dateline.annotate.words import Parser, Words
from dateline.codebook.plover import EventTables, event_tables

__all__ = ["ROOTS", "Example", "corpus_examples", "fit", "own_examples"]

ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "YIELD": "08", "REQUEST": "10",
    "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16",
    "COERCE": "17", "ASSAULT": "19",
}  # fmt: skip
_OWN = Path(__file__).parent / "relations.tsv"
_SIZE = 1 << 16
_OWN_WEIGHT = 1.0
_TYPES_C = 1.0
_PAIRS_C = 0.3
_PAIR_WEIGHT = 4.0


@dataclass(frozen=True, eq=False)
class Example:
    """A sentence with one relation: heads of its actors (None: not in the text), its root, and its weight."""

    words: Words
    source: int | None
    target: int | None
    hits: Sequence[tuple[Hit, Arguments]]
    root: str
    fold: int
    weight: float = 1.0


def corpus_examples(rows: Sequence[dict[str, object]], parser: Parser) -> list[Example]:
    """Examples of rows in the shape of ``plv.dev.jsonl``."""
    parsed = parser.parse_many(str(row["text"]) for row in rows)
    return [_corpus_example(row, words) for row, words in zip(rows, parsed, strict=True)]


def own_examples(parser: Parser) -> list[Example]:
    """The sentences of ``relations.tsv``, in no fold."""
    marked = [line.rstrip("\n").split("\t") for line in _OWN.open(encoding="utf-8") if line[:1].isdigit()]
    plain = [_unmark(sentence) for _, sentence in marked]
    parsed = parser.parse_many(text for text, _, _ in plain)
    return [
        _example(words, ([source], [target]), root, -1, _OWN_WEIGHT)
        for (root, _), (_, source, target), words in zip(marked, plain, parsed, strict=True)
    ]


def fit(examples: Sequence[Example]) -> RelationModels:
    """Fit both models."""
    tables = event_tables()
    return RelationModels(_fit_types(examples, tables), _fit_pairs(examples, tables))


def _corpus_example(row: dict[str, object], words: Words) -> Example:
    source, target = (row[side].get("spans") or [] for side in ("source", "target"))  # type: ignore[attr-defined]
    return _example(words, (source, target), ROOTS[str(row["root"])], int(str(row.get("fold", -1))), 1.0)


def _example(
    words: Words,
    spans: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]],
    root: str,
    fold: int,
    weight: float,
) -> Example:
    source, target = spans
    hits = [(hit, arguments_of(words, hit)) for hit in find_triggers(words, event_tables())]
    return Example(words, phrase_head(words, source), phrase_head(words, target), hits, root, fold, weight)


def _unmark(sentence: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentence without its marks, and where [initiator] and {recipient} stand."""
    text, opened = "", 0
    spans = {"]": (0, 0), "}": (0, 0)}
    for char in sentence:
        if char in "[{":
            opened = len(text)
        elif char in "]}":
            spans[char] = (opened, len(text))
        else:
            text += char
    return text, spans["]"], spans["}"]


def _fit_types(examples: Sequence[Example], tables: EventTables) -> HashedLinear:
    rows = [buckets(relation_features(e.words, e.source, e.target, e.hits, tables), _SIZE) for e in examples]
    model = LogisticRegression(C=_TYPES_C, class_weight="balanced", max_iter=400, random_state=0)
    model.fit(_matrix(rows, _SIZE), [e.root for e in examples], sample_weight=[e.weight for e in examples])
    weights = np.ascontiguousarray(model.coef_.T, np.float32)
    return HashedLinear(weights, model.intercept_.astype(np.float32), tuple(map(str, model.classes_)))


def _fit_pairs(examples: Sequence[Example], tables: EventTables) -> HashedLinear:
    rows: list[npt.NDArray[np.int64]] = []
    right: list[bool] = []
    weights: list[float] = []
    for example in examples:
        for gold, row in _pairs(example, tables):
            rows.append(row)
            right.append(gold)
            weights.append(example.weight * (_PAIR_WEIGHT if gold else 1.0))
    model = LogisticRegression(C=_PAIRS_C, max_iter=300, random_state=0)
    model.fit(_matrix(rows, 3 * _SIZE), right, sample_weight=weights)
    columns = np.ascontiguousarray(model.coef_.reshape(3, _SIZE).T, np.float32)
    bias = np.array([0.0, 0.0, model.intercept_[0]], np.float32)
    return HashedLinear(columns, bias, ("initiator", "recipient", "pair"))


def _pairs(example: Example, tables: EventTables) -> Iterator[tuple[bool, npt.NDArray[np.int64]]]:
    """Every pair of noun phrases of the example's sentence: whether it is the relation's, and its buckets."""
    words = example.words
    anchor = example.source if example.source is not None else example.target
    if anchor is None:
        return
    bounds = words.sentence_of(anchor)
    heads = candidates(words, *bounds)
    phrases = {i: buckets(phrase_features(words, i, example.hits, tables, bounds), _SIZE) for i in heads}
    shared = shared_hits(example.hits, tables)
    for i in heads:
        for j in heads:
            if i != j:
                both = buckets(pair_features(words, i, j, shared), _SIZE)
                row = np.concatenate([phrases[i], phrases[j] + _SIZE, both + 2 * _SIZE])
                yield (i, j) == (example.source, example.target), row


def _matrix(rows: Sequence[npt.NDArray[np.int64]], width: int) -> csr_matrix:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((np.ones(ends[-1], np.float64), np.concatenate(rows), ends), (len(rows), width))


def main() -> None:
    """Read the command line and train."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpora", type=Path, required=True)
    arguments.add_argument("--folds", action="store_true")
    given = arguments.parse_args()
    with (given.corpora / "events" / "plv.dev.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    parser = Parser()
    examples, own = corpus_examples(rows, parser), own_examples(parser)
    if not given.folds:
        fit([*examples, *own]).save(WEIGHTS)
        return
    right = 0
    for fold in sorted({e.fold for e in examples}):
        types = _fit_types([e for e in [*examples, *own] if e.fold != fold], event_tables())
        for e in (e for e in examples if e.fold == fold):
            features = relation_features(e.words, e.source, e.target, e.hits, event_tables())
            right += types.classes[int(types.scores(features).argmax())] == e.root
    print(f"type of a given pair, out of fold: {100 * right / len(examples):.1f} % right")


if __name__ == "__main__":
    main()
