"""Rarity: how few reports have a word, whatever the ledger holds."""

from __future__ import annotations

import pytest

from dateline.codebook.rarity import load_rarity
from training.rarity import table


@pytest.mark.parametrize(("common", "rare"), [("police", "violin"), ("people", "mayor"), ("new", "xyzzy")])
def test_a_word_of_few_reports_is_rarer_than_one_of_many(common, rare):
    rarity = load_rarity()
    assert rarity[common] < rarity[rare] <= rarity.highest


@pytest.mark.parametrize("form", ["Mayor", "mayors", "mayor's", "mayor’s"])
def test_all_forms_of_a_word_are_as_rare(form):
    assert load_rarity()[form] == load_rarity()["mayor"] < load_rarity().highest


def test_words_together_are_rarer_than_each_and_never_rarer_than_can_be():
    rarity = load_rarity()
    assert rarity["police"] < rarity.of_all(["police", "mayor"]) <= rarity.highest
    assert rarity.of_all(["xyzzy", "police"]) == rarity.highest


def test_the_table_counts_each_report_once_and_leaves_out_what_is_in_fewer_than_three():
    texts = ["The mill burned. The mill!", "A mill in Altdorf.", "Mills (all) over.", "Altdorf slept."]
    assert table(texts).splitlines()[3:] == ["3\tmill", "4\t(all)"]
