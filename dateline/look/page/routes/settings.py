"""What a reader sets for himself, kept in cookies: the time zone, the moment at which things were known."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import RedirectResponse

from dateline.look.page.answers import sent_on
from dateline.look.page.asked import ZoneDep, moment_of, zone_of

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
    answer = sent_on(back)
    answer.set_cookie("zone", zone, max_age=_YEAR, httponly=True, samesite="strict")
    return answer


@router.get("/known", include_in_schema=False)
def set_moment(
    zone: ZoneDep,
    at: Annotated[str, Query(max_length=40)] = "",
    back: Annotated[str, Query(max_length=2000)] = "/",
) -> RedirectResponse:
    """Show every page as it would have been at a moment, until another is chosen; an empty one is now."""
    answer = sent_on(back)
    moment = moment_of(at, zone, end=True)
    if moment is None:
        answer.delete_cookie("known_at")
    else:
        answer.set_cookie("known_at", moment.isoformat(), httponly=True, samesite="strict")
    return answer
