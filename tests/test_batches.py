"""A ledger does not know in which order, batches or repetitions its reports came (invariants 3, 4 and 5)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.desk import relink
from dateline.ledger import open_ledger
from dateline.look.exports import export
from dateline.records import Linked
from tests.link.test_invariants import REPORTS, refs

CHOSEN = st.lists(st.integers(0, len(REPORTS) - 1), min_size=1, max_size=12)


def filled(batches):
    """A ledger that got these reports batch by batch, linked after each."""
    ledger = open_ledger("sqlite://")
    for batch in batches:
        ledger.add_many((REPORTS[i] for i in batch), ledger.start_run(version="1", model="m", codebook="c"))
        relink(ledger)
    return ledger


def content(ledger) -> dict[str, str]:
    """A digest of every file of the exports."""
    with TemporaryDirectory() as folder:
        export(ledger, "csv", Path(folder) / "csv", names=True)
        export(ledger, "jsonl", Path(folder) / "all.jsonl", names=True)
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@settings(max_examples=6, deadline=None)
@given(CHOSEN, st.integers(1, 4), st.randoms(use_true_random=False))
def test_shuffled_split_and_repeated_batches_make_the_same_ledger_byte_for_byte(chosen, size, random):
    once = sorted(set(chosen))
    shuffled = [*chosen, *once]
    random.shuffle(shuffled)
    with filled([once]) as whole, filled(shuffled[i : i + size] for i in range(0, len(shuffled), size)) as split:
        assert content(split) == content(whole)


@settings(max_examples=4, deadline=None)
@given(CHOSEN)
def test_linking_again_writes_nothing_new_and_edits_no_claim(chosen):
    with filled([sorted(set(chosen))]) as ledger:
        before, readings = content(ledger), list(ledger.readings())
        relink(ledger)
        assert content(ledger) == before
        assert list(ledger.readings()) == readings


@settings(max_examples=4, deadline=None)
@given(CHOSEN)
def test_what_is_linked_points_to_records_the_ledger_holds(chosen):
    with filled([sorted(set(chosen))]) as ledger:
        held = {report.id: reading for report, reading in ledger.readings()}
        lists = {name[0]: name for name in ("events", "claims", "quantities", "unknowns")}
        for ref in refs(_linked(ledger)):
            report, _, short = ref.rpartition(":")
            assert int(short[1:]) < len(getattr(held[report], lists[short[0]]))


def _linked(ledger):
    return Linked(
        *(tuple(getattr(ledger, kind)()) for kind in ("incidents", "disputes", "reversals", "threads", "questions"))
    )
