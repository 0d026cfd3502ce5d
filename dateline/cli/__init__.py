"""The commands: words to calls. One module holds one group of commands.

Every import that costs time waits inside the command that needs it: ``dateline --help``
loads neither spaCy nor SQLAlchemy.
"""

from __future__ import annotations

import click

from dateline.cli.codebook import codebook
from dateline.cli.keeping import copy
from dateline.cli.linking import changes, disputes, explain, incidents, questions, reversals, threads, tolls
from dateline.cli.reading import annotate, load, read, reread, schema
from dateline.cli.serving import serve
from dateline.cli.showing import export, show

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dateline", prog_name="dateline")
def main() -> None:
    """Turn dated news reports into a ledger: who says what happened, where, when, how certain.

    \b
    dateline read reports/                    read a folder into dateline.db and print the ledger
    dateline disputes                         what is disputed, and by whom
    dateline changes --since 2022-02-25       what is new, moved, disputed, settled, reversed
    dateline show events --place Kyiv --csv   events as a table for a spreadsheet
    dateline annotate in.jsonl out.jsonl      one report a line in, the same with its reading out
    """


for _command in (
    read, reread, annotate, load, schema, show, export, serve, codebook, copy,
    incidents, tolls, disputes, reversals, threads, questions, changes, explain,
):  # fmt: skip
    main.add_command(_command)
