"""Is a text English? A cheap test by the share of function words, since only English is read."""

from __future__ import annotations

import re
import unicodedata

from dateline.intake.lists import words

__all__ = ["is_english", "language_code"]

_SAMPLE = 320  # characters looked at first; a whole text only where these are not plainly English
_SHARE = 0.12  # of words that are English only; news has about 0.3 of them, other languages in Latin script under 0.06
_WHOLE = 40_000  # characters looked at then
_LONG = 25  # words; so many without function words are no English, whatever else they are
_LEAST = 0.08
_FEW = 8  # words; less is a headline and taken as English
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Tell whether ``text`` is English; in doubt (too few words, no letters) it is.

    Follows the oldest method of language identification, counting the commonest short words
    (Ingle 1976; Grefenstette 1995), which suffices to tell one language from all others.
    """
    first = text[:_SAMPLE].lower().split()
    if first and _count(first, "function_words.txt") >= _SHARE * len(first):
        return True
    return _latin(text[:_WHOLE]) and not _foreign(_WORD.findall(text[:_WHOLE]))


def language_code(name: str) -> str:
    """Return the ISO 639-1 code of a language tag or name: "en" for "eng", "en-GB" and "English"."""
    code = re.split(r"[-_]", name.strip().lower())[0]
    return "en" if code in ("eng", "english") else code


def _foreign(found: list[str]) -> bool:
    """Whether these words are rather those of other languages, or written with their letters, than English."""
    if len(found) < _FEW:
        return False
    accented = sum(word.islower() and not word.isascii() for word in found)  # those in capitals may be names
    found = [word.lower() for word in found]
    english = _count(found, "function_words.txt") + _count(found, "shared_words.txt")
    other = _count(found, "foreign_words.txt") + accented
    if len(found) >= _LONG and english < _LEAST * len(found):
        return True
    return other > 1 and other >= english  # a single one may be part of a name, as in "Charles de Gaulle"


def _count(found: list[str], file: str) -> int:
    return sum(map(words(file).__contains__, found))


def _latin(text: str) -> bool:
    """Whether at least half of the letters are Latin ones; True where there are no letters."""
    letters = [char for char in text if char.isalpha()]
    foreign = sum(not char.isascii() and not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return 2 * foreign <= len(letters)
