"""The command that opens the ledger in a browser: ``serve``."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.options import ledger_option

__all__ = ["serve"]

_TOKEN = 12
_LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8022, show_default=True, help="0: any free port.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A further name the page goes by.")
@click.option("--zone", default="UTC", show_default=True, help="Time zone to show, such as Europe/Kyiv.")
@click.option("--no-names", is_flag=True, help="Private persons by their pseudonym, not by name.")
@click.option("--tiles", metavar="URL", help="Your own map tiles, as https://…/{z}/{x}/{y}.png; none by default.")
@click.option("--token", envvar="DATELINE_TOKEN", help="One secret that lets whoever has it read and correct.")
@click.option(
    "--users",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="People: name, role (reader, reviewer, admin) and token, tabs between; a first line says so.",
)
def serve(url: str, host: str, port: int, hosts: tuple[str, ...], zone: str, no_names: bool, tiles: str | None,
          token: str | None, users: Path | None) -> None:  # fmt: skip
    """Open the ledger in a browser: overview, timeline, map, disputes, the reports with their marks.

    \b
    dateline serve --ledger war.db
    dateline serve --zone Europe/Kyiv --port 9000
    dateline serve --host 0.0.0.0 --allow-host ledger.example.org --users people.tsv
    """
    if host not in _LOCAL and not (token or users):
        raise click.ClickException(f"{host} is open to others: say who may come in, with --token or --users FILE")
    from dateline.ledger import LedgerError
    from dateline.look.page import Settings, create_app
    from dateline.look.page.asked import zone_of
    from dateline.look.page.people import Person, UsersError, read_users
    from dateline.look.page.serving import run

    if zone_of(zone) is None:
        raise click.BadParameter(f"there is no time zone {zone}: write a name such as Europe/Kyiv")
    own = Settings().hosts
    try:
        people = tuple(read_users(users)) if users else ()
        if token:
            people += ((_long(token), Person(None, "admin")),)
        settings = Settings(hosts=(*own, host, *hosts), zone=zone, names=not no_names, tiles=tiles, tokens=people)
        app = create_app(url, settings)
    except (LedgerError, UsersError) as error:
        raise click.ClickException(str(error)) from None
    run(app, host, port, lambda at: click.echo(f"The ledger is open at {at} (Ctrl-C ends)", err=True))


def _long(token: str) -> str:
    if len(token) < _TOKEN:
        raise click.BadParameter(f"a token needs {_TOKEN} characters, not to be guessed", param_hint="--token")
    return token
