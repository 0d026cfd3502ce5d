"""Commands that read reports: ``read``, ``reread``, ``annotate``, ``load``, ``schema``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from dateline.cli.options import Problems, bar, cores_of, going_on, ledger_option, opened, tools_of, tools_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.desk import Summary, Tools
    from dateline.ledger import Ledger

__all__ = ["annotate", "load", "read", "reread", "schema"]


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH…")
@ledger_option
@tools_options
@click.option("--date", help="Day or moment of publication for reports that give none: 2022-02-25.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="How days such as 03/04/2022 are meant.")
@click.option("--outlet", help="Outlet for reports that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print the readings as JSON lines, not the table.")
@click.option("--names", is_flag=True, help="With --json: private persons by name, not by pseudonym.")
def read(paths: tuple[Path, ...], url: str, as_json: bool, names: bool, date: str | None, outlet: str | None,
         date_order: Literal["dmy", "mdy"] | None, **tools: Any) -> None:  # noqa: ANN401  # fmt: skip
    """Read files and folders ("-": standard input) into a ledger and print it.

    \b
    Text (first line "date 2022-02-25"), JSONL, JSON, CSV, HTML, RSS, Atom and WARC.
    A report the ledger knows is skipped; what is interrupted goes on with the next call.

    \b
    dateline read reports/ --ledger war.db
    pbpaste | dateline read - --date 2022-02-25
    """
    from dateline.desk import read_into
    from dateline.intake import DateError, Progress, reports

    problems, progress = Problems(), Progress()
    with opened(url) as ledger, problems:
        try:
            found = reports(paths, problems=problems, date=date, outlet=outlet, order=date_order, progress=progress)
        except DateError as error:
            raise click.BadParameter(str(error), param_hint="--date") from None
        with bar(progress) as done, going_on("dateline read"):
            processes = cores_of(tools["processes"])
            summary = read_into(ledger, found, tools_of(**tools), processes=processes, problems=problems, done=done)
        _tell(ledger, summary, as_json=as_json, names=names)
    if not summary.ids:
        raise SystemExit(1)


@click.command()
@ledger_option
@tools_options
def reread(url: str, **tools: Any) -> None:  # noqa: ANN401
    """Read a ledger's reports again where another version, model or codebook has read them.

    \b
    People's corrections stay; those whose words are no longer a record are counted, and listed on the page.
    What is interrupted goes on with the next call.

    \b
    dateline reread --codebook my-types.tsv --ledger war.db
    """
    from dateline.desk import reread as read_again
    from dateline.intake import Progress

    progress = Progress()
    with (
        opened(url, create=False) as ledger,
        Problems() as problems,
        bar(progress) as show,
        going_on("dateline reread"),
    ):

        def done(count: int, of: int) -> None:
            progress.done, progress.total = count, of
            show(count)

        processes = cores_of(tools["processes"])
        count, lost = read_again(ledger, tools_of(**tools), processes=processes, problems=problems, done=done)
    click.echo(f"{count} read again" + (f", {lost} corrections have lost their words" if lost else ""))


@click.command()
@click.argument("source", metavar="IN.jsonl", type=click.Path())
@click.argument("target", metavar="OUT.jsonl", type=click.Path())
@tools_options
@click.option("--quiet", is_flag=True, help="No notes on reports that came through.")
@click.option(
    "--engine",
    type=click.Choice(["here", "ray"]),
    default="here",
    show_default=True,
    help="ray: IN is a folder of JSONL, Parquet or WARC, OUT a new folder of Parquet by month.",
)
@click.option("--address", help="A Ray cluster (auto, ray://host:10001); without it Ray is started here.")
def annotate(source: str, target: str, quiet: bool, engine: str, address: str | None, **tools: Any) -> None:  # noqa: ANN401  # fmt: skip
    """Write each report of IN.jsonl with its reading to OUT.jsonl, one JSON object a line, in order.

    \b
    A line needs "text", better also "id" and "date" (or "published"); all else is passed through.
    "-" is standard input or output; of a web archive (IN.warc.gz) the English articles are taken.
    `dateline schema` prints what a reading holds.

    \b
    dateline annotate reports.jsonl readings.jsonl --processes 2
    dateline annotate articles/ readings/ --engine ray --address auto
    """
    from dateline.desk import annotate_lines

    processes = cores_of(tools["processes"])
    if engine == "ray":
        _on_ray(source, target, tools_of(**tools), workers=processes, address=address)
        return
    reads, writes = _file("source", source, "rb"), _file("target", target, "wb")
    problems = Problems(notes=not quiet)
    with problems, going_on(None):
        for line in annotate_lines(reads, reads.name, tools_of(**tools), processes=processes, problems=problems):
            writes.write(line + b"\n")
    if problems.skipped:
        raise SystemExit(1)


def _file(name: str, path: str, mode: str) -> Any:  # noqa: ANN401 (click's own)
    """Open the file an argument names ("-": standard input or output), as click does for one of its type."""
    context = click.get_current_context()
    argument = next(each for each in context.command.params if each.name == name)
    return click.File(mode, lazy=False).convert(path, argument, context)


def _on_ray(source: str, target: str, tools: Tools, *, workers: int, address: str | None) -> None:
    from dateline.cluster import UNREAD, annotate_files, lines_of

    try:
        annotate_files(source, target, tools, workers=workers, address=address)
    except (OSError, LookupError) as error:
        raise click.ClickException(str(error)) from None
    unread = [] if "://" in target else [words for _, words in lines_of(Path(target) / f"month={UNREAD}")]
    for words in sorted({words for words in unread if words}):
        click.echo(f"{words}; skipped", err=True)
    if unread:
        raise SystemExit(1)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…")
@ledger_option
def load(paths: tuple[Path, ...], url: str) -> None:
    """Load readings that were made elsewhere into a ledger: what annotate wrote.

    \b
    Files of JSON lines, or folders of Parquet from a cluster. A report the ledger knows is skipped.

    \b
    dateline load readings.jsonl --ledger war.db
    """
    from dateline.cluster import lines_of, load_into

    def lines(path: Path) -> Iterator[str | bytes]:
        if path.is_dir():
            yield from (line for line, _ in lines_of(path) if line is not None)
            return
        with path.open("rb") as found:
            yield from found

    problems = Problems()
    with opened(url) as ledger, problems:
        found = (line for path in paths for line in lines(path))
        new = load_into(ledger, found, model="loaded", problems=problems)
    click.echo(f"{new} reports loaded")
    if problems.skipped:
        raise SystemExit(1)


@click.command()
def schema() -> None:
    """Print the JSON Schema of a reading."""
    import json

    from dateline.desk import schema as schema_of_reading

    click.echo(json.dumps(schema_of_reading(), indent=2, ensure_ascii=False))


def _tell(ledger: Ledger, summary: Summary, *, as_json: bool, names: bool) -> None:
    from dateline.look import exports, tables

    if as_json:
        exports.write_readings(ledger, summary.ids, sys.stdout.buffer, names=names)
    else:
        tables.print_overview(ledger)
    if summary.undated:
        click.echo(f"{summary.undated} without a date: their relative times stay open.", err=True)
    click.echo(f"{summary.new} new, {summary.known} known", err=as_json)
