"""Pairs: which events are compared at all, so that the work grows with the events, not with their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from dateline.codebook.rarity import load_rarity
from dateline.link.happenings import Happening
from dateline.link.sets import Ints

__all__ = ["candidates"]

_RAREST = 6  # words of an event that propose pairs
_NONE: Ints = np.array([], np.int64)
_NEXT = 40  # in a block, each event is compared with this many that follow it in time


def candidates(found: Sequence[Happening]) -> tuple[Ints, Ints]:
    """Pairs that share a rare word, a place on a day, or a paragraph, by number; each once, the smaller number first.

    A block is walked in order of time (sorted neighbourhood, Hernández and Stolfo 1995), so that a word of
    ten thousand events costs no more for each of them than one of fifty.
    """
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in sorted(range(len(found)), key=lambda n: (found[n].published, found[n].ref)):
        for key in _keys(found[number]):
            blocks[key].append(number)
    every = max(1, len(found))
    codes = [_codes(np.array(block, np.int64), every) for block in blocks.values() if len(block) > 1]
    once = np.unique(np.concatenate([_NONE, *codes]))
    return once // every, once % every


def _codes(block: Ints, every: int) -> Ints:
    """Each pair of a block that is looked at, as one number."""
    pairs = [(block[:-step], block[step:]) for step in range(1, min(_NEXT + 1, len(block)))]
    return np.concatenate([np.minimum(a, b) * every + np.maximum(a, b) for a, b in pairs])


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
