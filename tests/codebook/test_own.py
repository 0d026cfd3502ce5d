"""A user's own codebook file: what it may hold, what it changes, and what is said of its lines."""

from __future__ import annotations

import pickle

import pytest

from dateline.codebook import TableError, load_codebook
from dateline.codebook.own import OWN_TABLES, contents, faults
from dateline.codebook.people import load_people
from dateline.codebook.times import known_starts
from tests.conftest import ROOT


@pytest.fixture
def own(tmp_path):
    def write(text):
        path = tmp_path / "own.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def meanings(path, name):
    """What a name stands for with a user's file."""
    return [k for text, known in load_people(path).names.get(name.split()[0], ()) if text == name for k in known]


def test_a_users_body_is_known_by_its_name_and_aliases(own):
    path = own("[bodies]\nkind\tcountry\tsector\tname\taliases\narmed_force\tUKR\tMIL\tRiver Corps\tRC7\n")
    assert [(k.kind, k.country, k.sector) for k in meanings(path, "RC7")] == [("armed_force", "UKR", "MIL")]
    assert not meanings(None, "RC7")


def test_a_name_that_the_user_gives_means_nothing_else(own):
    path = own("[peoples]\nkind\tcountry\twords\npeople\tGEO\tKremlin\n")
    assert [(k.what, k.country) for k in meanings(path, "Kremlin")] == [("people", "GEO")]


def test_a_users_noun_stands_before_the_built_in_one(own):
    path = own("[roles]\nsector\tkind\tpublic\twords\nREB\toffice\tyes\tminister\n")
    [(_, role)] = [entry for entry in load_people(path).roles["minister"] if entry[0] == ()]
    assert role.sector == "REB"


def test_a_users_start_stands_before_the_built_in_ones(own):
    assert known_starts(own("[starts]\nday\twhat\twhich\n2022-02-20\tsiege\tMariupol\n"))[0].which == {"mariupol"}


@pytest.mark.parametrize(("text", "line", "words"), [
    ("[trigers]\ntriggers\tpos\ttype\n", 1, "did you mean [triggers]?"),
    ("[starts]\nday\twhat\twhich\n20 Feb\tsiege\tMariupol\n", 3, "it must look like 2022-02-24"),
    ("[starts]\nday\twhat\twhich\n2022-02-20\tsiege\n", 3, "needs words"),
    ("[bodies]\nkind\tname\nclub\tRotary\n", 3, "kind is 'club'"),
    ("[leaders]\nname\tsince\nAnn Lee\tlast year\n", 3, "are years"),
    ("[roles]\nsector\tkind\twords\nXYZ\toffice\tminister\n", 3, "no sector is called 'XYZ'"),
    ("[types]\nname\nEVICT\n", 2, "has no column name"),
    ("[certainty]\nwords\tpos\teffect\nmulling\tover\tfuture\n", 3, "pos is 'over'"),
    ("[certainty]\nwords\tpos\teffect\nmull\tverb\tmaybe\n", 3, "effect is 'maybe'"),
    ("type\tabout\n", 1, "begin"),
])  # fmt: skip
def test_a_line_that_cannot_be_used_is_told_with_what_to_do(own, text, line, words):
    told = faults(own(text))
    assert told[0].line == line
    assert words in told[0].words


def test_all_faults_are_told_and_none_that_only_follows_from_another(own):
    told = faults(
        own(
            "[types]\ntype\tscore\nEVICT\tbad\nEXPEL\t-3\n[triggers]\ntriggers\tpos\ttype\n"
            "evict\tverb\tEVICT\nexpel\tverbs\tEXPEL\nbanish\tverb\tBANISH\n[starts]\nday\twhat\twhich\nnow\twar\tMoon\n"
        )
    )
    assert [fault.line for fault in told] == [3, 8, 9, 12]


def test_a_file_that_can_be_used_has_no_faults_and_tells_what_it_holds(own):
    path = own(
        "# mine\n[types]\ntype\nEVICT\n\n[triggers]\ntriggers\tpos\ttype\nevict\tverb\tEVICT\nexpel\tverb\tEVICT\n"
    )
    assert faults(path) == []
    assert contents(path) == {"types": 1, "triggers": 2}


def test_the_file_shown_in_the_manual_can_be_used(own):
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    shown = next(part for part in page.split("```") if "[types]\n" in part)
    path = own(shown.removeprefix("text\n"))
    assert faults(path) == []
    assert set(contents(path)) == {"types", "triggers", "bodies", "starts"}


def test_the_manual_names_every_table_and_its_columns():
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert not [name for name in OWN_TABLES if f"[{name}]" not in page]
    assert not [column for columns in OWN_TABLES.values() for column in columns if f"`{column}`" not in page]


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "own.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(TableError, match="UTF-8"):
        faults(path)


def test_the_hash_is_that_of_the_content(own, tmp_path):
    places = tmp_path / "places.csv"
    places.write_text("name,lat,lon\nVillage,50,30\n", encoding="utf-8")
    hashes = {load_codebook().hash, load_codebook(own("[types]\ntype\nEVICT\n")).hash, load_codebook(None, places).hash}
    assert len(hashes) == 3


def test_an_error_survives_the_way_between_processes(tmp_path):
    error = pickle.loads(pickle.dumps(TableError(tmp_path / "own.tsv", 3, "no")))
    assert (error.line, str(error)) == (3, f"{tmp_path / 'own.tsv'}, line 3: no")
