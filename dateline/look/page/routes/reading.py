"""The pages to read: overview, timeline, map, incidents, disputes, reports, sources, search."""

from __future__ import annotations

from fastapi import APIRouter

from dateline.look.page.answers import add_page
from dateline.look.page.views.overview import overview

__all__ = ["router"]

router = APIRouter()
add_page(router, "/", overview, "overview.html", section="Overview")
