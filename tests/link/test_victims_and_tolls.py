"""Whom figures count, parts of wholes, and tolls."""

from __future__ import annotations

import pytest

from dateline.link import link
from dateline.link.tolls import stated, tolls
from dateline.link.victims import is_part, one_group, victims_of
from tests.link.told import Telling, happenings_of


@pytest.mark.parametrize(("one", "other", "same"), [
    ("RUR soldiers", "SYL soldiers", False),
    ("RUR soldiers", "civilians", False),
    ("", "civilians", True),
    ("RUR", "RUR soldiers", True),
])  # fmt: skip
def test_figures_for_other_people_are_no_figures_for_these(one, other, same):
    assert one_group(one, other) is same


@pytest.mark.parametrize(("text", "number", "part"), [
    ("Six people died, three of them children.", "three", True),
    ("Six people died, including two firemen.", "two", True),
    ("Six people died.", "Six", False),
    ("Two of the wounded are critical.", "Two", True),
])  # fmt: skip
def test_a_part_of_a_whole_is_no_toll(text, number, part):
    telling = Telling(text).counts(number, 1)
    assert is_part(text, telling.reading.quantities[0]) is part


def test_victims_are_named_by_people_and_group():
    telling = Telling("More than 40 Ruritanian soldiers died.").counts("40", 40, of="Ruritanian soldiers")
    reading = telling.reading
    assert victims_of(reading, reading.quantities[0], None) == "RUR soldiers"


def tolls_of(*tellings):
    found = happenings_of(*tellings)
    return tolls(found, {t.report.id: t.both for t in tellings}, {})


def test_the_latest_figure_is_best_and_all_are_kept():
    early = Telling("Four people were killed.", "2022-02-25").counts("Four", 4).event("killed", quantities=(0,))
    late = Telling("Seven people were killed.", "2022-02-26").counts("Seven", 7).event("killed", quantities=(0,))
    (toll,) = tolls_of(late, early)
    assert (toll.low, toll.best, toll.high) == (4, 7, 7)
    assert [e.low for e in toll.entries] == [4, 7]


def test_tolls_of_two_sides_stay_apart():
    telling = (
        Telling("The Ruritanian dead were 5, the Sylvanian dead 9.")
        .counts("5", 5)
        .event("dead were", quantities=(0,), on="Ruritania")
        .counts("9", 9)
        .event("dead 9", quantities=(1,), on="Sylvania")
    )
    assert [(t.victims, t.best) for t in tolls_of(telling)] == [("RUR", 5), ("SYL", 9)]


def test_a_report_states_the_figure_it_gives_most_often():
    telling = Telling("Two died. Three died. Two dead.").counts("Two died", 2).counts("Three", 3).counts("Two dead", 2)
    assert stated(telling.report, telling.reading, "killed") == 2


def test_a_figure_somebody_rejected_reaches_no_toll_dispute_or_correction():
    four = Telling("Four people were killed in Altdorf.", "2022-02-25").counts("Four", 4)
    nine = Telling("Nine people were killed in Altdorf.", "2022-02-25", "The Post").counts("Nine", 9)
    told = [t.event("killed", quantities=(0,), at="Altdorf").both for t in (four, nine)]
    rejected = f"{nine.report.id}:q0"
    with_both, without = link(told), link(told, rejected={rejected})
    assert [(t.low, t.high) for i in with_both.incidents for t in i.tolls] == [(4, 9)]
    assert [d.kind for d in with_both.disputes] == ["toll"]
    assert [(t.low, t.high) for i in without.incidents for t in i.tolls] == [(4, 4)]
    assert without.disputes == ()


def test_a_figure_put_right_is_no_reversal_once_it_is_rejected():
    text = "The island is 135 km from Altdorf. That was a correction: it is 35 km."
    told = Telling(text).counts("135 km", 135, "distance").counts("35 km.", 35, "distance")
    assert link([told.both]).reversals
    assert not link([told.both], rejected={f"{told.report.id}:q0"}).reversals


def test_figures_of_one_sentence_that_add_up_to_another_are_its_parts():
    telling = Telling("Police: 2 adults, 3 teens killed. Two suspects hunted for the death of five people.")
    telling.counts("2 adults", 2).counts("3 teens", 3).counts("five people", 5)
    assert stated(telling.report, telling.reading, "killed") == 5


def test_best_is_what_the_latest_report_gives_most_often_not_what_it_gives_last():
    early = Telling("Four people were killed.", "2022-02-25").counts("Four", 4).event("killed", quantities=(0,))
    late = Telling("Seven dead. Rescuers found seven bodies. One woman died in a car.", "2022-02-26")
    late.counts("Seven", 7).counts("seven", 7).counts("One", 1)
    late.event("dead", quantities=(0,)).event("bodies", quantities=(1,)).event("died", quantities=(2,))
    (toll,) = tolls_of(late, early)
    assert (toll.low, toll.best, toll.high) == (1, 7, 7)


def test_what_could_happen_is_no_toll():
    telling = Telling("Up to 40 people could be killed in Altdorf.").counts("40 people", 40)
    assert not tolls_of(telling.event("killed", quantities=(0,), status="possible", factuality=0.5))


def test_best_of_an_upper_bound_is_the_bound():
    telling = Telling("Up to 40 people were killed in Altdorf.").counts("40 people", None, high=40)
    (toll,) = tolls_of(telling.event("killed", quantities=(0,)))
    assert (toll.low, toll.best, toll.high) == (0, 40, 40)
