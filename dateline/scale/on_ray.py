"""On Ray: a function over the rows of many files, on a cluster or on Ray started here for the purpose.

Ray Data reads the files block by block, hands the rows to workers (each made once and kept), and writes
Parquet as they finish; what a node that dies had in hand is done again elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

__all__ = ["OnRay", "Row", "Unpack", "Worker"]

Row = Mapping[str, object]
Unpack = Callable[[BufferedReader, str], Iterator[Row]]
Worker = Callable[[Sequence[Row]], Sequence[Mapping[str, str | None]]]

_ARCHIVES = (".warc", ".warc.gz")
_ARCHIVED = ("id", "text", "date", "outlet", "title", "url", "language", "origin", "problem")  # columns of their rows
_LINES = ["jsonl", "ndjson", "jsonl.gz", "ndjson.gz"]
_BLOCKS = 4  # blocks of input a worker, so that a slow one does not hold up the others
_BATCH = 32  # rows to a worker at a time
_WORKER, _FILES = 0.8, 0.1  # cores asked for: workers that took all would leave none to read and write with


class OnRay:
    """A Ray cluster at an address ("auto", "ray://host:10001"), or Ray started here and ended afterwards."""

    def __init__(self, address: str | None = None) -> None:
        self._address = address

    def map_files(
        self,
        make_worker: Callable[[], Worker],
        source: str,
        target: str,
        *,
        workers: int,
        columns: Sequence[str],
        unpack: Unpack | None = None,
    ) -> None:
        """Work on all rows of the files in ``source`` and write the results, Parquet, to ``target``.

        make_worker: called once in each worker; gives the function for some rows, one result a row. It must
            be picklable. A row of Parquet has its columns, a line of JSON Lines the one column ``text``.
        source: a folder or file of either, or of web archives where ``unpack`` is given, on a disk or in an object
            store that Arrow knows. target: a new folder, with a folder below it for each value of the first column.
        columns: of the results. workers: one core each. unpack: gives the rows of an open web archive and its path.

        Raises FileExistsError for a target that is not empty, FileNotFoundError where ``source`` is nothing.
        """
        if "://" not in target and Path(target).exists() and any(Path(target).iterdir()):
            raise FileExistsError(f"{target} is not empty: name a new folder")
        if "://" not in source and not Path(source).exists():
            raise FileNotFoundError(f"There is nothing at {source}")
        from ray.data import ActorPoolStrategy  # noqa: PLC0415 (an extra)

        with _started(self._address):
            _read(source, workers * _BLOCKS, unpack).map_batches(
                _Kept,
                fn_constructor_args=(make_worker, tuple(columns)),
                batch_size=_BATCH,
                batch_format="pyarrow",
                compute=ActorPoolStrategy(size=workers),
                num_cpus=_WORKER,
            ).write_parquet(target, partition_cols=[columns[0]], ray_remote_args={"num_cpus": _FILES})


class _Kept:
    """The worker of one process, over Arrow's tables."""

    def __init__(self, make_worker: Callable[[], Worker], columns: tuple[str, ...]) -> None:
        self._work = make_worker()
        self._columns = columns

    def __call__(self, batch: pa.Table) -> pa.Table:
        import pyarrow as pa  # noqa: PLC0415 (an extra)

        schema = pa.schema([(name, pa.string()) for name in self._columns])
        return pa.Table.from_pylist([dict(row) for row in self._work(batch.to_pylist())], schema=schema)


class _Unpacked:
    """The rows of web archives, some at a time, over Arrow's tables of paths."""

    def __init__(self, unpack: Unpack) -> None:
        self._unpack = unpack

    def __call__(self, paths: pa.Table) -> Iterator[pa.Table]:
        import pyarrow as pa  # noqa: PLC0415 (an extra)
        from pyarrow.fs import FileSystem  # noqa: PLC0415

        schema = pa.schema([(name, pa.string()) for name in _ARCHIVED])
        for path in paths["path"].to_pylist():
            filesystem, name = FileSystem.from_uri(path)
            with BufferedReader(filesystem.open_input_file(name)) as file:
                rows = self._unpack(file, name)
                while some := list(islice(rows, _BATCH)):
                    yield pa.Table.from_pylist(some, schema=schema)


def _archives(source: str) -> list[str]:
    """The web archives at a path or address, as addresses."""
    from pyarrow.fs import FileSelector, FileSystem, FileType  # noqa: PLC0415 (an extra)

    filesystem, path = FileSystem.from_uri(source if "://" in source else Path(source).resolve().as_uri())
    found = filesystem.get_file_info(path)
    files = [found] if found.type == FileType.File else filesystem.get_file_info(FileSelector(path, recursive=True))
    scheme = source.split("://", maxsplit=1)[0] if "://" in source else "file"
    return sorted(f"{scheme}://{file.path}" for file in files if file.path.lower().endswith(_ARCHIVES))


def _read(source: str, blocks: int, unpack: Unpack | None) -> Dataset:
    import ray.data  # noqa: PLC0415 (an extra)

    if unpack is not None and (archives := _archives(source)):
        paths = ray.data.from_items([{"path": path} for path in archives], override_num_blocks=len(archives))
        return paths.map_batches(_Unpacked(unpack).__call__, batch_size=1, batch_format="pyarrow", num_cpus=_FILES)
    local = Path(source)
    parquet = source.endswith(".parquet") or ("://" not in source and local.is_dir() and any(local.rglob("*.parquet")))
    if parquet:
        return ray.data.read_parquet(source, num_cpus=_FILES, override_num_blocks=blocks)
    endings = _LINES if "://" in source or local.is_dir() else None
    return ray.data.read_text(source, num_cpus=_FILES, file_extensions=endings, override_num_blocks=blocks)


@contextmanager
def _started(address: str | None) -> Iterator[None]:
    """Ray for as long as it is needed; one that runs already in this program is used and left running."""
    import ray  # noqa: PLC0415 (an extra)

    if ray.is_initialized():
        yield
        return
    options = {"include_dashboard": False} if address is None else {"address": address}
    ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)
    try:
        yield
    finally:
        ray.shutdown()
