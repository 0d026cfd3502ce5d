"""The codebook's names are only names: with all labels renamed and all lines shuffled the same events are found."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace

import msgspec
import pytest

from dateline.annotate.reader import annotate
from dateline.codebook import load_codebook, tables
from dateline.codebook.plover import event_tables
from dateline.intake import reports
from dateline.records import Report
from tests.conftest import ROOT

LABELS = ("type", "mode", "context")
PLOVER = ROOT / "dateline" / "codebook" / "plover"
SAMPLES = sorted((ROOT / "samples" / "reports").glob("*.txt"))[::6]
PLAIN = """Rebels ambushed a convoy near Goma on Wednesday, killing six soldiers and wounding dozens.
The minister condemned the attack and threatened sanctions. Thousands fled; the bridge was destroyed.
Police arrested 40 people who had marched against the arrest of a journalist. Talks will open on Sunday."""


def renamed(label):
    """Another name for a label, of which the order is not that of the labels."""
    return f"{zlib.crc32(label.encode()):08x}" if label not in ("", "-") else label


def copied(target, seed, rename):
    """The event tables of a copy of the codebook with its lines in another order and its labels under other names."""
    (target / "plover").mkdir(parents=True)
    shuffle = random.Random(seed).shuffle
    for path in PLOVER.glob("*.tsv"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        header, rest = lines[0].split("\t"), lines[1:]
        shuffle(rest)
        rows = [dict(zip(header, line.split("\t"), strict=False)) for line in rest]
        made = ["\t".join(rename(c) if name in LABELS else c for name, c in row.items()) for row in rows]
        (target / "plover" / path.name).write_text("\n".join([lines[0], *made]) + "\n", encoding="utf-8")


@pytest.fixture
def other(tmp_path, monkeypatch):
    """A codebook made of such a copy."""

    def make(seed, rename):
        copied(tmp_path / str(seed), seed, rename)
        monkeypatch.setattr(tables, "HOME", tmp_path / str(seed))
        events = event_tables.__wrapped__(None)
        monkeypatch.undo()
        return replace(load_codebook(), events=events)

    return make


def told(report, parse, codebook):
    """The events of a report, as JSON values."""
    return msgspec.to_builtins(annotate(report, parse(report.text), codebook).events)


@pytest.fixture(scope="module")
def some():
    """Reports to read: some of the samples and a plain one."""
    return [*reports(SAMPLES, problems=print), Report(text=PLAIN, published="2022-03-04")]


def test_no_two_labels_get_one_name():
    labels = {row[name] for path in PLOVER.glob("*.tsv") for name in LABELS for row in labelled(path, name)}
    assert len({renamed(label) for label in labels}) == len(labels)


def labelled(path, name):
    header = next(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return tables.rows(path, [name]) if name in header.split("\t") else ()


def test_renaming_every_label_changes_nothing_but_the_labels(some, parse, other):
    codebook = other(1, renamed)
    for report in some:
        before = told(report, parse, load_codebook())
        for event in before:
            event["type"], event["mode"] = renamed(event["type"]), event["mode"] and renamed(event["mode"])
            event["contexts"] = sorted(map(renamed, event["contexts"]))
        after = told(report, parse, codebook)
        for event in after:
            event["contexts"] = sorted(event["contexts"])
        assert after == before


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_the_order_of_the_lines_changes_nothing(some, parse, other, seed):
    codebook = other(seed, str)
    for report in some:
        assert told(report, parse, codebook) == told(report, parse, load_codebook())
