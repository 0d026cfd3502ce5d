"""Invariants of time expressions: bounds ordered and zoned, whatever the text, the date and the machine's zone."""

from __future__ import annotations

import time as clock
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate.context import Context
from dateline.annotate.times import find_times
from dateline.annotate.timex.needs import NEEDS
from dateline.annotate.timex.sense import sense_of
from dateline.codebook import load_codebook
from dateline.codebook.times import time_tables
from dateline.records import Report

PIECES = """Friday last next this the of March May 24 2022 5 a.m. GMT IST night dawn before after early late week two
weeks ago later year end quarter first third since until will met on in at by for from and - – , . ( ) Day 100 1990s
midnight noon overnight 99999 0 30 29 February Easter 11:30 24:00 years century BC every few hours now tomorrow
yesterday weekend summer half past 2/3/22 31/31/31 2022-02-30 1066 2150 12,000"""
WORDS = st.sampled_from(PIECES.split())
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
MOMENTS = st.builds(lambda d, h: f"{d.isoformat()}T{h:02d}:59:00+05:30", DAYS, st.integers(0, 23))


@pytest.fixture(scope="module")
def times(parse):
    def find(text, published):
        context = Context(report=Report(text=text, published=published), codebook=load_codebook())
        return find_times(parse(text), context)

    return find


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=25).map(" ".join), st.one_of(st.none(), DAYS.map(date.isoformat), MOMENTS))
def test_any_words_give_ordered_zoned_bounds_within_the_text(times, text, published):
    last = 0
    for found in times(text, published):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        for bound in (found.earliest, found.latest):
            assert bound is None or bound.utcoffset() is not None
        assert found.earliest is None or found.latest is None or found.earliest < found.latest


@pytest.mark.skipif(not hasattr(clock, "tzset"), reason="the machine's zone cannot be set here")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(WORDS, max_size=25).map(" ".join),
    st.one_of(st.none(), DAYS.map(date.isoformat), MOMENTS),
    st.sampled_from(["Pacific/Kiritimati", "America/Adak", "Asia/Kolkata", "Europe/Dublin"]),
)
def test_the_zone_of_the_machine_changes_nothing(times, text, published, zone):
    before = times(text, published)
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("TZ", zone)
        clock.tzset()
        after = times(text, published)
    clock.tzset()
    assert after == before


@pytest.mark.parametrize(("text", "earliest"), [
    ("A shell fell at 1:30 a.m. Kyiv time on October 30.", "2022-10-29T22:30+00:00"),  # the first of the two
    ("A shell fell at 2:30 a.m. Kyiv time on October 30.", "2022-10-29T23:30+00:00"),
    ("A shell fell at 4:30 a.m. Kyiv time on October 30.", "2022-10-30T02:30+00:00"),
])  # fmt: skip
def test_clock_times_in_the_night_that_summer_time_ends(times, text, earliest):
    [found] = times(text, "2022-10-31")
    assert found.earliest == datetime.fromisoformat(earliest)


@pytest.mark.parametrize("text", [
    "",
    "\U0001f4a5 on Friday \U0001f4a5",
    "Friday " * 4000,
    "1990 " * 4000,
    "the end of " * 4000,
    "two hundred and " * 4000,
    "(" * 2000 + "5 a.m." + ")" * 2000,
])  # fmt: skip
def test_a_hostile_text_is_read_in_good_time(parse, text):
    words = parse(text)
    context = Context(report=Report(text=text, published="2022-03-04"), codebook=load_codebook())
    began = clock.process_time()
    find_times(words, context)
    assert clock.process_time() - began < 5


@pytest.mark.parametrize(("text", "published"), [
    ("He came 12,000 years ago.", "2022-03-04"),
    ("He left yesterday.", "0001-01-01"),
    ("He will come next year.", "9999-12-31"),
    ("He will come in two weeks, the week after next week.", "9999-12-31"),
    ("It was 500 centuries ago, last century.", "0001-01-01"),
    ("He came 999999999999999999999 years ago.", "2022-03-04"),
    ("On February 29, 2023 and on June 31 nothing happened.", "2023-06-30"),
])  # fmt: skip
def test_the_ends_of_the_calendar_do_no_harm(times, text, published):
    for found in times(text, published):
        assert found.value


def test_a_clock_time_that_summer_time_skips_is_not_lost(times):
    [found] = times("It was cut at 3:30 a.m. Kyiv time on Sunday.", "2022-03-28")
    assert found.value.startswith("2022-03-27T03:30")


@pytest.mark.parametrize(("text", "days"), [
    ("It was late on March 15.", 1),
    ("It was in early March.", 16),
    ("It was in the past two weeks.", 15),
    ("It was in recent days.", 15),
    ("It was at the end of the month.", 16),
])  # fmt: skip
def test_vague_words_get_bounds_no_wider_than_they_are(times, text, days):
    [found] = times(text, "2022-03-31")
    assert found.earliest is not None
    assert found.latest is not None
    assert found.latest - found.earliest <= timedelta(days=days)


def test_the_grammar_names_only_needs_and_features_that_exist():
    for pattern in time_tables().patterns:
        for need in str(pattern.features.get("need", "unit")).split("+"):
            assert need in NEEDS
        if "kind" in pattern.features:
            assert sense_of(pattern.features).kind
