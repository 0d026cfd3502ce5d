"""What links may never depend on, and never do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import Linked, link
from dateline.records import Reading, Report
from tests.ledger.made import made
from tests.link.told import Telling

LISTS = {"e": "events", "c": "claims", "q": "quantities", "u": "unknowns"}


def telling(number: int) -> Telling:
    """A report on one of three bridges, with a claim, its denial, a toll and a question."""
    bridge, day = f"bridge number {number % 3}", f"2022-02-{24 + number % 4}"
    text = (
        f"Ruritania said it had destroyed {bridge} in Altdorf. Sylvania denied that {bridge} was ruined.\n\n"
        f"{number} soldiers were killed. It was unclear who guards {bridge}. Edition {number}."
    )
    return (
        Telling(text, day, outlet=f"Paper {number % 2}")
        .says("Ruritania", f"it had destroyed {bridge}")
        .event("destroyed", by="Ruritania", at="Altdorf", said=True)
        .says("Sylvania", f"that {bridge} was ruined", "denies")
        .event("ruined", "DAMAGE", status="denied", factuality=-2.5, said=True)
        .counts(f"{number} soldiers", number, of="soldiers")
        .event("killed", quantities=(0,))
        .unknown(f"who guards {bridge}")
    )


REPORTS: list[tuple[Report, Reading]] = [*(telling(n).both for n in range(9)), *(made(n) for n in range(6))]
INDICES = st.lists(st.integers(0, len(REPORTS) - 1), min_size=1, max_size=24)


@settings(max_examples=30, deadline=None)
@given(INDICES, st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_reports_change_nothing(chosen, random):
    """Invariant 3."""
    once = sorted(set(chosen))
    shuffled = [*chosen, *once]
    random.shuffle(shuffled)
    assert link(REPORTS[i] for i in shuffled) == link(REPORTS[i] for i in once)


@settings(max_examples=30, deadline=None)
@given(INDICES)
def test_links_point_to_records_and_every_event_is_in_one_incident(chosen):
    """Invariant 5: nothing is merged away."""
    given_ = {REPORTS[i][0].id: REPORTS[i] for i in chosen}
    linked = link(given_.values())
    for ref in refs(linked):
        report, _, short = ref.rpartition(":")
        assert int(short[1:]) < len(getattr(given_[report][1], LISTS[short[0]]))
    events = [f"{key}:e{i}" for key, (_, reading) in given_.items() for i in range(len(reading.events))]
    assert sorted(e for incident in linked.incidents for e in incident.events) == sorted(events)


def refs(linked: Linked) -> list[str]:
    return [
        *(e for i in linked.incidents for e in i.events),
        *(t.quantity for i in linked.incidents for toll in i.tolls for t in toll.entries),
        *(r for d in linked.disputes for s in d.sides for r in s.records),
        *(r for v in linked.reversals for r in (v.before, v.after)),
        *(m.record for t in linked.threads for m in t.moves),
        *(u for q in linked.questions for u in q.unknowns),
    ]


def test_the_sample_tellings_hold_disputes_and_questions():
    linked = link(REPORTS)
    assert linked.disputes
    assert linked.questions


def test_no_reports_give_nothing():
    assert link([]) == Linked((), (), (), (), ())
