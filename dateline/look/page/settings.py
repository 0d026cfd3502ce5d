"""How a page is served: under which names, in whose time, with whose names."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.look.page.people import Person

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``dateline serve`` is told.

    hosts: names the page answers to (the Host header, without its port); others are refused, so that a
        stranger's site cannot reach the ledger by having its own name point here (DNS rebinding).
    zone: IANA time zone moments are shown in until a reader chooses another.
    names: show private persons by name; otherwise by their pseudonym, wherever a name or words appear.
    tokens: tokens and the people they belong to; none, and whoever sits at this machine may do everything.
    tiles: address of a user's own map tiles ("https://tiles.example/{z}/{x}/{y}.png"); none by default, so
        that no request leaves the machine.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    zone: str = "UTC"
    names: bool = True
    tokens: tuple[tuple[str, Person], ...] = ()
    tiles: str | None = None
