"""The pages to read: overview, timeline, map, incidents, disputes, reports, sources, search."""

from __future__ import annotations

from fastapi import APIRouter

from dateline.look.page.answers import add_page
from dateline.look.page.views.overview import overview
from dateline.look.page.views.report import report_reading, report_sheet, report_view

__all__ = ["router"]

router = APIRouter()
add_page(router, "/", overview, "overview.html", section="Overview")
add_page(
    router, "/reports/{report_id}", report_view, "report.html", section="Reports", sheet=report_sheet,
    plain=report_reading,
)  # fmt: skip
