"""Pairs: which events are compared at all, so that the work grows with the events, not with their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dateline.codebook.rarity import load_rarity
from dateline.link.happenings import Happening

__all__ = ["candidates"]

_RAREST = 6  # words of an event that propose pairs
_NEXT = 40  # in a block, each event is compared with this many that follow it in time


def candidates(found: Sequence[Happening]) -> Iterator[tuple[Happening, Happening]]:
    """Pairs that share a rare word, or a place on a day, or a paragraph; each once, the smaller reference first.

    A block is walked in order of time (sorted neighbourhood, Hernández and Stolfo 1995), so that a word of
    ten thousand events costs no more for each of them than one of fifty.
    """
    blocks: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    for happening in found:
        for key in _keys(happening):
            blocks[key].append(happening)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        members = sorted(blocks[key], key=lambda h: (h.published, h.ref))
        for i, one in enumerate(members):
            for other in members[i + 1 : i + 1 + _NEXT]:
                a, b = (one, other) if one.ref < other.ref else (other, one)
                if (a.ref, b.ref) not in seen:
                    seen.add((a.ref, b.ref))
                    yield a, b


def _keys(happening: Happening) -> Iterator[tuple[str, str]]:
    rarity = load_rarity()
    for word in sorted(happening.words, key=lambda w: (-rarity[w], w))[:_RAREST]:
        yield "word", f"{happening.story} {word}"
        yield "kin", f"{happening.kin} {word}"
    yield "paragraph", f"{happening.report} {happening.paragraph}"
    yield "story", happening.story
    yield "story", f"{happening.story} {happening.kin}"
    if happening.place is not None and happening.place.geonames_id is not None:
        yield "place", f"{happening.place.geonames_id} {happening.published[:10]}"
