"""Learn the weights by which the killed and wounded of an incident are counted.

    python -m training.harm --corpora FOLDER

FOLDER holds ``crossdoc/incidents.train.jsonl`` and ``crossdoc/records.train.jsonl`` (dated local news by incident, and
a register's counts). Prints the part of incidents counted right by weights learned on the other four fifths, and
writes the sum "harm" of ``codebook/link/weights.tsv``: a conditional logit over the pairs of numbers that the reports
of an incident could mean. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from dateline.link.evidence import evidence
from dateline.link.harm import Pair, parts
from dateline.records import Reading
from gate import read
from gate.crossdoc_mentions import report_of
from training.link import load, save

__all__ = ["Case", "cases_of", "fit", "folded", "main"]

Matrix = npt.NDArray[np.float64]
_RIDGE = 0.5
_FOLDS = 5


class Case(NamedTuple):
    """One incident: the pairs of numbers its reports could mean, what speaks for each, and the register's."""

    pairs: list[Pair]
    parts: Matrix
    true: Pair


def main() -> None:
    """Read the command line and train."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpora", type=Path, required=True)
    names, cases = cases_of(arguments.parse_args().corpora / "crossdoc")
    print(f"killed and wounded right of held-out folds: {100 * folded(cases):.1f} %")
    save("harm", dict(zip(names, fit(cases).tolist(), strict=True)))


def cases_of(corpora: Path) -> tuple[list[str], list[Case]]:
    """The names of all parts, and the incidents."""
    rows = read(load(corpora / "incidents.train.jsonl"))
    told = {row["id"]: evidence(report_of(row), msgspec.convert(reading, Reading)) for row, reading in rows}
    records = load(corpora / "records.train.jsonl")
    spoken = [parts([told[doc] for doc in record["docs"]]) for record in records]
    names = sorted({name for each in spoken for of in each.values() for name in of})
    return names, [_case(each, record, names) for each, record in zip(spoken, records, strict=True)]


def _case(spoken: Mapping[Pair, Mapping[str, float]], record: Mapping[str, Any], names: Sequence[str]) -> Case:
    table = np.array([[of.get(name, 0.0) for name in names] for of in spoken.values()])
    return Case(list(spoken), table, (record["killed"], record["injured"]))


def folded(cases: Sequence[Case]) -> float:
    """The part of incidents counted right by weights that were learned without their fold."""
    right = 0
    for fold in range(_FOLDS):
        weights = fit([case for i, case in enumerate(cases) if i % _FOLDS != fold])
        right += sum(case.pairs[int((case.parts @ weights).argmax())] == case.true for case in cases[fold::_FOLDS])
    return right / len(cases)


def fit(cases: Sequence[Case]) -> Matrix:
    """Weights of the parts; incidents whose true numbers no report could mean teach nothing."""
    known = [(case.parts, case.pairs.index(case.true)) for case in cases if case.true in case.pairs]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for table, right in known:
            score = table @ weights
            score -= score.max()
            chance = np.exp(score) / np.exp(score).sum()
            total -= float(np.log(chance[right]))
            slope = slope + chance @ table - table[right]
        return total, slope

    found = minimize(loss, np.zeros(cases[0].parts.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x, np.float64)


if __name__ == "__main__":
    main()
