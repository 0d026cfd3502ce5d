"""Storing: what the ledger takes to write readings, and to skip reports it knows."""

from __future__ import annotations

import tempfile
import time
from itertools import islice
from pathlib import Path

from bench.texts import reports
from dateline.annotate.reader import Reader
from dateline.ledger import open_ledger
from dateline.records import Reading, Report

__all__ = ["storing"]

_LISTS = ("times", "places", "actors", "quantities", "claims", "events", "unknowns")


def storing(count: int, url: str | None = None) -> None:
    """Print records written a second and known reports skipped a second, on SQLite or another ledger."""
    kept = list(reports(count))
    readings = list(zip(kept, Reader().read_many(kept), strict=True))
    with tempfile.TemporaryDirectory() as folder, open_ledger(url or Path(folder) / "bench.db") as ledger:
        run = ledger.start_run(version="bench", model="bench", codebook="bench")
        start, cpu = time.perf_counter(), time.process_time()
        new = ledger.add_many(readings, run)
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        records = sum(map(_records, readings))
        many = [str(n) for n in range(50_000)] + [report.id for report in kept]
        start = time.perf_counter()
        known = _known(ledger.known, many)
        looked = time.perf_counter() - start
    print(f"storing: {new} reports, {records:,} records: {records / wall:,.0f} records/s by wall clock, "
          f"{records / cpu:,.0f} by CPU")  # fmt: skip
    print(f"  ids looked up: {len(many) / looked:,.0f}/s ({known} known)")
    _hashing(kept)


def _hashing(kept: list[Report]) -> None:
    start = time.perf_counter()
    again = [Report(text=report.text, published=report.published, outlet=report.outlet).id for report in kept]
    print(f"  ids worked out: {len(again) / (time.perf_counter() - start):,.0f}/s")


def _known(known: object, ids: list[str]) -> int:
    asked, count = iter(ids), 0
    while some := list(islice(asked, 500)):
        count += len(known(some))  # type: ignore[operator]
    return count


def _records(pair: tuple[Report, Reading]) -> int:
    return 1 + sum(len(getattr(pair[1], name)) for name in _LISTS)
