"""Signing in and out, where a server knows its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Cookie, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from dateline.look.page.answers import answered, sent_on
from dateline.look.page.asked import ZoneDep
from dateline.look.page.people import People

__all__ = ["router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class SignIn:
    """The form of the token; ``wrong``: the one given is nobody's."""

    back: str
    wrong: bool = False


@router.get("/signin", include_in_schema=False)
def form(request: Request, zone: ZoneDep, back: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """Ask for a token."""
    return answered(request, "signin.html", SignIn(back), zone, section="", csv=False)


@router.post("/signin", include_in_schema=False)
def sign_in(
    request: Request, zone: ZoneDep, token: Annotated[str, Form(max_length=200)],
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:  # fmt: skip
    """Begin a session."""
    people: People = request.app.state.people
    session = people.sign_in(token)
    if session is None:
        answer: Response = answered(request, "signin.html", SignIn(back, wrong=True), zone, section="", csv=False)
        answer.status_code = 401
        return answer
    answer = sent_on(back)
    secure = request.url.scheme == "https"
    answer.set_cookie("session", session, httponly=True, samesite="strict", secure=secure)
    return answer


@router.get("/signout", include_in_schema=False)
def sign_out(request: Request, session: Annotated[str | None, Cookie(max_length=100)] = None) -> Response:
    """End a session."""
    people: People = request.app.state.people
    people.sign_out(session)
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie("session")
    return answer
