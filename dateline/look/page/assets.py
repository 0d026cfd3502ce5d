"""Static files under an address that carries their hash, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["STATIC", "Assets"]

STATIC = Path(__file__).parent / "static"


class Assets(StaticFiles):
    """Serves a folder at ``/static/<hash of the whole folder>/…``: one hash, so that modules import each other."""

    def __init__(self, folder: Path = STATIC) -> None:
        super().__init__(directory=folder)
        self._folder = folder
        self.hash = _hash(folder)

    def url(self, name: str) -> str:
        """The address of a file."""
        return f"/static/{self.hash}/{name}"

    def has(self, name: str) -> bool:
        """Whether the file is there: the map's modules are missing where the package was built without npm."""
        return (self._folder / name).is_file()

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, kept by the browser for a year if asked for under the hash of today."""
        given, _, name = path.partition("/")
        answer = await super().get_response(name, scope)
        if given == self.hash and answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def _hash(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
