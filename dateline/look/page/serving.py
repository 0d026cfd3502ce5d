"""Running the application: uvicorn on a socket that is bound before anyone is told where it is."""

from __future__ import annotations

import socket
from collections.abc import Callable
from queue import Queue

import uvicorn
from fastapi import FastAPI

__all__ = ["run", "run_until"]


def run(app: FastAPI, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted; ``say``: told the address. Port 0 takes any that is free."""
    with _bound(host, port) as listener:
        say(_address(host, listener))
        _server(app).run(sockets=[listener])


def run_until(app: FastAPI, started: Queue[tuple[str, uvicorn.Server]]) -> None:
    """Serve on a free local port, in a thread: tell the address and the server, whose ``should_exit`` ends it."""
    with _bound("127.0.0.1", 0) as listener:
        server = _server(app)
        started.put((_address("127.0.0.1", listener), server))
        server.run(sockets=[listener])


def _bound(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    return listener


def _address(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"


def _server(app: FastAPI) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
