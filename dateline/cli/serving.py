"""The command that opens the ledger in a browser: ``serve``."""

from __future__ import annotations

import click

from dateline.cli.options import ledger_option

__all__ = ["serve"]

_LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8022, show_default=True, help="0: any free port.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A further name the page goes by.")
@click.option("--zone", default="UTC", show_default=True, help="Time zone to show, such as Europe/Kyiv.")
@click.option("--no-names", is_flag=True, help="Private persons by their pseudonym, not by name.")
@click.option("--tiles", metavar="URL", help="Your own map tiles, as https://…/{z}/{x}/{y}.png; none by default.")
def serve(url: str, host: str, port: int, hosts: tuple[str, ...], zone: str, no_names: bool, tiles: str | None) -> None:
    """Open the ledger in a browser: overview, timeline, map, disputes, the reports with their marks.

    \b
    dateline serve --ledger war.db
    dateline serve --zone Europe/Kyiv --port 9000
    """
    if host not in _LOCAL:
        raise click.ClickException(f"{host} can be reached by others, and there is nobody to ask who they are")
    from dateline.ledger import LedgerError
    from dateline.look.page import Settings, create_app
    from dateline.look.page.asked import zone_of
    from dateline.look.page.serving import run

    if zone_of(zone) is None:
        raise click.BadParameter(f"there is no time zone {zone}: write a name such as Europe/Kyiv")
    own = Settings().hosts
    settings = Settings(hosts=(*own, *hosts), zone=zone, names=not no_names, tiles=tiles)
    try:
        app = create_app(url, settings)
    except LedgerError as error:
        raise click.ClickException(str(error)) from None
    run(app, host, port, lambda at: click.echo(f"The ledger is open at {at} (Ctrl-C ends)", err=True))
