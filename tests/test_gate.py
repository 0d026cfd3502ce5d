"""The gate: floors only rise, and every set it names has an adapter."""

from __future__ import annotations

import json

import pytest

from gate import floors, load
from gate.__main__ import OWN, score
from gate.sets import SETS, Figure


@pytest.mark.parametrize(("measured", "floor", "less", "fell"), [
    (70.0, 71.0, False, True),
    (71.0, 71.0, False, False),
    (72.0, 71.0, False, False),
    (0.44, 0.40, True, True),
    (0.39, 0.40, True, False),
    (0.70, 0.78, False, True),
])  # fmt: skip
def test_a_figure_falls_below_its_floor(measured, floor, less, fell):
    assert floors.falls(measured, floor, less_is_better=less) is fell


def test_raising_pins_what_rose_and_lowers_nothing():
    pinned = floors.Floors(
        gold={}, floors={"a: F1": {"floor": 50.0}, "b: F1": {"floor": 50.0}, "c: MAE": {"floor": 0.5}}
    )
    raised = floors.raise_floors(pinned, {"a: F1": (60.0, False), "b: F1": (40.0, False), "c: MAE": (0.4, True)})
    assert raised == ["a: F1", "c: MAE"]
    assert [entry["floor"] for entry in pinned["floors"].values()] == [60.0, 50.0, 0.4]


@pytest.mark.parametrize("name", sorted(SETS))
def test_each_set_has_an_adapter(name):
    assert callable(SETS[name].predict())


def test_a_bad_line_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1}\n{"id": \n')
    with pytest.raises(SystemExit, match=r"gold\.jsonl, line 2"):
        load(path)


def test_figures_are_picked_from_the_scorers_last_line(tmp_path):
    scorer = tmp_path / "score.py"
    table = {"strict": {"f1": 0.5}, "none": None}
    scorer.write_text(f"import sys\nprint('table')\nprint('''{json.dumps(table)}''')\n")
    figures = (Figure("strict", "strict.f1", 80, scale=100), Figure("none", "none.f1", 1))
    assert score(scorer, tmp_path, tmp_path, figures) == {"strict": 50.0, "none": None}


def test_pinned_floors_name_figures_that_are_measured():
    known = {floors.key(s.name, f.name) for s in SETS.values() for f in s.figures}
    own = tuple(f"{name}: " for name in OWN)
    assert not [name for name in floors.load_floors()["floors"] if name not in known and not name.startswith(own)]
