"""Threads: moves between the same parties on one matter, in the order they were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.link.happenings import Happening
from dateline.link.incidents import link_id
from dateline.records import Thread, ThreadMove

__all__ = ["threads"]

_MOVES = {
    "AGREE": "offered", "CONCEDE": "conceded", "CONSULT": "met", "REJECT": "rejected", "REQUEST": "demanded",
    "THREATEN": "threatened", "RETREAT": "withdrew",
}  # fmt: skip
_SURE = 1.0  # factuality from here on: what is demanded or hoped for is no move yet
_NO_MOVES = {"fight"}  # resisting in arms answers no offer
_STANCES = {"offers": "offered", "promises": "offered", "demands": "demanded", "denies": "denied"}


def threads(found: Sequence[Happening], copies: Mapping[str, str]) -> tuple[Thread, ...]:
    """Group diplomatic moves by the pair of parties; a thread has two moves or more, of both parties."""
    lines: dict[tuple[str, tuple[str, str]], list[Happening]] = defaultdict(list)
    for happening in found:
        done = happening.event.factuality >= _SURE and happening.kin not in _NO_MOVES
        if done and happening.type in _MOVES and copies.get(happening.report, happening.report) == happening.report:
            for pair in _pairs(happening):
                lines[happening.story, pair].append(happening)
    made = (_thread(pair, moves) for (_, pair), moves in sorted(lines.items()))
    return tuple(thread for thread in made if thread is not None)


def _pairs(happening: Happening) -> list[tuple[str, str]]:
    """Who moves towards whom; where nobody is addressed, the state that tells of the move is the other party."""
    others = sorted(happening.recipients)
    if not others and happening.voice is not None and _is_state(happening.voice.side):
        others = [happening.voice.side]
    movers = [side for side in sorted(happening.initiators) if others and (happening.recipients or _is_state(side))]
    return sorted({(min(a, b), max(a, b)) for a in movers for b in others if a != b})


def _is_state(side: str) -> bool:
    return len(side) == 3 and side.isupper()  # ISO 3166-1 alpha-3


def _thread(pair: tuple[str, str], moves: list[Happening]) -> Thread | None:
    if len(moves) < 2 or len({side for move in moves for side in move.initiators & set(pair)}) < 2:
        return None
    moves.sort(key=lambda m: (m.published, m.ref.split(":")[0], m.event.start))
    steps = tuple(
        ThreadMove(record=m.ref, move=_move(m), by=_by(m, pair), published=m.published or None) for m in moves
    )
    return Thread(
        id=link_id("thread", *pair, moves[0].ref),
        matter=moves[0].clause,
        parties=tuple(next((m.names[p] for m in moves if p in m.names), p) for p in pair),
        moves=steps,
        state=steps[-1].move,
    )


def _move(happening: Happening) -> str:
    if happening.voice and happening.voice.stance in _STANCES and happening.type == "AGREE":
        return _STANCES[happening.voice.stance]
    return _MOVES[happening.type]


def _by(happening: Happening, pair: tuple[str, str]) -> str:
    own = sorted(happening.initiators & set(pair))
    return happening.names.get(own[0], own[0]) if own else ""
