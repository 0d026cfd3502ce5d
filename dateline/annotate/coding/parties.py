"""Parties: which actors of the cast, or literal place, the noun phrases of an event name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.annotate.coding.frames import verb_frame
from dateline.annotate.context import Found
from dateline.annotate.words import Words
from dateline.records.reading import ActorKind

__all__ = ["Parties"]

_DESCRIBED: tuple[tuple[str, ActorKind], ...] = (
    ("state", "government"), ("official", "unnamed"), ("police", "armed_force"), ("rebel", "armed_force"),
    ("force", "armed_force"), ("peacekeeper", "armed_force"), ("body", "organisation"), ("civilian", "people"),
    ("captive", "people"), ("suspect", "people"), ("media", "organisation"),
)  # fmt: skip
_ENTITIES: dict[str, ActorKind] = {"ORG": "organisation", "PERSON": "person", "NORP": "people"}
_NAMING = ("poss", "compound", "amod", "nmod")
_DESCRIBING = frozenset(["amod", "compound", "nummod"])


@dataclass(frozen=True, slots=True)
class Parties:
    """Looks up who the heads of noun phrases are; enters those into the cast that are only described.

    classes: the classes of meaning of a lemma.
    """

    words: Words
    found: Found
    classes: Mapping[str, tuple[str, ...]]

    def actors(self, heads: Iterable[int], but: Sequence[str] = ()) -> tuple[str, ...]:
        """The actors of noun phrases given by their heads, each once, without those in ``but``."""
        actors: list[str] = []
        for head in heads:
            actor = self._at(head) or self._beside(head) or self._described(head)
            if actor is not None and actor not in actors and actor not in but:
                actors.append(actor)
        return tuple(actors)

    def place_at(self, heads: Iterable[int]) -> int | None:
        """The literal place that is itself what an act is done to: "closed its border with Iraqi Kurdistan"."""
        return next((at for head in heads if (at := self._place_of(head)) is not None), None)

    def _at(self, head: int) -> str | None:
        """Who a noun names itself, else who is named before it or after "of": not "a school in [Mali]"."""
        words, at = self.words, [head]
        for token in at:
            if (actor := self.found.cast.at(words.start[token], words.end[token])) is not None:
                return actor
            at += words.dependents(token, *_NAMING)
            at += (c for of in words.dependents(token, "prep") if words.lower[of] == "of" for c in words.children[of])
        return None

    def makers(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Who made, sent or used the things given by their heads: "[the army] fired rockets, killing five"."""
        words = self.words
        verbs = (words.head[head] for head in heads if words.dep[head] == "dobj")
        subjects = (verb_frame(words, verb).subject for verb in verbs)
        return self.actors(subject for subject in subjects if subject is not None)

    def _beside(self, head: int) -> str | None:
        """Who is named in apposition or stands behind a thing: "missiles fired by [the army]"."""
        words = self.words
        apposed = [] if self._place_of(head) is not None else words.dependents(head, "appos")
        beside = [c for c in apposed if words.pos[c] == "PROPN"]
        for clause in words.dependents(head, "acl"):
            beside += verb_frame(words, clause).agents
        return next((actor for each in beside if (actor := self._at(each)) is not None), None)

    def _place_of(self, token: int) -> int | None:
        """The literal place whose words a token is among."""
        start, places = self.words.start[token], self.found.places
        at = bisect_right(places, start, key=lambda place: place.start) - 1
        inside = at >= 0 and start < places[at].end and places[at].kind == "literal"
        return at if inside else None

    def _described(self, head: int) -> str | None:
        """Enter somebody who is only described ("white farmers") or of no known name into the cast; not things."""
        words = self.words
        kind = self._kind(head)
        if kind is None or self._place_of(head) is not None:
            return None
        first = head
        while first > words.left[head] and words.dep[first - 1] in _DESCRIBING and words.head[first - 1] == head:
            first -= 1
        span, public = words.span(first, head + 1), words.ent[head] != "PERSON"
        return self.found.cast.add(words.words(first, head + 1), kind, [(span.start, span.end, "title")], public=public)

    def _kind(self, head: int) -> ActorKind | None:
        words = self.words
        if words.pos[head] not in ("NOUN", "PROPN"):
            return None
        meanings = self.classes.get(words.lemma[head].lower(), ())
        kind = next((kind for name, kind in _DESCRIBED if name in meanings), None) or _ENTITIES.get(words.ent[head])
        if kind is None and words.dep[head] == "nsubj" and words.pos[head] == "PROPN" and not words.ent[head]:
            return "organisation"  # a name that acts
        return kind
