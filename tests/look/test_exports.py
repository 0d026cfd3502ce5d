"""Exports: what other tools load."""

from __future__ import annotations

import csv
import json
import sys

import pyarrow.parquet as pq
import pytest

from dateline.look.exports import TABLES, ExportError, export

NAMES = ("Olha", "Melnyk")


def test_csv_has_a_file_for_each_kind_with_its_columns(ledger, tmp_path):
    written = export(ledger, "csv", tmp_path / "t", names=False)
    assert {path.stem for path in written} == set(TABLES)
    with (tmp_path / "t" / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["type"], r["place"], r["lat"]) for r in rows] == [("CONTROL", "Hostomel", "50.57")] * 2


def test_events_and_incidents_carry_their_date_as_edtf_and_with_the_precision_of_ucdp(ledger, tmp_path):
    export(ledger, "csv", tmp_path / "t", names=False)
    for kind in ("events", "incidents"):
        with (tmp_path / "t" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            assert {(r["edtf"], r["date_prec"]) for r in csv.DictReader(file)} == {("2022-02-25", "1")}


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(ledger, tmp_path):
    export(ledger, "csv", tmp_path / "t", names=False)
    with (tmp_path / "t" / "unknowns.csv").open(encoding="utf-8", newline="") as file:
        words = {row["words"] for row in csv.DictReader(file)}
    assert words == {"Russi", "'=SUM("}


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson"])
def test_private_names_leave_only_when_asked(ledger, tmp_path, form):
    def out(names):
        target = tmp_path / f"{form}{names}"
        export(ledger, form, target, names=names)
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        return "".join(path.read_text(encoding="utf-8") for path in files)

    assert not any(name in out(names=False) for name in NAMES)
    assert form == "geojson" or all(name in out(names=True) for name in NAMES)


def test_readings_are_whole_and_their_offsets_fit_their_text(ledger, tmp_path):
    export(ledger, "jsonl", tmp_path / "r.jsonl", names=False)
    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    triggers = [
        row["text"][e["trigger"]["start"] : e["trigger"]["end"]] for row in rows for e in row["reading"]["events"]
    ]
    assert triggers == ["seized", "seized"]


def test_geojson_is_a_collection_of_incidents(ledger, tmp_path):
    export(ledger, "geojson", tmp_path / "i.geojson", names=False)
    features = json.loads((tmp_path / "i.geojson").read_text())["features"]
    assert [f["geometry"]["coordinates"] for f in features] == [[30.26, 50.57]] * len(features)
    assert all("lat" not in f["properties"] for f in features)


def test_parquet_holds_the_same_rows(ledger, tmp_path):
    export(ledger, "parquet", tmp_path / "p", names=True)
    assert pq.read_table(tmp_path / "p" / "claims.parquet").num_rows == 2


def test_parquet_without_its_package_says_what_to_install(ledger, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"dateline\[parquet\]"):
        export(ledger, "parquet", tmp_path / "p", names=True)


def test_a_target_that_cannot_be_written_is_said(ledger, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export(ledger, "csv", tmp_path / "file" / "x", names=True)
