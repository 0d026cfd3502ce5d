"""Search: reports by their words, and incidents, disputes, questions and sources by theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from dateline.look.page.answers import Sheet
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows

__all__ = ["Found", "SearchView", "search_sheet", "search_view"]

_REPORTS, _INCIDENTS, _NAMES = 40, 12, 20
_MARKS = ("\ue000", "\ue001")  # private-use characters that no news text holds
Words = Annotated[str, Query(max_length=300, description="Words, a “phrase”, -without, one OR other")]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a snippet; ``hit``: among those looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A report with the place in it where the words stand."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    snippet: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was found for ``q``."""

    q: str
    reports: tuple[Found, ...]
    incidents: tuple[IncidentRow, ...]
    sources: tuple[str, ...]


def search_view(sight: SightDep, q: Words = "") -> SearchView:
    """Reports and records in which the words occur."""
    if not q.strip():
        return SearchView("", (), (), ())
    reports = tuple(_found(sight, row) for row in sight.ledger.search(q, limit=_REPORTS, marks=_MARKS))
    about = sight.browse.incidents_about([found.id for found in reports], _plain(q), limit=_INCIDENTS)
    return SearchView(q, reports, incident_rows(sight, about), _sources(sight, q))


def search_sheet(sight: SightDep, q: Words = "") -> Sheet:
    """The reports found, best first."""
    found = sight.ledger.search(q, limit=500, marks=("[", "]")) if q.strip() else []
    columns = ("report", "published", "outlet", "title", "snippet", "score")
    rows = ([sight.hidden(str(row["report"]), {**row})[name] for name in columns] for row in found)
    return Sheet(columns, rows)


def _found(sight: Sight, row: dict[str, str | float | None]) -> Found:
    key = str(row["report"])
    words = sight.words(key, str(row["snippet"] or ""))
    parts = re.split(f"([{_MARKS[0]}{_MARKS[1]}])", words)
    snippet, hit = [], False
    for part in parts:
        if part in _MARKS:
            hit = part == _MARKS[0]
        elif part:
            snippet.append(Part(part, hit))
    title = sight.words(key, str(row["title"])) if row["title"] else f"Report {key}"
    published = None if row["published"] is None else str(row["published"])
    return Found(key, title, None if row["outlet"] is None else str(row["outlet"]), published, tuple(snippet))


def _plain(words: str) -> list[str]:
    """The words without the signs of the search language."""
    return [word.lower() for word in re.findall(r"(?<![-\w])\w+", words) if word != "OR"]


def _sources(sight: Sight, q: str) -> tuple[str, ...]:
    found = sight.browse.names_from(q.strip(), limit=_NAMES)
    shown = []
    for folded in found:
        namings = sight.browse.namings(folded)
        if namings and (sight.names or all(n.public for n in namings)):
            shown.append(namings[0].name)
    return tuple(shown)
