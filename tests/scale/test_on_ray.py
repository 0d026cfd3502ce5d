"""The cluster's runner, on a real Ray cluster on this machine: complete, equal, even when a node dies."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="the extra ray is not installed: the cluster is NOT tested")
pytest.importorskip("ray.data")
ds = pytest.importorskip("pyarrow.dataset")

from ray.cluster_utils import Cluster  # noqa: E402

from dateline.cluster import annotate_files, lines_of, load_into  # noqa: E402
from dateline.desk import Tools, annotate_lines  # noqa: E402
from dateline.ledger import open_ledger  # noqa: E402
from dateline.scale.on_ray import OnRay  # noqa: E402
from tests.archive import page, record, zipped  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("ray")]

TEXTS = [
    f"KYIV, Feb {day} (Reuters) - Shelling killed {day} people in Sumy on Friday, the mayor said."
    for day in range(1, 13)
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """A head with one core and a node with another, for all tests here: starting Ray takes longer than they do."""
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.node = made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False, logging_level="ERROR")
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.fixture
def articles(tmp_path) -> Path:
    """A folder of two files, one line of them broken."""
    folder = tmp_path / "articles"
    folder.mkdir()
    rows = [
        json.dumps({"id": f"n{k}", "text": text, "date": f"2022-{k % 3 + 1:02}-10", "kept": {"é": k}})
        for k, text in enumerate(TEXTS)
    ]
    (folder / "one.jsonl").write_text("\n".join([*rows[:5], "{broken"]) + "\n", encoding="utf-8")
    (folder / "two.jsonl").write_text("\n".join(rows[5:]) + "\n", encoding="utf-8")
    return folder


def on_one_machine(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as source:
            lines = annotate_lines(source, path.name, Tools(), processes=1, problems=lambda _: None)
            found += [line.decode() for line in lines]
    return sorted(found)


def test_a_folder_is_read_as_on_one_machine_and_loads_into_a_ledger(cluster, articles, tmp_path):
    target = tmp_path / "readings"
    annotate_files(str(articles), str(target), Tools(), workers=2)
    found = list(lines_of(target))
    lines = sorted(line for line, _ in found if line)
    assert lines == on_one_machine(articles)
    assert len([problem for _, problem in found if problem]) == 1
    assert {path.name for path in target.iterdir()} == {
        "month=2022-01",
        "month=2022-02",
        "month=2022-03",
        "month=unread",
    }
    with open_ledger(tmp_path / "one.db") as ledger:
        assert load_into(ledger, lines, model="m", problems=lambda _: None) == len(TEXTS)
        assert load_into(ledger, lines, model="m", problems=lambda _: None) == 0
        assert {report.text for report in ledger.reports()} == set(TEXTS)


def test_archives_are_read_as_on_one_machine(cluster, tmp_path):
    pytest.importorskip("fastwarc", reason="the extra warc is not installed: archives are NOT tested")
    folder = tmp_path / "archives"
    folder.mkdir()
    (folder / "one.warc.gz").write_bytes(zipped(*(record(k, page()) for k in range(3)), b"no record"))
    (folder / "two.warc").write_bytes(record(9, page()))
    lines: list[str] = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as source:
            read = annotate_lines(source, str(path), Tools(), processes=1, problems=lambda _: None)
            lines += [line.decode() for line in read]
    annotate_files(str(folder), str(tmp_path / "readings"), Tools(), workers=1)
    found = list(lines_of(tmp_path / "readings"))
    assert sorted(line for line, _ in found if line) == sorted(lines)
    assert len(lines) == 4
    assert [problem for _, problem in found if problem] == ["holds a broken record; skipped"]


class Slow:
    """A worker that takes its time and tells nothing but what it was given."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __call__(self, rows):
        time.sleep(self._seconds * len(rows))
        return [{"part": str(len(row["text"]) % 3), "line": row["text"]} for row in rows]


def test_a_node_that_dies_in_the_middle_costs_nothing(cluster, tmp_path):  # the last one with two nodes
    source, target = tmp_path / "lines.jsonl", tmp_path / "out"
    lines = [f"{k} " + "x" * (k % 7) for k in range(400)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    dies = threading.Timer(6, lambda: cluster.remove_node(cluster.node, allow_graceful=False))
    dies.start()
    OnRay().map_files(partial(Slow, 0.05), str(source), str(target), workers=2, columns=("part", "line"))
    dies.join()
    assert sorted(ds.dataset(target, format="parquet").to_table(columns=["line"])["line"].to_pylist()) == sorted(lines)
    assert len([node for node in ray.nodes() if node["Alive"]]) == 1


def test_a_folder_in_use_is_not_written_to(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError, match="not empty"):
        OnRay().map_files(partial(Slow, 0), str(tmp_path), str(tmp_path / "out"), workers=1, columns=("part",))


def test_a_source_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing at"):
        OnRay().map_files(partial(Slow, 0), str(tmp_path / "x"), str(tmp_path / "out"), workers=1, columns=("part",))
