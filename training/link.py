"""Learn the weights by which linking compares happenings and reports.

    python -m training.link --corpora FOLDER

FOLDER holds ``crossdoc/ecb.train.jsonl`` (ECB+, happenings marked over 575 reports) and
``crossdoc/incidents.train.jsonl`` (dated local news by incident). Writes the sum "stories" of
``codebook/link/weights.tsv``, a logistic regression by Newton's method, and ``codebook/link/kinship.tsv``, boosted
trees, one line a node; nothing of any text. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

import dateline.link.profiles as profile_parts
from dateline.codebook.kinship import load_kinship
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

__all__ = ["Matrix", "fit", "grow", "main", "mention_pairs", "report_pairs"]

Matrix = npt.NDArray[np.float64]
_RIDGE = 0.02  # of the mean squared weight on standardised parts
_STEPS = 30
_TREES = 200
_LEAN = 0.5  # average link asks all pairs of two groups to be alike, so a single pair may ask for less than even odds

_HEADER = """\
# Trees that judge whether two happenings are one, learned (python -m training.link), not written by hand. A pair starts
# at the first node of each tree; where the part (link/kinship.py says what it is) is at most so much it goes on at the
# next line, else so many lines down ("high"); the values of the leaves it comes to (part "-") are added up.
part\tmost\thigh\tvalue
"""


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
    save_trees(grow(parts, same, offset))


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


def grow(parts: Matrix, same: Matrix, offset: Matrix) -> list[dict[str, Any]]:
    """Boosted trees that say, beside what the frame says already, whether pairs are one happening."""
    settings = {
        "objective": "binary", "num_leaves": 6, "learning_rate": 0.07, "min_data_in_leaf": 60, "feature_fraction": 0.5,
        "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "verbose": -1, "num_threads": 1,
        "deterministic": True, "force_row_wise": True, "seed": 0,
    }  # fmt: skip
    told = lightgbm.Dataset(parts, same, init_score=offset)
    trees: list[dict[str, Any]] = lightgbm.train(settings, told, num_boost_round=_TREES).dump_model()["tree_info"]
    return trees


def save_trees(trees: Iterable[Mapping[str, Any]]) -> None:
    """Write the trees, each node before those below it; the first is a leaf of its own that leans to joining."""
    lines = [f"-\t\t\t{_LEAN}"]

    def add(node: Mapping[str, Any]) -> None:
        if "leaf_value" in node:
            lines.append(f"-\t\t\t{node['leaf_value']:.4f}")
            return
        at = len(lines)
        lines.append("")
        add(node["left_child"])
        part, most, value = PARTS[node["split_feature"]], node["threshold"], node["internal_value"]
        lines[at] = f"{part}\t{0 if most < 1e-30 else most:.6g}\t{len(lines) - at}\t{value:.4f}"
        add(node["right_child"])

    for tree in trees:
        add(tree["tree_structure"])
    path = HOME / "link" / "kinship.tsv"
    path.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    load_kinship.cache_clear()


def save(name: str, weights: Mapping[str, float]) -> None:
    """Put the weights of one sum in the place of those the table holds, and have them read anew."""
    path = HOME / "link" / "weights.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{name}\t")]
    lines += [f"{name}\t{part}\t{weight:.4f}" for part, weight in weights.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_weights.cache_clear()


if __name__ == "__main__":
    main()
