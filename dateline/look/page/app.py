"""The application: a ledger, its pages, the guard before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from dateline.ledger import LedgerError, open_ledger
from dateline.look.page.answers import answered
from dateline.look.page.asked import zone_of
from dateline.look.page.assets import Assets
from dateline.look.page.door import Door
from dateline.look.page.frame import NAV
from dateline.look.page.guard import Guard
from dateline.look.page.jobs import Jobs
from dateline.look.page.past import COME_BACK, Past
from dateline.look.page.people import People
from dateline.look.page.relinking import Relinker
from dateline.look.page.rendering import Renderer
from dateline.look.page.routes import ROUTERS
from dateline.look.page.settings import Settings
from dateline.look.page.sight import Sight
from dateline.look.page.views.problem import Problem

__all__ = ["create_app"]


def create_app(where: str | Path, settings: Settings | None = None) -> FastAPI:
    """Make the application for the ledger at ``where``, which must be there (``LedgerError`` otherwise).

    The ledger is closed when the server ends.
    """
    settings = settings or Settings()
    ledger = open_ledger(where, create=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.jobs.close()
        ledger.close()

    app = FastAPI(
        title="Dateline", version=version("dateline"), lifespan=lifespan, docs_url=None, redoc_url=None,
        description="A ledger of dated news reports: who says what happened, where, when and how certain.",
    )  # fmt: skip
    assets = Assets()
    app.state.settings = settings
    app.state.sight = sight = Sight(ledger, names=settings.names)
    app.state.past = Past(sight)
    app.state.renderer = Renderer(assets, settings.tiles)
    app.state.nav = NAV
    app.state.people = people = People(settings.tokens)
    app.state.relinker = relinker = Relinker(ledger)
    app.state.jobs = Jobs(ledger, relinker)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", assets)
    app.add_middleware(Door, people=people)
    app.add_middleware(Guard, hosts=settings.hosts, tiles=settings.tiles)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(LedgerError, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    return app


def _refused(request: Request, error: Exception) -> Response:
    """Tell what went wrong, in words, in the form that was asked for."""
    code, words = 400, str(error)
    if isinstance(error, HTTPException):
        code, words = error.status_code, str(error.detail)
    elif isinstance(error, RequestValidationError):
        code, words = 422, "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
    person = "text/html" in request.headers.get("accept", "")
    if request.url.path.endswith((".json", ".csv")) or not (person or request.method == "GET"):
        return JSONResponse({"detail": words}, status_code=code, headers=getattr(error, "headers", None))
    settings: Settings = request.app.state.settings
    zone = zone_of(settings.zone) or zone_of("UTC")
    assert zone is not None
    view = Problem(code, "In a moment" if code == HTTPStatus.SERVICE_UNAVAILABLE else HTTPStatus(code).phrase, words)
    answer = answered(request, "problem.html", view, zone, section="", csv=False)
    answer.status_code = code
    if code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Refresh"] = str(COME_BACK)
    return answer
