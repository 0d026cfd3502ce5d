"""Plain text files: headers, several texts, what belongs to the text."""

from __future__ import annotations

import pytest

from dateline.intake.texts import text_drafts
from tests.conftest import SEED

from .conftest import read_paths

BODY = "Shells fell on the harbour on Friday, the port authority said."


@pytest.mark.parametrize(
    "header",
    [
        "date 2022-02-25\n",
        " date 2022-02-25 ",
        "date: 2022-02-25\n\n",
        "Date: 2022-02-25\r\n",
        "\ufeffdate 2022-02-25\n",
        "\n\n  DATE  2022-02-25\t\n",
        "date: 25 February 2022\n",
        "date: Feb. 25, 2022\n\n",
        "date: 25/02/2022\n",
    ],
)
def test_a_header_gives_the_date_and_is_no_part_of_the_text(read, header):
    (report,) = read("a.txt", header + BODY).reports
    assert (report.published, report.text) == ("2022-02-25", BODY)


@pytest.mark.parametrize("header", ["date 2022-02-25T18:30+02:00\n", "date: 2022-02-25 18:30 +0200 \n"])
def test_a_header_may_give_the_time(read, header):
    assert read("a.txt", header + BODY).dates == ["2022-02-25T18:30:00+02:00"]


@pytest.mark.parametrize(
    "header",
    [
        "date 2022-02-25\noutlet: Harbour Gazette\ntitle: Ferry halted: what we know\nurl: https://a.example/1\n\n",
        "Source: Harbour Gazette \r\nHeadline: Ferry halted: what we know\r\n"
        "URL: https://a.example/1\r\nDate: 2022-02-25\r\n",
    ],
)
def test_further_header_lines_give_outlet_title_and_address(read, header):
    (report,) = read("a.txt", header + BODY).reports
    assert (report.published, report.text) == ("2022-02-25", BODY)
    assert (report.outlet, report.title) == ("Harbour Gazette", "Ferry halted: what we know")
    assert report.url == "https://a.example/1"


def test_a_text_is_kept_as_it_is_between_its_header_and_its_end(read):
    body = "“Shells fell,”  he said.\r\n\r\n\tNobody was\u00a0hurt, \x00 said the port. 🚢\n  The end."
    assert read("a.txt", "date 2022-02-25\n" + body + "\n\n").texts == [body]


def test_without_a_header_offsets_count_from_the_start_of_the_file(read):
    assert read("a.txt", "\n\n  " + BODY + "\n", date="2022-02-25").texts == ["\n\n  " + BODY]


def test_several_texts_in_one_file_are_told_apart_by_their_date_lines(read):
    content = (
        f"date 2022-02-25\noutlet: A\n{BODY} One.\n\ndate: 2022-02-26\n{BODY} Two.\n\n date 2022-02-27 {BODY} Three.\n"
    )
    found = read("a.txt", content)
    assert found.texts == [f"{BODY} One.", f"{BODY} Two.", f"{BODY} Three."]
    assert found.dates == ["2022-02-25", "2022-02-26", "2022-02-27"]
    assert [report.origin.rsplit(":", 1)[1] for report in found.reports] == ["1", "5", "8"]


def test_words_before_the_first_date_line_are_a_report_of_their_own(read):
    found = read("a.txt", f"{BODY} One.\ndate 2022-02-26\n{BODY} Two.")
    assert (found.texts, found.dates) == ([f"{BODY} One.", f"{BODY} Two."], [None, "2022-02-26"])


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} The hearing has the\ndate 2022-03-01 in its papers.",
        f"{BODY} The update of 2022-02-26 says so.",
        "Dates 2022-02-25 and 2022-02-26 were named by the port, it said, for both of the talks.",
        "Title fights were put off on Friday, the club said, because of the shells.",
    ],
)
def test_dates_in_running_text_are_no_headers(text):
    assert [draft.text for draft in text_drafts(text, "a.txt")] == [text]


def test_an_empty_text_between_two_headers_is_told(read):
    found = read("a.txt", f"date 2022-02-25\n\ndate 2022-02-26\n{BODY}")
    assert (found.dates, found.told) == (["2022-02-26"], "a.txt:1: is empty; skipped")


def test_a_date_that_is_not_in_the_calendar_is_told_and_left_out(read):
    found = read("a.txt", f"date 2022-02-30\n{BODY}")
    assert (found.texts, found.dates) == ([BODY], [None])
    assert "2022-02-30 is not in the calendar" in found.told


@pytest.mark.parametrize(
    ("name", "header", "option", "day"),
    [
        ("2022-02-24_a.txt", "date 2022-02-25\n", "2022-02-26", "2022-02-25"),
        ("2022-02-24_a.txt", "", "2022-02-26", "2022-02-26"),
        ("2022-02-24_a.txt", "", None, "2022-02-24"),
        ("2022-02-24_a.txt", "KYIV, Feb. 23, 2022 (AP) — ", None, "2022-02-24"),
        ("a.txt", "KYIV, Feb. 23, 2022 (AP) — ", None, "2022-02-23"),
        ("a.txt", "KYIV, Feb 23 (AP) — ", None, None),
    ],
)
def test_the_date_is_the_header_s_then_the_user_s_then_the_file_name_s_then_the_opening_s(
    read, name, header, option, day
):
    assert read(name, header + BODY, date=option).dates == [day]


def test_the_opening_stays_in_the_text_and_gives_place_and_outlet(read):
    (report,) = read("a.txt", "date 2022-02-25\nODESA, Feb 25 (AFP) - " + BODY).reports
    assert report.text.startswith("ODESA, Feb 25 (AFP) - ")
    assert (report.dateline_place, report.outlet) == ("Odesa", "Agence France-Presse")


@pytest.mark.parametrize(
    ("header", "option", "outlet"), [("outlet: A\n", "B", "A"), ("", "B", "B"), ("", None, "Reuters")]
)
def test_the_outlet_is_the_header_s_then_the_user_s_then_the_agency(read, header, option, outlet):
    (report,) = read("a.txt", f"date 2022-02-25\n{header}KYIV, Feb 25 (Reuters) - {BODY}", outlet=option).reports
    assert report.outlet == outlet


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not beside the checkout")
def test_the_seed_report_is_dated_and_begins_with_its_first_words():
    (report,) = read_paths([SEED]).reports
    assert report.published == "2022-02-25"
    assert report.text.startswith("Russian troops bore down")
    assert report.text in SEED.read_text("utf-8")
