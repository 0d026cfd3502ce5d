"""Needs: what a line of the grammar asks of the words round its match, by the name given there as ``need=``."""

from __future__ import annotations

from collections.abc import Callable

from dateline.annotate.timex.tenses import Around
from dateline.codebook.times import time_tables

__all__ = ["NEEDS"]


def _listed(name: str, word: str) -> bool:
    return word in time_tables().lists[name]


def _year(around: Around) -> bool:
    """A bare number of four digits is a year after a preposition, or where it counts nothing."""
    if _listed("not-before-year", around.before) or _listed("counted", around.after):
        return False
    return _listed("before-year", around.before) or around.after_tag != "NNS"


def _month(around: Around) -> bool:
    """“March” and "May" are months when tagged as nouns and not part of a name."""
    words, at = around.words, around.first
    if not _listed("name-like-months", words.lower[at]):
        return True
    return words.tag[at].startswith("NN") and words.ent[at] not in ("PERSON", "ORG", "GPE", "FAC")


def _season(around: Around) -> bool:
    """“In spring”, "the summer"; not "a spring", "prices fall", "Summer"."""
    words, at = around.words, around.last - 1
    named = words.form[at][0].isupper() and at != words.sentence_of(at)[0]
    if not words.tag[at].startswith("NN") or named:
        return False
    return at != around.first or _listed("before-season", around.before)


def _half(around: Around) -> bool:
    """“The first half” without a year: not of a match or a sum."""
    return around.after != "of" and around.after_tag[:2] not in ("NN", "JJ", "CD")


def _time_of_day(around: Around) -> bool:
    """“The morning”, "dawn"; not "Golden Dawn" or "the Evening Standard"."""
    words, at = around.words, around.last - 1
    named = words.tag[at] == "NNP" and around.first != words.sentence_of(around.first)[0]
    return words.pos[at] in ("NOUN", "PROPN") and not named and not around.after_tag.startswith("NN")


def _told_part(around: Around) -> bool:
    """“In the morning”; not “the morning they left” nor “the night before the vote”."""
    if around.after in ("before", "after"):
        return False
    if _listed("before-told-day", around.before) or around.before == "into":
        return around.words.pos[around.last - 1] == "NOUN" and around.after_tag not in ("NN", "NNS")
    return _time_of_day(around) and not around.after_tag.startswith(("DT", "PRP"))


def _part_alone(around: Around) -> bool:
    """“By midday”, “until evening”: bare only after such words."""
    return _listed("before-part-alone", around.before) and not around.after_tag.startswith("NN")


def _unit(around: Around) -> bool:
    """“The quarter”, "the week" are those told of; "the day" only in "in the day": "the day he left" is no time."""
    unit = around.words.lower[around.last - 1]
    if around.after == "-":
        return False
    return _listed("before-told-day", around.before) if unit == "day" else unit in ("year", "quarter", "week", "month")


def _length(around: Around) -> bool:
    """A length of time; not an age, half of "a year-earlier", or a rate ("50 miles an hour")."""
    words, last = around.words, around.last
    compared = (
        around.after == "-" and last + 1 < len(words) and words.lower[last + 1] in ("ago", "earlier", "old", "long")
    )
    if compared or around.after in ("old", "of-age"):
        return False
    rate = words.lower[around.first] in ("a", "an") and around.first > 0
    if rate and words.tag[around.first - 1] in ("NNS", "NN", "CD", "$"):
        return words.dep[last - 1] != "npadvmod" or words.pos[words.head[last - 1]] == "VERB"
    return True


def _vague(around: Around) -> bool:
    """A bare plural: "for weeks", "take months"; not "school days"."""
    return _listed("before-length", around.before) or around.words.dep[around.last - 1] in ("npadvmod", "pobj")


def _adjective(around: Around) -> bool:
    return around.words.pos[around.first] == "ADJ" and around.before not in ("more", "most", "as")


def _adverb(around: Around) -> bool:
    """Not the daily, weekly of that name: "the daily Granma"."""
    return not around.after_tag.startswith("NNP")


def _soon(around: Around) -> bool:
    """What is to come soon; not "as soon as" nor what soon became."""
    return (
        around.tense() >= 0
        and around.before not in ("as", "too", "how", "so")
        and around.after not in ("after", "as", "-")
    )


def _over(around: Around) -> bool:
    """“For over a week”: more than one; not "spread over a week"."""
    return around.before in ("for", "just", "after", "lasted", "took", "last", "a")


def _alone(around: Around) -> bool:
    """“Down from nine the year before”; not "the year before the war"."""
    return around.after_tag in (".", ",", ":", "IN", "CC", "VBD", "-RRB-", "''", "")


def _noun(around: Around) -> bool:
    return around.after_tag[:2] not in ("NN", "JJ", "CD")


def _back(around: Around) -> bool:
    """“Past two weeks”, "the last two weeks"; not "may last two weeks"."""
    words = around.words
    verb = any(words.pos[k] == "VERB" for k in range(around.first, min(around.first + 2, around.last)))
    return not verb and around.after not in ("of", "before")


def _between(around: Around) -> bool:
    return around.before == "between"


def _ended(around: Around) -> bool:
    """A year of accounts: "the year ended March 31"."""
    return around.after in ("ended", "ending", "to")


def _decade(around: Around) -> bool:
    """Not an age: "in her 30s"."""
    return around.before not in ("his", "her", "their", "my", "your", "our", "mid", "-")


def _day_of_month(around: Around) -> bool:
    """“On the 24th”; not "the 24th Brigade" nor "the 24th to die"."""
    alone = not around.after_tag.startswith(("NN", "JJ", "TO", "CD", "HYPH"))
    return alone and _listed("before-day-of-month", around.before)


def _clock(around: Around) -> bool:
    """A clock time without a day; bare digits such as 5:30 may be a score or a verse."""
    bare = around.words.lower[around.last - 1][-1:].isdigit()
    return not bare or _listed("before-clock", around.before)


NEEDS: dict[str, Callable[[Around], bool]] = {
    "adjective": _adjective,
    "adverb": _adverb,
    "alone": _alone,
    "back": _back,
    "between": _between,
    "clock": _clock,
    "day-of-month": _day_of_month,
    "decade": _decade,
    "ended": _ended,
    "half": _half,
    "length": _length,
    "month": _month,
    "noun": _noun,
    "over": _over,
    "part-alone": _part_alone,
    "season": _season,
    "soon": _soon,
    "light": _time_of_day,
    "time-of-day": _told_part,
    "unit": _unit,
    "vague": _vague,
    "year": _year,
}
