"""Web archives."""

from __future__ import annotations

import gzip
import json

import pytest
from click.testing import CliRunner

from dateline.cli import main
from tests.archive import page, record, zipped

pytest.importorskip("fastwarc", reason="the extra warc is not installed: archives are NOT tested")

STATED = '<meta property="article:published_time" content="2022-02-26T07:00:00Z">'


def test_a_page_of_an_archive_is_a_report_that_names_its_record(read):
    found = read("news.warc.gz", zipped(record(7, page(head=STATED))))
    (report,) = found.reports
    assert report.text.startswith("The bridge over the river")
    assert report.origin.endswith("news.warc.gz#<urn:uuid:00000000-0000-0000-0000-000000000007>")
    assert (report.title, report.url) == ("A bridge is closed", "https://lamp.example/7")
    assert report.published == "2022-02-26T07:00:00+00:00"
    assert not found.problems


def test_the_day_a_page_was_fetched_stands_in_for_its_date_and_is_told(read):
    found = read("news.warc", record(1, page()))
    assert found.dates == ["2022-03-01"]
    assert "the day the page was fetched is taken" in found.told


@pytest.mark.parametrize(
    "packed",
    [
        record(1, gzip.compress(page()), "Content-Encoding: gzip"),
        record(1, b"%x\r\n%b\r\n0\r\n\r\n" % (len(page()), page()), "Transfer-Encoding: chunked"),
    ],
)
def test_what_the_server_packed_is_unpacked(read, packed):
    assert len(read("news.warc.gz", zipped(packed)).reports) == 1


@pytest.mark.parametrize(
    "passed_over",
    [
        record(2, page(), status="404 Not Found"),
        record(2, b"User-agent: *", media="text/plain"),
        record(2, page()).replace(b"WARC-Type: response", b"WARC-Type: metadata"),
    ],
)
def test_other_records_are_passed_over(read, passed_over):
    found = read("news.warc.gz", zipped(passed_over, record(1, page(head=STATED))))
    assert len(found.reports) == 1
    assert not found.problems


GOOD = [zipped(record(number, page(head=STATED))) for number in (1, 2, 3)]
SPOILT = GOOD[1][:60] + b"\xff" * 30 + GOOD[1][90:]


@pytest.mark.parametrize(
    ("pieces", "left", "where"),
    [
        ([GOOD[0], SPOILT, GOOD[2]], 2, f"byte {len(GOOD[0])}"),
        ([SPOILT, SPOILT, GOOD[2]], 1, "byte 0"),
        ([GOOD[0], SPOILT, GOOD[1], SPOILT, GOOD[2]], 3, f"byte {len(GOOD[0] + SPOILT + GOOD[1]):,}"),
        ([GOOD[0], zipped(b"no record"), GOOD[2]], 2, f"byte {len(GOOD[0])}"),
        ([GOOD[0], b"rubbish" * 9, GOOD[2]], 2, f"before byte {len(GOOD[0]) + 63}"),
        ([GOOD[0], GOOD[1][:150]], 1, f"byte {len(GOOD[0])}"),
        ([record(1, page(head=STATED)), b"rubbish\r\n" * 9, record(2, page(head=STATED))], 2, "before byte"),
    ],
)
def test_a_broken_record_costs_itself_and_is_named(read, pieces, left, where):
    found = read("news.warc.gz", b"".join(pieces))
    assert len(found.reports) == left
    assert f"news.warc.gz, {where}" in found.told
    assert "holds a broken record; skipped" in found.told


def test_without_the_extra_an_archive_is_told_not_read(read, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fastwarc", None)
    found = read("news.warc.gz", GOOD[0])
    assert not found.reports
    assert "needs the extra warc" in found.told


def test_annotate_takes_an_archive(tmp_path):
    (tmp_path / "news.warc.gz").write_bytes(b"".join([GOOD[0], SPOILT, GOOD[2]]))
    given = ["annotate", str(tmp_path / "news.warc.gz"), str(tmp_path / "out.jsonl")]
    assert CliRunner().invoke(main, given).exit_code == 1  # something was skipped
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"][-2:] for row in rows] == ["1>", "3>"]
    assert all(row["reading"]["claims"] and row["origin"].startswith(str(tmp_path)) for row in rows)
