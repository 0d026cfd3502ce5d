"""Commands that keep a ledger: a copy of it in another place."""

from __future__ import annotations

import click

__all__ = ["copy"]


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a ledger whole into a new one: a file to a team's database, or back.

    \b
    FROM and TO are files, sqlite:///FILE or postgresql://… . Nothing is lost: reports, readings,
    corrections, what linking found. A ledger that holds reports is never written over.

    \b
    dateline copy war.db postgresql://team@server/war
    """
    from dateline.ledger import LedgerError
    from dateline.ledger.copying import copy_ledger

    try:
        counts = copy_ledger(source, target)
    except LedgerError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{counts['reports']} reports, {counts['events']} events, {counts['corrections']} corrections copied")
