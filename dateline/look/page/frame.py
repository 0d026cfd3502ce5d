"""What stands round every page: head, navigation, the ledger's line, links to the other forms of the page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from dateline.look.page.sight import Sight

__all__ = ["NAV", "Extent", "Frame", "NavItem", "extent_of"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation."""

    name: str
    href: str


NAV = (
    NavItem("Overview", "/"), NavItem("Timeline", "/timeline"), NavItem("Map", "/map"),
    NavItem("Incidents", "/incidents"), NavItem("Disputes", "/disputes"), NavItem("Questions", "/questions"),
    NavItem("Sources", "/sources"), NavItem("Reports", "/reports"),
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
    """The page round a view. ``path``, ``query``: of this page, to link to its other forms and zones."""

    path: str
    query: str
    section: str
    extent: Extent
    nav: tuple[NavItem, ...]
    json: str | None = None
    csv: str | None = None

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.path + (f"?{self.query}" if self.query else "")


def extent_of(sight: Sight) -> Extent:
    """The extent, kept until the ledger changes."""

    def reckon() -> Extent:
        first, last = sight.browse.extent()
        outlets = sight.browse.outlets()
        return Extent(sight.ledger.counts()["reports"], len(outlets), first, last)

    return sight.kept("extent", reckon)


def frame_of(request: Request, section: str, *, csv: bool) -> Frame:
    """The frame of the page asked for; ``csv``: whether it has a table to take away."""
    path, query = request.url.path, urlencode(request.query_params.multi_items())
    stem = "/overview" if path == "/" else path
    tail = f"?{query}" if query else ""
    return Frame(
        path, query, section, extent_of(request.app.state.sight), request.app.state.nav,
        json=f"{stem}.json{tail}", csv=f"{stem}.csv{tail}" if csv else None,
    )  # fmt: skip
