"""Train the two networks of attribution and write their weights.

    python -m training.attribution CORPUS WEIGHTS

CORPUS is a JSONL file of articles with ``text`` and ``attributions`` (lists of ``source``, ``cue`` and
``content``, each a list of ``[start, end]`` in code points) and, optionally, ``discard`` zones. The same
corpus and the same versions of the packages give the same bytes. About ten minutes on one core, half
of them for the parser.

The cue network learns from all candidates. The argument network learns one window a gold cue; what it
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
from dateline.annotate.attribution.network import CONTENT, CUE, OUTSIDE, SOURCE
from dateline.annotate.attribution.quotations import find_quotations
from dateline.annotate.words import Parser, Words
from training.attribution_networks import Options, Window, fit_arguments, fit_cues, predict_cues

Row = dict[str, Any]
Features = npt.NDArray[np.int32]

KIND_COUNT = 2  # times a word that is no verb must head a cue to be a candidate
CUE_ROWS, ASKED_ROWS, PAIR_ROWS = 60_000, 20_000, 75_000  # most embeddings kept of each kind
CUES = Options(width=48, epochs=4, rate=1e-3, drop=0.5, feature_drop=0.3, decay=0.05)
ARGUMENTS = Options(width=64, epochs=5, rate=2e-3, drop=0.4, feature_drop=0.4, decay=0.0)


@dataclass(eq=False)
class Article:
    """One article ready for features: its gold attributions as (head of the cue, token ranges by label)."""

    columns: Columns
    outside: set[int]
    gold: list[tuple[int, dict[int, list[range]]]]


def read_articles(rows: list[Row], parsed: Iterator[Words]) -> list[Article]:
    """Parse articles and place their gold attributions on tokens."""
    articles = []
    for row, words in zip(rows, parsed, strict=True):
        columns = columns_of(words, find_quotations(words.text))
        outside = {i for a, b in row.get("discard") or [] for i in words.tokens(a, b)}
        gold = [_gold(words, attribution) for attribution in row["attributions"] if attribution["cue"]]
        articles.append(Article(columns, outside, [g for g in gold if g is not None]))
    return articles


def _gold(words: Words, attribution: Row) -> tuple[int, dict[int, list[range]]] | None:
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


def crossed(known: Candidates, rows: Features, count: int) -> npt.NDArray[np.float32]:
    """Probabilities of each article's candidates by a network that has not seen the article."""
    chances = np.zeros(len(rows), np.float32)
    for half in (0, 1):
        inside = known.article % 2 == half
        weights = fit_cues(rows[~inside], known.target[~inside], count, CUES)
        chances[inside] = predict_cues(weights, rows[inside])
    return chances


def packed(name: str, buckets: npt.NDArray[np.int32], table: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[Any]]:
    """An embedding as it is stored: int8 by column scale; the zero row is left out."""
    rows = table[1:]
    scale = (np.maximum(np.abs(rows).max(axis=0), 1e-8) / 127).astype(np.float32)
    return {
        f"{name}.buckets": buckets,
        f"{name}.rows": np.clip(np.rint(rows / scale), -127, 127).astype(np.int8),
        f"{name}.scale": scale,
    }


def train(articles: list[Article]) -> dict[str, npt.NDArray[Any]]:
    """Fit both networks; return the arrays to store."""
    others = other_kinds(articles)
    known = candidates_of(articles, others)
    print(f"{len(known.target)} candidates, {int(known.target.sum())} of them cues", flush=True)
    cue_buckets = keep_buckets([known.features], 4, CUE_ROWS)
    rows = index_of(cue_buckets)[known.features]
    chances = crossed(known, rows, len(cue_buckets) + 1)
    cues = fit_cues(rows, known.target, len(cue_buckets) + 1, CUES)
    windows = list(windows_of(articles, known, chances))
    print(f"{len(windows)} windows, {sum(len(w.labels) for w in windows)} pairs", flush=True)
    asked_buckets = keep_buckets([np.stack([w.cue for w in windows])], 3, ASKED_ROWS)
    pair_buckets = keep_buckets([w.words for w in windows], 5, PAIR_ROWS)
    asked, pair = index_of(asked_buckets), index_of(pair_buckets)
    windows = [Window(asked[w.cue], pair[w.words], w.labels) for w in windows]
    arguments = fit_arguments(windows, len(asked_buckets) + 1, len(pair_buckets) + 1, ARGUMENTS)
    return {
        "others": others,
        **packed("cue", cue_buckets, cues.pop("E")),
        **packed("asked", asked_buckets, arguments.pop("Ec")),
        **packed("pair", pair_buckets, arguments.pop("Ep")),
        **{f"cue-dense.{name}": value for name, value in cues.items()},
        **{f"dense.{name}": value for name, value in arguments.items()},
    }


def main(corpus: Path, weights: Path) -> None:
    """Read the corpus, train, write."""
    with corpus.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    articles = read_articles(rows, Parser().parse_many(row["text"] for row in rows))
    np.savez(weights, **train(articles))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
