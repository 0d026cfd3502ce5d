"""The pages to read: overview, timeline, map, incidents, disputes, reports, sources, search."""

from __future__ import annotations

from fastapi import APIRouter

from dateline.look.page.answers import add_page
from dateline.look.page.views import contradictions as c
from dateline.look.page.views import map as m
from dateline.look.page.views import records as r
from dateline.look.page.views import report as one
from dateline.look.page.views import source as s
from dateline.look.page.views.incident import incident_sheet, incident_view
from dateline.look.page.views.incidents import incidents_sheet, incidents_view
from dateline.look.page.views.overview import overview
from dateline.look.page.views.search import search_sheet, search_view
from dateline.look.page.views.timeline import timeline_sheet, timeline_view

__all__ = ["router"]

router = APIRouter()
add_page(router, "/", overview, "overview.html", section="Overview")
add_page(router, "/timeline", timeline_view, "timeline.html", section="Timeline", sheet=timeline_sheet)
add_page(router, "/map", m.map_view, "map.html", section="Map", sheet=m.map_sheet, plain=m.map_points)
add_page(router, "/incidents", incidents_view, "incidents.html", section="Incidents", sheet=incidents_sheet)
add_page(router, "/incidents/{incident_id}", incident_view, "incident.html", section="Incidents", sheet=incident_sheet)
add_page(router, "/disputes", c.disputes_view, "disputes.html", section="Disputes", sheet=c.disputes_sheet)
add_page(router, "/disputes/{dispute_id}", c.dispute_view, "dispute.html", section="Disputes")
add_page(router, "/reversals", c.reversals_view, "reversals.html", section="Disputes", sheet=c.reversals_sheet)
add_page(router, "/threads", c.threads_view, "threads.html", section="Disputes", sheet=c.threads_sheet)
add_page(router, "/questions", c.questions_view, "questions.html", section="Questions", sheet=c.questions_sheet)
add_page(router, "/reports", r.reports_view, "records.html", section="Reports", sheet=r.reports_sheet)
add_page(router, "/records/{kind}", r.records_view, "records.html", section="Reports", sheet=r.records_sheet)
add_page(
    router, "/reports/{report_id}", one.report_view, "report.html", section="Reports", sheet=one.report_sheet,
    plain=one.report_reading,
)  # fmt: skip
add_page(router, "/sources", s.sources_view, "sources.html", section="Sources")
add_page(router, "/sources/{name:path}", s.source_view, "source.html", section="Sources", sheet=s.source_sheet)
add_page(router, "/search", search_view, "search.html", section="", sheet=search_sheet)
