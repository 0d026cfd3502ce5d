"""A folder to put files into, and what intake makes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from dateline.intake import Problem, reports
from dateline.records import Report

SAVED = Path(__file__).with_name("saved")


class Read(NamedTuple):
    """What came of reading: reports, and problems as (file name, line, words)."""

    reports: list[Report]
    problems: list[Problem]

    @property
    def texts(self) -> list[str]:
        return [report.text for report in self.reports]

    @property
    def dates(self) -> list[str | None]:
        return [report.published for report in self.reports]

    @property
    def told(self) -> str:
        """All problems as lines, without the folder."""
        return "\n".join(str(replace(problem, path=Path(problem.path).name)) for problem in self.problems)

    @property
    def skipped(self) -> list[bool]:
        return [problem.skipped for problem in self.problems]


@pytest.fixture
def read(tmp_path):
    """``read("a.txt", "Shelling resumed.")`` writes the file and reads it."""

    def read(name: str, content: str | bytes, **options: object) -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_paths([path], **options)

    return read


def read_paths(paths: list[Path], **options: object) -> Read:
    problems: list[Problem] = []
    found = list(reports(paths, problems=problems.append, **options))
    return Read(found, problems)
