"""The event tables: what they hold, what a user may change, and what is said of a line that cannot be used."""

from __future__ import annotations

import pytest

from dateline.codebook import TableError, load_codebook
from dateline.codebook.plover import event_tables
from dateline.codebook.tables import HOME


@pytest.fixture
def user_file(tmp_path):
    def write(text):
        path = tmp_path / "own.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_type_is_explained_and_has_a_root_of_its_own_or_shares_it_with_its_other_quad():
    tables = event_tables()
    assert all(kind.about for kind in tables.types.values())
    assert tables.roots["08"] == ("RETREAT", "CONCEDE")


def test_every_mode_has_a_type_and_every_map_a_known_mode():
    tables = event_tables()
    assert {name for name, _ in tables.modes} <= set(tables.types)
    assert all(not mode or (name, mode) in tables.modes for name, mode in tables.maps)


def test_the_entry_with_most_conditions_comes_first():
    entries = event_tables().triggers["lift", "verb"]
    sizes = [len(entry.conditions) for entry in entries]
    assert sizes == sorted(sizes, reverse=True)


def test_a_users_file_adds_types_and_puts_triggers_in_place_of_the_built_in_ones(user_file):
    path = user_file(
        "[types]\ntype\tabout\nEVICT\tsomebody is put out of a home\n"
        "[triggers]\ntriggers\tpos\twith\ttype\nevict\tverb\t\tEVICT\n"
    )
    tables = event_tables(path)
    assert tables.types["EVICT"].root == ""
    assert [entry.type for entry in tables.triggers["evict", "verb"]] == ["EVICT"]
    assert load_codebook(path).hash != load_codebook().hash


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[triggers]\ntriggers\tpos\ttype\nevict\tverb\tEVICT\n", "line 3: no type is named 'EVICT'"),
        ("[triggers]\ntriggers\tpos\ttype\nevict\tadverb\tCOERCE\n", "line 3: pos is 'adverb'"),
        ("[triggers]\ntriggers\tpos\twith\ttype\nevict\tverb\tsees=x\tCOERCE\n", "no condition is called 'sees'"),
        ("[triggers]\ntriggers\tpos\ttype\tmode\nevict\tverb\tCOERCE\tparade\n", "COERCE has no mode 'parade'"),
        ("[triggers]\ntriggers\tpos\ttype\troles\nevict\tverb\tCOERCE\tsubj\n", "it must look like subj>obj"),
        ("[types]\ntype\tscore\nEVICT\tbad\n", "score is 'bad', not a number"),
        ("[types]\nname\nEVICT\n", "[types] has no column name"),
        ("[types]\ntype\nEVICT\textra\n", "2 cells under 1 column names"),
        ("type\nEVICT\n", "no table is named above"),
        (
            "[triggers]\ntriggers\tpos\ttype\nevict\tverb\tCOERCE\nevict\tverb\tASSAULT\n",
            "line 4: 'evict' has the same conditions on line 3",
        ),
        ("[certainty]\nwords\tpos\twith\teffect\nperhaps\tadv\tany\tmaybe\n", "effect is 'maybe'"),
        ("[light_verbs]\nverb\tnoun\tsubject\ndo\tobj\tactor\n", "subject is 'actor'"),
    ],
)
def test_an_unusable_line_is_named_with_what_is_wrong(user_file, text, words):
    with pytest.raises(TableError) as error:
        event_tables(user_file(text))
    assert words in str(error.value)


def test_a_table_of_another_part_of_the_codebook_is_left_to_it(user_file):
    assert event_tables(user_file("[actors]\nname\tcode\nGondor\tGON\n")).types == event_tables().types


def test_the_order_of_lines_changes_nothing(user_file):
    lines = (HOME / "plover" / "triggers.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = [line for line in lines if not line.startswith("#")]
    turned = user_file("\n".join(["[triggers]", header, *reversed(rows)]) + "\n")
    assert event_tables(turned).triggers == event_tables().triggers
