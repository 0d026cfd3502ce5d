"""Build hook: compile the gazetteer before the package, or an editable install of it, is put together."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile the gazetteer unless it is up to date; ``artifacts`` in pyproject.toml takes it along."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Run before every build; the package itself is imported from this folder."""
        sys.path.insert(0, str(Path(self.root)))
        from dateline.codebook.gazetteer.compiler import compile_gazetteer, is_up_to_date  # noqa: PLC0415

        if self.target_name == "wheel" and not is_up_to_date():
            compile_gazetteer()
