"""Events: what happened, or is said to, who did it to whom, where, when and how certain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dateline.annotate.context import Context, Found
from dateline.annotate.event_arguments import Arguments, arguments_of
from dateline.annotate.event_frames import noun_span
from dateline.annotate.event_places import place_of
from dateline.annotate.event_times import time_of
from dateline.annotate.event_triggers import Hit, find_triggers
from dateline.annotate.factuality import judge
from dateline.annotate.words import Words
from dateline.codebook.plover import EventTables
from dateline.records import Claim, Event, Span

__all__ = ["find_events"]

Salience = Literal["main", "subordinate", "background"]
_CHIEF = frozenset(["ROOT", "conj", "ccomp", "parataxis"])
_BACK = frozenset(["relcl", "acl", "poss", "compound", "amod", "nmod", "appos"])
_LONGEST_TRIGGER = 6  # tokens from a verb to the noun that decides, to be shown as one trigger


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What is looked up for every event of a report, made once."""

    words: Words
    context: Context
    found: Found
    claims: Sequence[int]
    cues: Sequence[int | None]
    quantity_starts: Sequence[int]


def find_events(words: Words, context: Context, found: Found) -> list[Event]:
    """Find the events of a report, ordered by ``(start, end)``."""
    if not len(words):
        return []
    around = _Surroundings(
        words=words,
        context=context,
        found=found,
        claims=_claims_at(words, found.claims),
        cues=[_cue_token(words, claim) for claim in found.claims],
        quantity_starts=[quantity.start for quantity in found.quantities],
    )
    events = [_event(around, hit) for hit in find_triggers(words, context.codebook.events)]
    return sorted(events, key=lambda event: (event.start, event.end, event.trigger.start))


def _event(around: _Surroundings, hit: Hit) -> Event:
    words, found = around.words, around.found
    tables = around.context.codebook.events
    arguments = arguments_of(words, hit)
    claim = around.claims[hit.token]
    stance = found.claims[claim].stance if claim >= 0 else None
    light = hit.light[0] if hit.light else None
    stop = around.cues[claim] if claim >= 0 else None
    judgement = judge(words, hit.token, tables, light=light, stop=stop, stance=stance)
    tokens = (*arguments.initiators, *arguments.recipients)
    place, place_basis = place_of(words, hit.token, tokens, found.places)
    when = time_of(words, hit.token, judgement.status, found.times, around.context)
    trigger = _trigger_span(words, hit)
    sentence = words.sentence_of(hit.token)
    start, end = _extent(words, trigger, tokens, place, found, sentence)
    return Event(
        start=start,
        end=end,
        type=hit.entry.type,
        mode=hit.entry.mode,
        contexts=_contexts(words, sentence, tables),
        trigger=trigger,
        sentence=words.span(*sentence),
        status=judgement.status,
        factuality=judgement.factuality,
        initiators=_actors(words, arguments.initiators, found),
        recipients=_actors(words, arguments.recipients, found, but=_actors(words, arguments.initiators, found)),
        place=place,
        place_basis=place_basis,
        time=when.time,
        time_basis=when.basis,
        earliest=when.earliest,
        latest=when.latest,
        quantities=_quantities(around, hit, arguments),
        claim=claim if claim >= 0 else None,
        salience=_salience(words, hit, stop),
    )


def _claims_at(words: Words, claims: Sequence[Claim]) -> list[int]:
    """For each token the innermost claim whose content holds it, -1 for none."""
    inner = np.full(len(words), -1, np.int64)
    sizes = [sum(end - start for start, end in claim.content) for claim in claims]
    for k in sorted(range(len(claims)), key=lambda k: (-sizes[k], k)):
        for start, end in claims[k].content:
            tokens = words.tokens(start, end)
            inner[tokens.start : tokens.stop] = k
    innermost: list[int] = inner.tolist()
    return innermost


