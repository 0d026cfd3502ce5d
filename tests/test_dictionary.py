"""Dyads by dictionary: the coder of the gate that takes actors from a list of codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.annotate.coding.triggers import find_triggers
from dateline.annotate.words import Parser
from dateline.codebook.plover import event_tables
from gate.lexicon import Lexicon
from gate.petr import dyads

_TABLE = {
    "actors": [
        {"names": ["NARVIA", "NARVIAN"], "codes": [{"code": "NAR"}]},
        {"names": ["OLD SOLMARK"], "codes": [{"code": "SOL"}]},
        {"names": ["TESTONIA"], "codes": [{"code": "TES"}]},
        {"names": ["ERIK LUND"], "codes": [{"code": "NARELI", "after": "2001-01-01"}, {"code": "NARGOV"}]},
    ],
    "agents": [
        {"names": ["POLICE"], "codes": [{"code": "~COP"}]},
        {"names": ["LAWMAKER"], "codes": [{"code": "~LEG"}]},
        {"names": ["GOVERNMENT"], "codes": [{"code": "~GOV"}]},
        {"names": ["MEDIA"], "codes": [{"code": "~MED"}]},
    ],
}


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    path = tmp_path / "lexicon.json"
    path.write_text(json.dumps(_TABLE), encoding="utf-8")
    return Lexicon.load(path)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Narvia attacked Testonia.", ["NAR TES"]),
        ("Narvian police shelled Old Solmark.", ["NARCOP SOL"]),
        ("Testonia was criticised by the government of Narvia.", ["NARGOV TES"]),
        ("Narvia welcomed a renewal of ties between Testonia and Old Solmark.", ["NAR TES", "NAR SOL"]),
        ("Lawmakers in Narvia and Testonia thanked Old Solmark.", ["NARLEG SOL", "TESLEG SOL"]),
        ("Narvian media and government warned Testonia.", ["NARMED TES", "NARGOV TES"]),
        ("The prime minister of Narvia met the president of Testonia.", ["NAR TES", "TES NAR"]),
        ("Narvia condemned Testonia, the news agency said on Thursday.", ["NAR TES"]),
        ("Narvia was calm on Thursday.", []),
    ],
)
def test_a_pair_is_coded_where_a_verb_has_a_name_on_each_side(
    parser: Parser, lexicon: Lexicon, text: str, pairs: list[str]
) -> None:
    words = parser.parse(text)
    found = dyads(words, lexicon.mentions(words, None), find_triggers(words, event_tables()))
    assert [" ".join(pair) for pair in found] == pairs


@pytest.mark.parametrize(("date", "code"), [("1999-05-01", "NARGOV"), ("2005-05-01", "NARELI")])
def test_a_code_holds_for_its_dates(parser: Parser, lexicon: Lexicon, date: str, code: str) -> None:
    words = parser.parse("Erik Lund thanked Testonia.")
    assert dyads(words, lexicon.mentions(words, date), []) == [(code, "TES")]
