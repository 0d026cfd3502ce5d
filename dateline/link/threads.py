"""Threads: moves between the same parties on one matter, in the order they were told, and where they stand.

A move is an event or a claim that ``moves.tsv`` knows. Each is tied to the earlier one it goes on from: a move of the
other party that faces it, or a later one on the same matter, told by the rare words both have. Chains of such ties
with two parties, or with a turn by one, are threads. What a move asked for and its addressee then did, or refused to
do, is a move too.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.codebook.countries import load_countries
from dateline.codebook.linking import kin_of, marker_pattern
from dateline.codebook.moves import load_moves, move_kin
from dateline.link.happenings import Happening, content_words
from dateline.link.incidents import link_id
from dateline.link.statements import Statement
from dateline.records import Reading, Report, Thread, ThreadMove

__all__ = ["threads"]

_SURE = 1.0  # factuality from here on: what is hoped for is no move yet
_NEAR = 4  # lines of a report, empty ones counted, within which an answer needs no words of the matter
_PRIOR = 24  # reports added to those there are, so that words of a small set are told rare from common too
_FACING = 2.0  # weight of shared words by which moves of parties that face each other are of one matter
_FAR = 3.9  # the same where the moves stand far apart
_MATTER = 5.5  # weight by which any two moves are
_TURNED = 2.0  # by which a refusal is taken back towards the same party
_BEFORE = 20  # characters before a trigger in which it is said that the move was not made
_OBJECT = 35  # characters after a trigger in which its object stands
_COMMON = 60  # a word of more moves than this ties none
_NO, _YES = ("refused", "rejected"), ("offered", "accepted")
_DEEDS = ("happened", "ongoing", "planned")
_WORDS_ONLY = {"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"}
_GIVING = ("AID", "CONCEDE", "COOPERATE")
_ASKS = ("demanded", "offered", "threatened", "conditioned")

Told = Sequence[tuple[Report, Sequence[Statement]]]


class _Move(NamedTuple):
    """One move, sorted by when it was told; ``to``: whom it faces or names, ``faced``: faces."""

    published: str
    report: str
    at: int
    record: str
    kind: str
    by: str
    name: str
    to: frozenset[str]
    faced: frozenset[str]
    words: frozenset[str]
    line: int
    clause: str
    kin: str
    type: str = ""
    planned: bool = False


def threads(
    found: Sequence[Happening], told: Told, readings: Mapping[str, tuple[Report, Reading]], copies: Mapping[str, str]
) -> tuple[Thread, ...]:
    """All threads; of copies only the original's moves count."""
    here: dict[str, list[Happening]] = defaultdict(list)
    for happening in found:
        here[happening.report].append(happening)
    moves: list[_Move] = []
    deeds: list[_Move] = []
    for report, said in told:
        if copies.get(report.id, report.id) == report.id:
            made = _Page(*readings[report.id]).moves(here[report.id], said)
            moves += [move for move in made if move.kind]
            deeds += [move for move in made if not move.kind]
    return tuple(sorted(filter(None, map(_thread, _chains(moves, deeds))), key=lambda t: t.id))


