"""Search: reports by their words, and incidents, disputes, questions and sources by theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from dateline.ledger import SearchRow
from dateline.look.page.answers import Sheet
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.incident_rows import IncidentRow, incident_rows
from dateline.look.page.views.voices import DisputeView, disputes_of
from dateline.records import Incident

__all__ = ["Found", "SearchView", "search_sheet", "search_view"]

_REPORTS, _INCIDENTS, _DISPUTES, _NAMES = 40, 12, 6, 20
_MARKS = ("\ue000", "\ue001")  # private-use characters that no news text holds
_BRACKETS = str.maketrans(dict(zip(_MARKS, "[]", strict=True)))
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
    disputes: tuple[DisputeView, ...]
    sources: tuple[str, ...]


def search_view(sight: SightDep, q: Words = "") -> SearchView:
    """Reports and records in which the words occur."""
    if not q.strip():
        return SearchView("", (), (), (), ())
    rows = (row for row in sight.ledger.search(q, limit=_REPORTS, marks=_MARKS) if not _by_private_name(sight, row))
    reports = tuple(_found(sight, row) for row in rows)
    about = sight.browse.incidents_about([found.id for found in reports], _plain(q), limit=_INCIDENTS)
    return SearchView(q, reports, incident_rows(sight, about), _disputes(sight, about), _sources(sight, q))


def search_sheet(sight: SightDep, q: Words = "") -> Sheet:
    """The reports found, best first."""
    found = sight.ledger.search(q, limit=500, marks=_MARKS) if q.strip() else []
    columns = ("report", "published", "outlet", "title", "snippet", "score")
    shown = (row | {"snippet": _snippet(sight, row).translate(_BRACKETS)} for row in found
             if not _by_private_name(sight, row))  # fmt: skip
    return Sheet(columns, ([sight.hidden(str(row["report"]), row)[name] for name in columns] for row in shown))


def _by_private_name(sight: Sight, row: SearchRow) -> bool:
    """Whether a report was found by a name that no page shows."""
    hits = re.findall(f"{_MARKS[0]}(.*?){_MARKS[1]}", str(row["snippet"] or ""), re.DOTALL)
    private = {} if sight.names else sight.pseudonyms(str(row["report"])).forms
    words = {part.lower() for form in private for part in form.split()}
    return any(hit.lower() in words for hit in hits)


def _snippet(sight: Sight, row: SearchRow) -> str:
    """The snippet; without its marks where they would cut a private name in two."""
    marked = str(row["snippet"] or "")
    bare = marked.translate(dict.fromkeys(map(ord, _MARKS)))
    private = sight.pseudonyms(str(row["report"])).edits(bare)
    return bare if private else marked


def _found(sight: Sight, row: SearchRow) -> Found:
    key = str(row["report"])
    marked = str(row["snippet"] or "") if sight.names else _snippet(sight, row)
    words = sight.words(key, marked)
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


def _disputes(sight: Sight, about: Sequence[Incident]) -> tuple[DisputeView, ...]:
    """What is disputed about the incidents found, in their order."""
    over = sight.browse.over([incident.id for incident in about])
    return disputes_of(sight, [(dispute, "") for i in about for dispute in over.get(i.id, ())][:_DISPUTES], voices=1)


def _sources(sight: Sight, q: str) -> tuple[str, ...]:
    found = sight.browse.names_from(q.strip(), limit=_NAMES)
    shown = []
    for folded in found:
        namings = sight.browse.namings(folded)
        if namings and (sight.names or all(n.public for n in namings)):
            shown.append(namings[0].name)
    return tuple(shown)
