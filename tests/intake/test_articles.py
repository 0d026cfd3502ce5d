"""Rows of articles: the names that tools give to text, date, outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import ArticleError, report_of

TEXT = "Shells fell on the harbour on Friday, the port authority said."
DAY = "2022-02-25"
OUTLET = "harbour-gazette.example"


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT, "published": DAY, "outlet": OUTLET, "title": "T", "url": "U"},
        {"text": TEXT, "dct": DAY, "source": OUTLET, "title": "T", "url": "U"},
        {"maintext": TEXT, "text": None, "date_publish": f"{DAY} 00:00:00", "source_domain": OUTLET, "title": "T",
         "url": "U", "date_download": "2023-01-01 10:00:00", "date_modify": "2022-03-01 10:00:00"},
        {"text": TEXT, "date": DAY, "domain": OUTLET, "title": "T", "url": "U", "description": "D", "image_url": "I"},
        {"body": TEXT, "dateTime": f"{DAY}T00:00:00Z", "source": {"uri": "x", "title": OUTLET}, "title": "T",
         "url": "U"},
        {"event_text": TEXT, "pub_date": DAY, "publisher": OUTLET, "headline": "T", "link": "U"},
        {"Article": TEXT, "Date": "February 25, 2022 Friday", "Newspaper": OUTLET, "Headline": "T", "URL": "U"},
        {"body": TEXT, "date": "25 February 2022", "pub": OUTLET, "head": "T", "url": "U"},
        {"content": TEXT, "publishedAt": DAY, "source": {"id": None, "name": OUTLET}, "title": "T", "url": "U"},
        {"content_text": TEXT, "date_published": DAY, "outlet": OUTLET, "title": "T", "url": "U"},
    ],
    ids=["ours", "benchmark", "news-please", "cc_news", "event-registry", "ngec", "lexisnexistools", "newspapers",
         "newsapi", "json-feed"],
)  # fmt: skip
def test_the_names_of_common_tools_are_known(row):
    report = report_of(row, "a.jsonl:1")
    assert (report.text, report.published, report.outlet) == (TEXT, DAY, OUTLET)
    assert (report.title, report.url, report.origin) == ("T", "U", "a.jsonl:1")


@pytest.mark.parametrize("name", ["content_html", "body_xhtml", "html"])
def test_a_text_given_only_as_html_becomes_paragraphs(name):
    assert report_of({name: f"<p>{TEXT}</p><p>More <b>here</b>.</p>"}, "a").text == f"{TEXT}\n\nMore here."


@pytest.mark.parametrize(("text", "partial"), [(TEXT + " and… [+1234 chars]", True), (TEXT, False)])
def test_a_text_that_the_service_cut_off_is_partial(text, partial):
    assert report_of({"content": text}, "a").partial is partial


def test_a_date_and_a_time_in_two_fields_are_one_moment():
    assert report_of({"body": TEXT, "date": DAY, "time": "18:30:00"}, "a").published == "2022-02-25T18:30:00"


@pytest.mark.parametrize("name", ["date_download", "date_modify", "load_date", "timestamp", "time"])
def test_the_date_of_a_download_or_a_change_is_no_date_of_publication(name):
    assert report_of({"text": TEXT, name: "2023-01-01T10:00:00Z"}, "a").published is None


@pytest.mark.parametrize("nothing", [None, "", float("nan")])
def test_an_empty_field_gives_way_to_the_next_name(nothing):
    report = report_of({"text": TEXT, "published": nothing, "date": DAY, "outlet": nothing, "publisher": OUTLET}, "a")
    assert (report.published, report.outlet) == (DAY, OUTLET)


@given(st.text())
def test_the_text_is_kept_character_for_character(text):
    assert report_of({"text": text}, "a").text == text


def test_half_a_surrogate_pair_becomes_one_character_so_that_offsets_stay():
    assert report_of({"text": "a\ud83d b"}, "a").text == "a\ufffd b"


def test_a_date_that_cannot_be_read_is_told_and_left_out():
    notes: list[str] = []
    assert report_of({"text": TEXT, "date": "03/04/2022"}, "a", note=notes.append).published is None
    assert "two ways" in notes[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "has no text"),
        ({"id": 1, "title": "T"}, "it has: id, title"),
        ({"text": 14}, "int"),
        ({"text": None}, "has no text"),
    ],
)
def test_a_row_without_a_text_says_what_it_has(row, words):
    with pytest.raises(ArticleError, match=words):
        report_of(row, "a")


def test_the_same_row_is_the_same_report_wherever_it_stands():
    row = {"text": TEXT, "date": DAY}
    assert report_of(row, "a.jsonl:1").id == report_of(row, "b.jsonl:9").id


@pytest.mark.parametrize(("code", "language"), [("eng", "en"), ("en-US", "en"), ("de", "en"), (None, "en")])
def test_an_english_text_is_english_whatever_its_crawler_says(code, language):
    assert report_of({"text": TEXT, "language": code}, "a").language == language


def test_a_foreign_text_keeps_the_language_its_row_gives():
    german = "Die Fähre wurde am Freitag eingestellt, nachdem Granaten in der Nähe des Hafens niedergegangen waren."
    assert report_of({"text": german, "lang": "deu"}, "a").language == "deu"
