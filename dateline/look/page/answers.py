"""One view, three forms: a page, its ``.json`` twin and, where it is a list, its ``.csv``.

    add_page(router, "/disputes", disputes_view, "disputes.html", section="Disputes", sheet=disputes_sheet)

A view is a function whose parameters FastAPI fills (path, query, ``SightDep``) and whose dataclass is all that
the template and the JSON get. A sheet is one too and returns rows of a table.
"""

# No postponed annotations here: FastAPI reads those of functions made in functions.
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any, get_type_hints

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from dateline.look.exports import csv_cell
from dateline.look.page.asked import ZoneDep
from dateline.look.page.frame import frame_of

__all__ = ["Sheet", "add_page", "answered", "gone", "sent_on"]

_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"description": "A filter that cannot be understood"},
    404: {"description": "Nothing of that name in the ledger"},
}
_FLUSH = 200  # rows of CSV sent at a time


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to take away: columns and rows in their order."""

    columns: Sequence[str]
    rows: Iterable[Iterable[object]]


def gone(what: str) -> HTTPException:
    """Say that there is no such thing, for a view to raise."""
    return HTTPException(404, f"There is no {what} in this ledger. It may have changed when reports were linked anew.")


def answered(request: Request, template: str, view: object, zone: ZoneDep, *, section: str, csv: bool) -> HTMLResponse:
    """The HTML of a view."""
    frame = frame_of(request, section, csv=csv)
    return HTMLResponse(request.app.state.renderer.page(template, view, frame, zone))


def sent_on(to: str, otherwise: str = "/") -> RedirectResponse:
    """Go on to a page of this server, whatever the address says; to ``otherwise`` where it is none."""
    inside = to.startswith("/") and not to.startswith(("//", "/\\"))
    return RedirectResponse(to if inside else otherwise, status_code=303)


def add_page(
    router: APIRouter,
    path: str,
    view: Callable[..., object],
    template: str,
    *,
    section: str,
    sheet: Callable[..., Sheet] | None = None,
    plain: Callable[..., object] | None = None,
) -> None:
    """Give a view its addresses; ``section``: the entry of the navigation it stands under.

    plain: what the JSON is made of, where that is not what the template shows.
    """
    stem = "/overview" if path == "/" else path
    data = plain or view
    model = get_type_hints(data)["return"]
    name = view.__name__

    def page(request: Request, zone: ZoneDep, shown: Annotated[object, Depends(view)]) -> HTMLResponse:
        return answered(request, template, shown, zone, section=section, csv=sheet is not None)

    def twin(shown: Annotated[object, Depends(data)]) -> Response:
        return Response(msgspec.json.encode(shown), media_type="application/json")

    summary = (view.__doc__ or name).split("\n")[0]
    # The forms with an ending come first: an id in a path would swallow the ending otherwise.
    if sheet is not None:

        def table(found: Annotated[Sheet, Depends(sheet)]) -> StreamingResponse:
            lines = _lines(found)
            first = next(lines)  # what is wrong with the question shows now, while it can still be said
            return StreamingResponse(chain([first], lines), media_type="text/csv; charset=utf-8")

        router.add_api_route(
            f"{stem}.csv", table, methods=["GET"], name=f"{name}.csv", summary=f"{summary} (CSV)",
            response_class=StreamingResponse, responses=_REFUSED | {200: {"content": {"text/csv": {}}}},
        )  # fmt: skip
    router.add_api_route(
        f"{stem}.json", twin, methods=["GET"], name=f"{name}.json", summary=summary, response_class=Response,
        responses=_REFUSED | {200: {"model": model}},
    )  # fmt: skip
    for at in {path, stem}:
        router.add_api_route(at, page, methods=["GET"], name=name, response_class=HTMLResponse, include_in_schema=False)


def _lines(sheet: Sheet) -> Iterator[str]:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(sheet.columns)
    for count, row in enumerate(sheet.rows, 1):
        writer.writerow([csv_cell(cell) for cell in row])
        if count % _FLUSH == 0:
            yield file.getvalue()
            file.seek(0)
            file.truncate()
    yield file.getvalue()