def _cue_token(words: Words, claim: Claim) -> int | None:
    if claim.cue_span is None:
        return None
    tokens = words.tokens(claim.cue_span.start, claim.cue_span.end)
    return next((i for i in tokens if words.lemma[i] == claim.cue), tokens[0] if tokens else None)


def _trigger_span(words: Words, hit: Hit) -> Span:
    """The trigger's words, with the noun or particle that decided where they stand close by."""
    first = last = hit.token
    particles = [c for c in words.children[hit.token] if words.dep[c] == "prt" and hit.entry.pos == "verb"]
    for token in (*particles, *(() if hit.noun is None else (hit.noun,))):
        if first <= token <= hit.token + _LONGEST_TRIGGER:
            last = max(last, token)
    return words.span(first, last + 1)


def _actors(words: Words, heads: Iterable[int], found: Found, but: Sequence[str] = ()) -> tuple[str, ...]:
    actors: list[str] = []
    for head in heads:
        first, end = noun_span(words, head)
        actor = found.cast.at(words.start[first], words.end[end - 1])
        if actor is not None and actor not in actors and actor not in but:
            actors.append(actor)
    return tuple(actors)


def _extent(
    words: Words, trigger: Span, tokens: Sequence[int], place: int | None, found: Found, sentence: tuple[int, int]
) -> tuple[int, int]:
    """From the first to the last of trigger, actors and place within the sentence."""
    start, end = trigger.start, trigger.end
    for token in tokens:
        if sentence[0] <= token < sentence[1]:
            first, last = noun_span(words, token)
            start, end = min(start, words.start[first]), max(end, words.end[last - 1])
    if place is not None:
        there = found.places[place]
        if words.start[sentence[0]] <= there.start and there.end <= words.end[sentence[1] - 1]:
            start, end = min(start, there.start), max(end, there.end)
    return start, end


def _contexts(words: Words, sentence: tuple[int, int], tables: EventTables) -> tuple[str, ...]:
    contexts: set[str] = set()
    for i in range(*sentence):
        for phrase, name in tables.contexts.get(words.lemma[i].lower(), ()):
            if len(phrase) == 1 or tuple(words.lower[i : i + len(phrase)]) == phrase:
                contexts.add(name)
    return tuple(sorted(contexts))


def _quantities(around: _Surroundings, hit: Hit, arguments: Arguments) -> tuple[int, ...]:
    """Quantities within the noun phrases of the frame: subject, object and what prepositions govern."""
    words, frame = around.words, hit.frame
    heads = {*arguments.initiators, *arguments.recipients, *(head for _, head in frame.preps)}
    heads.update(head for head in (frame.subject, frame.object) if head is not None)
    if hit.entry.pos == "noun":
        heads.add(hit.token)
    bound: set[int] = set()
    for head in heads:
        first, end = noun_span(words, head)
        low, high = words.start[first], words.end[end - 1]
        at = bisect_left(around.quantity_starts, low)
        while at < len(around.quantity_starts) and around.quantity_starts[at] < high:
            bound.add(at)
            at += 1
    return tuple(sorted(bound))


def _salience(words: Words, hit: Hit, cue: int | None) -> Salience:
    """Main: in the sentence's main clause or what it says; background: in a phrase or clause beside it."""
    i = hit.light[0] if hit.light else hit.token
    if hit.entry.pos == "noun" and hit.light is None:
        at_verb = words.dep[i] in ("nsubj", "nsubjpass", "dobj", "ROOT")
        return "subordinate" if at_verb and words.dep[words.head[i]] == "ROOT" else "background"
    while words.head[i] != i:
        label = words.dep[i]
        if label in _BACK:
            return "background"
        if label not in _CHIEF and not (label in ("xcomp", "pcomp", "prep") and words.head[i] != cue):
            return "subordinate"
        if label == "ccomp" and cue is not None and words.head[i] != cue and words.dep[words.head[i]] != "ROOT":
            return "subordinate"
        i = words.head[i]
    return "main"
