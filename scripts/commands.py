"""Write docs/commands.md from the commands' own help: ``python scripts/commands.py [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dateline.cli import main

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"


def page() -> str:
    """The page: one section a command, its help as printed at 100 columns."""
    parts = ["# Commands", "", "Made from `dateline COMMAND --help` by `python scripts/commands.py`.", ""]
    for name, text in helps(main, "dateline"):
        parts += [f"## {name}", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(parts)


def helps(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Name and help of a command and of all below it, in alphabetical order."""
    own = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "terminal_width": 100}
    context = click.Context(command, info_name=name.rsplit(maxsplit=1)[-1], parent=parent, **own)  # type: ignore[arg-type]
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for below in sorted(command.commands):
            yield from helps(command.commands[below], f"{name} {below}", context)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.read_text(encoding="utf-8") == page() else f"{PAGE} is old: python scripts/commands.py")
    PAGE.write_text(page(), encoding="utf-8")
