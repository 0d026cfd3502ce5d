"""Build hook: compile the gazetteer and the page's map before the package, or an editable install of it, is made."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DatelineBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Make what is not up to date; ``artifacts`` in pyproject.toml takes it along."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Run before every build; the package itself is imported from this folder."""
        sys.path.insert(0, str(Path(self.root)))
        from dateline.codebook.gazetteer.compiler import compile_gazetteer, is_up_to_date  # noqa: PLC0415

        if self.target_name != "wheel":
            return
        if not is_up_to_date():
            compile_gazetteer()
        if problem := build_map(Path(self.root)):
            self.app.display_warning(f"{problem}; the page will have no interactive map, all else works")


def build_map(root: Path) -> str | None:
    """Build ``web/`` into the package with npm, unless it is up to date; what stood in the way, if anything did.

    The locked packages of ``web/package-lock.json`` are all it takes; without npm the page does without the map.
    """
    web, built = root / "web", root / "dateline" / "look" / "page" / "static" / "built"
    if not web.is_dir():  # built from an sdist without it
        return None if built.is_dir() else "there is no folder web/"
    sources = sorted(p for p in web.rglob("*") if p.is_file() and "node_modules" not in p.parts)
    state = hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()
    stamp = built / "sources.sha256"
    if stamp.is_file() and stamp.read_text("ascii") == state:
        return None
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    for command in ([npm, "ci", "--ignore-scripts"], [npm, "run", "build"]):
        done = subprocess.run(command, cwd=web, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            return f"`npm {command[1]}` failed: {done.stderr.strip().splitlines()[-1:] or done.returncode}"
    stamp.write_text(state, "ascii")
    return None
