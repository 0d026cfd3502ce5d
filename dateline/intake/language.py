"""Is a text English? A cheap test by the share of function words, since only English is read."""

from __future__ import annotations

import re
import unicodedata

from dateline.intake.lists import words

__all__ = ["is_english", "language_code"]

_SAMPLE = 320  # characters looked at first; a whole text only where these are not plainly English
_WHOLE = 40_000
_SHARE = 0.12  # English news has about 0.35 of these words, other languages in Latin script under 0.06
_FEW = 8  # below so many words (a headline) their share says nothing
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Tell whether ``text`` is English; in doubt (too few words, no letters) it is.

    Follows the oldest method of language identification, counting the commonest short words
    (Ingle 1976; Grefenstette 1995), which suffices to tell one language from all others.
    """
    if _share(text[:_SAMPLE]) >= _SHARE:
        return True
    found = _WORD.findall(text[:_WHOLE])
    if not _latin(text[:_WHOLE]):
        return False
    return len(found) < _FEW or _share(" ".join(found)) >= _SHARE


def language_code(name: str) -> str:
    """Return the ISO 639-1 code of a language tag or name: "en" for "eng", "en-GB" and "English"."""
    code = re.split(r"[-_]", name.strip().lower())[0]
    return "en" if code in ("eng", "english") else code


def _share(text: str) -> float:
    found = text.lower().split()
    return sum(map(words("function_words.txt").__contains__, found)) / len(found) if found else 0.0


def _latin(text: str) -> bool:
    """Whether at least half of the letters are Latin ones; True where there are no letters."""
    letters = [char for char in text if char.isalpha()]
    foreign = sum(not char.isascii() and not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return 2 * foreign <= len(letters)
