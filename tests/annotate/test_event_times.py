"""When events were: their own words, their sentence, the story, or only the publication."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline.annotate.context import Context
from dateline.annotate.event_times import time_of
from dateline.annotate.times import find_times
from dateline.codebook import load_codebook
from dateline.records import Report

PRINTED = datetime(2022, 3, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def when(parse):
    def find(text, trigger, status="happened", published="2022-03-04"):
        words = parse(text)
        context = Context(report=Report(text=text, published=published), codebook=load_codebook())
        times = find_times(words, context)
        found = time_of(words, words.lower.index(trigger), status, times, context)
        told = None if found.time is None else text[times[found.time].start : times[found.time].end]
        return found, told

    return find


@pytest.mark.parametrize(("text", "trigger", "told"), [
    ("Troops shelled the port on Tuesday.", "shelled", "Tuesday"),
    ("On Tuesday troops shelled the port and left on Wednesday.", "shelled", "Tuesday"),
    ("The raid that killed nine on Monday was condemned on Thursday.", "killed", "Monday"),
    ("The raid that killed nine on Monday was condemned on Thursday.", "condemned", "Thursday"),
])  # fmt: skip
def test_an_event_has_the_time_of_its_own_clause(when, text, trigger, told):
    found, words = when(text, trigger)
    assert (found.basis, words) == ("argument", told)


def test_a_participle_is_at_the_time_of_its_clause(when):
    found, _ = when("Rebels ambushed a convoy near Goma on Wednesday, killing six.", "killing")
    assert (found.earliest, found.latest) == (PRINTED - 2 * DAY, PRINTED - DAY)


def test_what_began_and_goes_on_lasts_until_the_publication(when):
    found, _ = when("The protests that began in January continue.", "protests", "ongoing")
    assert (found.earliest, found.latest) == (datetime(2022, 1, 1, tzinfo=UTC), PRINTED + DAY)


def test_the_day_counted_from_is_not_the_day_of_what_came_later(when):
    text = "Aid workers were evacuated two days after the attack on 20 February."
    found, told = when(text, "evacuated")
    assert told == "two days"
    assert found.earliest <= datetime(2022, 2, 22, tzinfo=UTC) < found.latest


def test_the_day_of_the_telling_only_bounds_what_is_told(when):
    found, told = when("Rebels have seized the town, the ministry said on Thursday.", "seized")
    assert (found.basis, told) == ("sentence", "Thursday")
    assert (found.earliest, found.latest) == (None, PRINTED)


def test_the_story_goes_on_within_its_day(when):
    found, told = when("Shelling began at dawn on Thursday. Nine people were killed.", "killed")
    assert (found.basis, told) == ("story", "dawn on Thursday")
    assert (found.earliest, found.latest) == (PRINTED - DAY, PRINTED)


def test_without_words_the_publication_is_only_the_upper_bound(when):
    found, _ = when("Rebels seized the town.", "seized")
    assert (found.time, found.basis, found.earliest, found.latest) == (None, "published", None, PRINTED + DAY)


@pytest.mark.parametrize("status", ["planned", "possible"])
def test_what_is_planned_lies_after_the_publication(when, status):
    found, _ = when("The army will leave the town.", "leave", status)
    assert (found.basis, found.earliest, found.latest) == ("published", PRINTED, None)


def test_a_plan_does_not_take_the_day_it_was_announced_for_its_own(when):
    found, _ = when("The army said on Monday that it would leave the town.", "leave", "planned")
    assert found.latest is None


@pytest.mark.parametrize(("text", "trigger", "status", "earliest", "latest"), [
    ("They have shelled it since Monday.", "shelled", "ongoing", datetime(2022, 2, 28, tzinfo=UTC), PRINTED + DAY),
    ("They will leave by Sunday.", "leave", "planned", PRINTED, datetime(2022, 3, 7, tzinfo=UTC)),
    ("They had left by Wednesday.", "left", "happened", None, datetime(2022, 3, 3, tzinfo=UTC)),
])  # fmt: skip
def test_prepositions_open_the_bounds(when, text, trigger, status, earliest, latest):
    found, _ = when(text, trigger, status)
    assert (found.earliest, found.latest) == (earliest, latest)


def test_a_preposition_before_the_event_does_not_open_its_own_day(when):
    found, _ = when("Before Tuesday's attack, villagers had fled.", "attack")
    assert (found.earliest, found.latest) == (PRINTED - 3 * DAY, PRINTED - 2 * DAY)


def test_an_opening_dates_the_report_and_no_event(when):
    found, _ = when("KYIV, March 4 (Agency) — Rebels seized the town.", "seized")
    assert found.basis == "published"


def test_a_past_event_is_not_dated_by_a_time_to_come(when):
    found, _ = when("The town fell before the talks that open on Sunday.", "fell")
    assert found.latest is None or found.latest <= datetime(2022, 3, 7, tzinfo=UTC)
    assert found.basis != "argument"


def test_an_undated_report_leaves_the_time_open(when):
    found, _ = when("Rebels seized the town on Monday.", "seized", published=None)
    assert (found.basis, found.earliest, found.latest) == ("none", None, None)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:30Z", "0001-01-01T00:00:00+05:30"])
def test_the_ends_of_the_calendar_do_no_harm(when, published):
    for status in ("happened", "planned", "denied"):
        found, _ = when("Rebels seized the town late on Friday, hours ago.", "seized", status, published)
        assert found.earliest is None or found.latest is None or found.earliest < found.latest
