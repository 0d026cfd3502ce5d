"""Learn the weights by which the killed and wounded of an incident are counted.

    python -m training.harm --corpora FOLDER

FOLDER holds ``crossdoc/incidents.train.jsonl`` and ``crossdoc/records.train.jsonl`` (dated local news by incident, and
a register's counts). Writes the sums "killed" and "wounded" of ``codebook/link/weights.tsv``: a conditional logit over
the numbers that the reports of an incident could mean. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from dateline.link.harm import Evidence, evidence, harm_of_all, killed_parts, numbers, wounded_parts
from dateline.records import Reading
from gate import read
from gate.crossdoc_mentions import report_of
from training.link import load, save

__all__ = ["learn", "main"]

Matrix = npt.NDArray[np.float64]
Parts = Callable[[int, Sequence[Evidence], int], dict[str, float]]
_RIDGE = 0.5


def main() -> None:
    """Read the command line and train."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpora", type=Path, required=True)
    corpora: Path = arguments.parse_args().corpora / "crossdoc"
    rows = read(load(corpora / "incidents.train.jsonl"))
    told = {row["id"]: evidence(report_of(row), msgspec.convert(reading, Reading)) for row, reading in rows}
    records = load(corpora / "records.train.jsonl")
    incidents = [[told[doc] for doc in record["docs"]] for record in records]
    learn(incidents, records)


def learn(incidents: Sequence[Sequence[Evidence]], records: Sequence[Mapping[str, Any]]) -> None:
    """Learn both sums: the killed first, since the wounded are counted beside them."""
    save(
        "killed",
        _fit(
            killed_parts,
            [(e, 0, numbers(e, "killed", 0), r["killed"]) for e, r in zip(incidents, records, strict=True)],
        ),
    )
    dead = [harm_of_all(each).killed or 0 for each in incidents]
    save(
        "wounded",
        _fit(
            wounded_parts,
            [(e, k, numbers(e, "wounded", k), r["injured"]) for e, k, r in zip(incidents, dead, records, strict=True)],
        ),
    )


def _fit(parts: Parts, cases: Sequence[tuple[Sequence[Evidence], int, list[int], int]]) -> dict[str, float]:
    """Weights by part; incidents whose true number no report could mean teach nothing."""
    tables = [
        ([parts(n, told, killed) for n in choices], choices.index(true))
        for told, killed, choices, true in cases
        if true in choices
    ]
    names = sorted({name for table, _ in tables for row in table for name in row})
    matrices = [(np.array([[row.get(name, 0.0) for name in names] for row in table]), right) for table, right in tables]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for matrix, right in matrices:
            score = matrix @ weights
            score -= score.max()
            chance = np.exp(score) / np.exp(score).sum()
            total -= float(np.log(chance[right]))
            slope = slope + chance @ matrix - matrix[right]
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(names, found.x.tolist(), strict=True))


if __name__ == "__main__":
    main()
