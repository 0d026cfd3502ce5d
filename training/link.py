"""Learn the weights by which linking compares happenings and reports.

    python -m training.link --corpora FOLDER

FOLDER holds ``crossdoc/ecb.train.jsonl`` (ECB+, happenings marked over 575 reports) and
``crossdoc/incidents.train.jsonl`` (dated local news by incident). Writes ``codebook/link/weights.tsv``: one line a
part, nothing of any text. Logistic regression by Newton's method, so the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import dateline.link.profiles as profile_parts
from dateline.codebook.linking import load_weights
from dateline.codebook.tables import HOME
from dateline.link.happenings import Happening
from dateline.link.kinship import PARTS, kinship
from dateline.link.likeness import Frames
from dateline.link.neighbours import pairs, sketch
from dateline.link.pairs import candidates
from dateline.link.profiles import likeness, profile
from dateline.link.tellings import Tellings
from dateline.records import Report, ref
from gate.crossdoc_mentions import given_matters, report_of

__all__ = ["Matrix", "fit", "main", "mention_pairs", "report_pairs"]

Matrix = npt.NDArray[np.float64]
_RIDGE = 0.02  # of the mean squared weight on standardised parts
_STEPS = 30
_LEAN = 1.0  # average link asks all pairs of two groups to be alike, so a single pair may ask for less than even odds


def main() -> None:
    """Read the command line and train."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpora", type=Path, required=True)
    corpora: Path = arguments.parse_args().corpora / "crossdoc"
    news = load(corpora / "incidents.train.jsonl")
    parts, same = report_pairs([report_of(row) for row in news], {row["id"]: row["incident"] for row in news})
    save("stories", dict(zip((*profile_parts.PARTS, "bias"), fit(parts, same, np.zeros(len(same))), strict=True)))
    rows = load(corpora / "ecb.train.jsonl")
    parts, same, offset = mention_pairs(given_matters(rows), chains(rows))
    *weights, bias = fit(parts, same, offset)
    save("kinship", dict(zip((*PARTS, "bias"), (*weights, bias + _LEAN), strict=True)))


def load(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def chains(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The gold chain of each mention, by the reference of its happening."""
    return {ref(row["id"], "events", i): m["chain"] for row in rows for i, m in enumerate(row["mentions"])}


def report_pairs(reports: Sequence[Report], gold: Mapping[str, str]) -> tuple[Matrix, Matrix]:
    """Parts, one row a pair of reports that linking compares, and whether both are of one incident."""
    made = {report.id: profile(report) for report in sorted(reports, key=lambda r: r.id)}
    compared = list(pairs(map(sketch, reports)))
    told = [likeness(made[a], made[b]) for a, b in compared]
    parts = [[each[name] for name in profile_parts.PARTS] for each in told]
    return np.array(parts), np.array([gold[a] == gold[b] for a, b in compared], np.float64)


def mention_pairs(every: Iterable[Sequence[Happening]], chain: Mapping[str, str]) -> tuple[Matrix, Matrix, Matrix]:
    """Parts, one row a pair that linking compares; whether it is one happening; and what the frame says already.

    every: the happenings of each matter.
    """
    parts, same, offset = [], [], []
    for found in every:
        tellings, frames = Tellings(found), Frames(found)
        i, j = candidates(found)
        told = kinship(tellings, i, j)
        parts.append(np.column_stack([told[name] for name in PARTS]))
        chains_ = np.array([chain[h.ref] for h in found])
        same.append(chains_[i] == chains_[j])
        offset.append(sum(frames.parts(i, j).values()))
    return np.concatenate(parts), np.concatenate(same).astype(np.float64), np.concatenate(offset)


def fit(parts: Matrix, same: Matrix, offset: Matrix) -> list[float]:
    """Weights of the parts and, last, the bias: ridge logistic regression on standardised columns."""
    mean, scale = parts.mean(axis=0), parts.std(axis=0)
    scale[scale == 0] = 1.0
    columns = np.hstack([(parts - mean) / scale, np.ones((len(parts), 1))])
    ridge = np.full(columns.shape[1], _RIDGE * len(parts) / 1000)
    ridge[-1] = 0.0
    weights = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(columns @ weights + offset)))
        slope = columns.T @ (chance - same) + ridge * weights
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    raw = weights[:-1] / scale
    return [*raw.tolist(), float(weights[-1] - (raw * mean).sum())]


def save(name: str, weights: Mapping[str, float]) -> None:
    """Put the weights of one sum in the place of those the table holds, and have them read anew."""
    path = HOME / "link" / "weights.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{name}\t")]
    lines += [f"{name}\t{part}\t{weight:.4f}" for part, weight in weights.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_weights.cache_clear()


if __name__ == "__main__":
    main()
