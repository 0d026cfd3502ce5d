"""Open questions: what reports say is not known, joined across reports, closed by the first answer."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from dateline.codebook.linking import load_markers, marker_pattern
from dateline.link.happenings import side_of
from dateline.link.incidents import link_id
from dateline.link.statements import Statement, kin_words
from dateline.records import OpenQuestion, Reading, Report, Unknown, ref

__all__ = ["questions"]

_SAME = 0.6  # of the shorter question's weight of words
_ANSWERS = 0.6  # of the question's weight of words
_SHARED = 3  # of its words, unless an answer has them all
_RARE_TITLE = 3.0  # rarity of a title's word by which two reports are of one matter
_PRIOR = 24  # titles added to those there are, so that words of a few titles are told rare from common too
_TELLING = 4  # words of a statement that tells of something
_COMMON = 200  # a word in more statements than this proposes no answer
_SPEAKS = ("asserts", "admits", "promises")


class _Asked(NamedTuple):
    """One unknown of a report, to compare; ``topic``: the words of the report's title."""

    published: str
    ref: str
    words: str
    content: frozenset[str]
    topic: frozenset[str]


class _Answer(NamedTuple):
    """A statement that may answer, in the order of time."""

    published: str
    report: str
    start: int
    statement: Statement
    topic: frozenset[str]


_Holders = Mapping[str, Sequence[_Answer]]


