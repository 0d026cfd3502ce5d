"""What is a dispute, and what only looks like one."""

from __future__ import annotations

from dateline.link import link
from tests.link.told import Telling


def disputes(*tellings: Telling):
    return link(t.both for t in tellings).disputes


TOLLS = {
    "The mayor": "{} people were killed when a rocket struck the bakery on Mill Street in Altdorf",
    "The hospital": "the rocket on the bakery in Mill Street, Altdorf, left {} people killed",
}


def toll(number: int, source: str, day: str = "2022-02-25", **fields: object) -> Telling:
    said = TOLLS[source].format(number)
    return (
        Telling(f"{source} said {said}.", day, outlet=source)
        .says(source, said)
        .counts(str(number), number, **fields)
        .event("killed", quantities=(0,), at="Altdorf", said=True)
    )


def test_two_sources_with_figures_that_do_not_meet_dispute_the_toll():
    (dispute,) = disputes(toll(4, "The mayor"), toll(9, "The hospital"))
    assert dispute.kind == "toll"
    assert {s.label for s in dispute.sides} == {"4", "9"}


def test_a_later_day_is_an_update():
    assert not disputes(toll(4, "The mayor"), toll(9, "The hospital", "2022-02-26"))


def test_ranges_that_overlap_agree():
    assert not disputes(toll(4, "The mayor", high=None), toll(9, "The hospital"))


def test_the_same_figure_is_no_dispute():
    assert not disputes(toll(4, "The mayor"), toll(4, "The hospital"))


def test_a_copy_disputes_nothing():
    one = Telling("Not so, said the priest: it was quiet. " * 9).says("the mayor", "it was quiet")
    assert not disputes(one)


def test_a_place_taken_and_contested_is_a_dispute_over_control():
    (dispute,) = disputes(
        Telling("Ruritania said it had captured Altdorf. Sylvania said Altdorf was still contested.")
        .says("Ruritania", "it had captured Altdorf")
        .event("captured", "CONTROL", by="Ruritania", at="Altdorf", said=True)
        .says("Sylvania", "Altdorf was still contested")
    )
    assert dispute.kind == "control"
    assert [s.sources for s in dispute.sides] == [("Ruritania",), ("Sylvania",)]


def test_other_towns_are_held_by_others_without_dispute():
    assert not disputes(
        Telling("Ruritania said it had captured Altdorf. Sylvania said it held Chur.")
        .says("Ruritania", "it had captured Altdorf")
        .event("captured", "CONTROL", by="Ruritania", at="Altdorf", said=True)
        .says("Sylvania", "it held Chur")
    )


def test_a_later_report_that_says_nobody_died_disputes_the_toll():
    (dispute,) = disputes(toll(4, "The mayor"), toll(0, "The hospital", "2022-02-26"))
    assert dispute.kind == "toll"


def test_a_dispute_counts_the_independent_reports_that_tell_it():
    (dispute,) = disputes(toll(4, "The mayor"), toll(9, "The hospital"))
    assert dispute.sources == 2
