"""RSS and Atom files."""

from __future__ import annotations

import pytest

from .conftest import SAVED, read_paths


def test_an_rss_file_gives_whole_texts_and_summaries():
    whole, summary = read_paths([SAVED / "bay.xml"]).reports
    assert whole.text.startswith("The eastern pier is closed until Monday, the port authority said on Friday.\n\n“Stay")
    assert (whole.partial, summary.partial) == (False, True)
    assert (whole.published, summary.published) == ("2022-02-25T19:05:00+02:00", "2022-02-25T16:30:00+00:00")
    assert (whole.outlet, whole.title) == ("Bay Radio News", "Pier & quay closed until Monday")
    assert "track()" not in whole.text


def test_an_entry_without_words_is_told():
    assert "entry 3 has neither content nor summary; skipped" in read_paths([SAVED / "bay.xml"]).told


def test_an_atom_file_prefers_the_date_of_publication_to_that_of_a_change():
    first, second = read_paths([SAVED / "bay.atom"]).reports
    assert (first.published, second.published) == ("2022-02-25T20:10:00+00:00", "2022-02-26T07:30:00+00:00")
    assert (first.partial, second.partial) == (False, True)
    assert first.url == "https://bay-radio.example/governor"


def test_a_feed_cut_off_in_the_middle_is_read_up_to_there_and_told(read):
    content = (SAVED / "bay.xml").read_text("utf-8")
    found = read("a.xml", content[: content.index("Ferry turns back")])
    assert len(found.reports) == 1
    assert "is broken XML" in found.told


@pytest.mark.parametrize(
    "content", ["<?xml version='1.0'?><note>no feed</note>", "<rss", "words", "<rss><channel></channel></rss>"]
)
def test_what_is_no_feed_gives_a_message(read, content):
    found = read("a.xml", content)
    assert (found.reports, found.skipped) == ([], [True])


def test_a_feed_in_latin_1_is_read(read):
    content = (SAVED / "bay.xml").read_text("utf-8").replace("UTF-8", "ISO-8859-1").replace("“", "«").replace("”", "»")
    assert "«Stay away" in read("a.xml", content.encode("latin-1")).texts[0]


def test_a_feed_names_no_file_and_no_address_that_would_be_opened(read, tmp_path, monkeypatch):
    """Neither the feed's bytes nor an external entity in it reach beyond the feed."""
    (tmp_path / "secret.txt").write_text("The secret of the port authority is that it was said to be hidden.")
    content = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>
<rss version="2.0"><channel><title>T</title>
<item><description>The port said this: &x;</description></item></channel></rss>"""
    assert "hidden" not in "".join(read("a.xml", content).texts)
    assert read("b.xml", str(tmp_path / "secret.txt")).reports == []
