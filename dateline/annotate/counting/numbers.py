"""Numbers in words and digits: where they stand, what range they allow, and which count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.annotate.words import Words
from dateline.codebook.amounts import Amounts, Precision

__all__ = ["Number", "find_numbers"]

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LARGE = 1e15  # no count of people or things is larger
_DATED = frozenset({"DATE", "TIME", "ORDINAL", "PERCENT"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the tokens ``[first, end)``, bounds included; ``head``: its last own token.

    low, high: inclusive, None where open. sign: a currency sign stands before it.
    """

    first: int
    end: int
    head: int
    low: float | None
    high: float | None
    precision: Precision
    sign: bool = False
    doubtful: bool = False


def find_numbers(words: Words, amounts: Amounts) -> Iterator[Number]:
    """Find numbers that may count something: no dates, clock times, ages, addresses, labels."""
    starts = _starters(amounts)
    low = words.lower
    taken = 0
    for i in [i for i, tag in enumerate(words.tag) if tag == "CD" or low[i] in starts]:
        if i < taken:
            continue
        number = _vague(words, amounts, i) or _exact(words, amounts, i)
        if number is None:
            continue
        number = _ranged(words, amounts, number)
        taken = number.end
        if not _counts_nothing(words, amounts, number):
            yield _bounded(words, amounts, replace(number, doubtful=_in_name(words, amounts, number)))


def _starters(amounts: Amounts) -> frozenset[str]:
    content = {words[0] if words[0] != "a" else words[1] for words in amounts.vague}
    return frozenset(content | set(amounts.units) | {"dozen", "hundred", "thousand", "million", "billion"})


def _vague(words: Words, amounts: Amounts, i: int) -> Number | None:
    """A vague expression at ``i``, the longest that fits; "a" before it belongs to it."""
    first = i - 1 if i > 0 and words.lower[i - 1] == "a" else i
    for length in (5, 4, 3, 2, 1):
        for start in dict.fromkeys((first, i)):
            found = amounts.vague.get(tuple(words.lower[start : start + length]))
            if found is not None and i < start + length <= len(words):
                end = start + length
                return Number(start, end, end - 1, found.low, found.high, found.precision)
    return None


def _exact(words: Words, amounts: Amounts, i: int) -> Number | None:
    """A numeral or number words at ``i``: "1.7 million", "twenty-five", "a hundred", "two dozen"."""
    low = words.lower
    total, group, k, seen = 0.0, 0.0, i, False
    first = i
    if low[i] in amounts.scales and i > 0 and low[i - 1] in ("a", "an"):
        first, group, seen = i - 1, 1.0, True
    while k < len(words) and words.sentence[k] == words.sentence[i]:
        word = low[k]
        if _DIGITS.fullmatch(word):
            if seen:
                break
            group, seen = float(word.replace(",", "")), True
        elif word in amounts.units and (
            not seen or words.form[k - 1] in ("-", "and") or group >= 20 or (total and not group)
        ):
            group, seen = group + amounts.units[word], True
        elif word in amounts.scales and seen and _is_scale(words, k):
            group, scale = max(group, 1.0) * amounts.scales[word], amounts.scales[word]
            if scale >= 1000:
                total, group = total + group, 0.0
        elif not (
            seen and word in ("-", "and") and k + 1 < len(words) and low[k + 1] in amounts.units and _joins(words, k)
        ):
            break
        k += 1
    value = float(f"{total + group:.15g}")  # 132.8 × 1,000,000 is no 132,800,000.00000001
    if not seen or value > _LARGE:
        return None
    return Number(first, k, k - 1, value, value, "about" if low[k - 1] == "dozen" else "exact")


def _is_scale(words: Words, k: int) -> bool:
    """Whether "m" or "k" multiplies (after a currency) or is a unit."""
    return len(words.lower[k]) > 2 or any(words.form[j] in "$€£¥₹" for j in range(max(0, k - 2), k))


def _joins(words: Words, k: int) -> bool:
    """Whether "-" or "and" at ``k`` stands inside one number: "twenty-five", "a hundred and fifty"."""
    before = words.lower[k - 1]
    return before.endswith("ty") if words.form[k] == "-" else before in ("hundred", "thousand")


def _ranged(words: Words, amounts: Amounts, number: Number) -> Number:
    """Take in the other end of "10 to 15", "between 10 and 20"."""
    k = number.end
    if k + 1 >= len(words) or number.low is None:
        return number
    signed = number.first > 0 and words.tag[number.first - 1] == "$"
    between = number.first > signed and words.lower[number.first - 1 - signed] == "between"
    if not (words.lower[k] in amounts.between or (between and words.lower[k] == "and")):
        return number
    second = k + 1 + (words.tag[k + 1] == "$")
    other = _exact(words, amounts, second) if words.tag[min(second, len(words) - 1)] == "CD" else None
    if other is None or other.high is None or other.high <= number.low:
        return number
    scale = amounts.scales.get(words.lower[other.head], 1)  # "two to three hundred": it counts for both
    low = number.low * scale if number.low * scale < other.high else number.low
    first = number.first - 1 - signed if between else number.first
    return Number(first, other.end, other.head, low, other.high, "range", sign=signed)


