"""Actors: who acts, is acted on or speaks in a report, each with all its mentions."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.casting.bodies import Body, bodies_of
from dateline.annotate.casting.cast import Cast
from dateline.annotate.casting.names import Scene, find_names
from dateline.annotate.casting.pronouns import resolve_pronouns
from dateline.annotate.casting.roles import find_roles
from dateline.annotate.context import Context
from dateline.annotate.words import Words
from dateline.codebook.people import load_people
from dateline.records import Place

__all__ = ["Cast", "find_actors"]


def find_actors(words: Words, context: Context, places: Sequence[Place]) -> Cast:
    """Find the actors of a report; ``places`` tell which names of places stand for governments.

    One actor per person, body and force, with names, titles, metonyms and pronouns as mentions.
    Country and sector are PLOVER's; the name of a country alone has no sector.
    """
    cast = Cast(words)
    if not len(words):
        return cast
    scene = find_names(words, context, load_people(context.codebook.extra), places)
    roles = find_roles(scene)
    scene.role_heads = {role.end - 1: (role.sector, role.country) for role in roles if role.role.kind != "private"}
    bodies = bodies_of(scene, roles)
    resolve_pronouns(scene, bodies)
    for body in bodies:
        _enter(cast, scene, body)
    return cast


def _enter(cast: Cast, scene: Scene, body: Body) -> None:
    words = scene.words
    mentions = []
    for first, end, _, how in body.mentions:
        span = words.span(first, end)
        mentions.append((span.start, span.end, how))
    sector = "ELI" if body.former and body.kind == "person" and body.sector in ("GOV", "LEG") else body.sector
    role = f"former {body.role}" if body.former and body.role and body.kind == "person" else body.role
    # A named person is public by an office, an unnamed group unless it is one of witnesses, residents, victims.
    public = body.office if body.kind == "person" else not body.private
    cast.add(
        body.name,
        body.kind,
        mentions,
        country=body.country or body.guess,
        sector=sector if sector or public else "CVL",
        role=role,
        public=public,
    )
