"""What a reader sets for himself: the time zone, kept in a cookie."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import RedirectResponse

from dateline.look.page.asked import zone_of

__all__ = ["router"]

router = APIRouter()
_YEAR = 365 * 86400


@router.get("/zone", include_in_schema=False)
def set_zone(
    zone: Annotated[str, Query(max_length=60)], back: Annotated[str, Query(max_length=2000)] = "/"
) -> RedirectResponse:
    """Show moments in another zone from now on; ``back``: the page to return to, on this server only."""
    if zone_of(zone) is None:
        raise HTTPException(400, f"“{zone}” is no time zone: write a name such as Europe/Kyiv")
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    answer = RedirectResponse(back if inside else "/", status_code=303)
    answer.set_cookie("zone", zone, max_age=_YEAR, httponly=True, samesite="strict")
    return answer
