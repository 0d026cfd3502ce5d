"""Factuality: how certain a text, or the source of a claim within it, makes an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.annotate.certainty import climb, status_of
from dateline.annotate.words import Words

if TYPE_CHECKING:
    from dateline.codebook.plover import EventTables
    from dateline.records.reading import Status

__all__ = ["Judgement", "judge"]

_USUAL: dict[Status, float] = {
    "happened": 3.0, "ongoing": 3.0, "planned": 0.5, "possible": 0.5, "denied": -2.5, "unknown": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """An event's status, and its factuality from -3 (certainly did not happen) to +3 (certainly did)."""

    status: Status
    factuality: float


def judge(
    words: Words,
    event: int,
    tables: EventTables,
    *,
    light: int | None = None,
    stop: int | None = None,
    stance: str | None = None,
) -> Judgement:
    """Judge one event by its token.

    light: the verb that carries a noun's event. stop, stance: the cue's token and the stance of the
    claim it stands in; the judgement is then that of the claim's source.
    """
    status = status_of(climb(words, event, tables, stop, light), stance)
    return Judgement(status, _USUAL[status])
