"""Words for a date of publication."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.dates import DateError, in_file_name, published


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2022-02-25", "2022-02-25"),
        (" 2022-02-25\n", "2022-02-25"),
        ("2022/02/25", "2022-02-25"),
        ("20220225", "2022-02-25"),
        ("2022-02-25T18:00:00Z", "2022-02-25T18:00:00+00:00"),
        ("2022-02-25T18:00", "2022-02-25T18:00:00"),
        ("2022-02-25 18:00:05.123 +05:30", "2022-02-25T18:00:05+05:30"),
        ("2022-02-25 18:00:00 UTC", "2022-02-25T18:00:00+00:00"),
        ("20220225T180000Z", "2022-02-25T18:00:00+00:00"),
        ("20220225180000", "2022-02-25T18:00:00"),
        ("Fri, 25 Feb 2022 18:00:00 +0200", "2022-02-25T18:00:00+02:00"),
        ("Fri, 25 Feb 2022 18:00:00 GMT", "2022-02-25T18:00:00+00:00"),
        ("Fri, 25 Feb 2022 18:00:00 EST", "2022-02-25T18:00:00-05:00"),
        ("25 February 2022", "2022-02-25"),
        ("25th of February, 2022", "2022-02-25"),
        ("25-Feb-2022", "2022-02-25"),
        ("Feb. 25, 2022", "2022-02-25"),
        ("Sept 1, 2022", "2022-09-01"),
        ("Friday, February 25, 2022", "2022-02-25"),
        ("February 25, 2022 Friday", "2022-02-25"),
        ("Published on February 25, 2022 at 6:30 pm", "2022-02-25T18:30:00"),
        ("Feb. 25, 2022, 12:05 a.m. UTC", "2022-02-25T00:05:00+00:00"),
        ("25.02.2022 18:30", "2022-02-25T18:30:00"),
        ("25/02/2022", "2022-02-25"),
        ("02/25/2022", "2022-02-25"),
        ("25/2/22", "2022-02-25"),
        ("03/03/2022", "2022-03-03"),
        ("1645812000", "2022-02-25T18:00:00+00:00"),
        (1645812000, "2022-02-25T18:00:00+00:00"),
        (1645812000000, "2022-02-25T18:00:00+00:00"),
        (date(2022, 2, 25), "2022-02-25"),
        (datetime(2022, 2, 25, 18, tzinfo=UTC), "2022-02-25T18:00:00+00:00"),
    ],
)
def test_a_date_is_read_whoever_wrote_it(words, iso):
    assert published(words) == iso


@pytest.mark.parametrize(
    "words", ["2022-02-25 00:00:00", "2022-02-25T00:00:00.000Z", 1645747200000, "20220225T000000Z"]
)
def test_midnight_sharp_is_a_day_whose_time_is_unknown(words):
    assert published(words) == "2022-02-25"


@pytest.mark.parametrize("words", ["Feb. 25, 2022, 6:00 PM ET", "2022-02-25 18:00 CET"])
def test_a_zone_known_by_letters_only_leaves_the_day(words):
    assert published(words) == "2022-02-25"


@pytest.mark.parametrize(("order", "iso"), [("dmy", "2022-04-03"), ("mdy", "2022-03-04")])
def test_a_day_that_can_be_read_two_ways_needs_a_stated_order(order, iso):
    assert published("03/04/2022", order) == iso
    with pytest.raises(DateError, match="two ways"):
        published("03/04/2022")


@pytest.mark.parametrize(
    "words",
    [
        "", "soon", "2022", "2022-02", "February 2022", "2022-02-30", "31 June 2022", "25:00", "0022-02-25",
        "9999-01-01", "2022-02-25T25:00", "2022-02-25T18:00 somewhere", "13/13/2022",
        "Updated 25 February 2022, 18:00, by the desk",
        "the deal of 25 February 2022", "99999999999999", 12, -1, True,
        None, float("nan"), float("inf"), 10**30, [], "1" * 500,
    ],
)  # fmt: skip
def test_words_that_name_no_one_day_are_refused(words):
    with pytest.raises(DateError):
        published(words)


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))) | st.none()


FIRST, LAST = datetime.fromisoformat("1600-01-01"), datetime.fromisoformat("2199-12-31")


@given(st.datetimes(min_value=FIRST, max_value=LAST, timezones=ZONES))
def test_a_moment_written_in_iso_is_read_back_to_the_second(moment):
    moment = moment.replace(microsecond=0)
    found = published(moment.isoformat())
    assert found in (moment.isoformat(), moment.date().isoformat())
    assert published(found) == found


@given(st.text(max_size=60) | st.integers() | st.floats())
def test_anything_else_is_a_date_or_a_date_error(words):
    with suppress(DateError):
        assert datetime.fromisoformat(published(words))


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("2022-02-25_wire_talks.txt", "2022-02-25"),
        ("wire-20220225-0930.html", "2022-02-25"),
        ("talks 2022-02-25.txt", "2022-02-25"),
        ("2022-13-25_then_2022-02-25.txt", "2022-02-25"),
        ("report.txt", None),
        ("12345678901.txt", None),
        ("2022-02.txt", None),
        ("99999999.txt", None),
    ],
)
def test_a_file_name_may_give_the_day(name, iso):
    assert in_file_name(name) == iso
