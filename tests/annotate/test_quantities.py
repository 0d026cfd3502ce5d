"""How many were killed, wounded, displaced …: the range the words allow, and what is counted."""

from __future__ import annotations

from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.context import Context
from dateline.annotate.quantities import find_quantities
from dateline.codebook import load_codebook
from dateline.codebook.amounts import Precision, Unit, load_amounts
from dateline.records import Quantity, Report
from tests.conftest import SEED
from tests.marked import unmark


@pytest.fixture(scope="session")
def quantities(parse):
    def find(text):
        context = Context(report=Report(text=text, published="2022-02-25"), codebook=load_codebook())
        return find_quantities(parse(text), context)

    return find


@pytest.mark.parametrize(("marked", "low", "high", "precision"), [
    ("They counted [14] graves.", 14, 14, "exact"),
    ("They lost [at least 14] tanks.", 14, None, "at_least"),
    ("[More than 1.7 million] people live there.", 1_700_000, None, "at_least"),
    ("They lost [no more than nine] tanks.", None, 9, "up_to"),
    ("[Up to 300] fighters are in the town.", None, 300, "up_to"),
    ("They saw [about 60] tanks.", 60, 60, "about"),
    ("They massed [an estimated 150,000] troops.", 150_000, 150_000, "about"),
    ("[Between 10 and 20] tanks burned.", 10, 20, "range"),
    ("They saw [10 to 15] trucks.", 10, 15, "range"),
    ("[Several] people died.", 3, 9, "several"),
    ("[A dozen] trucks burned.", 12, 12, "about"),
    ("[Dozens] of trucks burned.", 24, 99, "dozens"),
    ("[Scores] of trucks burned.", 40, 99, "scores"),
    ("[Hundreds] of trucks burned.", 100, 999, "hundreds"),
    ("[Several hundred] trucks burned.", 200, 900, "hundreds"),
    ("[Thousands] of people marched.", 2000, 9999, "thousands"),
    ("[Tens of thousands] of people marched.", 20_000, 99_999, "tens_of_thousands"),
    ("[Hundreds of thousands] of people marched.", 200_000, 999_999, "hundreds_of_thousands"),
    ("[Millions] of people marched.", 2_000_000, 9_999_999, "millions"),
    ("[Twenty-five] trucks burned.", 25, 25, "exact"),
    ("[A hundred] trucks burned.", 100, 100, "exact"),
    ("[Two dozen] trucks burned.", 24, 24, "about"),
    ("The loan is worth [$50 million].", 50_000_000, 50_000_000, "exact"),
    ("It will cost [between $2 million and $3 million].", 2_000_000, 3_000_000, "range"),
    ("[Two to three hundred] trucks burned.", 200, 300, "range"),
    ("[Some five thousand five hundred] people marched on Friday.", 5500, 5500, "about"),
    ("[Half a million] people marched.", 500_000, 500_000, "about"),
    ("[Tens] of people were arrested.", 20, 99, "dozens"),
    ("[Both] men were shot dead.", 2, 2, "exact"),
    ("The wall is [300 metres] long.", 0.3, 0.3, "exact"),  # lengths are kept in kilometres
    ("It lies [some 40 miles] away.", 64.4, 64.4, "about"),
    ("It can fly [17,446 kilometers].", 17_446, 17_446, "exact"),
])  # fmt: skip
def test_a_number_keeps_the_range_its_words_allow(quantities, marked, low, high, precision):
    text, [span] = unmark(marked)
    [found] = quantities(text)
    assert (found.start, found.end) == span
    assert (found.low, found.high, found.precision) == (low, high, precision)


