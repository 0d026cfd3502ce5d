"""What linking knows of words: triggers that are kin, and the words by which accounts are set against each other."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from pathlib import Path

from dateline.codebook.laid import OFF, own_file, per_codebook, table, word_lists
from dateline.codebook.speech import speech_cues
from dateline.codebook.tables import Row, rows

__all__ = [
    "check_link_tables",
    "kin_of",
    "lemma_of",
    "load_markers",
    "load_weights",
    "marker_pattern",
    "near_fields",
    "nearness",
    "saying",
    "stem",
]

_KEPT = 100_000  # words whose kin is kept in mind
_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "ed", "es", "s", "e")


def stem(word: str) -> str:
    """A word without the endings of plural and tense: enough to see that two forms are of one word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            cut = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            # "hitting", "planned": the doubled letter belongs to the ending.
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut
    return word


def kin_of(trigger: str) -> str:
    """The kind of happening a trigger tells of: a line of ``kin.tsv``, else the stem of its first word.

    trigger: the words as written, lower case; a particle right after the first word counts with it.
    """
    return _kin_of(trigger, own_file())


@lru_cache(maxsize=_KEPT)
def _kin_of(trigger: str, _own: Path | None) -> str:
    words = trigger.split()
    if not words:
        return ""
    kin = _kin()
    lemma = lemma_of(words[0])
    for tried in (" ".join(words[:3]), " ".join(words[:2]), words[0], stem(words[0]), lemma):
        if tried in kin:
            return kin[tried]
    return lemma


def lemma_of(word: str) -> str:
    """The lemma of an irregular form (``forms.tsv``), else the word's stem."""
    return _lemmas().get(word) or stem(word)


@per_codebook
def saying() -> frozenset[str]:
    """The lemmas of words that only report, such as "said" and "told"."""
    cues = speech_cues().items()
    return frozenset(
        lemma_of(word) for (word, _), cue in cues if cue.name in ("say", "tell", "write", "claim", "reply")
    )


def near_fields(trigger: str) -> frozenset[int]:
    """The lines of ``near.tsv``, by number, on which a trigger or its first word stands, in whatever form."""
    words = trigger.split()
    if not words:
        return frozenset()
    fields = _fields()
    lemma = lemma_of(words[0])
    tried = (" ".join(words[:2]), words[0], lemma, stem(lemma))
    return frozenset().union(*(fields[word] for word in tried if word in fields))


def nearness(shared: frozenset[int]) -> float:
    """How much it says that two triggers share these lines: lines of few words say more, up to 1."""
    sizes = _field_sizes()
    return max((2.0 / math.log2(2 + sizes[field]) for field in sorted(shared)), default=0.0)


@cache
def load_weights(name: str) -> dict[str, float]:
    """The weights of ``weights.tsv`` for one sum, by the part they weigh."""
    lines = rows("link/weights.tsv", ("sum", "part", "weight"))
    return {row["part"]: float(row["weight"]) for row in lines if row["sum"] == name}


@per_codebook
def load_markers() -> dict[str, frozenset[str]]:
    """The phrases of ``markers.tsv`` by how they set accounts against each other."""
    return word_lists("link/markers", "how")


@per_codebook
def marker_pattern(how: str) -> re.Pattern[str]:
    """Matches any phrase of one line of ``markers.tsv`` as whole words, in lower-case text."""
    phrases = sorted(load_markers()[how], key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


def check_link_tables() -> None:
    """Read the tables that a user may lay lines over; ``TableError`` names a line that cannot be used."""
    _kin()
    _lemmas()
    _fields()
    load_markers()


@per_codebook
def _kin() -> dict[str, str]:
    lines: dict[str, Row] = {}
    for row in table("link/kin"):
        for word in row.list("words"):
            for form in sorted({word, stem(word)}) if " " not in word else [word]:
                before = lines.get(form, row)
                if before.path == row.path and before["kin"] != row["kin"]:
                    raise row.error(f"{form!r} is kin of {before['kin']} already")
                lines[form] = row
    return {form: row["kin"] for form, row in lines.items() if row["kin"] != OFF}


@per_codebook
def _lemmas() -> dict[str, str]:
    """Irregular forms, and the lemmas' own, by the stem of their lemma: so that all regular forms of it meet them."""
    lemmas: dict[str, str] = {}
    for row in table("link/forms"):
        for form in (row["lemma"], *row.list("forms")):
            lemmas[form] = stem(row["lemma"])
    return lemmas


@per_codebook
def _fields() -> dict[str, frozenset[int]]:
    """The lines of ``near.tsv`` by word and by its stem."""
    fields: dict[str, frozenset[int]] = {}
    for number, row in enumerate(table("link/near")):
        for word in row.list("words"):
            for form in {word, stem(word)} if " " not in word else {word}:
                fields[form] = fields.get(form, frozenset()) | {number}
    return fields


@per_codebook
def _field_sizes() -> tuple[int, ...]:
    return tuple(len(row.list("words")) for row in table("link/near"))
