"""How place names are compared: folding case, accents, punctuation and a few spelling habits away."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from hashlib import blake2b

from dateline.codebook.tables import rows

__all__ = ["NameKind", "fold", "is_abbreviation", "key", "short_form", "unit_ends"]

_MARKS = str.maketrans({
    **dict.fromkeys("'’‘ʼ`´ʹ″\".()", None),
    **dict.fromkeys("-–—‐‑_/,", " "),
    "&": " and ", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
})  # fmt: skip
_HABITS = {"saint": "st", "sainte": "st", "ste": "st", "mount": "mt", "fort": "ft", "junction": "jct"}
_HABIT_PARTS = ("saint", "ste", "mount", "fort", "junction")


class NameKind(IntEnum):
    """How a name belongs to its place; a lower one is the better claim."""

    MAIN = 0
    ALIAS = 1  # another name people use, given by hand or by ISO
    SHORT = 2  # the name without its unit: "Kharkiv" for Kharkiv Oblast
    ALTERNATE = 3  # one of GeoNames' many spellings
    ABBREVIATION = 4  # good only as written, in capitals: "US", "NWT"


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Fold a name to the form it is looked up by: "Saint-Étienne" and "St. Etienne" agree."""
    low = name.lower()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    words = low.translate(_MARKS).split()
    if words and words[0] == "the" and len(words) > 1:
        del words[0]
    if any(part in low for part in _HABIT_PARTS):
        words = [_HABITS.get(word, word) for word in words]
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def key(folded: str) -> int:
    """The 64 bits a folded name is filed under (BLAKE2b; two of a million names collide once in 10^7 builds)."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@cache
def _unit_words(where: str) -> tuple[str, ...]:
    return tuple(
        word
        for row in rows("gazetteer/units.tsv", ("where", "words"))
        if row["where"] == where
        for word in row.list("words")
    )


@cache
def unit_ends() -> frozenset[str]:
    """Words for administrative units that follow a name, in lower case: "region", "county"."""
    return frozenset(_unit_words("end"))


def is_abbreviation(name: str) -> bool:
    """Whether a name is good only in capitals: "US", "N.S.W.", not "Calif."."""
    bare = name.replace(".", "").replace(" ", "")
    return bare.isupper() and len(bare) <= 5 and (len(bare) < 5 or "." not in name)


def short_form(name: str) -> str | None:
    """The name of an administrative unit without its kind: "Warren" of "Warren County", else None."""
    words = name.split()
    if len(words) > 1 and words[-1].lower() in _unit_words("end"):
        return " ".join(words[:-1])
    low = name.lower()
    for opening in _unit_words("before"):
        if low.startswith(opening + " "):
            return name[len(opening) + 1 :]
    return None