class _Page:
    """One report: its sentences' states, and its moves."""

    def __init__(self, report: Report, reading: Reading) -> None:
        self._report = report
        self._towns = {p.name.lower() for p in reading.places if (p.feature or "").startswith("P.")}
        self._states = [(p.start, p.country) for p in reading.places if p.country and _is_state(p.kind, p.feature)]
        spans = [(t.start, t.end) for t in reading.times]
        spans += [(p.start, p.end) for p in reading.places if _is_state(p.kind, p.feature)]
        self._besides = frozenset(w for a, b in spans for w in content_words(report.text[a:b]))
        self._conditional = {f"{report.id}:c{i}" for i, claim in enumerate(reading.claims) if claim.condition}

    def moves(self, here: Sequence[Happening], said: Sequence[Statement]) -> list[_Move]:
        """Moves by events, then those only a claim makes; deeds that may answer a move have no kind yet."""
        made = [move for happening in here if (move := self._of_event(happening))]
        at = {move.at for move in made if move.kind}
        for statement in said:
            kind = self._kind_of(statement)
            if kind and not any(statement.start <= start < statement.end for start in at if kind != "conditioned"):
                made.append(self._of_claim(statement, kind))
        made = [move for move in made if move.by not in self._towns]  # a town acts as its state, or not at all
        return [_before_its_answer(move, made) for move in made]

    def _kind_of(self, statement: Statement) -> str:
        if statement.ref in self._conditional and statement.sourced:
            return "conditioned"
        stance = statement.stance if statement.sourced else ""
        return next((rule.move for rule in load_moves() if stance in rule.stances), "")

    def _of_event(self, h: Happening) -> _Move | None:
        e = h.event
        sentence = self._named(e.sentence.start, e.sentence.end)
        by = min(h.initiators, default="") or self._doer(e.sentence.start, e.trigger.start)
        sure = e.factuality >= _SURE and e.status not in ("possible", "unknown")
        kind = _kind(h) if sure and not self._unreal(e.trigger.start) else ""
        if not by or (not kind and (h.type in _WORDS_ONLY or e.status not in (*_DEEDS, "denied"))):
            return None
        to = (h.recipients | sentence if kind else h.recipients) - {by}
        matter = _matter(h.words - self._besides, h.names.values())
        return _Move(
            h.published, h.report, e.trigger.start, h.ref, kind or "", by, h.names.get(by, _state_name(by)),
            to, h.recipients, matter, h.paragraph, h.clause, h.kin if e.factuality > 0 else f"not {h.kin}", h.type,
            e.status == "planned",
        )  # fmt: skip

    def _of_claim(self, s: Statement, kind: str) -> _Move:
        named = self._named(s.start, s.end)
        return _Move(
            self._report.published or "", s.report, s.start, s.ref or "", kind, s.side, s.name, named - {s.side},
            frozenset(), _matter(content_words(s.text) - self._besides, (s.name,)), s.paragraph, s.text, "",
        )  # fmt: skip

    def _unreal(self, trigger: int) -> bool:
        before = self._report.text[max(0, trigger - _BEFORE) : trigger].lower().rstrip()
        return any(m.end() == len(before) for m in marker_pattern("unreal").finditer(before))

    def _named(self, start: int, end: int) -> frozenset[str]:
        return frozenset(country for at, country in self._states if start <= at < end)

    def _doer(self, start: int, trigger: int) -> str:
        """Where nobody is said to act, the state named last before the trigger."""
        before = [country for at, country in self._states if start <= at < trigger]
        return before[-1] if before else ""


def _kind(happening: Happening) -> str | None:
    return next((r.move for r in load_moves() if r.told_by(happening.type, happening.kin, happening.trigger)), None)


def _before_its_answer(move: _Move, every: Sequence[_Move]) -> _Move:
    """A move that another names as what it answers ("turned down the plea"), put right before that one."""
    answers = [o.at for o in every if move.kind in _ASKS and o.kind in (*_NO, "accepted") and _right_after(move, o)]
    return move._replace(at=max(answers) - 1) if answers else move


def _right_after(move: _Move, other: _Move) -> bool:
    return move.line == other.line and 0 < move.at - other.at < _OBJECT and move.by != other.by


def _matter(words: frozenset[str], names: Iterable[str]) -> frozenset[str]:
    """What a move is about: its words without the parties' names and the words that only say which move it is."""
    parties = frozenset(word for name in names for word in content_words(name))
    matter = frozenset(kin_of(word) for word in words - parties) - move_kin()
    return matter - {"arms", "down"} if "surrender" in matter else matter  # who lays down arms speaks of no arms


def _chains(moves: Sequence[_Move], deeds: Sequence[_Move]) -> Iterator[list[_Move]]:
    """Moves tied to the one they go on from, and deeds that answer a move, as groups."""
    ordered = sorted({move.record: move for move in (*moves, *deeds)}.values())
    rarity = _rarity(ordered)
    group: dict[str, list[_Move]] = {}
    holders: dict[str, list[_Move]] = defaultdict(list)
    answered: set[tuple[str, str]] = set()
    for move in ordered:
        near = {
            o.record: o for key in _keys(move) for o in holders[key][-_COMMON:]
            if (o.record, move.by) not in answered or o.words & move.words  # its next answer is to something else
        }  # fmt: skip
        best = max((tie for o in near.values() if (tie := (_tie(o, move, rarity), o))[0] > 0), default=None)
        if best is None and not move.kind:
            continue
        chain = group[best[1].record] if best else []
        chain.append(move if move.kind else move._replace(kind=_answer(move, best[1] if best else move)))
        group[move.record] = chain
        answered |= {(best[1].record, move.by)} if best else set()
        for key in _keys(move):
            holders[key].append(move)
    yield from {id(chain): chain for chain in group.values()}.values()


