"""Commands on the codebook: ``codebook check``, ``codebook show``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.codebook.plover import EventTables, Mapped, Trigger

__all__ = ["codebook"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def codebook() -> None:
    """Check your own codebook file; show what types of events there are and what names them.

    \b
    dateline codebook show ASSAULT
    dateline codebook check own.tsv
    """


@codebook.command()
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--gazetteer", is_flag=True, help="FILE is a gazetteer: CSV (name, lat, lon) or GeoJSON.")
def check(path: Path, gazetteer: bool) -> None:
    """Say what is wrong with a file of yours, line by line, or what it holds.

    \b
    dateline codebook check own.tsv
    dateline codebook check --gazetteer villages.csv
    """
    from dateline.codebook import TableError
    from dateline.codebook.own import contents, faults

    try:
        if gazetteer:
            from dateline.codebook.gazetteer.own import read_own

            click.echo(f"{path}: {len(read_own(path))} places. Read with it: --gazetteer {path}")
            return
        found = faults(path)
        for fault in found:
            click.echo(f"{path}, line {fault.line}: {fault.words}")
        if found:
            raise SystemExit(1)
        lines = ", ".join(f"{count} in [{name}]" for name, count in sorted(contents(path).items()))
    except TableError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{path}: {lines or 'no lines'}; all can be used. Read with it: --codebook {path}")


@codebook.command()
@click.argument("type_", metavar="[TYPE]", required=False)
@click.option("--codebook", "path", type=_FILE, default=None, help="Your own codebook file over the built-in one.")
def show(type_: str | None, path: Path | None) -> None:
    """Show a type of event: its modes, the words that name it, its names in CAMEO, ACLED and UCDP.

    Without TYPE, list the types.

    \b
    dateline codebook show
    dateline codebook show ASSAULT
    dateline codebook show EVICT --codebook own.tsv
    """
    from dateline.codebook import TableError
    from dateline.codebook.plover import event_tables

    try:
        tables = event_tables(path)
    except TableError as error:
        raise click.ClickException(f"{error}; `dateline codebook check {path}` tells all") from None
    if type_ is None:
        for name, kind in sorted(tables.types.items()):
            click.echo(f"{name:<10} {kind.quad:<3} {kind.score:>5g}  {kind.about}")
        return
    named = [name for name in tables.types if name.lower() == type_.lower()]
    if not named:
        raise click.ClickException(f"no type is named {type_}; there are {', '.join(sorted(tables.types))}")
    for line in _page(named[0], tables):
        click.echo(line)


_QUADS = {
    "VC": "verbal cooperation", "MC": "material cooperation", "VX": "verbal conflict", "MX": "material conflict",
    "H": "harm or change told without an act",
}  # fmt: skip
_PARTS = {"verb": "Verbs", "noun": "Nouns", "adj": "Adjectives"}


def _page(name: str, tables: EventTables) -> Iterator[str]:
    """What is to be told of a type, line by line."""
    kind = tables.types[name]
    yield f"{name}: {kind.about}"
    yield f"{_QUADS.get(kind.quad, 'no quad')}, score {kind.score:g}" + (
        ", done to somebody" if kind.needs_recipient else ""
    )
    if mapped := tables.maps.get((name, "")):
        yield _elsewhere(mapped)
    modes = sorted(mode for owner, mode in tables.modes if owner == name)
    if modes:
        yield "\nModes"
    for mode in modes:
        yield f"  {mode:<16} {_elsewhere(tables.maps.get((name, mode)))}".rstrip()
    for part, title in _PARTS.items():
        lines = _triggers([t for (_, pos), found in tables.triggers.items() if pos == part for t in found], name)
        if lines:
            yield f"\n{title}"
            yield from lines


def _elsewhere(mapped: Mapped | None) -> str:
    if mapped is None:
        return ""
    acled = " › ".join(part for part in (mapped.acled_event, mapped.acled_sub_event) if part)
    named = (("CAMEO", mapped.cameo), ("ACLED", acled.replace("|", " or ")), ("UCDP", mapped.ucdp))
    return "; ".join(f"{scheme} {words}" for scheme, words in named if words)


def _triggers(found: list[Trigger], name: str) -> list[str]:
    """The words that name a type, those with the same conditions and mode on one line."""
    together: dict[tuple[str, str], list[str]] = {}
    for trigger in found:
        if trigger.type == name:
            needs = " ".join(f"{c.kind}={'|'.join(c.words)}" if c.words else c.kind for c in trigger.conditions)
            together.setdefault((needs, trigger.mode or ""), []).append(trigger.lemma)
    return [
        f"  {', '.join(sorted(lemmas))}" + (f"  with {needs}" if needs else "") + (f"  → {mode}" if mode else "")
        for (needs, mode), lemmas in sorted(together.items())
    ]
