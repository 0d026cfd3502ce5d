"""Opening: the words an agency puts before a report's first sentence, "KYIV, Feb 25 (Reuters) -"."""

from __future__ import annotations

import re

from dateline.annotate.words import Words

__all__ = ["after_opening"]

_HEAD = 600  # characters of a report within which an opening stands
_LONGEST = 120  # characters of one
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
_AGENCY = r"\([^\W\d_a-z][\w .&'’/-]{1,39}\)"
_CAPITALS = r"[^\W\d_a-z][^\Wa-z\d_]{3,}(?:[ .'’-]+[^\Wa-z\d_]+)*\.?(?:, [^\W\d_a-z][\w.]+(?: [^\W\d_a-z][\w.]+)?){0,2}"
_OPENING = re.compile(
    rf"(?:[^\W\d_a-z][\w.'’/-]*(?:,? [\w.'’/-]+){{0,8}}?,?\s*(?:{_DAY}\s*{_AGENCY}|{_DAY}|{_AGENCY})|{_CAPITALS})"
    r"\s*(?:--?|[–—])\s+(?=[\"'“‘(]?[^\W_a-z])"
)


def after_opening(words: Words, first: int) -> int:
    """The token behind the opening that begins with token ``first``; ``first`` itself where none does."""
    start = words.start[first]
    if start > _HEAD or first != words.paragraphs[words.paragraph[first]][0]:
        return first
    found = _OPENING.match(words.text, start, start + _LONGEST)
    return words.tokens(found.end(), found.end() + 1)[0] if found else first
