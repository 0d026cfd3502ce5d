"""The door: lets in whoever the server knows, and says who they are to everything behind it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dateline.look.page.people import LOCAL, People

__all__ = ["Door"]

_OPEN = ("/signin", "/static/")  # what a stranger needs to sign in


class Door:
    """ASGI middleware: sets ``request.state.person``; sends strangers to the sign-in."""

    def __init__(self, app: ASGIApp, *, people: People) -> None:
        self._app = app
        self._people = people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its person."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        person = self._people.who(request)
        if person is None and not scope["path"].startswith(_OPEN):
            await self._turned_away(request)(scope, receive, send)
            return
        request.state.person = person or LOCAL
        await self._app(scope, receive, send)

    def _turned_away(self, request: Request) -> Response:
        path = request.url.path
        if request.method == "GET" and not path.endswith((".json", ".csv")):
            back = path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/signin?back={quote(back)}", status_code=303)
        return PlainTextResponse("Sign in, or send a token: Authorization: Bearer …\n", status_code=401)
