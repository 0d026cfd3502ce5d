"""Commands that show and export what a ledger holds: ``show``, ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from dateline.cli.options import as_of_option, form_options, ledger_option, opened, standing

if TYPE_CHECKING:
    from dateline.ledger import Kind, Ledger

__all__ = ["export", "show"]

KINDS = ["reports", "events", "claims", "disputes", "unknowns", "actors", "places", "incidents", "tolls", "reversals",
         "threads", "questions"]  # fmt: skip


@click.command()
@click.argument("kind", type=click.Choice([*KINDS, "report"]), default="events")
@click.argument("report_id", required=False)
@ledger_option
@click.option("--since", metavar="WHEN", help="From this day or moment on: 2022-02-25 or 2022-02-25T18:00+02:00.")
@click.option("--until", metavar="WHEN", help="Before this day or moment.")
@click.option("--place", help="A place name, or a country by its three-letter code.")
@click.option("--actor", help="Part of an actor's name.")
@click.option("--type", "type_", help="An event type (ASSAULT), a claim's stance (denies), a kind of dispute (toll).")
@click.option("--source", help="Part of the name of who says so, or of an outlet.")
@click.option("--certainty", help="happened, ongoing, planned, possible, denied or unknown.")
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@as_of_option
@form_options
def show(kind: str, report_id: str | None, url: str, form: str | None, as_of: str | None, limit: int | None,
         type_: str | None, **filters: Any) -> None:  # noqa: ANN401  # fmt: skip
    """Show what the ledger holds, as a table, CSV or JSON lines.

    \b
    dateline show events --place Kyiv --since 2022-02-25
    dateline show claims --source Peskov --csv
    dateline show incidents --as-of "2022-02-26T18:00+02:00"
    dateline show report 2f07328af546c897
    """
    from dateline.ledger import Filters
    from dateline.look import tables

    with opened(url, create=False) as opened_, standing(opened_, as_of) as ledger:
        if kind == "report":
            if not report_id:
                raise click.UsageError("say which report: dateline show report ID (dateline show reports lists them)")
            tables.print_report(ledger, report_id)
            return
        rows = ledger.rows(cast("Kind", kind), Filters(**filters, type=type_, limit=limit))
        tables.print_rows(cast("Kind", kind), rows, form)


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "jsonl", "geojson", "parquet", "html"]))
@click.argument("target", metavar="DIR|FILE", type=click.Path(path_type=Path))
@ledger_option
@click.option("--names", is_flag=True, help="Private persons by name; otherwise by a stable pseudonym.")
@click.option("--no-text", is_flag=True, help="html: only what is quoted, not the reports' whole texts.")
@click.option("--zone", default="UTC", show_default=True, help="html: time zone to show, such as Europe/Kyiv.")
def export(form: str, target: Path, url: str, names: bool, no_text: bool, zone: str) -> None:
    """Write the ledger as csv or parquet (a folder of tables), jsonl (readings), geojson (incidents) or html.

    html is one file to mail: timeline, map, disputes, search and the marked reports, with no server and no network.

    \b
    dateline export csv tables/
    dateline export geojson incidents.geojson
    dateline export html story.html --zone Europe/Kyiv
    """
    from dateline.look import exports

    with opened(url, create=False) as ledger:
        try:
            if form == "html":
                written = {target: _shared(ledger, target, names=names, text=not no_text, zone=zone)}
            else:
                written = exports.export(ledger, form, target, names=names)
        except exports.ExportError as error:
            raise click.ClickException(str(error)) from None
    for path, count in written.items():
        click.echo(f"{path}: {count} {'bytes' if form == 'html' else 'rows'}", err=True)


def _shared(ledger: Ledger, target: Path, *, names: bool, text: bool, zone: str) -> int:
    """Write the ledger as one page; how many bytes it has."""
    from dateline.look.page.asked import zone_of
    from dateline.look.page.sharing import shared

    if zone_of(zone) is None:
        raise click.BadParameter(f"there is no time zone {zone}: write a name such as Europe/Kyiv", param_hint="--zone")
    page = shared(ledger, names=names, text=text, zone=zone).encode("utf-8")
    try:
        return target.write_bytes(page)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}") from None
