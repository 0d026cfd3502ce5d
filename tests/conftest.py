"""Fixtures and helpers shared by the tests of all rooms."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from dateline.annotate.words import Parser

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed" / "report.txt"


def heed_ctrl_c() -> None:
    """In a new process: Ctrl-C works again where the shell that runs the tests in the background switched it off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default pipeline, loaded once."""
    return Parser()


@pytest.fixture(scope="session")
def parse(parser):
    """Parse a text: ``parse("Shelling resumed.")`` gives its ``Words``."""
    return parser.parse
