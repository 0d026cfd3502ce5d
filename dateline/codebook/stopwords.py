"""Words that tell no matter from another."""

from __future__ import annotations

from functools import cache

from dateline.codebook.tables import rows

__all__ = ["load_stopwords"]


@cache
def load_stopwords() -> frozenset[str]:
    """The lower-case words of ``stopwords.tsv``."""
    return frozenset(row["word"] for row in rows("stopwords.tsv", ["word"]))
