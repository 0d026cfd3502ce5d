"""Parsed: one paragraph's tokens as spaCy's columns, white space included; the same from either path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["HASHED", "Parsed", "parsed"]

HASHED = ("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")
_NUMBERS = ("ENT_IOB", "SENT_START", "HEAD", "IDX", "LENGTH", "IS_SPACE")


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """Columns of equal length.

    ``ids``: 64-bit string hashes, columns ``HASHED``. ``iob``: 3 begins an entity, 1 goes on, 2 and 0 are
    outside. ``opens``: begins a sentence. ``head``: index of the governing token in the paragraph, a root's its
    own. ``start``, ``length``: in characters of the paragraph. ``space``: is white space.
    """

    ids: npt.NDArray[np.uint64]
    iob: npt.NDArray[np.int64]
    opens: npt.NDArray[np.bool_]
    head: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]
    space: npt.NDArray[np.bool_]


def parsed(doc: Doc) -> Parsed:
    """Return the columns of a document that spaCy parsed."""
    table = np.asarray(doc.to_array([*HASHED, *_NUMBERS]), np.uint64).reshape(len(doc), len(HASHED) + len(_NUMBERS))
    iob, opens, head, start, length, space = table[:, len(HASHED) :].astype(np.int64).T
    return Parsed(table[:, : len(HASHED)], iob, opens == 1, head + np.arange(len(doc)), start, length, space == 1)
