"""What the commands share: options, the opened ledger, problems told as they come, the bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from dateline.desk import Tools
    from dateline.intake import Problem, Progress
    from dateline.ledger import Ledger

__all__ = [
    "Problems",
    "as_of_option",
    "bar",
    "cores_of",
    "form_options",
    "going_on",
    "ledger_option",
    "opened",
    "standing",
    "tools_of",
    "tools_options",
]

F = TypeVar("F", bound=Callable[..., Any])
_MANY = 5  # notes of one wording are counted after this many


def ledger_option(function: F) -> F:
    """The option ``--ledger``: which ledger a command opens."""
    return click.option(
        "--ledger", "url", default="dateline.db", show_default=True, envvar="DATELINE_LEDGER", metavar="URL",
        help="The ledger: a file, sqlite:///FILE or postgresql://… .",
    )(function)  # fmt: skip


def as_of_option(function: F) -> F:
    """The option ``--as-of``: the ledger as it stood at a moment (``standing``)."""
    return click.option(
        "--as-of", metavar="WHEN",
        help="As a ledger of the reports published by then: 2022-02-26T18:00+02:00, or a day.",
    )(function)  # fmt: skip


def form_options(function: F) -> F:
    """The options ``--csv`` and ``--json``: rows for other programs."""
    for flag, words in (("json", "As JSON lines."), ("csv", "As CSV.")):
        function = click.option(f"--{flag}", "form", flag_value=flag, help=words)(function)
    return function


def tools_options(function: F) -> F:
    """The options that say what reports are read with: model, codebook, gazetteer, processes."""
    for option in (
        click.option("--model", default=None, help="Another installed spaCy pipeline for English."),
        click.option("--gazetteer", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
                     help="Your own places over the built-in ones: CSV (name, lat, lon) or GeoJSON."),
        click.option("--codebook", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
                     help="Your own codebook file over the built-in one."),
        click.option("--processes", type=click.IntRange(1), default=None, help="Default: all cores."),
    ):  # fmt: skip
        function = option(function)
    return function


class Problems:
    """Tells problems on standard error as they come; notes of one wording are counted after a few."""

    def __init__(self, *, notes: bool = True) -> None:
        self.skipped = 0
        self._notes = notes
        self._count: dict[str, int] = {}

    def __call__(self, problem: Problem) -> None:
        """Tell one problem, unless its wording was told often already."""
        self.skipped += problem.skipped
        if not (problem.skipped or self._notes):
            return
        seen = self._count[problem.words] = self._count.get(problem.words, 0) + 1
        if seen <= _MANY:
            click.echo(str(problem), err=True)

    def __enter__(self) -> Problems:
        return self

    def __exit__(self, *_: object) -> None:
        for words, count in self._count.items():
            if count > _MANY:
                click.echo(f"… and {count - _MANY} more: {words}", err=True)


def tools_of(model: str | None, codebook: Path | None, gazetteer: Path | None, **_: object) -> Tools:
    """The model, the codebook and the gazetteer that the options name."""
    from dateline.desk import Tools

    built_in = Tools(codebook=codebook, gazetteer=gazetteer)
    return built_in if model is None else replace(built_in, model=model)


def cores_of(processes: int | None) -> int:
    """How many processes to use: as asked, otherwise one a core."""
    from dateline.desk import cores

    return processes or cores()


@contextmanager
def opened(url: str, *, create: bool = True) -> Iterator[Ledger]:
    """A ledger that is closed again; what is wrong with it is told without a traceback."""
    from dateline.ledger import LedgerError, open_ledger

    try:
        with open_ledger(url, create=create) as ledger:
            yield ledger
    except LedgerError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def standing(ledger: Ledger, as_of: str | None) -> Iterator[Ledger]:
    """The ledger, or where a moment is given the ledger as it stood then."""
    if as_of is None:
        yield ledger
        return
    from dateline.desk import ledger_as_of

    with ledger_as_of(ledger, as_of) as then:
        yield then


@contextmanager
def going_on(command: str | None) -> Iterator[None]:
    """Turn what stops a long run into a line that says how to go on."""
    from dateline.codebook import TableError
    from dateline.scale import ItemError, StartError

    try:
        yield
    except KeyboardInterrupt:
        advice = f"; `{command}` with the same paths goes on" if command else ""
        raise click.ClickException(f"stopped. Finished reports are kept{advice}.") from None
    except (ItemError, StartError, LookupError, TableError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        raise SystemExit(1) from None


@contextmanager
def bar(progress: Progress) -> Iterator[Callable[[int], None]]:
    """A bar with rate and time left, once there has been a second of work, if a person is looking."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from dateline.look.bar import Bar

    with Bar(progress) as bar:
        yield bar
