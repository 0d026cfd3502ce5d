"""Train the two networks of attribution and write their weights.

    python -m training.attribution CORPUS WEIGHTS

CORPUS is a JSONL file of articles with ``text`` and ``attributions`` (lists of ``source``, ``cue`` and
``content``, each a list of ``[start, end]`` in code points) and, optionally, ``discard`` zones. The same
corpus and the same versions of the packages give the same bytes. About ten minutes on one core, half
of them for the parser.

The cue network learns from all candidates. As even people agree on few cues, it learns from the gold
blended with what first networks, which have not seen the article, make of each candidate (distillation:
Hinton, Vinyals and Dean 2015; Furlanello et al. 2018). The argument network learns one window a gold cue; what it
hears of other cues comes from cue networks that have not seen the article (two halves, crosswise).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.annotate.attribution.arguments import Rivals, pair_features, window_of, word_features
from dateline.annotate.attribution.columns import BITS, Columns, columns_of
from dateline.annotate.attribution.cues import candidates, cue_features, kinds
from dateline.annotate.attribution.network import CONTENT, CUE, OUTSIDE, SOURCE, Networks
from dateline.annotate.attribution.quotations import find_quotations
from dateline.annotate.words import Parser, Words
from training.attribution_networks import Options, Weights, Window, fit_arguments, fit_cues, predict_cues
from training.attribution_rescoring import Gold, examples, fit_trees

Row = dict[str, Any]
Features = npt.NDArray[np.int32]
Arrays = dict[str, npt.NDArray[Any]]

FOLDS = 3  # parts the articles are dealt into
KIND_COUNT = 2  # times a word that is no verb must head a cue to be a candidate
CUE_ROWS, ASKED_ROWS, PAIR_ROWS = 60_000, 20_000, 75_000  # most embeddings kept of each kind
CUES = Options(width=48, epochs=4, rate=1e-3, drop=0.5, feature_drop=0.3, decay=0.05)
SECOND_CUES = Options(width=48, epochs=6, rate=1e-3, drop=0.3, feature_drop=0.2, decay=0.05)
OPINION = 0.5  # weight of the first networks' probabilities beside the gold in what the second learn
ARGUMENTS = Options(width=64, epochs=5, rate=2e-3, drop=0.4, feature_drop=0.4, decay=0.0)


@dataclass(eq=False)
class Article:
    """One article ready for features: its gold attributions as (head of the cue, token ranges by label)."""

    words: Words
    columns: Columns
    outside: set[int]
    gold: list[Gold]


def read_articles(rows: list[Row], parsed: Iterator[Words]) -> list[Article]:
    """Parse articles and place their gold attributions on tokens."""
    articles = []
    for row, words in zip(rows, parsed, strict=True):
        columns = columns_of(words, find_quotations(words.text))
        outside = {i for a, b in row.get("discard") or [] for i in words.tokens(a, b)}
        gold = [_gold(words, attribution) for attribution in row["attributions"] if attribution["cue"]]
        articles.append(Article(words, columns, outside, [g for g in gold if g is not None]))
    return articles


def _gold(words: Words, attribution: Row) -> Gold | None:
    labels = {SOURCE: "source", CONTENT: "content", CUE: "cue"}
    spans = {label: [words.tokens(a, b) for a, b in attribution[role]] for label, role in labels.items()}
    cue = spans[CUE][0]
    roots = [i for i in cue if words.head[i] not in cue or words.head[i] == i]
    if not roots:
        return None
    return min(roots, key=lambda i: (words.pos[i] != "VERB", words.pos[i] != "AUX", words.pos[i] == "PUNCT", i)), spans


def other_kinds(articles: list[Article]) -> npt.NDArray[np.int32]:
    """Hashes of the words that head cues without being verbs or of a speech class."""
    seen: Counter[int] = Counter()
    for article in articles:
        heads = sorted({head for head, _ in article.gold if not article.columns.likely[head]})
        seen.update(kinds(article.columns, np.asarray(heads, np.int64)).tolist())
    return np.asarray(sorted(kind for kind, count in seen.items() if count >= KIND_COUNT), np.int32)


@dataclass(eq=False)
class Candidates:
    """The candidates of all articles: features, whether each heads a gold cue, article and token."""

    features: Features
    target: npt.NDArray[np.float32]
    article: npt.NDArray[np.int64]
    token: npt.NDArray[np.int64]


def candidates_of(articles: list[Article], others: npt.NDArray[np.int32]) -> Candidates:
    """Collect the candidates outside discarded zones."""
    features, targets, numbers, tokens = [], [], [], []
    for number, article in enumerate(articles):
        chosen = candidates(article.columns, others)
        chosen = chosen[[i not in article.outside for i in chosen.tolist()]]
        heads = {head for head, _ in article.gold}
        features.append(cue_features(article.columns, chosen).T)
        targets.append(np.asarray([i in heads for i in chosen.tolist()], np.float32))
        numbers.append(np.full(len(chosen), number))
        tokens.append(chosen)
    return Candidates(
        np.concatenate(features), np.concatenate(targets), np.concatenate(numbers), np.concatenate(tokens)
    )


def windows_of(articles: list[Article], known: Candidates, chances: npt.NDArray[np.floating]) -> Iterator[Window]:
    """One window a gold cue, with the labels of its words."""
    for number, article in enumerate(articles):
        c, mine = article.columns, known.article == number
        tokens = known.token[mine]
        if not article.gold:
            continue
        rivals = Rivals.of(c, tokens, chances[mine])
        heads = np.asarray([head for head, _ in article.gold], np.int64)
        words, cues = word_features(c, np.arange(c.n)).T, cue_features(c, heads).T
        for (head, spans), own, first, end in zip(article.gold, cues, *window_of(c, heads), strict=True):
            labels = np.full(end - first, OUTSIDE, np.int8)
            for label, ranges in spans.items():
                for r in ranges:
                    labels[max(0, r.start - first) : max(0, r.stop - first)] = label
            pairs = pair_features(c, np.full(end - first, head), np.arange(first, end), rivals).T
            yield Window(own, np.concatenate([words[first:end], pairs], axis=1), labels)


def keep_buckets(tables: list[Features], least: int, most: int) -> npt.NDArray[np.int32]:
    """The buckets seen ``least`` times or more, the bar raised until at most ``most`` are left."""
    counts = np.zeros(1 << BITS, np.int64)
    for i in range(0, len(tables), 2_000):
        counts += np.bincount(np.concatenate([t.ravel() for t in tables[i : i + 2_000]]), minlength=1 << BITS)
    while (counts >= least).sum() > most:
        least += 1
    print(f"{(counts >= least).sum()} of {(counts > 0).sum()} buckets, those seen {least} times or more", flush=True)
    return np.flatnonzero(counts >= least).astype(np.int32)


def index_of(buckets: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Row of each bucket, 0 for those not kept."""
    index = np.zeros(1 << BITS, np.int32)
    index[buckets] = np.arange(1, len(buckets) + 1, dtype=np.int32)
    return index


