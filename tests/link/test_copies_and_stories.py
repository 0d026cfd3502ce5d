"""Copies of one text, and reports on one matter."""

from __future__ import annotations

from dateline.link.copies import copy_groups
from dateline.link.stories import likeness, profiles, stories
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
    made = profiles([report(FLOOD), report(FLOOD, outlet="The Post"), report(THEFT)])
    one, other = [p for key, p in made.items() if "reuss" in p.words]
    parts = likeness(one, other)
    assert round(parts["words"], 6) == 1.0
    assert parts["days"] == 0.0


def test_no_reports_have_no_stories():
    assert stories([]) == {}
    assert copy_groups([]) == {}
