"""The public surface and the documentation, held to each other."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import msgspec
import pytest

import dateline
from dateline.cli import main
from dateline.ledger.schema import METADATA
from dateline.ledger.views import VIEWS
from dateline.records import Reading
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_all_names_what_the_package_offers():
    assert all(getattr(dateline, name) is not None for name in dateline.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = dateline.nothing


def test_importing_the_package_is_quick():
    code = "import dateline, sys; print([m for m in ('spacy', 'sqlalchemy', 'numpy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_the_readmes_python_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    said: list[str] = []
    exec(compile(code, "README.md", "exec"), {"print": lambda *words: said.append(" ".join(map(str, words)))})
    assert "military" in said[0]
    assert "seized the airport" in said[0]


def test_the_page_of_commands_is_what_help_prints():
    subprocess.run([sys.executable, "scripts/commands.py", "--check"], check=True, cwd=ROOT)


def test_every_command_in_the_readme_exists():
    named = set(re.findall(r"^dateline (\w+)", README, re.MULTILINE))
    assert named
    assert named <= set(main.commands)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_option_says_what_it_is_for(command):
    options = [p for p in main.commands[command].params if isinstance(p, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("record", Reading.__struct_fields__)
def test_the_page_of_records_names_every_field(record):
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    (name,) = re.findall(rf"^## `{record}`.*?`(\w+)`$", page, re.MULTILINE)
    kind = getattr(dateline.records, name)
    section = page.split(f"## `{record}`")[1].split("\n## ")[0]
    missing = [field.name for field in msgspec.structs.fields(kind) if f"`{field.name}`" not in section]
    assert not missing


def test_documents_link_to_files_that_are_there():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", page.read_text(encoding="utf-8"))
        missing = [link for link in links if not (page.parent / link).exists()]
        assert not missing, page


def test_the_page_of_the_ledger_names_every_table_and_view():
    page = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    assert not [name for name in [*METADATA.tables, *VIEWS] if f"`{name}`" not in page]


def test_the_readmes_figures_are_the_pinned_ones():
    subprocess.run([sys.executable, "-m", "scripts.table", "--check"], check=True, cwd=ROOT)
