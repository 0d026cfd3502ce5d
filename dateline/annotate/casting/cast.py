"""Cast: the register of one report's actors while it is being read.

Finders add actors and mentions; later finders ask whose words stand at a place
(``Cast.at``). Ids are given once and stay: ``a0``, ``a1``, … in the order of adding.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import TypedDict, Unpack

import msgspec

from dateline.annotate.words import Words
from dateline.records import Actor
from dateline.records.reading import ActorKind, Mention, MentionHow

__all__ = ["ActorFields", "Cast"]


class ActorFields(TypedDict, total=False):
    """What ``Cast.add`` takes besides name, kind and mentions; see ``records.Actor``."""

    country: str | None
    sector: str | None
    role: str | None
    public: bool


class _Spot(msgspec.Struct, frozen=True, order=True):
    """A mention in the index: its span, whose it is, where its head word starts and how deep that lies."""

    start: int
    end: int
    actor: int
    head: int
    depth: int


class Cast:
    """The actors of one report. ``words``: the report's, to know the head of a mention."""

    def __init__(self, words: Words | None = None) -> None:
        self._words = words
        self._actors: list[Actor] = []  # as added
        self._mentions: list[dict[tuple[int, int], MentionHow]] = []  # all of each, the later ones too
        self._spots: list[_Spot] = []
        self._longest = 0

    def __len__(self) -> int:
        return len(self._actors)

    def add(self, name: str, kind: ActorKind, mentions: Iterable[Mention], **fields: Unpack[ActorFields]) -> str:
        """Register an actor with its mentions; return its id."""
        number = len(self._actors)
        actor = Actor(id=f"a{number}", name=name, kind=kind, mentions=tuple(mentions), **fields)
        self._actors.append(actor)
        self._mentions.append({})
        for start, end, how in actor.mentions:
            self.mention(actor.id, start, end, how)
        return actor.id

    def mention(self, actor_id: str, start: int, end: int, how: MentionHow) -> None:
        """Register one more mention ``text[start:end]`` of an actor; a known one stays as it is."""
        number = int(actor_id[1:])
        if (start, end) not in self._mentions[number]:
            self._mentions[number][start, end] = how
            head, depth = self._head(start, end)
            insort(self._spots, _Spot(start, end, number, head, depth))
            self._longest = max(self._longest, end - start)

    def at(self, start: int, end: int) -> str | None:
        """The actor with a mention overlapping the characters ``[start, end)``, None if there is none.

        Of several, the one whose head word lies inside; of those the one highest in the sentence
        ("Putin's spokesman Dmitry Peskov" is Peskov), then the one with the longer overlap.
        """
        best: tuple[tuple[bool, int, int, int], _Spot] | None = None
        for k in range(bisect_left(self._spots, _Spot(start - self._longest, 0, 0, 0, 0)), len(self._spots)):
            spot = self._spots[k]
            if spot.start >= end:
                break
            if spot.end <= start:
                continue
            overlap = min(end, spot.end) - max(start, spot.start)
            key = (start <= spot.head < end, -spot.depth, overlap, -spot.actor)
            if best is None or key > best[0]:
                best = key, spot
        return None if best is None else f"a{best[1].actor}"

    def get(self, actor_id: str) -> Actor:
        """The actor of that id; ``IndexError`` if there is none."""
        number = int(actor_id[1:])
        mentions = tuple(sorted((start, end, how) for (start, end), how in self._mentions[number].items()))
        return msgspec.structs.replace(self._actors[number], mentions=mentions)

    def actors(self) -> list[Actor]:
        """All actors; an actor's place in the list is the number in its id."""
        return [self.get(actor.id) for actor in self._actors]

    def _head(self, start: int, end: int) -> tuple[int, int]:
        """Where the mention's head word starts and how many words stand above it."""
        words = self._words
        tokens = range(0) if words is None else words.tokens(start, end)
        if words is None or not tokens:
            return start, 0
        head = tokens[-1]
        for i in tokens:
            if words.head[i] not in tokens or words.head[i] == i:
                head = i
                break
        return words.start[head], sum(1 for _ in words.ancestors(head))
