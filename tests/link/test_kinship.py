"""Kinship: how alike two happenings are told, and the words it goes by."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.codebook.linking import kin_of, lemma_of, load_weights, near_fields, nearness
from dateline.link.kinship import PARTS, kinship
from dateline.link.profiles import PARTS as REPORT_PARTS
from dateline.link.tellings import Tellings
from dateline.link.trees import used
from tests.link.told import Telling, happenings_of

ONE, OTHER = np.array([0]), np.array([1])


def told(trigger: str, text: str = "A fire {} the mill in Altdorf.", outlet: str = "one", **fields: object) -> Telling:
    return Telling(text.format(trigger) + f" Told by {outlet}.").event(trigger, **fields)


def parts(one: Telling, other: Telling) -> dict[str, float]:
    return {name: float(value[0]) for name, value in kinship(Tellings(happenings_of(one, other)), ONE, OTHER).items()}


@pytest.mark.parametrize(("form", "lemma"), [
    ("struck", "strike"), ("shots", "shoot"), ("told", "tell"), ("dies", "die"), ("hired", "hire"), ("hitting", "hit"),
])  # fmt: skip
def test_forms_of_a_word_have_one_lemma(form, lemma):
    assert lemma_of(form) == lemma_of(lemma)


@pytest.mark.parametrize(("one", "other", "near"), [
    ("bought", "acquisition", True),
    ("checked into", "rehab", True),
    ("quake", "jolted", True),
    ("resigned", "earthquake", False),
])  # fmt: skip
def test_words_of_one_field_of_the_news_are_near(one, other, near):
    shared = near_fields(one) & near_fields(other)
    assert bool(shared) is near
    assert (nearness(shared) > 0) is near


def test_nothing_is_near_an_empty_trigger():
    assert not near_fields("")
    assert not kin_of("")


def test_every_part_of_a_report_has_a_weight_and_every_weight_a_part():
    assert set(load_weights("stories")) == {*REPORT_PARTS, "bias"}


def test_trees_decide_by_parts_that_kinship_tells():
    assert len(used()) > 20
    assert set(used()) <= set(PARTS)


def test_kinship_gives_all_parts_and_no_others():
    assert set(parts(told("gutted"), told("destroyed", outlet="two"))) == set(PARTS)


def test_kinship_is_the_same_both_ways():
    tellings = Tellings(happenings_of(told("gutted"), told("destroyed", outlet="two")))
    assert kinship(tellings, ONE, OTHER) == kinship(tellings, OTHER, ONE)


def test_strangers_share_no_party():
    one = told("gutted", by="Ruritania")
    other = told("gutted", outlet="two", by="Sylvania")
    assert parts(one, other)["strangers"] == 1
    assert parts(one, told("gutted", outlet="two", by="Ruritania"))["agents"] > 0


def test_a_happening_told_in_the_same_words_is_most_alike():
    same = parts(told("gutted"), told("gutted", outlet="two"))
    unlike = parts(told("gutted"), told("opened", "The museum {} its doors in Chur.", outlet="two"))
    assert same["around"] > unlike["around"]
    assert same["kin"] > unlike["kin"]