def _bounded(words: Words, amounts: Amounts, number: Number) -> Number:
    """Take in "at least", "up to", "about" before, "or more", "or so" after."""
    first, end, low = number.first, number.end, words.lower
    sign = number.sign or (first > 0 and words.tag[first - 1] == "$")
    if sign and words.tag[first - 1] == "$":
        first -= 1
    precision: Precision | None = None
    for _ in range(2):  # "at least some 20"
        for bound in amounts.before.get(low[first - 1], ()) if first > 0 else ():
            start = first - len(bound.words)
            if start >= 0 and tuple(low[start:first]) == bound.words and not _elsewhere(words, start, number):
                first, precision = start, bound.precision if precision != "at_least" else precision
                break
    for bound in amounts.after.get(low[end], ()) if end < len(words) else ():
        if tuple(low[end : end + len(bound.words)]) == bound.words:
            end, precision = end + len(bound.words), bound.precision
            break
    if number.precision not in ("exact", "about", "range") and precision != "up_to":
        precision = None if precision != "at_least" else precision
    number = replace(number, first=first, end=end, sign=sign)
    if precision == "at_least":
        return replace(number, high=None, precision=precision)
    if precision == "up_to":
        return replace(number, low=None, precision=precision)
    return number if precision is None or number.precision == "range" else replace(number, precision=precision)


def _elsewhere(words: Words, start: int, number: Number) -> bool:
    """Whether "about", "over", "under", "near" governs more than the number: "talks about two issues"."""
    if words.tag[start] != "IN" or start + 1 != number.first:
        return False
    return words.dep[start] == "prep" and words.lower[start] in (
        "about",
        "over",
        "under",
        "around",
        "near",
        "below",
        "beyond",
        "above",
    )


def _counts_nothing(words: Words, amounts: Amounts, number: Number) -> bool:
    """Whether the number dates, labels or measures time, or is part of a name."""
    first, end, low, groups = number.first, number.end, words.lower, amounts.groups
    before = low[first - 1] if first > 0 else ""
    after = low[end] if end < len(words) else ""
    beyond = low[end + 1] if end + 1 < len(words) else ""
    if after in groups["time"] or _stem(after) in groups["time"] or (after == "-" and _stem(beyond) in groups["time"]):
        return True
    if before == "." and low[first - 2 : first - 1] == ["no"] and words.sentence[first - 2] == words.sentence[first]:
        return True
    named = first > 0 and words.dep[number.head] == "nummod" and words.head[number.head] == first - 1  # "Feb 26"
    dated = words.ent[first] == "DATE" and words.ent[first - 1 : first] == ["DATE"]  # "the Oct. 23 killing"
    if (named or dated) and words.tag[first - 1] == "NNP":
        return True
    if before in groups["label"] or after in ("block", "-") or before in ("aged", "age", "&") or after in ("/", ":"):
        return True
    glued = words.start[first] > 0 and words.text[words.start[first] - 1] in "-/:’'"
    if glued and before in ("-", "/", ":", "’", "'") and words.tag[first - 2] in ("NNP", "NN", "CD"):
        return True  # F-16, Covid-19, a score, a clock time
    coordinate = "." in words.form[number.head] and after.rstrip(".") in groups["quarter"]  # "50.59 N"
    return coordinate or _is_year(words, amounts, number) or _is_age(words, amounts, number) or _no_count(words, number)


def _in_name(words: Words, amounts: Amounts, number: Number) -> bool:
    """Whether the number may be part of a date or a name ("Flight 93", "1200 Main Street")."""
    first, end, above = number.first, number.end, words.head[number.head]
    if words.ent[number.head] in _DATED and ("noun", _lemma_after(words, end)) not in amounts.counted:
        return words.ent[number.head] != "ORDINAL" or words.tag[number.head] != "CD"
    if words.dep[number.head] in ("nummod", "appos", "npadvmod") and words.tag[above] == "NNP":
        return above < first or above == end
    if first > 0 and words.tag[first - 1] == "NNP" and words.dep[first - 1] in ("compound", "nmod"):
        return words.head[first - 1] == above  # "Channel 13 reporters"
    return False


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _lemma_after(words: Words, end: int) -> str:
    return words.lemma[end].lower() if end < len(words) else ""


def _is_year(words: Words, amounts: Amounts, number: Number) -> bool:
    if number.low is None or not 1500 <= number.low <= 2100 or not words.form[number.head].isdigit():
        return False
    before = words.lower[number.first - 1] if number.first > 0 else ""
    dated = (
        before in amounts.groups["year_after"]
        or words.ent[number.head] == "DATE"
        or words.tag[number.first - 1] in ("NNP", ",")
    )
    return dated or words.dep[number.head] != "nummod"


def _is_age(words: Words, amounts: Amounts, number: Number) -> bool:
    """Whether the number is an age, as in "Lucy Vashaka, 20,"."""
    first, end = number.first, number.end
    if first > 1 and words.lower[first - 1] == "of" and words.tag[first - 2] == "NN" and (number.low or 0) < 120:
        company = words.lemma[first - 2].lower() in amounts.groups["company"]
        return words.dep[number.head] == "pobj" and not company  # "a girl of seven", not "a family of seven"
    if first < 2 or words.form[first - 1] not in (",", "(") or not words.form[number.head].isdigit():
        return False
    closed = (
        end >= len(words) or words.form[end] in (",", ".", ")", ";", "—") or words.lower[end] in ("and", "of", "was")
    )
    return closed and words.tag[first - 2] in ("NNP", "NNPS", "NN") and (number.low or 0) < 120


def _no_count(words: Words, number: Number) -> bool:
    """Whether "one" is a pronoun: "one of Putin's demands", "no one", "this one"."""
    if words.lower[number.head] not in ("one", "zero"):
        return False
    before = words.lower[number.first - 1] if number.first > 0 else ""
    if before in ("no", "any", "some", "every", "this", "that", "each", "which", "another", "day", "the"):
        return True
    return words.dep[number.head] not in ("nummod", "dobj", "nsubjpass", "nsubj", "conj", "pobj")
