"""The opening of a report: place, day, agency."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.opening import Opening, read_opening


@pytest.mark.parametrize(
    ("text", "place", "agency", "day"),
    [
        ("KYIV, Feb 25 (Reuters) - Shells fell.", "Kyiv", "Reuters", None),
        ("KYIV/MOSCOW, Feb 25 (Tessel) — Shells fell.", "Kyiv/Moscow", "Tessel", None),
        ("KYIV, Ukraine (AP) — Shells fell.", "Kyiv, Ukraine", "Associated Press", None),
        ("LVIV, Ukraine, Feb. 25 (AP) — Shells fell.", "Lviv, Ukraine", "Associated Press", None),
        ("BEIJING, Feb. 25 (Xinhua) -- Shells fell.", "Beijing", "Xinhua", None),
        ("KYIV, 25 February (Interfax-Ukraine) – Shells fell.", "Kyiv", "Interfax-Ukraine", None),
        ("Kyiv, Feb 25 (Tessel): Shells fell.", "Kyiv", "Tessel", None),
        ("KYIV, March 3 (Reuters) -Shells fell.", "Kyiv", "Reuters", None),
        ("(Reuters) - Shells fell.", None, "Reuters", None),
        ("Feb 25 (Reuters) - Shells fell.", None, "Reuters", None),
        ("WASHINGTON — Shells fell.", "Washington", None, None),
        ("WASHINGTON, D.C. — Shells fell.", "Washington, D.C.", None, None),
        ("NEW DELHI: Shells fell.", "New Delhi", None, None),
        ("DUBAI, UAE — Shells fell.", "Dubai, UAE", None, None),
        ("ST. PETERSBURG, Russia (AP) — Shells fell.", "St. Petersburg, Russia", "Associated Press", None),
        ("ROSTOV-ON-DON, Russia, Feb 25 (Reuters) - Shells fell.", "Rostov-on-Don, Russia", "Reuters", None),
        ("ŁÓDŹ, Feb 25 (PAP) – Shells fell.", "Łódź", "PAP", None),
        ("U.N. HEADQUARTERS, Feb 25 (Xinhua) -- Shells fell.", "U.N. Headquarters", "Xinhua", None),
        ("KYIV, Feb. 25, 2022 (AP) -- Shells fell.", "Kyiv", "Associated Press", "2022-02-25"),
        ("New Delhi, 24/2/22: Shells fell.", "New Delhi", None, "2022-02-24"),
        ("MEDYKA, 24.02.2022 – Shells fell.", "Medyka", None, "2022-02-24"),
        ("By Ida Lane\n\nKYIV, Feb 25 (Reuters) - Shells fell.", "Kyiv", "Reuters", None),
        ("\n (Adds details) \nKYIV, Feb 25 (Reuters) - Shells fell.", "Kyiv", "Reuters", None),
    ],
)
def test_an_opening_gives_place_agency_and_a_full_date(text, place, agency, day):
    assert read_opening(text) == Opening(place, agency, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Shells fell on Kyiv.",
        "The war - which began on Thursday - goes on.",
        "BREAKING — Shells fell.",
        "NATO — the alliance of thirty states — met.",
        "IVANKIV (Kyiv region) — Shells fell.",
        "SUMY. Shells fell.",
        "Peace — at last.",
        "Talks: what we know",
        "U.S.-led talks began.",
        "Shells fell.\nKYIV, Feb 25 (Reuters) - This is a second report.",
    ],
)
def test_words_that_only_look_like_an_opening_are_none(text):
    assert read_opening(text) == Opening()


def test_a_day_that_can_be_read_two_ways_is_left_out_unless_the_order_is_known():
    assert read_opening("KYIV, 3/4/2022 (AP) - Shells fell.").day is None
    assert read_opening("KYIV, 3/4/2022 (AP) - Shells fell.", "dmy").day == "2022-04-03"


@given(st.text(alphabet="AB ab,.()/-—:\n25éЖ", max_size=500))
def test_any_text_is_read_without_an_error(text):
    read_opening(text)


@pytest.mark.parametrize("unit", ["A ", "A. ", "AB/", "Ab of ", "AB, ", "(", "-", "By A"])
def test_no_text_makes_the_patterns_slow(unit):
    start = time.perf_counter()
    read_opening(unit * 100_000)
    assert time.perf_counter() - start < 0.1
