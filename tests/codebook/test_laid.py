"""Lines of a user's file laid over the lists of words: what they add, change and take out, and what stays as it was."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.annotate.reader import annotate
from dateline.codebook import load_codebook
from dateline.codebook.laid import LAID_TABLES, laid_over, table
from dateline.codebook.linking import kin_of, load_markers
from dateline.codebook.own import faults
from dateline.codebook.tables import HOME
from dateline.records import Report
from tests.conftest import ROOT

READ = """
import json, sys
import dateline
from dateline import read
print(json.dumps([dateline.__file__, *(str(read(text, date="2022-03-04")) for text in json.load(sys.stdin))]))
"""


@pytest.fixture
def own(tmp_path):
    def write(name, *lines):
        path = tmp_path / "own.tsv"
        path.write_text("\n".join([f"[{name}]", "\t".join(LAID_TABLES[name]), *lines]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def reading(parse):
    def read(text, path=None):
        return annotate(Report(text=text, published="2022-03-04"), parse(text), load_codebook(path))

    return read


def test_a_users_speech_cue_changes_the_stance_of_a_claim(own, reading):
    text = "The army reached the river, the ministry boasted on Friday."
    path = own("speech/cues", "deny\tdenies\tVERB\tboast")
    assert [claim.stance for claim in reading(text).claims] == ["asserts"]
    assert [claim.stance for claim in reading(text, path).claims] == ["denies"]


@pytest.mark.parametrize(("name", "line", "text", "before", "after"), [
    ("quantities/vague", "30\t60\tdozens\tumpteen", "Police arrested umpteen men.", [], [(30, 60, "detained")]),
    ("quantities/vague", "2000\t5000\tthousands\tthousands", "Thousands died.", [(2000, 9999, "killed")],
     [(2000, 5000, "killed")]),
    ("quantities/units", "detained\tdone\tcorral\t", "Police corralled 40 men.", [(40, 40, "other")],
     [(40, 40, "detained")]),
    ("quantities/units", "-\tdone\tarrest\t", "Police arrested 40 men.", [(40, 40, "detained")], [(40, 40, "other")]),
    ("quantities/bounds", "up_to\tbefore\tthe better part of", "They saw the better part of 90 tanks.",
     [(90, 90, "vehicles")], [(None, 90, "vehicles")]),
    ("quantities/words", "toll\t-toll", "The toll rose to 34.", [(34, 34, "killed")], [(34, 34, "other")]),
])  # fmt: skip
def test_a_users_line_of_quantities_adds_changes_or_takes_out_words(own, reading, name, line, text, before, after):
    def counted(path=None):
        return [(q.low, q.high, q.unit) for q in reading(text, path).quantities]

    assert counted() == before
    assert counted(own(name, line)) == after


def test_a_users_cue_tells_of_what_is_not_known(own, reading):
    text = "It was foggy how many people had died."
    assert reading(text).unknowns == ()
    assert len(reading(text, own("unknowns/cues", "adjective\tfoggy")).unknowns) == 1


def test_a_users_kin_and_markers_are_used_by_linking(own):
    assert kin_of("zorch") != kin_of("shell")
    with laid_over(own("link/kin", "strike\tzorch")):
        assert kin_of("zorch") == kin_of("shell")
    how = table("link/markers")[0]["how"]
    with laid_over(own("link/markers", f"{how}\twent the way of all flesh")):
        assert "went the way of all flesh" in load_markers()[how]
    assert "went the way of all flesh" not in load_markers()[how]


@pytest.mark.parametrize(("name", "line", "words"), [
    ("speech/cues", "grumble\tasserts\tVERB\tgrouse", "no class is called 'grumble'"),
    ("speech/cues", "say\tyells\tVERB\tgrouse", "no stance 'yells'"),
    ("quantities/units", "maimed\tdone\tmaim\t", "no unit maimed"),
    ("quantities/vague", "many\t60\tdozens\tumpteen", "low is 'many'"),
    ("quantities/bounds", "roughly\tbefore\tthe odd", "no precision roughly"),
    ("places/relations", "uphill\tabove\t1", "no kind is called 'uphill'"),
])  # fmt: skip
def test_a_line_that_cannot_be_laid_over_is_told(own, name, line, words):
    [fault] = faults(own(name, line))
    assert fault.line == 3
    assert words in fault.words


@pytest.mark.parametrize("name", LAID_TABLES)
def test_the_built_in_lines_of_a_table_can_stand_in_a_users_file(own, name):
    lines = ["\t".join(row[column] for column in LAID_TABLES[name]) for row in table(name)]
    assert faults(own(name, *lines)) == []


def test_the_order_of_the_lines_of_all_tables_changes_no_reading(tmp_path):
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples" / "reports").glob("*.txt"))[::7]]
    shutil.copytree(HOME.parent, tmp_path / "dateline", ignore=shutil.ignore_patterns("__pycache__", "*.bin", "page"))
    (tmp_path / "dateline" / "codebook" / "gazetteer" / "gazetteer.bin").symlink_to(
        HOME / "gazetteer" / "gazetteer.bin"
    )
    for path in sorted((tmp_path / "dateline" / "codebook").rglob("*.tsv")):
        _shuffle(path)
    assert _read(texts, tmp_path) == _read(texts, HOME.parent.parent)


def _shuffle(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rest = lines[1:]
    random.Random(7).shuffle(rest)
    path.write_text("\n".join([lines[0], *rest]) + "\n", encoding="utf-8")


def _read(texts, home):
    """What the package at ``home`` reads in the texts, by a process of its own."""
    there = dict(os.environ, PYTHONPATH=str(home))
    command = [sys.executable, "-c", READ]
    told = subprocess.run(
        command, input=json.dumps(texts), env=there, cwd=home, capture_output=True, text=True, check=True
    )
    package, *readings = json.loads(told.stdout)
    assert Path(package).is_relative_to(home)
    return readings
