"""Commands for what reports say together.

``incidents``, ``tolls``, ``disputes``, ``reversals``, ``threads``, ``questions``;
what ``changes`` brought; ``explain``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dateline.cli.options import as_of_option, form_options, ledger_option, opened, standing

if TYPE_CHECKING:
    from dateline.ledger import Kind

__all__ = ["changes", "disputes", "explain", "incidents", "questions", "reversals", "threads", "tolls"]

F = TypeVar("F", bound=Callable[..., Any])
_FILTERS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "since": (("--since",), {"metavar": "WHEN", "help": "From this day or moment on."}),
    "until": (("--until",), {"metavar": "WHEN", "help": "Before this day (within it) or moment."}),
    "place": (("--place",), {"help": "A place name, or a country by its three-letter code."}),
    "actor": (("--actor",), {"help": "Part of the name of a party."}),
    "source": (("--source",), {"help": "Part of the name of who says so."}),
    "incident": (("--incident",), {"metavar": "ID", "help": "Only of this incident; its id may be cut short."}),
    "sources": (("--sources",), {"type": click.IntRange(1), "metavar": "N",
                                 "help": "Only what at least N independent reports tell."}),
    "limit": (("--limit",), {"type": click.IntRange(1), "metavar": "N", "help": "At most N rows."}),
}  # fmt: skip


def _filters(*names: str, type_: str | None = None) -> Callable[[F], F]:
    """These filters, ``--limit``, ``--as-of``, the forms and the ledger; ``type_``: what ``--type`` picks."""

    def add(function: F) -> F:
        function = form_options(as_of_option(ledger_option(function)))
        for name in ("limit", *reversed(names)):
            flags, settings = _FILTERS[name]
            function = click.option(*flags, name, **settings)(function)
        return click.option("--type", help=type_)(function) if type_ else function

    return add


def _show(kind: Kind, url: str, as_of: str | None, form: str | None, filters: dict[str, Any]) -> None:
    from dateline.ledger import Filters
    from dateline.look import tables

    with opened(url, create=False) as ledger, standing(ledger, as_of) as then:
        tables.print_linked(kind, then, Filters(**filters), form)


@click.command()
@_filters("since", "until", "place", "actor", "sources", type_="An event type of the codebook (ASSAULT).")
@click.option("--disputed/--undisputed", default=None, help="Only incidents over which there is a dispute, or none.")
def incidents(url: str, as_of: str | None, form: str | None, **filters: Any) -> None:  # noqa: ANN401
    """List incidents: the happenings that the reports tell of, however many tell them.

    \b
    Wire copies count as one source. The toll is the latest figure, in brackets the range over all sources,
    and a line of bars of its course.

    \b
    dateline incidents --place Kyiv --since 2022-02-25
    dateline incidents --sources 2 --disputed
    dateline incidents --as-of "2022-02-26T18:00+02:00" --csv
    """
    _show("incidents", url, as_of, form, filters)


@click.command()
@_filters("incident", "since", "until", "place", "source", type_="killed, wounded, missing, displaced or detained.")
def tolls(url: str, as_of: str | None, form: str | None, **filters: Any) -> None:  # noqa: ANN401
    """List tolls: who gave which figure when, with low, best and high as UCDP uses them.

    \b
    "update": the source's own later figure. "disputed": another source's figure of that time excludes it.
    Figures of wire copies are shown and not counted. --since and --until go by publication.

    \b
    dateline tolls --type killed
    dateline tolls --incident 3fa2 --json
    """
    _show("tolls", url, as_of, form, filters)


@click.command()
@_filters("since", "until", "place", "source", "incident", "sources",
          type_="toll, occurrence, responsibility, place, time or control.")  # fmt: skip
def disputes(url: str, as_of: str | None, form: str | None, **filters: Any) -> None:  # noqa: ANN401
    """List disputes: accounts that cannot all be true, side by side, those that most reports tell first.

    \b
    A later figure, a state that moved on, ranges that overlap and copies are no disputes.

    \b
    dateline disputes --type control
    dateline disputes --source Peskov --csv
    """
    _show("disputes", url, as_of, form, filters)


@click.command()
@_filters("since", "until", "source")
def reversals(url: str, as_of: str | None, form: str | None, **filters: Any) -> None:  # noqa: ANN401
    """List reversals: a source against its own earlier claim or act, its own corrections included.

    \b
    dateline reversals --source "City hall"
    dateline reversals --since 2022-02-25 --json
    """
    _show("reversals", url, as_of, form, filters)


@click.command()
@_filters("since", "until", "actor", type_="Where it stands: offered, countered, refused, broken off …")
def threads(url: str, as_of: str | None, form: str | None, **filters: Any) -> None:  # noqa: ANN401
    """List threads: the moves between two parties on one matter, in order, and where they stand.

    \b
    dateline threads --actor Ukraine
    dateline threads --type offered --csv
    """
    _show("threads", url, as_of, form, filters)


@click.command()
@_filters("since", "until", "source", "sources")
@click.option("--answered/--open", default=None, help="Only questions that a later claim settled, or those still open.")
def questions(url: str, as_of: str | None, form: str | None, **filters: Any) -> None:  # noqa: ANN401
    """List open questions: what reports say is not known, who says so, and the claim that settled it.

    \b
    dateline questions --open
    dateline questions --answered --since 2022-02-25
    """
    _show("questions", url, as_of, form, filters)


@click.command()
@click.option("--since", metavar="WHEN", required=True, help="What became known from this day, or after this moment.")
@click.option("--until", metavar="WHEN", help="Up to this day or moment; default: all there is.")
@ledger_option
@form_options
def changes(url: str, since: str, until: str | None, form: str | None) -> None:
    """List what changed: corrected, reversed, newly disputed, settled, moved, new.

    \b
    WHEN is a day or a moment of publication. Corrections that people made count by the clock.

    \b
    dateline changes --since "2022-02-25T18:00+02:00"
    dateline changes --since 2022-02-25 --until 2022-02-25 --csv
    """
    from dateline.desk import changes as found
    from dateline.look import tables

    with opened(url, create=False) as ledger:
        tables.print_changes(found(ledger, since, until), form)


@click.command()
@click.argument("incident")
@ledger_option
@as_of_option
@click.option("--json", "form", flag_value="json", help="As one JSON object.")
def explain(incident: str, url: str, as_of: str | None, form: str | None) -> None:
    """Explain why an INCIDENT is one: what joined each event, its tolls and disputes, what copies changed.

    \b
    The id may be cut short; `dateline incidents` shows it. Of each likeness the weightiest parts are named:
    above nought they speak for one happening, below against.

    \b
    dateline explain 3fa2
    """
    from dateline.desk import explain as explained
    from dateline.look import tables

    with opened(url, create=False) as ledger, standing(ledger, as_of) as then:
        try:
            explanation = explained(then, incident)
        except LookupError as error:
            raise click.ClickException(str(error)) from None
        tables.print_explanation(then, explanation, form)
