"""The country of those of whom the report tells none: what stands nearest, or where the story is."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.annotate.casting.names import Scene
from dateline.annotate.casting.roles import RoleMention

__all__ = ["Surroundings"]

_OF_A_COUNTRY = frozenset({
    "GOV", "LEG", "JUD", "MIL", "COP", "SPY", "OPP", "PTY", "REB", "PRM", "CRM", "REL", "LAB", "MED", "EDU", "SOC",
})  # fmt: skip
_NO_COUNTRY = frozenset({"IGO", "UNO", "EUR", "NGO", "MNC", "IMG"})
_AROUND = 60  # tokens looked at to each side
_NEARER = 8  # tokens that a place is taken to stand nearer


class Surroundings:
    """Countries named in a report, read from its start to its end. ``last``: of the last actor with one."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._places = sorted(_literal_places(scene))
        self._next = 0
        self._place: str | None = None
        self.last: str | None = None

    def around(self, hit: RoleMention) -> str | None:
        """The country a force, body or person without one belongs to: the one named nearest.

        Police, residents, offices belong rather to where they are; armed forces to who is named.
        """
        scene, words = self._scene, self._scene.words
        if hit.role.kind not in ("private", "people", "armed_force", "government") and hit.sector not in _OF_A_COUNTRY:
            return None
        if hit.phrase in scene.people.groups["only_plural"]:
            return None
        first, end = words.sentence_of(hit.first)
        near = list(self._near(hit.first, max(first, hit.first - _AROUND), min(end, hit.first + _AROUND)))
        local = hit.role.kind != "armed_force" or hit.sector == "COP"
        if local and not any(where for where, _, _ in near) and (here := self.here(hit.first)):
            return here
        if near:
            return min(near, key=lambda n: (n[1] - _NEARER * (local and n[0]), n[2]))[2]
        return self.last or scene.home

    def beside(self, token: int) -> str | None:
        """The country named nearest in the sentence: whom "Delhi police" arrest is taken to live there."""
        near = self._near(token, *self._scene.words.sentence_of(token))
        return min(((off, country) for _, off, country in near), default=(0, None))[1]

    def here(self, before: int) -> str | None:
        """The country of the last place the report was at; to be asked in the order of the text."""
        while self._next < len(self._places) and self._places[self._next][0] < before:
            self._place = self._places[self._next][1]
            self._next += 1
        return self._place or self._scene.home

    def _near(self, token: int, first: int, end: int) -> Iterator[tuple[bool, int, str]]:
        """Countries in the range: whether it is a place there, how far off, which."""
        for i in range(first, end):
            name, place = self._scene.names.at.get(i), self._scene.located.get(i)
            country = name.country if name is not None else place.country if place is not None else None
            if country is not None and country not in _NO_COUNTRY:
                where = (place is not None and place.kind == "literal") or (name is not None and name.kind is None)
                yield where, abs(i - token), country


def _literal_places(scene: Scene) -> Iterator[tuple[int, str]]:
    for i, place in scene.located.items():
        if place.kind == "literal" and place.country is not None:
            yield i, place.country
    for name in scene.names.all:
        if name.kind is None and name.country is not None:
            yield name.first, name.country
