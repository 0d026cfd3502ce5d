"""The tables of who acts: what they must hold, and how they complain."""

from __future__ import annotations

import pytest

from dateline.codebook import people as module
from dateline.codebook.countries import load_countries
from dateline.codebook.people import load_people
from dateline.codebook.tables import TableError
from dateline.codebook.uncertainties import load_uncertainties

CODES_BESIDE_ISO = {"IGO", "UNO", "EUR", "NGO", "MNC", "IMG"}


def _known():
    return [known for names in load_people().names.values() for _, meanings in names for known in meanings]


@pytest.mark.parametrize(("what", "least"), [("body", 350), ("holder", 400), ("demonym", 150), ("region", 200)])
def test_the_tables_are_broad(what, least):
    assert len({(k.name, k.country) for k in _known() if k.what == what}) >= least


def test_every_country_and_sector_is_a_code():
    sectors = load_people().sectors
    assert {k.sector for k in _known() if k.sector} <= sectors.keys()
    assert {k.country for k in _known() if k.country} - load_countries().by_iso3.keys() <= CODES_BESIDE_ISO


@pytest.mark.parametrize(("text", "piece", "name"), [
    ("al-Shabaab fled", "al", "al-Shabaab"),
    ("People’s Liberation Army", "People", "People's Liberation Army"),
    ("U.N. Security Council met", "U.N.", "UN Security Council"),
])  # fmt: skip
def test_a_name_is_found_in_any_spelling_longest_first(text, piece, name):
    _, meanings = next(load_people().named(text, 0, piece))
    assert meanings[0].name == name


def test_an_acronym_does_not_match_a_common_word():
    assert list(load_people().named("is", 0, "is")) == []


def test_a_sector_that_does_not_exist_is_told_with_its_line(tmp_path, monkeypatch):
    table = tmp_path / "roles.tsv"
    table.write_text("sector\tkind\tpublic\tgender\tcountry\twords\nXYZ\toffice\tyes\t\t\tminister\n", encoding="utf-8")
    rows = module.rows
    monkeypatch.setattr(module, "rows", lambda path, columns: rows(table if "roles" in str(path) else path, columns))
    with pytest.raises(TableError, match=r"roles\.tsv, line 2: no sector is called 'XYZ'"):
        load_people.__wrapped__()


def test_cues_of_what_is_unknown_are_single_words():
    assert not [cue for cue in load_uncertainties().triggers if not cue or cue != cue.lower()]
