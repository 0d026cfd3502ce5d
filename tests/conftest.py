"""Fixtures and helpers shared by the tests of all rooms."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

# Before numpy is loaded: our products are small, and threads that wait for each other take the time of other tests.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from dateline.annotate.reader import Reader
from dateline.annotate.words import Parser
from dateline.desk import Tools, _reader
from gate.samples import Sample, read_samples

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed" / "report.txt"


def heed_ctrl_c() -> None:
    """In a new process: Ctrl-C works again where the shell that runs the tests in the background switched it off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The default reader, the one that commands use in this process: a model takes a second to load."""
    return _reader(Tools())


@pytest.fixture(scope="session")
def parser(reader) -> Parser:
    """The default pipeline."""
    return reader.parser


@pytest.fixture(scope="session")
def samples(reader) -> list[Sample]:
    """The sample reports, read, with their gold."""
    return list(read_samples(reader))


@pytest.fixture(scope="session")
def parse(parser):
    """Parse a text: ``parse("Shelling resumed.")`` gives its ``Words``."""
    return parser.parse
