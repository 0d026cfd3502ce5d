"""The commands: words to calls.

Every import that costs time waits inside the command that needs it: ``dateline --help``
loads neither spaCy nor SQLAlchemy.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import click

if TYPE_CHECKING:
    from dateline.desk import Summary, Tools
    from dateline.intake import Problem, Progress
    from dateline.ledger import Kind, Ledger

__all__ = ["main"]

F = TypeVar("F", bound=Callable[..., Any])
KINDS = ["reports", "events", "claims", "disputes", "unknowns", "actors", "places", "incidents", "tolls", "reversals",
         "threads", "questions"]  # fmt: skip
_MANY = 5  # notes of one wording are counted after this many


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dateline", prog_name="dateline")
def main() -> None:
    """Turn dated news reports into a ledger: who says what happened, where, when, how certain.

    \b
    dateline read reports/                    read a folder into dateline.db and print the ledger
    dateline show disputes                    what is disputed
    dateline show events --place Kyiv --csv   events as a table for a spreadsheet
    dateline annotate in.jsonl out.jsonl      one report a line in, the same with its reading out
    """


def _ledger_option(function: F) -> F:
    return click.option(
        "--ledger", "url", default="dateline.db", show_default=True, envvar="DATELINE_LEDGER", metavar="URL",
        help="The ledger: a file, sqlite:///FILE or postgresql://… .",
    )(function)  # fmt: skip


def _tools_options(function: F) -> F:
    for option in (
        click.option("--model", default=None, help="Another installed spaCy pipeline for English."),
        click.option("--codebook", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
                     help="Your own codebook file over the built-in one."),
        click.option("--processes", type=click.IntRange(1), default=None, help="Default: all cores."),
    ):  # fmt: skip
        function = option(function)
    return function


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH…")
@_ledger_option
@_tools_options
@click.option("--date", help="Day or moment of publication for reports that give none: 2022-02-25.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="How days such as 03/04/2022 are meant.")
@click.option("--outlet", help="Outlet for reports that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print the readings as JSON lines, not the table.")
@click.option("--names", is_flag=True, help="With --json: private persons by name, not by pseudonym.")
def read(paths: tuple[Path, ...], url: str, as_json: bool, names: bool, date: str | None, outlet: str | None,
         date_order: Literal["dmy", "mdy"] | None, **tools: Any) -> None:  # noqa: ANN401  # fmt: skip
    """Read files and folders ("-": standard input) into a ledger and print it.

    \b
    Text (first line "date 2022-02-25"), JSONL, JSON, CSV, HTML, RSS and Atom.
    A report the ledger knows is skipped; what is interrupted goes on with the next call.

    \b
    dateline read reports/ --ledger war.db
    pbpaste | dateline read - --date 2022-02-25
    """
    from dateline.desk import read_into
    from dateline.intake import DateError, Progress, reports

    problems, progress = _Problems(), Progress()
    with _open(url) as ledger, problems:
        try:
            found = reports(paths, problems=problems, date=date, outlet=outlet, order=date_order, progress=progress)
        except DateError as error:
            raise click.BadParameter(str(error), param_hint="--date") from None
        with _bar(progress) as done, _going_on("dateline read"):
            processes = _cores(tools["processes"])
            summary = read_into(ledger, found, _tools(**tools), processes=processes, problems=problems, done=done)
        _tell(ledger, summary, as_json=as_json, names=names)
    if not summary.ids:
        raise SystemExit(1)


@main.command()
@click.argument("source", metavar="IN.jsonl", type=click.File("rb"))
@click.argument("target", metavar="OUT.jsonl", type=click.File("wb", lazy=False))
@_tools_options
@click.option("--quiet", is_flag=True, help="No notes on reports that came through.")
def annotate(source: Any, target: Any, quiet: bool, **tools: Any) -> None:  # noqa: ANN401
    """Write each report of IN.jsonl with its reading to OUT.jsonl, one JSON object a line, in order.

    \b
    A line needs "text", better also "id" and "date" (or "published"); all else is passed through.
    "-" is standard input or output. `dateline schema` prints what a reading holds.

    \b
    dateline annotate reports.jsonl readings.jsonl --processes 2
    """
    from dateline.desk import annotate_lines

    problems = _Problems(notes=not quiet)
    with problems, _going_on(None):
        lines = annotate_lines(
            source, source.name, _tools(**tools), processes=_cores(tools["processes"]), problems=problems
        )
        for line in lines:
            target.write(line + b"\n")
    if problems.skipped:
        raise SystemExit(1)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a reading."""
    import json

    from dateline.desk import schema as schema_of_reading

    click.echo(json.dumps(schema_of_reading(), indent=2, ensure_ascii=False))


