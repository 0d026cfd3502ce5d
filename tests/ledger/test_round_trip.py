"""What goes in comes out: invariants 1 (evidence), 2 (idempotent) and 3 (order-free)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import create_engine, inspect, select

from dateline.ledger import open_ledger, reports
from dateline.ledger.engines import address
from dateline.ledger.schema import METADATA, READ, T
from dateline.ledger.texts import storable
from dateline.records import Reading, Report
from tests.ledger.made import made
from tests.ledger.strategies import read_reports

LATER = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
FEW = settings(LATER, max_examples=8)

# How rows got in, not what they say.
ASIDE = {"run", "number"}


def content(place: str) -> dict[str, list[str]]:
    """All that the tables hold, runs apart, in an order of its own."""
    engine = create_engine(address(place))
    with engine.connect() as connection:
        found = {
            table.name: sorted(
                repr([(name, value) for name, value in row.items() if name not in ASIDE])
                for row in connection.execute(select(table)).mappings()
            )
            for table in METADATA.sorted_tables
            if table is not T.runs
        }
    engine.dispose()
    return found


@LATER
@given(pair=read_reports())
def test_a_report_and_its_reading_come_back_as_they_were_added(ledger, run, pair):
    report, reading = pair
    report = replace(report, id=uuid4().hex)  # an origin may differ under one id: then the first stays
    assert ledger.add(report, reading, run)
    assert ledger.report(report.id) == report
    assert ledger.reading(report.id) == reading


@LATER
@given(pair=read_reports())
def test_the_words_of_every_row_are_those_at_its_offsets(ledger, run, pair):
    if not ledger.add(*pair, run):
        ledger.replace_reading(pair[0].id, pair[1], run)
    stored = storable(pair[0].text)
    with ledger._read() as connection:
        for table in READ:
            for row in connection.execute(select(table).where(table.c.report == pair[0].id)).mappings():
                for words in (name for name in row if name == "words" or name.endswith("_words")):
                    start, end = words.replace("words", "start"), words.replace("words", "end")
                    if start in row:
                        assert row[words] == (None if row[start] is None else stored[row[start] : row[end]])


def test_a_stretch_outside_the_text_is_refused_and_nothing_is_kept(ledger, run):
    report, reading = made(1)
    with_less = Report(text=report.text[:-30], published=report.published)
    with pytest.raises(ValueError, match="has no words from"):
        ledger.add(with_less, reading, run)
    assert ledger.counts()["reports"] == 0


def test_adding_a_report_again_changes_nothing(ledger, run, place):
    assert ledger.add(*made(1), run)
    before = content(place)
    assert not ledger.add(*made(1), run)
    assert ledger.add_many([made(1), made(1)], run) == 0
    assert content(place) == before


@pytest.fixture(scope="module")
def eight(new_place):
    """What a ledger holds to which eight reports were added in turn."""
    place = new_place()
    with open_ledger(place) as ledger:
        ledger.add_many((made(i) for i in range(8)), ledger.start_run(version="1", model="m", codebook="c"))
    return content(place)


@FEW
@given(
    order=st.permutations(range(8)),
    batches=st.lists(st.integers(1, 8), max_size=4),
    again=st.sampled_from([(), (3,), (0, 5)]),
)
def test_neither_order_nor_batches_nor_repeats_change_the_content(new_place, eight, order, batches, again):
    second = new_place()
    numbers = [*order, *again]
    for size in [*batches, len(numbers)]:
        with open_ledger(second) as ledger:
            run = ledger.start_run(version="1", model="m", codebook="c")
            ledger.add_many((made(i) for i in numbers[:size]), run)
            numbers = numbers[size:]
    assert eight == content(second)


def test_readings_come_by_publication_then_id_the_undated_last(ledger, run, monkeypatch):
    monkeypatch.setattr(reports, "_PAGE", 20)
    pairs = [made(i) for i in range(45)]  # more than two pages
    undated = [(Report(text=f"{i} without a date"), Reading()) for i in range(3)]
    ledger.add_many([*undated, *pairs], run)
    wanted = sorted((r for r, _ in pairs), key=lambda r: (r.published, r.id)) + sorted(
        (r for r, _ in undated), key=lambda r: r.id
    )
    got = list(ledger.readings())
    assert [report for report, _ in got] == wanted
    assert {report.id: reading for report, reading in got} == {
        report.id: reading for report, reading in pairs + undated
    }


def test_readings_between_two_moments(ledger, run):
    ledger.add_many((made(i) for i in range(28)), run)
    days = [report.published for report, _ in ledger.readings("2022-02-26", "2022-02-28")]
    assert days == ["2022-02-26", "2022-02-27", "2022-02-28"]
    assert [r.published for r in ledger.reports(until="2022-02-25T00:00+00:00")] == ["2022-02-24"]


def test_known_tells_old_from_new(ledger, run):
    pairs = [made(i) for i in range(5)]
    ledger.add_many(pairs, run)
    ids = [report.id for report, _ in pairs]
    assert ledger.known([*ids, "0" * 16, "x\x00y"]) == set(ids)


def test_a_report_is_found_by_the_start_of_its_id(ledger, run):
    report, reading = made(1)
    ledger.add(report, reading, run)
    assert ledger.report(report.id[:6]) == report


def test_every_table_is_in_the_database_under_its_name(ledger, place):
    engine = create_engine(address(place))
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    assert names >= {table.name for table in METADATA.sorted_tables}
