"""What the finder of place names looks at: runs of capitalised words, and their features as hashed numbers.

A run is a stretch of a sentence that may hold names: capitalised words and what joins them ("of", "-", "de").
Features are hashed into ``1 << BITS`` buckets straight from the words' 64-bit ids, whole columns at a time, so
that a model holds no text and a token costs microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dateline.annotate.words import Words
from dateline.codebook.gazetteer import Gazetteer, NameKind, fold
from dateline.codebook.laid import per_codebook, word_lists

__all__ = ["BITS", "Known", "features", "find_runs", "known"]

BITS = 18

_GAP = 4  # joining words in a row: "Port-au-Prince"
_LONGEST = 5  # words of a gazetteer name looked up together
_LOWER, _LEMMA, _TAG, _POS, _DEP, _ENT = 1, 2, 3, 4, 5, 6  # columns of Words.ids
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)

Ids = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer has under a name: class of the likeliest place (0 none), its size, how many there are.

    Classes: 1 country, 2 capital, 3 first-level unit, 4 second-level unit, 5 town, 6 region or water, 7 site.
    size: digits of its population. kind: ``NameKind`` of the name. count: digits of the number of places.
    """

    group: int = 0
    size: int = 0
    kind: int = 0
    count: int = 0


_UNKNOWN = Known()
_GROUPS = {"A.PCLI": 1, "P.PPLC": 2, "A.ADM1": 3, "A.ADM2": 4, "A.ZNE": 6}


@lru_cache(maxsize=1 << 16)
def known(gazetteer: Gazetteer, words: str) -> Known:
    """Look a name up as written."""
    capitals = words.replace(".", "").isupper()
    found = [(n, k) for n, k in gazetteer.numbers(fold(words)) if capitals or k != NameKind.ABBREVIATION]
    if not found:
        return _UNKNOWN
    best, kind = max(found[:12], key=lambda nk: (_weight(gazetteer, nk[0]) / (1 + nk[1]), -nk[0]))
    feature = gazetteer.features[gazetteer.feature[best]]
    group = _GROUPS.get(feature) or {"P": 5, "S": 7}.get(feature[0], 6)
    return Known(group, len(str(int(gazetteer.population[best]))), kind, len(str(len(found))))


def _weight(gazetteer: Gazetteer, number: int) -> float:
    return float(gazetteer.population[number]) + 1e3 * float(gazetteer.radius_km[number])


@per_codebook
def _joins() -> frozenset[str]:
    """Words that stand inside names: "Port-au-Prince", "Isle of Man"."""
    return word_lists("places/joins")[""]


def find_runs(words: Words) -> list[tuple[int, int]]:
    """The token ranges that may hold names, in order; none crosses a sentence's end."""
    runs: list[tuple[int, int]] = []
    form, lower, sentence, joins = words.form, words.lower, words.sentence, _joins()
    i, count = 0, len(words)
    while i < count:
        if not _opens(form[i]):
            i += 1
            continue
        end = last = i + 1
        while end < count and sentence[end] == sentence[i] and end - last < _GAP:
            end += 1
            if _opens(form[end - 1]):
                last = end
            elif lower[end - 1] not in joins:
                break
        runs.append((i, last))
        i = last
    return runs


def _opens(form: str) -> bool:
    return form[0].isupper() or (form[0].isdigit() and not form[-1].isdigit() and form[-1].isalpha())