@pytest.mark.parametrize(("text", "counted"), [
    ("At least 14 people were killed.", [("killed", 14)]),
    ("Two people were killed and five others injured.", [("killed", 2), ("wounded", 5)]),
    ("The death toll rose to 34.", [("killed", 34)]),
    ("A blast hit the market, killing three and wounding 12.", [("killed", 3), ("wounded", 12)]),
    ("The attack left 14 dead and 20 wounded.", [("killed", 14), ("wounded", 20)]),
    ("Nine soldiers died in the raid.", [("killed", 9)]),
    ("A man was shot and killed on Friday.", [("killed", 1)]),
    ("Three officers were shot.", [("casualties", 3)]),
    ("Police found two bodies.", [("killed", 2)]),
    ("No casualties were reported.", [("casualties", 0)]),
    ("Nobody was hurt.", [("wounded", 0)]),
    ("There were 40 casualties.", [("casualties", 40)]),
    ("Police arrested 30 protesters.", [("detained", 30)]),
    ("About 400 people fled their homes.", [("displaced", 400)]),
    ("The flood displaced 900 families.", [("displaced", 900)]),
    ("12 sailors are missing.", [("missing", 12)]),
    ("They sent 3,000 troops.", [("troops", 3000)]),
    ("They sent 40 tanks.", [("vehicles", 40)]),
    ("They sent $30 million.", [("money", 30_000_000)]),
    ("It lies 60 kilometers from the capital.", [("distance", 60)]),
    ("They made 12 demands.", [("other", 12)]),
    ("The pair were killed.", [("killed", 2)]),
    ("A family of four was killed.", [("killed", 4)]),
    ("Nearly 40,000 people have left their homes.", [("displaced", 40_000)]),
    ("More than 90 residents were led out of the block.", [("displaced", 90)]),
    ("Some 70 rebels laid down their arms.", [("detained", 70)]),
    ("They put the number of injured at 300, including 40 children.", [("wounded", 300), ("wounded", 40)]),
    ("Over 100 trucks crossed the border.", [("vehicles", 100)]),
    ("They fired 160 missiles.", [("other", 160)]),
    ("At least 90 people have been killed since it began, 20 of them children.", [("killed", 90), ("killed", 20)]),
    ("Six people were wounded, one of them a child.", [("wounded", 6), ("wounded", 1)]),
    ("The 27 states voted.", [("other", 27)]),
    ("There were 12 attempted murders.", [("other", 12)]),
    ("They traded 132.8 million shares.", [("other", 132_800_000)]),
])  # fmt: skip
def test_what_happened_to_those_counted_is_read_from_the_clause(quantities, text, counted):
    assert [(q.unit, q.low if q.low is not None else q.high) for q in quantities(text)] == counted


@pytest.mark.parametrize(
    "text",
    [
        "She left in 2014.",
        "It began on 12 May 2021.",
        "It began at 10.30am.",
        "Ana Petrova, 20, spoke.",
        "A 34-year-old spoke.",
        "He spoke for three days.",
        "Day 2 of the talks was calm.",
        "He was target No. 1 for them.",
        "They met on one of his key demands.",
        "No one spoke.",
        "Maybe it was four.",
        "She has a girl of seven.",
        "The depot stands at 48.31 N, 37.92 E.",
        "Both sides met.",
        "The two sides met.",
        "Two officials said so.",
        "He was asked about the Oct. 23 killing.",
        "The index lost 3.95.",
        "Not a single person was hurt.",
        "",
    ],
)
def test_dates_ages_labels_and_durations_count_nothing(quantities, text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("At least 14 Palestinian civilians were killed.", "Palestinian civilians"),
        ("Dozens of the men left.", "men"),
        ("The raid killed three.", ""),
    ],
)
def test_the_words_counted_are_kept(quantities, text, of):
    assert quantities(text)[0].of == of


def test_the_codebook_and_the_records_use_the_same_words():
    hints = get_type_hints(Quantity)
    assert (hints["precision"], hints["unit"]) == (Precision, Unit)
    assert all(vague.low <= vague.high for vague in load_amounts().vague.values())


@given(st.lists(st.sampled_from([
    "14", "3,000", "two", "dozens", "of", "people", "were", "killed", "a", "an", "hundred", "-", "to", "and", "between",
    "at", "least", "million", "$", "no", "one", "nobody", ",", ".", "the", "toll", "99999999999999999999", "0", "1.5",
]), max_size=25).map(" ".join))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_any_words_give_ordered_quantities_within_the_text(quantities, text):
    found = quantities(text)
    assert found == sorted(found, key=lambda q: (q.start, q.end))
    assert all(text[q.start : q.end].strip() for q in found)


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not beside this checkout")
def test_the_seed_report_has_its_quantities(quantities):
    found = {(q.low, q.unit) for q in quantities(SEED.read_text(encoding="utf-8"))}
    assert {(100, "casualties"), (150_000, "troops"), (60, "distance")} <= found
