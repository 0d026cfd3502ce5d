"""What was known when: a ledger as of a moment, and what changed since."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.desk import changes, explain, ledger_as_of, relink
from dateline.ledger import LedgerError, open_ledger
from dateline.look.exports import export
from tests.link.told import Telling

MORNING, EVENING = "2022-02-25T08:00:00+00:00", "2022-02-25T20:00:00+02:00"


def burned(day: str, outlet: str, number: int) -> Telling:
    """A fire in Altdorf with a toll."""
    text = f"{number} people were killed when a mill burned in Altdorf. It is unclear who guards the {outlet} bridge."
    return (
        Telling(text, day, outlet)
        .counts(f"{number} people", number, of="people")
        .event("burned", "DISASTER", at="Altdorf", quantities=(0,))
        .unknown("who guards")
    )


def seized() -> Telling:
    """A claim and its denial."""
    text = "Ruritania said it had destroyed the bridge in Chur. Sylvania denied that the bridge was ruined."
    return (
        Telling(text, "2022-02-26", "Wire")
        .says("Ruritania", "it had destroyed the bridge in Chur")
        .event("destroyed", by="Ruritania", at="Chur", said=True)
        .says("Sylvania", "that the bridge was ruined", "denies")
        .event("ruined", "DAMAGE", status="denied", factuality=-2.5, said=True)
    )


REPORTS = [
    burned(MORNING, "Herald", 3).both,
    burned(EVENING, "Post", 5).both,
    seized().both,
    burned("2022-02-27", "Wire", 8).both,
]


def ledger_of(reports, where="sqlite://"):
    ledger = open_ledger(where)
    ledger.add_many(reports, ledger.start_run(version="1", model="m", codebook="c"))
    relink(ledger)
    return ledger


@pytest.fixture
def ledger(tmp_path):
    with ledger_of(REPORTS, tmp_path / "x.db") as made:
        yield made


def files(ledger, folder):
    """Every file of every plain export, byte for byte."""
    for form, target in (("csv", folder / "csv"), ("jsonl", folder / "r.jsonl"), ("geojson", folder / "i.geojson")):
        export(ledger, form, target, names=True)
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("moment", "reports"),
    [
        ("2022-02-24", 0),
        ("2022-02-25T10:00+02:00", 1),
        ("2022-02-25T17:59:59+00:00", 1),
        (datetime(2022, 2, 25, 18, tzinfo=UTC), 2),
        (date(2022, 2, 25), 2),
        ("2022-02-26", 3),
        ("2022-02-28", 4),
    ],
)
def test_as_of_a_moment_equals_a_fresh_ledger_of_the_reports_till_then(ledger, tmp_path, moment, reports):
    with ledger_as_of(ledger, moment) as then, ledger_of(REPORTS[:reports]) as fresh:
        assert files(then, tmp_path / "then") == files(fresh, tmp_path / "fresh")


def test_as_of_keeps_what_people_corrected(ledger):
    record = f"{REPORTS[0][0].id}:e0"
    ledger.correct(record, {"type": "ASSAULT"}, who="Ana", why="read again")
    ledger.review(f"{REPORTS[1][0].id}:e0", "reject", who="Ana", why="no event")
    with ledger_as_of(ledger, "2022-02-25") as then:
        assert [row["type"] for row in then.rows("events")] == ["ASSAULT"]
        assert then.rejected() == {f"{REPORTS[1][0].id}:e0"}


def test_what_people_rejected_is_linked_to_nothing(ledger):
    event, unknown = (f"{REPORTS[0][0].id}:{short}" for short in ("e0", "u0"))
    for record in (event, unknown):
        ledger.review(record, "reject", who="Ana", why="not so")
    relink(ledger)
    assert event not in {e for incident in ledger.incidents() for e in incident.events}
    assert unknown not in {u for question in ledger.questions() for u in question.unknowns}


def test_as_of_leaves_the_ledger_alone(ledger):
    before = ledger.counts()
    ledger_as_of(ledger, "2022-02-25").close()
    assert ledger.counts() == before
    assert ledger.linked()


def test_no_date_is_told_in_plain_words(ledger):
    with pytest.raises(LedgerError, match="is no date"):
        ledger_as_of(ledger, "yesterday")


def test_what_changed_names_the_dispute_and_what_is_new(ledger):
    found = {(c.change, c.kind) for c in changes(ledger, "2022-02-26")}
    assert ("disputed", "dispute") in found
    assert ("new", "incident") in found


def test_a_bare_day_begins_at_its_first_moment_and_a_moment_is_passed(ledger):
    assert changes(ledger, "2022-02-27") == changes(ledger, datetime(2022, 2, 26, 23, 59, tzinfo=UTC))
    assert not changes(ledger, datetime(2022, 2, 27, tzinfo=UTC))


def test_changes_end_where_asked(ledger):
    assert not changes(ledger, "2022-02-27", until="2022-02-26")
    assert {c.at for c in changes(ledger, "2022-02-26", until="2022-02-26")} == {"2022-02-26"}


def test_a_persons_correction_is_a_change(ledger):
    ledger.correct(f"{REPORTS[0][0].id}:e0", {"type": "ASSAULT"}, who="Ana", why="read again")
    relink(ledger)
    first = changes(ledger, "2022-02-27")[0]
    assert (first.change, first.kind, first.before, first.after) == (
        "corrected", "record", 'type: "DISASTER"', 'type: "ASSAULT"'
    )  # fmt: skip


def test_an_incident_is_explained_by_a_short_id(ledger):
    incident = max(ledger.incidents(), key=lambda i: len(i.events))
    told = explain(ledger, incident.id[:8])
    assert told.incident == incident
    assert len(told.reasons) == (len(incident.events) if len(incident.events) > 1 else 0)


def test_an_incident_that_is_not_there_is_refused(ledger):
    with pytest.raises(LookupError, match="No incident"):
        explain(ledger, "zzz")
