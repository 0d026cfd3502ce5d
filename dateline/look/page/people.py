"""Who is at the page: people with roles and tokens, sessions, and the sign that a form came from this page.

Bound to this machine, there is one person, who may do everything and says their own name. Bound elsewhere there must be
a token or a list of people, and every request but the sign-in carries a session or an ``Authorization: Bearer`` token.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request

__all__ = ["LOCAL", "AdminDep", "People", "Person", "PersonDep", "ReviewerDep", "Role", "UsersError", "read_users"]

Role = Literal["reader", "reviewer", "admin"]
_RANK: dict[str, int] = {"reader": 0, "reviewer": 1, "admin": 2}
_COOKIE = "session"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at the page. ``name`` is None for whoever sits at this machine and has not said it yet."""

    name: str | None
    role: Role

    def may(self, role: Role) -> bool:
        """Whether their role is at least this one."""
        return _RANK[self.role] >= _RANK[role]


LOCAL = Person(None, "admin")


class UsersError(ValueError):
    """A file of users that cannot be read; the words name file and line."""


class People:
    """The people of a server, by the SHA-256 of their tokens, and their sessions; nobody: only this machine's user."""

    def __init__(self, tokens: Iterable[tuple[str, Person]] = ()) -> None:
        self._people = {_digest(token): person for token, person in tokens}
        self._sessions: dict[str, Person] = {}
        self._secret = secrets.token_bytes(32)

    @property
    def open(self) -> bool:
        """Whether nobody is asked who they are."""
        return not self._people

    def sign_in(self, token: str) -> str | None:
        """A session for a token; None where nobody has it."""
        person = self._by_token(token)
        if person is None:
            return None
        session = secrets.token_urlsafe(24)
        self._sessions[session] = person
        return session

    def sign_out(self, session: str | None) -> None:
        """End a session."""
        self._sessions.pop(session or "", None)

    def who(self, request: Request) -> Person | None:
        """Who asks; None for a stranger."""
        if self.open:
            return LOCAL
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._by_token(token.strip())
        return self._sessions.get(request.cookies.get(_COOKIE, ""))

    def sign(self, request: Request) -> str:
        """What a form of this page carries, so that another site's form is told from ours."""
        whose = request.cookies.get(_COOKIE, "")
        return hmac.new(self._secret, whose.encode(), hashlib.sha256).hexdigest()

    def check(self, request: Request, given: str | None) -> None:
        """Refuse (403) a form that is not from this page; a bearer token is its own proof."""
        if request.headers.get("authorization", "").lower().startswith("bearer ") and not self.open:
            return
        origin = request.headers.get("origin")
        strange = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
        if strange or not hmac.compare_digest(given or "", self.sign(request)):
            raise HTTPException(403, "This form is not from this page, or the server was started anew: reload the page")

    def _by_token(self, token: str) -> Person | None:
        given = _digest(token)
        found = None
        for kept, person in self._people.items():  # all of them, so that time tells nothing
            if hmac.compare_digest(kept, given):
                found = person
        return found


def read_users(path: Path) -> list[tuple[str, Person]]:
    """Tokens and people of a file: a header ``name<TAB>role<TAB>token``, then a line each. Raises ``UsersError``."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if missing := {"name", "role", "token"} - set(rows.fieldnames or ()):
            raise UsersError(
                f"{path}: the first line must name the columns name, role and token; {min(missing)} is not there"
            )
        found = []
        for row in rows:
            name, role, token = (str(row[column] or "").strip() for column in ("name", "role", "token"))
            where = f"{path}, line {rows.line_num}"
            if role not in _RANK:
                raise UsersError(f"{where}: the role is {role!r}; choose from {', '.join(_RANK)}")
            if not name or len(token) < 12:
                raise UsersError(f"{where}: a name and a token of at least 12 characters are needed")
            found.append((token, Person(name, role)))  # type: ignore[arg-type]
    if not found:
        raise UsersError(f"{path} names nobody")
    return found


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _person(request: Request) -> Person:
    person: Person = request.state.person
    return person


def _reviewer(request: Request) -> Person:
    person = _person(request)
    if not person.may("reviewer"):
        raise HTTPException(403, "You may read here; to correct records, ask for the role of a reviewer")
    return person


def _admin(request: Request) -> Person:
    person = _person(request)
    if not person.may("admin"):
        raise HTTPException(403, "You may read here; to add reports, ask for the role of an admin")
    return person


AdminDep = Annotated[Person, Depends(_admin)]
PersonDep = Annotated[Person, Depends(_person)]
ReviewerDep = Annotated[Person, Depends(_reviewer)]
