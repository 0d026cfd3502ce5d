"""Open questions: what reports say is not known, joined across reports, closed by the first answer."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.codebook.linking import load_markers, marker_pattern
from dateline.link.incidents import link_id
from dateline.link.statements import Statement, kin_words
from dateline.records import OpenQuestion, Reading, Report, ref

__all__ = ["questions"]

_SAME = 0.6  # of the shorter question's weight of words
_ANSWERS = 0.6  # of the question's weight of words
_SHARED = 3  # of its words, unless an answer has them all
_COMMON = 200  # a word in more statements than this proposes no answer
_SPEAKS = ("asserts", "admits", "promises")


class _Asked(NamedTuple):
    """One unknown of a report, to compare."""

    published: str
    ref: str
    words: str
    content: frozenset[str]


def questions(
    reports: Sequence[tuple[Report, Reading]], told: Sequence[tuple[Report, Sequence[Statement]]]
) -> tuple[OpenQuestion, ...]:
    """Group unknowns that ask the same; a later statement that speaks to nearly all of their words settles them."""
    rarity, holders = _index(told, {report.id: reading for report, reading in reports})
    groups: list[list[_Asked]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for entry in sorted(_unknowns(reports)):
        near = sorted({i for word in entry.content for i in by_word[word]})
        home = next((groups[i] for i in near if _alike(groups[i][0].content, entry.content, rarity) >= _SAME), None)
        if home is None:
            for word in entry.content:
                by_word[word].append(len(groups))
            groups.append([entry])
        else:
            home.append(entry)
    return tuple(_question(group, holders, rarity) for group in groups)


def _unknowns(reports: Sequence[tuple[Report, Reading]]) -> Iterator[_Asked]:
    markers = load_markers()
    for report, reading in reports:
        for i, unknown in enumerate(reading.unknowns):
            content = kin_words(unknown.words) - markers["asked"] - markers["plan"]
            plain = {w.lower().strip(",.") for w in unknown.words.split()}
            asks = bool(plain & markers["asked"]) and bool(content)
            if asks or plain & markers["open"] or len(content) >= 2:
                yield _Asked(report.published or "", ref(report.id, "unknowns", i), unknown.words, content)


def _index(
    told: Sequence[tuple[Report, Sequence[Statement]]], readings: Mapping[str, Reading]
) -> tuple[dict[str, float], dict[str, list[tuple[str, Statement]]]]:
    """Rarity of words over the statements, and of each word the statements that have it, with their dates."""
    count: Counter[str] = Counter()
    holders: dict[str, list[tuple[str, Statement]]] = defaultdict(list)
    total = 0
    for report, said in told:
        for statement in said:
            total += 1
            count.update(statement.words)
            if any(u.start < statement.end and statement.start < u.end for u in readings[report.id].unknowns):
                continue
            for word in statement.words:
                holders[word].append((report.published or "", statement))
    return {word: math.log((1 + total) / n) for word, n in count.items()}, holders


def _question(
    group: Sequence[_Asked], holders: Mapping[str, Sequence[tuple[str, Statement]]], rarity: Mapping[str, float]
) -> OpenQuestion:
    first = group[0]
    found = sorted(
        ((when, s.report, s.start, answer) for when, s, answer in _answers(first, holders, rarity)), key=lambda a: a
    )
    answer = found[0] if found else None
    return OpenQuestion(
        id=link_id("question", first.ref),
        words=first.words,
        unknowns=tuple(entry.ref for entry in group),
        asked=first.published or None,
        answer=answer[3] if answer else None,
        answered=answer[0] if answer else None,
    )


def _answers(
    asked: _Asked, holders: Mapping[str, Sequence[tuple[str, Statement]]], rarity: Mapping[str, float]
) -> Iterator[tuple[str, Statement, str]]:
    """Later statements on nearly all the words of a question; a figure where one is asked for."""
    if len(asked.content) < 2:
        return
    figure = bool(marker_pattern("many").search(asked.words.lower()))
    near = {
        (s.report, s.start, s.ref or ""): (when, s)
        for word in sorted(asked.content)
        if len(holders.get(word, ())) <= _COMMON
        for when, s in holders.get(word, ())
        if when > asked.published and s.stance in _SPEAKS
    }
    for _, (when, statement) in sorted(near.items(), key=lambda item: item[0]):
        counted = not figure or any(q.unit != "distance" for _, q, _ in statement.quantities)
        sure = statement.ref or next((e.ref for e in statement.events if e.event.factuality > 0), None)
        shared = asked.content & statement.words
        enough = len(shared) >= _SHARED or shared == asked.content
        if counted and sure and enough and _alike(asked.content, statement.words, rarity, all_of=True) >= _ANSWERS:
            yield when, statement, sure


def _alike(a: frozenset[str], b: frozenset[str], rarity: Mapping[str, float], *, all_of: bool = False) -> float:
    """The weight of the shared words as a part of the lighter set's, or of the first's."""

    def weight(words: frozenset[str]) -> float:
        return math.fsum(rarity.get(w, 5.0) for w in sorted(words))

    whole = weight(a) if all_of else min(weight(a), weight(b))
    return weight(a & b) / whole if whole else 0.0
