"""What stands before every page: the name it is asked by, and the headers that keep a browser strict."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard", "policy"]


def policy(tiles: str | None) -> str:
    """The Content-Security-Policy: everything from here, no inline script or style, nothing framed.

    MapLibre runs its worker from a blob and draws into blobs; a user's tile server is let in by name.
    """
    at = "" if tiles is None else " " + _origin(tiles)
    return "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self'", f"img-src 'self' data: blob:{at}",
        f"connect-src 'self'{at}", "font-src 'self'", "worker-src 'self' blob:", "manifest-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ))  # fmt: skip


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class Guard:
    """ASGI middleware: refuses unknown hosts, adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], tiles: str | None = None) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._headers = {
            "Content-Security-Policy": policy(tiles),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if it asks for a name we go by."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if _host(asked) not in self._hosts:
            words = f"This page does not go by the name {asked!r}: start it with --host or --allow-host.\n"
            await PlainTextResponse(words, status_code=421)(scope, receive, answer)
            return
        await self._app(scope, receive, answer)


def _host(header: str) -> str:
    """The host of a Host header without its port; IPv6 keeps its brackets."""
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdigit() else header).lower()
