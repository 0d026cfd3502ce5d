"""Exports: the ledger as files for other tools, private persons under a pseudonym unless asked otherwise."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

import msgspec

from dateline.ledger import Kind, Ledger, LedgerError, columns_of
from dateline.look.privacy import Pseudonyms, pseudonym, pseudonymised
from dateline.records import Reading, Report

__all__ = ["TABLES", "ExportError", "export", "write_readings"]

TABLES: tuple[Kind, ...] = (
    "reports", "events", "claims", "unknowns", "actors", "places", "incidents", "tolls", "disputes", "reversals",
    "threads", "questions",
)  # fmt: skip
_REPORT = re.compile(r"\b[0-9a-f]{16}\b")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, object]


class ExportError(Exception):
    """The target cannot be written; the message says what to do."""


def export(ledger: Ledger, form: str, target: Path, *, names: bool) -> dict[Path, int]:
    """Write the ledger as csv or parquet (``target``: a folder), jsonl or geojson (a file).

    names: keep private persons' names. Returns the rows written, by file. Raises ExportError.
    """
    writers: dict[str, Callable[[Ledger, Path, bool], dict[Path, int]]] = {
        "csv": _csv, "parquet": _parquet, "jsonl": _jsonl, "geojson": _geojson,
    }  # fmt: skip
    try:
        folder = target if form in ("csv", "parquet") else target.parent
        folder.mkdir(parents=True, exist_ok=True)
        return writers[form](ledger, target, names)
    except OSError as error:
        raise ExportError(f"{error.filename or target} cannot be written: {error.strerror}") from None


def write_readings(ledger: Ledger, ids: Iterable[str] | None, file: BinaryIO, *, names: bool) -> int:
    """Write reports with their readings as JSON lines; ``ids``: which, in this order (default: all)."""
    count = 0
    for report, reading in _chosen(ledger, ids):
        kept = (report, reading) if names else pseudonymised(report, reading)
        file.write(msgspec.json.encode(msgspec.to_builtins(kept[0]) | {"reading": kept[1]}) + b"\n")
        count += 1
    return count


def _chosen(ledger: Ledger, ids: Iterable[str] | None) -> Iterator[tuple[Report, Reading]]:
    if ids is None:
        yield from ledger.readings()
        return
    for key in dict.fromkeys(ids):
        try:
            report = ledger.report(key)
        except LedgerError:  # it could not be read, as the user has been told
            continue
        yield report, ledger.reading(key)


def _jsonl(ledger: Ledger, target: Path, names: bool) -> dict[Path, int]:
    with target.open("wb") as file:
        return {target: write_readings(ledger, None, file, names=names)}


def _csv(ledger: Ledger, folder: Path, names: bool) -> dict[Path, int]:
    clean = _Cleaner(ledger, names=names)
    written = {}
    for kind in TABLES:
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            written[path] = write_csv((clean(row) for row in ledger.rows(kind)), columns_of(kind), file)
    return written


def write_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str], file: TextIO) -> int:
    """Write rows as CSV under these columns; a cell that a spreadsheet would run as a formula is quoted."""
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([csv_cell(row[column]) for column in columns])
        count += 1
    return count


def csv_cell(value: object) -> object:
    """A cell that no spreadsheet runs as a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _parquet(ledger: Ledger, folder: Path, names: bool) -> dict[Path, int]:
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra: 170 MB
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise ExportError("Parquet needs pyarrow: pip install 'dateline[parquet]'") from None
    clean = _Cleaner(ledger, names=names)
    written = {}
    for kind in TABLES:
        rows = [clean(row) for row in ledger.rows(kind)]
        path = folder / f"{kind}.parquet"
        columns = {column: [row[column] for row in rows] for column in columns_of(kind)}
        pq.write_table(pa.table(columns), path)
        written[path] = len(rows)
    return written


def _geojson(ledger: Ledger, target: Path, names: bool) -> dict[Path, int]:
    """Incidents as features (RFC 7946), one a line; without a place the geometry is null."""
    clean = _Cleaner(ledger, names=names)
    count = 0
    with target.open("wb") as file:
        file.write(b'{"type": "FeatureCollection", "features": [')
        for row in ledger.rows("incidents"):
            file.write((b",\n" if count else b"\n") + msgspec.json.encode(_feature(clean(row))))
            count += 1
        file.write(b"\n]}\n")
    return {target: count}


def _feature(row: Row) -> Row:
    lat, lon = row.pop("lat"), row.pop("lon")
    point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": row}


class _Cleaner:
    """Replaces private names in a row by the pseudonyms of the reports it comes from."""

    def __init__(self, ledger: Ledger, *, names: bool) -> None:
        self._names = names
        self._of: dict[str, Pseudonyms] = {}
        if not names:
            for report, reading in ledger.readings():
                found = Pseudonyms.of(report, reading)
                if found.forms:
                    self._of[report.id] = found

    def __call__(self, row: Mapping[str, object]) -> Row:
        if self._names:
            return dict(row)
        if row.get("public") in (False, 0) and isinstance(row.get("name"), str):
            row = {**row, "name": pseudonym(str(row["name"]))}
        told = [str(v) for v in row.values() if isinstance(v, str)]
        reports = sorted({i for text in told for i in _REPORT.findall(text) if i in self._of})
        return {key: self._clean(value, reports) for key, value in row.items()}

    def _clean(self, value: object, reports: Sequence[str]) -> object:
        if isinstance(value, str):
            for report in reports:
                value = self._of[report].words(value)
        return value
