"""The sample reports against their gold: no line that was found may be lost unseen."""

from __future__ import annotations

import pytest

from gate.samples import compare, lines

pytestmark = pytest.mark.xdist_group("samples")  # one process reads them


@pytest.fixture(scope="module")
def found(samples):
    return {line.key for sample in samples for line in lines(sample) if line.found}


def test_no_gold_line_is_lost(found):
    """A change that loses lines says so here; one that means to, pins them: python -m gate lines --pin."""
    gained, lost = compare(found)
    print(f"{len(gained)} lines gained: {gained}")  # noqa: T201 (shown when the test fails, and with -s)
    assert not lost
