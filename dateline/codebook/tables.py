"""Reading the codebook's tab-separated files, and telling their authors what is wrong where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HOME", "Row", "TableError", "rows", "sections"]

HOME = Path(__file__).parent


class TableError(ValueError):
    """A line of a codebook file that cannot be used; the message names file and line.

    line: its number, counted from 1; None for what is wrong with the file as a whole. words: what is wrong.
    """

    def __init__(self, path: Path, line: int | None, words: str) -> None:
        super().__init__(f"{path}, line {line}: {words}" if line else f"{path}: {words}")
        self.path = path
        self.line = line
        self.words = words

    def __reduce__(self) -> tuple[type[TableError], tuple[Path, int | None, str]]:
        return type(self), (self.path, self.line, self.words)  # as a worker process hands it on


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    cells: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several values, separated by ``|``."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def error(self, words: str) -> TableError:
        """An error that names this line."""
        return TableError(self.path, self.line, words)


def rows(path: Path | str, columns: Sequence[str]) -> Iterator[Row]:
    """Read a table: ``#`` lines are comments, the first other line names the columns.

    A relative path is looked up beside this module. Missing columns and surplus cells are a
    ``TableError``; cells missing at a line's end are empty.
    """
    path = HOME / path
    header: list[str] | None = None
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = [cell.strip() for cell in line.rstrip("\n").split("\t")]
            if header is None:
                header = cells
                if missing := [c for c in columns if c not in header]:
                    raise TableError(path, number, f"no column {', '.join(missing)}; found {', '.join(header)}")
                continue
            if len(cells) > len(header):
                raise TableError(path, number, f"{len(cells)} cells under {len(header)} column names")
            cells += [""] * (len(header) - len(cells))
            yield Row(dict(zip(header, cells, strict=True)), path, number)


def sections(path: Path, tables: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Row]]:
    """The rows of a user's file, each with the name of the table it stands under.

    tables: the columns of those wanted, by name; tables of other names are passed over. A table stands under a line
    such as ``[types]`` and a line of column names, of which any may be left out: their cells are then empty.
    """
    name: str | None = None
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = Row({}, path, number)
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            name, header = line.strip().strip("[]"), None
            continue
        if name is None:
            raise row.error(f"no table is named above; begin with a line such as [{'] ['.join(tables)}]")
        if name not in tables:
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if unknown := [c for c in header if c not in tables[name]]:
                raise row.error(f"[{name}] has no column {', '.join(unknown)}; it has {', '.join(tables[name])}")
            continue
        if len(cells) > len(header):
            raise row.error(f"{len(cells)} cells under {len(header)} column names")
        given = dict(zip(header, cells, strict=False))
        yield name, Row({column: given.get(column, "") for column in tables[name]}, path, number)
