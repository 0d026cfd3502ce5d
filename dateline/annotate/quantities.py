"""Quantities: how many were killed, wounded, displaced …, how many troops, how much money, how far.

A number keeps the range its words allow and is bound by the parse to what it counts. "A man was
killed" counts one (so does a name), "no casualties" none. Years, ages, clock times, durations and labels count nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.annotate.context import Context
from dateline.annotate.counting.numbers import Number, find_numbers
from dateline.annotate.counting.persons import find_persons
from dateline.annotate.counting.units import counted_noun, unit_of
from dateline.annotate.words import Words
from dateline.codebook.amounts import Amounts, load_amounts
from dateline.codebook.speech import speech_cues
from dateline.records import Quantity

__all__ = ["find_quantities"]

_FEW = 25  # a bare number below it may be an hour or a pronoun
_SOURCES = 4  # fewer than these who say something are a source, not a count
_HARM = frozenset({"killed", "wounded", "casualties", "missing", "displaced", "detained"})


def find_quantities(words: Words, context: Context) -> list[Quantity]:  # noqa: ARG001
    """Find the quantities of a report, ordered by where they stand."""
    amounts = load_amounts()
    found = [q for number in find_numbers(words, amounts) if (q := _quantity(words, amounts, number)) is not None]
    taken = {i for q in found for i in words.tokens(q.start, q.end)}
    found += [q for q in (*find_persons(words, amounts), *_nobody(words, amounts)) if _free(words, q, taken)]
    return sorted(found, key=lambda q: (q.start, q.end))


def _free(words: Words, quantity: Quantity, taken: set[int]) -> bool:
    return not taken.intersection(words.tokens(quantity.start, quantity.end))


def _quantity(words: Words, amounts: Amounts, number: Number) -> Quantity | None:
    noun = counted_noun(words, number)
    span = words.span(number.first, number.end)
    of = ""
    if noun is not None and noun >= number.end:
        first = number.end
        while first < noun and words.lower[first] in ("of", "the", "these", "those", "its", "their"):
            first += 1
        of = words.words(first, noun + 1)
    elif noun is not None:
        of = words.form[noun]
    unit = unit_of(words, amounts, number, noun)
    if unit in _HARM and not float(number.low or number.high or 0).is_integer():
        return None  # an index "lost 3.95"
    if number.doubtful and unit not in _HARM:
        return None
    if unit == "other" and _says_little(words, number, noun):
        return None
    low, high = number.low, number.high
    if unit == "distance" and noun is not None:
        span, of = words.span(number.first, max(noun + 1, number.end)), ""
        low, high = (_in_km(value, amounts.lengths[words.lemma[noun].lower()]) for value in (low, high))
    return Quantity(start=span.start, end=span.end, low=low, high=high, precision=number.precision, unit=unit, of=of)


def _says_little(words: Words, number: Number, noun: int | None) -> bool:
    """Whether a count of nothing in particular is a pronoun or tells no more than an article.

    "One of his demands", "maybe it was four", "several areas", "the two sides", "two officials said".
    """
    few = noun is None and (number.high or number.low or 0) < _FEW
    vague = number.precision == "several" or (words.tag[number.head] != "CD" and (number.high or _FEW) < 4)
    known = number.first > 0 and words.lower[number.first - 1] in ("the", "these", "those")
    small = (number.high or number.low or 0) < _FEW
    source = (number.high or _FEW) < _SOURCES and _speaks(words, noun)
    return few or vague or source or (small and known) or number.low == 1


def _speaks(words: Words, noun: int | None) -> bool:
    """Whether those counted are a claim's source: "two officials said"."""
    if noun is None or words.dep[noun] != "nsubj":
        return False
    return (words.lemma[words.head[noun]], "VERB") in speech_cues()


def _in_km(value: float | None, km: float) -> float | None:
    """A length in kilometres, to three digits where it is told in another unit."""
    return value if value is None or km == 1 else float(f"{value * km:.3g}")


def _nobody(words: Words, amounts: Amounts) -> Iterator[Quantity]:
    """None counted: "no casualties", "nobody was hurt"."""
    for i, low in enumerate(words.lower):
        if low == "no" and i + 1 < len(words):
            noun = i + 1 if words.lower[i + 1] == "one" else words.head[i]
            if not i < noun <= i + 4 or words.lower[i + 1] in amounts.groups["further"]:
                continue
        elif low in amounts.groups["nobody"]:
            noun = i
        else:
            continue
        unit = unit_of(words, amounts, Number(i, i + 1, noun, 0, 0, "exact"), noun)
        if unit in _HARM and unit != "detained":
            span = words.span(i, noun + 1)
            of = words.form[noun] if noun > i else ""
            yield Quantity(start=span.start, end=span.end, low=0, high=0, precision="exact", unit=unit, of=of)
