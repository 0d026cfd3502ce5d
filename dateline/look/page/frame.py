"""What stands round every page: head, navigation, the ledger's line, links to the other forms of the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import Request

from dateline.look.page.people import Person, Role
from dateline.look.page.sight import Sight

__all__ = ["NAV", "Extent", "Frame", "NavItem", "called", "extent_of", "frame_of"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation; ``role``: who is shown it."""

    name: str
    href: str
    role: Role = "reader"


NAV = (
    NavItem("Overview", "/"), NavItem("Timeline", "/timeline"), NavItem("Map", "/map"),
    NavItem("Incidents", "/incidents"), NavItem("Disputes", "/disputes"), NavItem("Questions", "/questions"),
    NavItem("Sources", "/sources"), NavItem("Reports", "/reports"),
    NavItem("Review", "/review"), NavItem("Add", "/add", "admin"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extent:
    """How much the ledger holds, for the line beside the name."""

    reports: int
    outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """The page round a view. ``path``, ``query``: of this page, to link to its other forms and zones.

    person: who looks. called: the name they last gave. sign: what a form of this page carries (``people``).
    as_of: the moment at which what is shown was known, None for now.
    """

    path: str
    query: str
    section: str
    extent: Extent
    nav: tuple[NavItem, ...]
    person: Person
    sign: str
    called: str | None = None
    json: str | None = None
    csv: str | None = None
    as_of: datetime | None = None

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.path + (f"?{self.query}" if self.query else "")


def extent_of(sight: Sight) -> Extent:
    """The extent, kept until the ledger changes."""

    def reckon() -> Extent:
        first, last = sight.browse.extent()
        outlets = sight.browse.outlets()
        return Extent(sight.browse.report_count(), len(outlets), first, last)

    return sight.kept("extent", reckon)


def called(request: Request) -> str | None:
    """The name a reviewer last gave, out of its cookie."""
    try:
        name = json.loads(request.cookies.get("called", "null"))
    except ValueError:
        return None
    return name if isinstance(name, str) else None


def frame_of(request: Request, section: str, *, csv: bool) -> Frame:
    """The frame of the page asked for; ``csv``: whether it has a table to take away."""
    person: Person = request.state.person
    path, query = request.url.path, urlencode(request.query_params.multi_items())
    stem = "/overview" if path == "/" else path
    tail = f"?{query}" if query else ""
    return Frame(
        path, query, section, extent_of(request.app.state.sight),
        tuple(item for item in request.app.state.nav if person.may(item.role)), person,
        request.app.state.people.sign(request), called(request),
        json=f"{stem}.json{tail}", csv=f"{stem}.csv{tail}" if csv else None,
        as_of=getattr(request.state, "as_of", None),
    )  # fmt: skip
