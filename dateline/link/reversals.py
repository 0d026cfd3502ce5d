"""Reversals: one source against its own earlier claim or act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.link.happenings import Happening
from dateline.link.incidents import FAMILIES, link_id
from dateline.records import Reversal

__all__ = ["reversals"]

_DONE = ("happened", "ongoing")
_SHARED = 2  # content words two statements of one source must share to be on one matter


def reversals(found: Sequence[Happening]) -> tuple[Reversal, ...]:
    """Denials of a plan or act that the same side then carried out, and promises it then broke."""
    done: Mapping[str, list[Happening]] = defaultdict(list)
    for happening in found:
        if happening.event.status in _DONE and happening.event.factuality > 0:
            for side in happening.initiators:
                done[side].append(happening)
    out: dict[str, Reversal] = {}
    for denial in found:
        side = _own_denial(denial)
        acts = [act for act in done.get(side, ()) if side and _carries_out(denial, act)]
        if side and acts:
            first = min(acts, key=lambda act: (act.published, -_closeness(denial, act), act.ref))
            about = denial.names.get(side) or (denial.voice.name if denial.voice else side)
            made = Reversal(
                id=link_id("reversal", denial.ref, first.ref),
                source=about, before=denial.ref, after=first.ref, about=denial.clause,
            )  # fmt: skip
            out[made.id] = made
    return tuple(sorted(out.values(), key=lambda r: r.id))


def _own_denial(happening: Happening) -> str:
    """The side that denies its own plan or act in this event, or ""."""
    if happening.voice is None or happening.voice.side not in happening.initiators:
        return ""
    denied = happening.event.status == "denied" or happening.voice.stance == "denies"
    return happening.voice.side if denied else ""


def _carries_out(denial: Happening, act: Happening) -> bool:
    """The act is of the kind denied, and told no earlier than the denial."""
    same_kind = FAMILIES.get(denial.type, denial.type) == FAMILIES.get(act.type, act.type)
    meets = not denial.recipients or not act.recipients or bool(denial.recipients & act.recipients)
    close = denial.trigger[:5] == act.trigger[:5] or _closeness(denial, act) >= _SHARED
    return same_kind and meets and close and act.ref != denial.ref and act.published >= denial.published


def _closeness(denial: Happening, act: Happening) -> int:
    return len(denial.words & act.words)
