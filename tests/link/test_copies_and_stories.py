"""Copies of one text, and reports on one matter."""

from __future__ import annotations

import importlib

import pytest

from dateline.link.copies import changed_passages, copy_groups
from dateline.link.profiles import likeness, profile
from dateline.link.stories import matters, stories
from dateline.records import Report

FLOOD = "The river Reuss flooded the cellars of Altdorf on Monday night, and firemen led forty people of the lower "
FLOOD += "town to the school, where the Red Cross gave them blankets and the mayor Urs Zgraggen counted them."
THEFT = "Two men stole a violin by Guarneri from the conservatory in Brunnen, police said, and left by boat."


def report(text: str, day: str = "2022-02-25", outlet: str = "The Herald") -> Report:
    return Report(text=text, published=day, outlet=outlet)


def test_a_text_with_small_edits_is_a_copy():
    one, other = report(FLOOD), report(FLOOD.replace("Monday night", "Monday"), outlet="The Post")
    groups = copy_groups([one, other, report(THEFT)])
    assert groups[one.id] == groups[other.id]
    assert len(set(groups.values())) == 2


def test_reports_of_one_matter_are_one_story_and_others_are_not():
    again = "In Altdorf the mayor Urs Zgraggen thanked the firemen who led people out when the Reuss flooded cellars."
    theft = "The violin by Guarneri stolen in Brunnen was found in a boat, police said of the conservatory's loss."
    reports = [report(FLOOD), report(again, "2022-02-26"), report(THEFT), report(theft, "2022-02-27")]
    found = stories(reports)
    assert found[reports[0].id] == found[reports[1].id]
    assert found[reports[2].id] == found[reports[3].id]
    assert len(set(found.values())) == 2


def test_likeness_names_its_parts():
    parts = likeness(profile(report(FLOOD)), profile(report(FLOOD, outlet="The Post")))
    assert round(parts["words"], 6) == 1.0
    assert parts["days"] == 0.0


def test_a_matter_holds_whole_stories_and_other_reports_do_not_change_it():
    again = report(
        "In Altdorf the mayor Urs Zgraggen thanked the firemen when the Reuss flooded cellars.", "2022-02-26"
    )
    flood, theft = report(FLOOD), report(THEFT)
    assert len(matters([flood, theft])) == 2
    for reports in ([flood, again], [flood, theft, again]):
        assert {flood.id: min(flood.id, again.id), again.id: min(flood.id, again.id)} in matters(reports)


def test_a_matter_grows_no_larger_than_it_may(monkeypatch):
    alike = [report(f"{FLOOD} Told by {n}.", outlet=f"Paper {n}") for n in range(5)]
    assert [len(matter) for matter in matters(alike)] == [5]
    module = importlib.import_module("dateline.link.stories")
    monkeypatch.setattr(module, "_LARGEST", 2)
    assert sorted(len(matter) for matter in matters(alike)) == [1, 2, 2]


def test_people_join_matters_that_words_do_not():
    flood, theft = report(FLOOD), report(THEFT)
    (matter,) = matters([flood, theft], [[flood.id, "a report that is gone", theft.id]])
    assert matter == {flood.id: flood.id, theft.id: theft.id}


def test_no_reports_have_no_stories():
    assert stories([]) == {}
    assert copy_groups([]) == {}


def test_a_long_run_of_copies_is_one_group_and_its_first_is_the_original():
    copies = [report(f"{FLOOD} Edition {n}.", f"2022-02-{20 + n % 8}T10:00:00+00:00", f"Paper {n}") for n in range(70)]
    groups = copy_groups(copies)
    (original,) = set(groups.values())
    assert original == min(copies, key=lambda r: (r.published, r.id)).id


def test_half_of_a_text_taken_over_is_a_copy_and_a_shared_line_is_not():
    other = "Quite another story of a harvest, a fair and a wedding fills the rest of the page, told at length. "
    trimmed, quoting = report(FLOOD[: len(FLOOD) // 2]), report(other * 3 + FLOOD[:70], outlet="The Post")
    groups = copy_groups([report(FLOOD, outlet="Wire"), trimmed, quoting])
    assert groups[trimmed.id] != groups[quoting.id]
    assert len(set(groups.values())) == 2


@pytest.mark.parametrize(
    ("original", "copy", "changed"),
    [
        ("Three men died.\nIt rained.", "Three people died.\nIt rained.", [("men", "people")]),
        ("Three men died.", "Three men died on Friday.", [("died.", "died on Friday.")]),
        ("One.\nTwo.\nThree.", "One.\nThree.", [("Two.", "")]),
        ("The same.", "The same.", []),
        ("", "New.", [("", "New.")]),
    ],
)
def test_the_passages_in_which_a_copy_differs_are_told(original, copy, changed):
    told = changed_passages(original, copy)
    assert [(original[p.start : p.end], copy[p.copy_start : p.copy_end]) for p in told] == changed
