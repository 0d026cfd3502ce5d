"""Saved web pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import published
from dateline.intake.pages import fragment_text, page_draft

from .conftest import SAVED, read_paths

PARAGRAPHS = (
    "<p>The ferry across the bay was halted on Friday after shells fell near the pier, the port authority said.</p>"
    "<p>“We had forty passengers on board and turned round at once,” the captain told this newspaper on the quay.</p>"
    "<p>The governor’s office urged residents to stay away from the waterfront until Monday, and denied it.</p>"
)


def page(head: str = "", body: str = "") -> str:
    start = f"<html lang=en><head><title>Ferry halted</title>{head}</head>"
    return f"{start}<body><article>{body}{PARAGRAPHS}</article></body></html>"


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def test_a_saved_page_gives_text_date_title_outlet_and_address():
    (report,) = read_paths([SAVED / "harbour.html"]).reports
    assert report.text.startswith("ODESA, Feb 25 (Harbour Gazette) — The ferry across the bay")
    assert "\n\n“We had forty passengers" in report.text
    assert "Home" not in report.text
    assert (report.published, report.dateline_place) == ("2022-02-25T18:40:00+02:00", "Odesa")
    assert (report.outlet, report.title) == ("The Harbour Gazette", "Ferry service halted after shelling")
    assert report.url == "https://harbour-gazette.example/2022/02/25/ferry"


META = '<meta property="article:published_time" content="2022-02-26T07:00:00Z">'
TIME = '<time datetime="2022-02-27T07:00:00Z">on Sunday</time>'


@pytest.mark.parametrize(
    ("head", "body", "iso"),
    [
        (
            ld('{"@type": "NewsArticle", "datePublished": "2022-02-25T18:40:00+02:00"}') + META,
            TIME,
            "2022-02-25T18:40:00+02:00",
        ),
        (ld('[{"@type": "WebPage"}, {"@type": ["Article"], "datePublished": "2022-02-25"}]'), "", "2022-02-25"),
        (ld('{"@graph": [{"@type": "ReportageNewsArticle", "datePublished": "2022-02-25"}]}'), "", "2022-02-25"),
        (ld('{"@type": "WebSite", "datePublished": "2001-01-01"}') + META, TIME, "2022-02-26T07:00:00+00:00"),
        (ld('{"@type": "NewsArticle", "datePublished": "soon"}') + META, "", "2022-02-26T07:00:00+00:00"),
        (ld('{"@type": "NewsArticle", "datePubl') + META, "", "2022-02-26T07:00:00+00:00"),
        (ld('{"@type": [{}], "publisher": [1]}') + META, "", "2022-02-26T07:00:00+00:00"),
        (ld("[" * 50_000) + META, "", "2022-02-26T07:00:00+00:00"),
        ('<meta name="pubdate" content="2022-02-26">', TIME, "2022-02-26"),
        ("", TIME, "2022-02-27T07:00:00+00:00"),
        ('<meta property="article:modified_time" content="2023-01-01T00:00:00Z">', TIME, "2022-02-27T07:00:00+00:00"),
    ],
)
def test_the_date_is_what_the_page_states_best_first(head, body, iso):
    assert published(page_draft(page(head, body), "a.html", print).date) == iso


def test_a_page_without_a_date_takes_the_file_name_s(read):
    assert read("2022-02-25_ferry.html", page()).dates == ["2022-02-25"]


def test_a_date_guessed_from_the_page_is_told(read):
    found = read("a.html", page(body="<p class='date'>February 25, 2022</p>"))
    assert found.dates == ["2022-02-25"]
    assert "was guessed from the page" in found.told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_quotation_marks_survive_every_encoding_and_false_declaration(read, encoding, declared):
    meta = f'<meta charset="{declared}">' if declared else ""
    (report,) = read("2022-02-25.html", page(meta).encode(encoding)).reports
    assert "“We had forty passengers on board and turned round at once,”" in report.text


@pytest.mark.parametrize(
    "content",
    [
        "<html><head><title>Only a title",
        "<html></html>",
        "<",
        "<!-- nothing -->",
        "<html><body>" + "<div>" * 20_000,
        "<html><body><nav><a href=/>Home</a></nav></body></html>",
    ],
)
def test_a_page_without_an_article_is_told_and_no_error(read, content):
    found = read("a.html", content)
    assert (found.reports, found.skipped) == ([], [True])


def test_a_page_on_which_the_extraction_fails_is_told(read, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    assert read("a.html", page()).told == "a.html: cannot be taken apart (RecursionError: too deep); skipped"


def test_a_page_with_broken_tags_is_read(read):
    broken = page().replace("</p>", "").replace("</article></body></html>", "<p><b></i></div>")
    assert "The governor’s office urged residents" in read("2022-02-25.html", broken).texts[0]


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Shells fell.</p><p>Nobody was hurt.</p>", "Shells fell.\n\nNobody was hurt."),
        ("Shells <b>fell</b><br/>on  the\nquay.", "Shells fell\non the quay."),
        ("Shells &amp; fire", "Shells & fire"),
        ("<p>Shells<!-- x --> fell.<script>track()</script></p> Then quiet.", "Shells fell.\n\nThen quiet."),
        ("Plain words, 5 < 6.", "Plain words, 5 < 6."),
        ("", ""),
        ("  ", ""),
        ("<p></p>", ""),
    ],
)
def test_a_piece_of_html_becomes_paragraphs(fragment, text):
    assert fragment_text(fragment) == text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>p/ab &;!-\"='é\x00\n", max_size=300))
def test_any_piece_of_html_is_read_without_an_error(fragment):
    fragment_text(fragment)