@main.command()
@click.argument("kind", type=click.Choice([*KINDS, "report"]), default="events")
@click.argument("report_id", required=False)
@_ledger_option
@click.option("--since", metavar="WHEN", help="From this day or moment on: 2022-02-25 or 2022-02-25T18:00+02:00.")
@click.option("--until", metavar="WHEN", help="Before this day or moment.")
@click.option("--place", help="A place name, or a country by its three-letter code.")
@click.option("--actor", help="Part of an actor's name.")
@click.option("--type", "type_", help="An event type (ASSAULT), a claim's stance (denies), a kind of dispute (toll).")
@click.option("--source", help="Part of the name of who says so, or of an outlet.")
@click.option("--certainty", help="happened, ongoing, planned, possible, denied or unknown.")
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
@click.option("--json", "form", flag_value="json", help="As JSON lines.")
def show(kind: str, report_id: str | None, url: str, form: str | None, limit: int | None, type_: str | None,
         **filters: str | None) -> None:  # fmt: skip
    """Show what the ledger holds, as a table, CSV or JSON lines.

    \b
    dateline show events --place Kyiv --since 2022-02-25
    dateline show claims --source Peskov --csv
    dateline show report 2f07328af546c897
    """
    from dateline.ledger import Filters
    from dateline.look import tables

    with _open(url, create=False) as ledger:
        if kind == "report":
            if not report_id:
                raise click.UsageError("say which report: dateline show report ID (dateline show reports lists them)")
            tables.print_report(ledger, report_id)
            return
        rows = ledger.rows(cast("Kind", kind), Filters(**filters, type=type_, limit=limit))
        tables.print_rows(cast("Kind", kind), rows, form)


@main.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "jsonl", "geojson", "parquet"]))
@click.argument("target", metavar="DIR|FILE", type=click.Path(path_type=Path))
@_ledger_option
@click.option("--names", is_flag=True, help="Private persons by name; otherwise by a stable pseudonym.")
def export(form: str, target: Path, url: str, names: bool) -> None:
    """Write the ledger as csv or parquet (a folder of tables), jsonl (readings) or geojson (incidents).

    \b
    dateline export csv tables/
    dateline export geojson incidents.geojson
    """
    from dateline.look import exports

    with _open(url, create=False) as ledger:
        try:
            written = exports.export(ledger, form, target, names=names)
        except exports.ExportError as error:
            raise click.ClickException(str(error)) from None
    for path, count in written.items():
        click.echo(f"{path}: {count} rows", err=True)


class _Problems:
    """Tells problems on standard error as they come; notes of one wording are counted after a few."""

    def __init__(self, *, notes: bool = True) -> None:
        self.skipped = 0
        self._notes = notes
        self._count: dict[str, int] = {}

    def __call__(self, problem: Problem) -> None:
        self.skipped += problem.skipped
        if not (problem.skipped or self._notes):
            return
        seen = self._count[problem.words] = self._count.get(problem.words, 0) + 1
        if seen <= _MANY:
            click.echo(str(problem), err=True)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        for words, count in self._count.items():
            if count > _MANY:
                click.echo(f"… and {count - _MANY} more: {words}", err=True)


def _tools(model: str | None, codebook: Path | None, **_: object) -> Tools:
    from dateline.desk import Tools

    return Tools(codebook=codebook) if model is None else Tools(model, codebook)


def _cores(processes: int | None) -> int:
    from dateline.desk import cores

    return processes or cores()


@contextmanager
def _open(url: str, *, create: bool = True) -> Iterator[Ledger]:
    from dateline.ledger import LedgerError, open_ledger

    try:
        with open_ledger(url, create=create) as ledger:
            yield ledger
    except LedgerError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _going_on(command: str | None) -> Iterator[None]:
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
def _bar(progress: Progress) -> Iterator[Callable[[int], None]]:
    """A bar with rate and time left, once there has been a second of work, if a person is looking."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from dateline.look.bar import Bar

    with Bar(progress) as bar:
        yield bar


def _tell(ledger: Ledger, summary: Summary, *, as_json: bool, names: bool) -> None:
    from dateline.look import exports, tables

    if as_json:
        exports.write_readings(ledger, summary.ids, sys.stdout.buffer, names=names)
    else:
        tables.print_overview(ledger)
    if summary.undated:
        click.echo(f"{summary.undated} without a date: their relative times stay open.", err=True)
    click.echo(f"{summary.new} new, {summary.known} known", err=as_json)
