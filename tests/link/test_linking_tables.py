"""Kin words, stems and markers."""

from __future__ import annotations

import pytest

from dateline.codebook.linking import kin_of, load_markers, marker_pattern, stem
from dateline.codebook.moves import load_moves


@pytest.mark.parametrize(("one", "other"), [
    ("shelled", "struck"), ("killed", "bodies"), ("rejecting talks", "turned down"), ("blew up", "explosion"),
    ("taken", "captured the airport"), ("denied", "denial"),
])  # fmt: skip
def test_words_for_one_kind_of_happening_are_kin(one, other):
    assert kin_of(one) == kin_of(other)


@pytest.mark.parametrize(("one", "other"), [("shot", "shot down"), ("took", "retaken"), ("killed", "wounded")])
def test_words_for_unlike_happenings_are_not(one, other):
    assert kin_of(one) != kin_of(other)


@pytest.mark.parametrize(
    ("word", "stemmed"), [("planned", "plan"), ("denied", "deny"), ("hits", "hit"), ("red", "red")]
)
def test_stems_lose_the_endings_of_tense_and_number(word, stemmed):
    assert stem(word) == stemmed


def test_a_trigger_of_no_words_is_kin_of_nothing():
    assert kin_of("") == ""


def test_markers_are_found_as_whole_words():
    assert marker_pattern("against").search("not so, said the mayor")
    assert not marker_pattern("plan").search("planetary")


def test_all_kinds_of_markers_have_words():
    assert all(load_markers().values())


@pytest.mark.parametrize(
    ("type_", "trigger", "move"),
    [
        ("AGREE", "offered", "offered"), ("AGREE", "agreed", "accepted"), ("REJECT", "turned down", "refused"),
        ("REJECT", "dismissed", "rejected"), ("SANCTION", "broke off", "broken off"), ("REQUEST", "predicted", None),
    ],
)  # fmt: skip
def test_moves_are_known_by_type_and_trigger(type_, trigger, move):
    assert next((r.move for r in load_moves() if r.told_by(type_, kin_of(trigger), trigger)), None) == move