def features(words: Words, runs: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> npt.NDArray[np.int32]:
    """One row for each token of the runs: the buckets of its features."""
    tokens = np.array([i for first, end in runs for i in range(first, end)], np.int64)
    if not len(tokens):
        return np.zeros((0, 0), np.int32)
    columns: list[Ids] = []
    add = _adder(columns)
    _add_words(words, tokens, add)
    _add_run(words, runs, tokens, add)
    _add_strings(words, tokens, add)
    for column in _gazetteer_columns(words, runs, gazetteer):
        add(column)
    return np.stack(columns, axis=1).astype(np.int32)


def _adder(columns: list[Ids]) -> Callable[..., None]:
    """A function that hashes columns of ids, together, into one more column of buckets."""

    def add(*ids: Ids) -> None:
        mixed = np.full(len(ids[0]), len(columns) + 1, np.uint64)
        for part in ids:
            mixed = (mixed ^ part) * _MIX
            mixed ^= mixed >> np.uint64(29)
        columns.append((mixed * _MIX) >> _SHIFT)

    return add


def _add_words(words: Words, tokens: npt.NDArray[np.int64], add: Callable[..., None]) -> None:
    """Words, tags and syntax of the token, its neighbours within the text, and its head."""
    ids = np.vstack([words.ids, np.zeros((1, words.ids.shape[1]), np.uint64)])
    nowhere = len(ids) - 1
    sentence = np.array([*words.sentence, -1])

    def at(offset: int) -> npt.NDArray[np.int64]:
        there = tokens + offset
        inside = (there >= 0) & (there < nowhere)
        there = np.where(inside, there, nowhere)
        return np.where(sentence[there] == sentence[tokens], there, nowhere)

    here = {offset: at(offset) for offset in range(-3, 4)}
    for offset in range(-3, 4):
        add(ids[here[offset], _LOWER])
    add(ids[here[-1], _LOWER], ids[tokens, _LOWER])
    add(ids[tokens, _LOWER], ids[here[1], _LOWER])
    add(ids[here[-2], _LOWER], ids[here[-1], _LOWER])
    add(ids[here[1], _LOWER], ids[here[2], _LOWER])
    for offset in (-1, 0, 1):
        add(ids[here[offset], _TAG])
        add(ids[here[offset], _ENT])
    add(ids[here[-1], _TAG], ids[tokens, _TAG], ids[here[1], _TAG])
    add(ids[here[-1], _ENT], ids[tokens, _ENT], ids[here[1], _ENT])
    head = np.array(words.head)[tokens]
    add(ids[tokens, _DEP], ids[head, _LEMMA])
    add(ids[tokens, _DEP], ids[head, _POS])
    above = np.array(words.head)[head]
    add(ids[head, _DEP], ids[above, _LEMMA])
    add(ids[head, _LOWER], ids[head, _ENT])


def _add_run(
    words: Words, runs: Sequence[tuple[int, int]], tokens: npt.NDArray[np.int64], add: Callable[..., None]
) -> None:
    """Where in its run a token stands, and what stands before, after and at the ends of the run."""
    ids = np.vstack([words.ids, np.zeros((1, words.ids.shape[1]), np.uint64)])
    nowhere = len(words)
    lengths = [end - first for first, end in runs]
    firsts = np.repeat([first for first, _ in runs], lengths)
    lasts = np.repeat([end - 1 for _, end in runs], lengths)
    after = np.minimum(lasts + 1, nowhere)
    before = np.where(firsts > 0, firsts - 1, nowhere)
    place = (np.minimum(tokens - firsts, 4) * 8 + np.minimum(lasts - tokens, 4)).astype(np.uint64)
    opens = np.array([words.sentences[words.sentence[i]][0] for i in firsts.tolist()])
    is_opening = (opens == tokens).astype(np.uint64)
    add(place)
    add(place, ids[tokens, _ENT])
    add(ids[lasts, _LOWER])
    add(ids[lasts, _LOWER], ids[tokens, _LOWER])
    add(ids[firsts, _LOWER])
    add(ids[before, _LOWER], place)
    add(ids[after, _LOWER], place)
    add(ids[before, _TAG], ids[after, _TAG])
    add(ids[before, _LOWER], ids[after, _LOWER])
    add(is_opening, ids[tokens, _TAG])
    add(ids[lasts, _DEP], ids[np.append(np.array(words.head), nowhere)[lasts], _LEMMA])
    entity = np.zeros(len(words) + 1, np.uint64)
    for first, end, _ in words.ents:
        entity[first:end] = min(end - first, 4)
        entity[first] += 8
        entity[end - 1] += 16
    add(entity[tokens], ids[tokens, _ENT])
    for column in _same_form(words, tokens):
        add(column)


def _same_form(words: Words, tokens: npt.NDArray[np.int64]) -> list[Ids]:
    """How the same word is used in the whole report: entity types given, and whether "in" stands before it."""
    kinds: dict[str, set[str]] = {}
    located: set[str] = set()
    lower, ent, form = words.lower, words.ent, words.form
    for i in tokens.tolist():
        kinds.setdefault(lower[i], set()).add(ent[i] or "O")
        if i and lower[i - 1] in ("in", "near", "at", "outside"):
            located.add(lower[i])
    memo = {w: crc32("|".join(sorted(k)).encode()) for w, k in kinds.items()}
    listed = tokens.tolist()
    return [
        np.array([memo[lower[i]] for i in listed], np.uint64),
        np.array([(lower[i] in located) + 2 * form[i].isupper() for i in listed], np.uint64),
    ]


@lru_cache(maxsize=1 << 16)
def _shape(form: str) -> tuple[int, int, int, int]:
    case = 2 if form.isupper() else 1 if form[:1].isupper() else 0
    low = form.lower()
    return (
        case * 32 + min(len(form), 12) + (16 if "." in form else 0),
        crc32(low[-3:].encode("utf-8", "surrogatepass")),
        crc32(low[-4:].encode("utf-8", "surrogatepass")),
        crc32(low[:3].encode("utf-8", "surrogatepass")),
    )


def _add_strings(words: Words, tokens: npt.NDArray[np.int64], add: Callable[..., None]) -> None:
    shapes = np.array([_shape(words.form[i]) for i in tokens.tolist()], np.uint64)
    for k in range(4):
        add(shapes[:, k])


def _gazetteer_columns(words: Words, runs: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[Ids]:
    """Longest names of the gazetteer within the runs, and each word alone, as codes a token."""
    alone: list[int] = []
    covered: list[int] = []
    sized: list[int] = []
    follows: list[int] = []
    for first, end in runs:
        lookups = [known(gazetteer, words.form[i]) for i in range(first, end)]
        alone += [one.group * 64 + one.size * 4 + min(one.kind, 3) for one in lookups]
        cover, size = _cover(words, first, end, lookups, gazetteer)
        covered += cover
        sized += size
        follows += [_next_group(words, end, gazetteer)] * (end - first)
    columns = [np.array(c, np.uint64) for c in (alone, covered, sized, follows)]
    return [*columns, columns[0] // np.uint64(64), columns[1] * np.uint64(16) + columns[3]]


def _cover(
    words: Words, first: int, end: int, alone: Sequence[Known], gazetteer: Gazetteer
) -> tuple[list[int], list[int]]:
    cover, size = [0] * (end - first), [0] * (end - first)
    i = first
    while i < end:
        for last in range(min(end, i + _LONGEST), i, -1):
            match = alone[i - first] if last == i + 1 else known(gazetteer, words.words(i, last))
            if match.group and words.lower[i] not in _joins():
                for k in range(i, last):
                    side = 1 if k == i else 2
                    cover[k - first] = match.group * 32 + side * 8 + min(last - i, 4)
                    size[k - first] = match.size * 64 + match.kind * 16 + match.count * 4 + side
                i = last - 1
                break
        i += 1
    return cover, size


def _next_group(words: Words, end: int, gazetteer: Gazetteer) -> int:
    """Class of the word after a comma after the run: "Paris, Texas"."""
    if end + 1 < len(words) and words.lower[end] == "," and words.sentence[end + 1] == words.sentence[end - 1]:
        group = known(gazetteer, words.form[end + 1]).group if words.form[end + 1][0].isupper() else 0
        if not group and end + 2 < len(words) and words.form[end + 2][0].isupper():
            group = known(gazetteer, words.words(end + 1, end + 3)).group
        return group + 1
    return 0