def _keys(move: _Move) -> list[str]:
    return [*sorted(move.words), f"\0{move.report}"]


def _answer(deed: _Move, to: _Move) -> str:
    if deed.kin.startswith("not "):
        return "refused"
    return "accepted" if to.kind in _NO else "carried out"


def _tie(one: _Move, later: _Move, rarity: Mapping[str, float]) -> float:
    """How surely a move goes on from an earlier one; 0 where it does not."""
    words = one.words & later.words
    shared = math.fsum(rarity[word] for word in sorted(words))
    near = one.report == later.report and abs(one.line - later.line) <= _NEAR
    if not later.kind:
        granted = _granted(one, later) and shared >= _TURNED
        return shared + 1 if granted or (_done(one, later) and (near or len(words) > 1)) else 0.0
    matter = shared >= _MATTER and len(words) > 1
    if one.by == later.by:
        turned = one.kind in _NO and later.kind in _YES and shared >= _TURNED
        return shared if (matter or turned) and one.kind != later.kind and one.to & later.to else 0.0
    facing = (later.by in one.to) + (one.by in later.to)
    bare = facing == 2 and (bool(words) or not (later.kind in _ASKS and later.words))  # an answer may name no matter
    if near and (bare or (facing and shared >= _FACING)):
        return shared + facing + 1
    return shared + facing if matter or (facing and shared >= _FAR) else 0.0


def _done(asked: _Move, deed: _Move) -> bool:
    """A deed of the kind asked for, by the one asked; or by the one who threatened it."""
    kin = deed.kin.removeprefix("not ")
    another = (deed.report, deed.at) != (asked.report, asked.at)
    meant = asked.kind in _ASKS and kin in asked.words and another and not deed.planned
    return meant and (deed.by in asked.faced or (deed.by == asked.by and asked.kind == "threatened"))


def _granted(refused: _Move, deed: _Move) -> bool:
    """Who refused something gives it after all, and to the same party."""
    turned = refused.kind in _NO and deed.type in _GIVING and not deed.kin.startswith("not ")
    return turned and refused.by == deed.by and bool(refused.to & deed.to)


def _rarity(moves: Sequence[_Move]) -> dict[str, float]:
    """How rare a word is over the reports with moves."""
    count = Counter(word for _, word in {(move.report, word) for move in moves for word in move.words})
    total = len({move.report for move in moves}) + _PRIOR
    return {word: math.log(total / number) for word, number in count.items()}


def _thread(chain: Sequence[_Move]) -> Thread | None:
    chain = _told_once(chain)
    sides = Counter(move.by for move in chain)
    if len(chain) < 2 or not _goes_on(chain):
        return None
    named = sides + Counter(side for move in chain for side in move.to)
    parties = sorted(sides, key=lambda side: (-sides[side], side))[:2]
    if len(parties) == 1:
        parties += [side for side in sorted(named, key=lambda s: (-named[s], s)) if side not in parties][:1]
    if len(parties) == 1:
        return None
    names = {move.by: move.name for move in reversed(chain)}
    return Thread(
        id=link_id("thread", chain[0].record),
        matter=chain[0].clause,
        parties=tuple(names.get(side, _state_name(side)) for side in parties),
        moves=tuple(ThreadMove(record=m.record, move=m.kind, by=m.name, published=m.published or None) for m in chain),
        state=chain[-1].kind,
    )


def _goes_on(chain: Sequence[_Move]) -> bool:
    """Whether something moves: a party turns, on another line; or two act, and not both alike unless face to face."""
    turned = len({move.kind for move in chain}) > 1
    if len({move.by for move in chain}) == 1:
        return turned and len({(move.report, move.line) for move in chain}) > 1
    return turned or any(a.by in b.to and b.by in a.to for a in chain for b in chain)


def _told_once(chain: Sequence[_Move]) -> list[_Move]:
    """Of one party's moves of one kind in one line of a report, the first."""
    seen: set[tuple[str, int, str, str]] = set()
    kept = []
    for move in chain:
        key = (move.report, move.line, move.by, move.kind)
        if key not in seen:
            kept.append(move)
        seen.add(key)
    return kept


def _state_name(side: str) -> str:
    known = load_countries().by_iso3.get(side)
    return known.name if known else side


def _is_state(kind: str, feature: str | None) -> bool:
    return kind != "literal" or (feature or "").startswith("A.PCL")