def questions(
    reports: Sequence[tuple[Report, Reading]],
    told: Sequence[tuple[Report, Sequence[Statement]]],
    rejected: Collection[str] = frozenset(),
) -> tuple[OpenQuestion, ...]:
    """Group unknowns that ask the same; a later statement that speaks to nearly all of their words settles them.

    rejected: references of unknowns to leave out.
    """
    rarity, holders = _index(told, {report.id: reading for report, reading in reports})
    titles = _titles(report for report, _ in reports)
    groups: list[list[_Asked]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for entry in sorted(asked for asked in _unknowns(reports) if asked.ref not in rejected):
        near = sorted({i for word in entry.content for i in by_word[word]})
        home = next((groups[i] for i in near if _one_question(groups[i][0], entry, rarity)), None)
        if home is None:
            for word in entry.content:
                by_word[word].append(len(groups))
            groups.append([entry])
        else:
            home.append(entry)
    return tuple(_question(group, holders, rarity, titles) for group in groups)


def _titles(reports: Iterable[Report]) -> dict[str, float]:
    """How rare a word is over the titles."""
    words = [kin_words(report.title or "") for report in reports]
    count = Counter(word for title in words for word in title)
    return {word: math.log((len(words) + _PRIOR) / n) for word, n in count.items()}


def _unknowns(reports: Sequence[tuple[Report, Reading]]) -> Iterator[_Asked]:
    markers = load_markers()
    for report, reading in reports:
        dated = [(t.start, t.end) for t in reading.times]
        for i, unknown in enumerate(reading.unknowns):
            inside = [report.text[a:b] for a, b in dated if unknown.start <= a < unknown.end]
            content = kin_words(unknown.words) - kin_words(" ".join(inside)) - _asking()
            content = content or _meant(reading, unknown)
            plain = {w.lower().strip(",.") for w in unknown.words.split()}
            asks = bool(plain & markers["asked"]) and bool(content)
            if asks or plain & markers["open"] or len(content) >= 2:
                key = ref(report.id, "unknowns", i)
                yield _Asked(report.published or "", key, unknown.words, content, kin_words(report.title or ""))


def _meant(reading: Reading, unknown: Unknown) -> frozenset[str]:
    """The sides that pronouns of a question mean ("his whereabouts")."""
    return frozenset(
        side_of(actor)
        for actor in reading.actors
        if any(unknown.start <= start < unknown.end and how == "pronoun" for start, _, how in actor.mentions)
    )


@cache
def _asking() -> frozenset[str]:
    """The words that make a question and say nothing of its matter."""
    markers = load_markers()
    plain = frozenset().union(*(markers[how] for how in ("asked", "plan", "degree", "fate", "nobody_named")))
    return kin_words(" ".join(sorted(plain)))


def _index(
    told: Sequence[tuple[Report, Sequence[Statement]]], readings: Mapping[str, Reading]
) -> tuple[dict[str, float], dict[str, list[_Answer]]]:
    """Rarity of words over the statements, and of each word the statements that have it."""
    count: Counter[str] = Counter()
    holders: dict[str, list[_Answer]] = defaultdict(list)
    total = 0
    for report, said in told:
        topic = kin_words(report.title or "")
        for statement in said:
            total += 1
            count.update(statement.words)
            if any(u.start < statement.end and statement.start < u.end for u in readings[report.id].unknowns):
                continue
            for word in statement.words:
                holders[word].append(_Answer(report.published or "", report.id, statement.start, statement, topic))
    return {word: math.log((1 + total) / n) for word, n in count.items()}, holders


def _question(
    group: Sequence[_Asked], holders: _Holders, rarity: Mapping[str, float], titles: Mapping[str, float]
) -> OpenQuestion:
    first = group[0]
    found = min(_answers(first, holders, rarity, titles), default=None)
    return OpenQuestion(
        id=link_id("question", first.ref),
        words=first.words,
        unknowns=tuple(entry.ref for entry in group),
        asked=first.published or None,
        answer=found[3] if found else None,
        answered=found[0] if found else None,
    )


def _answers(
    asked: _Asked, holders: _Holders, rarity: Mapping[str, float], titles: Mapping[str, float]
) -> Iterator[tuple[str, str, int, str]]:
    """Later statements that settle a question: when, in which report, where in it, and the record that says so."""
    words = asked.words.lower()
    figure, after = bool(marker_pattern("many").search(words)), bool(marker_pattern("fate").search(words))
    if len(asked.content) < 2 and not (after and asked.content):
        return
    common = (holders.get(word, ()) for word in sorted(asked.content))
    near = {(a.report, a.start, a.statement.ref or ""): a for held in common if len(held) <= _COMMON for a in held}
    for _, answer in sorted(near.items(), key=lambda item: item[0]):
        statement = answer.statement
        if answer.published <= asked.published or statement.stance not in _SPEAKS:
            continue
        counted = not figure or any(q.unit != "distance" for _, q, _ in statement.quantities)
        sure = statement.ref or next((e.ref for e in statement.events if e.event.factuality > 0), None)
        settles = _speaks_to(asked, statement, rarity) or (after and _news_of(asked, answer, titles))
        if counted and sure and settles:
            yield answer.published, answer.report, answer.start, sure


def _speaks_to(asked: _Asked, statement: Statement, rarity: Mapping[str, float]) -> bool:
    """It has nearly all the words of the question."""
    shared = asked.content & statement.words
    whole = shared == asked.content
    if marker_pattern("many").search(asked.words.lower()) and not whole:
        return False  # a figure, but of something else
    if marker_pattern("doer").search(asked.words.lower()) and not _names_doer(statement, shared):
        return False
    enough = len(shared) >= _SHARED or whole
    return enough and _alike(asked.content, statement.words, rarity, all_of=True) >= _ANSWERS


def _names_doer(statement: Statement, asked: frozenset[str]) -> bool:
    """An event in it has a doer, or a name stands before the first word asked about."""
    if any(event.initiators for event in statement.events):
        return True
    before = list(takewhile(lambda word: not kin_words(word) & asked, statement.text.split()))
    return any(word[:1].isupper() for word in before[1:])  # the first word has its capital from the sentence


def _news_of(asked: _Asked, answer: _Answer, titles: Mapping[str, float]) -> bool:
    """It speaks of the one asked after, in a report on the same matter, and tells of something."""
    named = asked.content & answer.statement.words
    told = bool(answer.statement.events) or len(answer.statement.words) >= _TELLING
    return bool(named) and told and bool(answer.statement.sourced) and _of_one_matter(asked, answer, titles)


def _of_one_matter(asked: _Asked, answer: _Answer, titles: Mapping[str, float]) -> bool:
    """Their reports' titles share a word that few titles have."""
    return any(titles.get(word, 0.0) >= _RARE_TITLE for word in asked.topic & answer.topic)


def _one_question(one: _Asked, other: _Asked, rarity: Mapping[str, float]) -> bool:
    """They ask the same; a single word in common ("killed") is too little, unless it is all of both and asked alike."""
    if len(one.content & other.content) > 1:
        return _alike(one.content, other.content, rarity) >= _SAME
    return one.content == other.content and _how(one) == _how(other)


def _how(asked: _Asked) -> frozenset[str]:
    """The words it is asked with ("whether", "how")."""
    return frozenset(asked.words.lower().replace(",", " ").split()) & load_markers()["asked"]


def _alike(a: frozenset[str], b: frozenset[str], rarity: Mapping[str, float], *, all_of: bool = False) -> float:
    """The weight of the shared words as a part of the lighter set's, or of the first's."""

    def weight(words: frozenset[str]) -> float:
        return math.fsum(rarity.get(w, 5.0) for w in sorted(words))

    whole = weight(a) if all_of else min(weight(a), weight(b))
    return weight(a & b) / whole if whole else 0.0
