"""Actors: who acts, is acted on or speaks in a report, each with all its mentions."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.cast import Cast
from dateline.annotate.context import Context
from dateline.annotate.words import Words
from dateline.records import Place

__all__ = ["Cast", "find_actors"]


def find_actors(words: Words, context: Context, places: Sequence[Place]) -> Cast:  # noqa: ARG001
    """Find the actors of a report; ``places`` tell which names of places stand for governments.

    First version: one actor per named person or organisation, by full name or surname.
    """
    cast = Cast(words)
    known: dict[str, str] = {}
    for first, end, label in words.ents:
        if label not in ("PERSON", "ORG", "GPE"):
            continue
        name, surname = words.words(first, end), words.form[end - 1]
        span = words.span(first, end)
        actor_id = known.get(name) or known.get(surname)
        if actor_id is None:
            kind = "person" if label == "PERSON" else "organisation" if label == "ORG" else "government"
            actor_id = cast.add(name, kind, [(span.start, span.end, "name")])  # type: ignore[arg-type]
            known[surname] = known[name] = actor_id
        else:
            cast.mention(actor_id, span.start, span.end, "name")
    return cast