def packed(name: str, buckets: npt.NDArray[np.int32], table: npt.NDArray[np.float32]) -> Arrays:
    """An embedding as it is stored: int8 by column scale; the zero row is left out."""
    rows = table[1:]
    scale = (np.maximum(np.abs(rows).max(axis=0), 1e-8) / 127).astype(np.float32)
    return {
        f"{name}.buckets": buckets,
        f"{name}.rows": np.clip(np.rint(rows / scale), -127, 127).astype(np.int8),
        f"{name}.scale": scale,
    }


def train(articles: list[Article]) -> Arrays:
    """Fit networks and trees; return the arrays to store."""
    others = other_kinds(articles)
    known = candidates_of(articles, others)
    print(f"{len(known.target)} candidates, {int(known.target.sum())} of them cues", flush=True)
    buckets = keep_buckets([known.features], 4, CUE_ROWS)
    rows, count = index_of(buckets)[known.features], len(buckets) + 1
    _, opinion = crossed(known, rows, known.target, count, CUES)
    target = (1 - OPINION) * known.target + OPINION * opinion
    folds, chances = crossed(known, rows, target, count, SECOND_CUES)
    cues = [packed_cues(buckets, weights) for weights in (*folds, fit_cues(rows, target, count, SECOND_CUES))]
    arguments = train_arguments(articles, list(windows_of(articles, known, chances)))
    *partial, whole = [{"others": others, **c, **a} for c, a in zip(cues, arguments, strict=True)]
    return {**whole, **train_trees(articles, [Networks.of(arrays) for arrays in partial])}


def crossed(
    known: Candidates, rows: Features, target: npt.NDArray[np.float32], count: int, options: Options
) -> tuple[list[Weights], npt.NDArray[np.float32]]:
    """A cue network without each fold's articles, and the probabilities it gives their candidates."""
    chances, networks = np.zeros(len(rows), np.float32), []
    for fold in range(FOLDS):
        held = known.article % FOLDS == fold
        networks.append(fit_cues(rows[~held], target[~held], count, options))
        chances[held] = predict_cues(networks[-1], rows[held])
    return networks, chances


def train_arguments(articles: list[Article], windows: list[Window]) -> Iterator[Arrays]:
    """Fit an argument network without the articles of each fold, then one on all."""
    print(f"{len(windows)} windows, {sum(len(w.labels) for w in windows)} pairs", flush=True)
    asked_buckets = keep_buckets([np.stack([w.cue for w in windows])], 3, ASKED_ROWS)
    pair_buckets = keep_buckets([w.words for w in windows], 5, PAIR_ROWS)
    asked, pair = index_of(asked_buckets), index_of(pair_buckets)
    windows = [Window(asked[w.cue], pair[w.words], w.labels) for w in windows]
    fold_of = np.repeat(np.arange(len(articles)) % FOLDS, [len(article.gold) for article in articles])
    for fold in range(FOLDS + 1):  # no article is of the last
        seen = [window for window, other in zip(windows, fold_of.tolist(), strict=True) if other != fold]
        weights = fit_arguments(seen, len(asked_buckets) + 1, len(pair_buckets) + 1, ARGUMENTS)
        yield {
            **packed("asked", asked_buckets, weights.pop("Ec")),
            **packed("pair", pair_buckets, weights.pop("Ep")),
            **{f"dense.{name}": value for name, value in weights.items()},
        }


def train_trees(articles: list[Article], folds: list[Networks]) -> Arrays:
    """Fit the trees on what the networks of each fold make of its articles."""
    made = [
        examples(article.words, article.columns, folds[number % FOLDS], article.gold, article.outside)
        for number, article in enumerate(articles)
    ]
    features, right = (np.concatenate(parts) for parts in zip(*(pair for pair in made if len(pair[1])), strict=True))
    print(f"{len(right)} possible attributions, {int(right.sum())} of them right", flush=True)
    return fit_trees(features, right).arrays("trees")


def packed_cues(buckets: npt.NDArray[np.int32], weights: Weights) -> Arrays:
    """A cue network as it is stored."""
    dense = {f"cue-dense.{name}": value for name, value in weights.items() if name != "E"}
    return {**packed("cue", buckets, weights["E"]), **dense}


def main(corpus: Path, weights: Path) -> None:
    """Read the corpus, train, write."""
    with corpus.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    articles = read_articles(rows, Parser().parse_many(row["text"] for row in rows))
    np.savez(weights, **train(articles))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
