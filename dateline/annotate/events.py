"""Events: what happened, or is said to, who did it to whom, where, when and how certain."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import msgspec
import numpy as np

from dateline.annotate.coding.arguments import Arguments, arguments_of
from dateline.annotate.coding.certainty import climb, status_of
from dateline.annotate.coding.frames import conjuncts, noun_span, verb_frame
from dateline.annotate.coding.parties import Parties
from dateline.annotate.coding.triggers import Hit, find_triggers
from dateline.annotate.coding.types import Relation, chief_relation, shipped_models
from dateline.annotate.context import Context, Found
from dateline.annotate.event_places import is_said, place_of
from dateline.annotate.event_times import time_of
from dateline.annotate.factuality import Standing, factualities, standing
from dateline.annotate.words import Words
from dateline.codebook.plover import EventTables, Trigger
from dateline.records import Claim, Event, Place, Span

__all__ = ["find_events"]

Salience = Literal["main", "subordinate", "background"]
_CHIEF = frozenset(["ROOT", "conj", "ccomp", "parataxis"])
_BACK = frozenset(["relcl", "acl", "poss", "compound", "amod", "nmod", "appos"])
_BLAMING = "11"  # by an adjective ("is responsible") it is whoever says so
_EMPTY = frozenset(["claim", "fact", "possible", "aspect"])  # effects of verbs that name no act of their own
_COUNTING = frozenset(["of", "among", "including"])  # prepositions before those an event counts
_NAMES = frozenset(["GPE", "ORG", "NORP", "PERSON"])
_MUTUAL = frozenset(["03", "04", "05", "06"])  # CAMEO roots of what two sides do together
_SPOKEN = frozenset(["03", "05", "10", "11", "12", "13"])  # and of what is said
_ACTING = frozenset(["government", "armed_force", "organisation", "person", "unnamed"])  # whose acts need no trigger
_CONTENT = frozenset(["03", "05", "12", "13"])  # of what is promised, denied, threatened: its subject is no recipient
_LOCATING = frozenset(["in", "near", "after", "before", "during", "across", "outside", "off", "along", "around"])
_LONGEST_TRIGGER = 6  # tokens from a verb to the noun that decides, to be shown as one trigger


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What is looked up for every event of a report, made once."""

    words: Words
    context: Context
    found: Found
    parties: Parties
    claims: Sequence[int]
    cues: Sequence[int | None]
    quantity_starts: Sequence[int]

    def cue_of(self, hit: Hit) -> int | None:
        """The token of the cue of the innermost claim round a trigger."""
        claim = self.claims[hit.token]
        return self.cues[claim] if claim >= 0 else None

    def same(self, one: int, other: int) -> bool:
        """Whether two words are those of one actor ("Obama … he"); an open pronoun is whoever says its clause."""
        at, words = self.found.cast.at, self.words
        actor = at(words.start[one], words.end[one])
        if actor is None and words.pos[one] == "PRON":
            clause = words.head[one]
            return words.dep[clause] == "ccomp" and other in words.dependents(words.head[clause], "nsubj")
        return actor is not None and actor == at(words.start[other], words.end[other])


def find_events(words: Words, context: Context, found: Found) -> list[Event]:
    """Find the events of a report, ordered by ``(start, end)``."""
    if not len(words):
        return []
    around = _Surroundings(
        words=words,
        context=context,
        found=found,
        parties=Parties(words, found, context.codebook.events.classes),
        claims=_claims_at(words, found.claims),
        cues=[_cue_token(words, claim) for claim in found.claims],
        quantity_starts=[quantity.start for quantity in found.quantities],
    )
    tables = context.codebook.events
    hits = [(hit, arguments_of(words, hit)) for hit in find_triggers(words, tables)]
    found_here: list[tuple[Event, Standing]] = []
    for bounds, here in _by_sentence(words, hits):
        chief = chief_relation(words, bounds, here, tables, shipped_models(), same=around.same)
        found_here.extend(_sentence_events(around, here, chief))
    ratings = factualities([stands for _, stands in found_here])
    events = (msgspec.structs.replace(event, factuality=f) for (event, _), f in zip(found_here, ratings, strict=True))
    return sorted(events, key=lambda event: (event.start, event.end, event.trigger.start))


def _by_sentence(
    words: Words, hits: Sequence[tuple[Hit, Arguments]]
) -> Iterator[tuple[tuple[int, int], list[tuple[Hit, Arguments]]]]:
    """The triggers of each sentence that has any, or that names two who could be actors."""
    here: dict[int, list[tuple[Hit, Arguments]]] = {}
    for hit, arguments in hits:
        here.setdefault(words.sentence[hit.token], []).append((hit, arguments))
    names = Counter(words.sentence[first] for first, _, label in words.ents if label in _NAMES)
    for number in sorted({*here, *(n for n, count in names.items() if count > 1)}):
        yield words.sentences[number], here.get(number, [])


def _sentence_events(
    around: _Surroundings, hits: Sequence[tuple[Hit, Arguments]], chief: Relation | None
) -> Iterator[tuple[Event, Standing]]:
    """The events of one sentence, not yet rated; its chief relation decides type and actors of what names it."""
    tables = around.context.codebook.events
    if chief is not None and chief.hit is None and (unnamed := _unnamed(around.words, chief, tables)) is not None:
        sides = _arguments(around, chief, Arguments((), ()))
        givers = [around.found.cast.get(actor) for actor in around.parties.actors(sides.initiators)]
        able = any(actor.public and actor.kind in _ACTING for actor in givers)
        if able and (around.parties.actors(sides.recipients) or around.parties.place_at(sides.recipients) is not None):
            yield _event(around, unnamed, sides, "main")
    for hit, arguments in hits:
        salience = _salience(around.words, hit, around.cue_of(hit))
        if chief is not None and chief.hit is hit:
            named = hit if _is_open(around, hit) else replace(hit, entry=_named(hit, chief, tables))
            known = tables.types[hit.entry.type].root in shipped_models().types.classes
            yield _event(around, named, _arguments(around, chief, arguments) if known else arguments, "main")
        else:
            event, stands = _event(around, hit, arguments, "subordinate" if chief and salience == "main" else salience)
            if (event.salience != "background" or _says_something(event)) and not _is_ordinary(around, event):
                yield event, stands


def _says_something(event: Event) -> bool:
    """Whether anything is told of an event mentioned in passing: somebody, a place or time of its own, a number."""
    own_place = event.place is not None and event.place_basis in ("argument", "sentence")
    own_time = event.time is not None and event.time_basis == "argument"
    return bool(event.initiators or event.recipients or event.quantities or event.about or own_place or own_time)


def _is_ordinary(around: _Surroundings, event: Event) -> bool:
    """Whether material help or trade names nobody it is given to and no public giver: "shops sold bread"."""
    kind = around.context.codebook.events.types[event.type]
    givers = (around.found.cast.get(actor) for actor in event.initiators)
    public = any(actor.public and actor.kind in _ACTING for actor in givers)
    return kind.quad == "MC" and kind.needs_recipient and not (event.recipients or public)


def _is_open(around: _Surroundings, hit: Hit) -> bool:
    """Whether an event is planned, perhaps or denied: its status says so then, and its type stays what it would be.

    The model has learnt from codes in which a planned visit is an agreement and a broken promise a refusal.
    """
    light = hit.light[0] if hit.light else None
    found = climb(around.words, hit.token, around.context.codebook.events, around.cue_of(hit), light)
    return status_of(found, None) not in ("happened", "ongoing")


def _named(hit: Hit, chief: Relation, tables: EventTables) -> Trigger:
    """The trigger's entry, its type changed where the model knows better; types it does not know stand."""
    entry = hit.entry
    root = tables.types[entry.type].root
    if root == chief.root or root not in shipped_models().types.classes:
        return entry
    types = tables.roots.get(chief.root)
    return entry if types is None else replace(entry, type=types[-1], mode=None)


def _unnamed(words: Words, chief: Relation, tables: EventTables) -> Hit | None:
    """A relation that no trigger names, seen in the verb over its initiator.

    Verbs of saying and the like ("announced a suspension of") only where the recipient is in their object.
    """
    verb = next((i for i in words.ancestors(chief.initiator) if words.pos[i] in ("VERB", "AUX")), None)
    types = tables.roots.get(chief.root)
    if verb is None or types is None:
        return None
    cue = tables.certainty.get((words.lemma[verb].lower(), "verb"))
    noun = next((c for c in words.dependents(verb, "dobj") if words.left[c] <= chief.recipient < words.right[c]), None)
    told = noun not in (None, chief.recipient) and words.lemma[noun or 0].lower() in tables.classes
    inside = words.left[chief.initiator] <= chief.recipient < words.right[chief.initiator]  # "an adviser to [Mali]"
    if inside or (cue is not None and cue.effect in _EMPTY and not told):
        return None
    frame = verb_frame(words, verb)
    return Hit(verb, Trigger(words.lemma[verb].lower(), "verb", (), types[-1], None), frame, noun)


def _arguments(around: _Surroundings, chief: Relation, parsed: Arguments) -> Arguments:
    """Both sides of a chief relation with what is coordinated with them; partners of a mutual act all act.

    parsed: what the parse gives its trigger; it stands where the model takes two of those who act for a pair.
    """
    words = around.words
    givers, takers = (_coordinated(words, head) for head in (chief.initiator, chief.recipient))
    if chief.hit is not None and (
        (chief.root in _CONTENT and _in_content(words, chief.hit.token, chief.recipient))
        or _acts_beside(words, chief.hit.token, chief.recipient)
    ):
        return Arguments(givers, parsed.recipients)
    if not set(givers) & set(takers):
        beside = _is_town(around, takers) and around.parties.actors(parsed.recipients)
        return Arguments(givers, parsed.recipients if beside else takers)
    if parsed.recipients and around.parties.actors(parsed.recipients):
        return parsed
    if chief.root in _MUTUAL:
        return Arguments(tuple(sorted({*givers, *takers})), ())
    return Arguments((chief.initiator,), (chief.recipient,))


def _in_content(words: Words, verb: int, noun: int) -> bool:
    """Whether a noun is the subject of what a verb says: "denied that [its forces] had"."""
    clause = words.head[noun]
    return words.dep[noun] in ("nsubj", "nsubjpass") and words.dep[clause] == "ccomp" and words.head[clause] == verb


def _acts_beside(words: Words, verb: int, noun: int) -> bool:
    """Whether a noun is the subject of a relative clause beside: "hit the house, a version [residents] called"."""
    clause = words.head[noun]
    below = words.left[clause] <= verb < words.right[clause]
    return words.dep[noun] == "nsubj" and words.dep[clause] == "relcl" and not below


def _is_town(around: _Surroundings, heads: tuple[int, ...]) -> bool:
    """Whether a place that is no country is taken for a party: "detained dozens of people in [St Petersburg]"."""
    place = around.parties.place_at(heads)
    feature = None if place is None else around.found.places[place].feature
    return feature is not None and feature.startswith("P") and not around.parties.actors(heads)


def _coordinated(words: Words, head: int) -> tuple[int, ...]:
    while words.dep[head] == "conj" and words.head[head] != head:
        head = words.head[head]
    return tuple(conjuncts(words, head))


def _stance(claims: Sequence[Claim], claim: int) -> str:
    """The stance an event stands under: who denies a plan of their own denies what was planned."""
    own, above = claims[claim], claims[claim].parent
    while above is not None:
        if claims[above].stance == "denies" and claims[above].source == own.source:
            return "denies"
        above = claims[above].parent
    return own.stance


def _event(around: _Surroundings, hit: Hit, arguments: Arguments, salience: Salience) -> tuple[Event, Standing]:
    words, found = around.words, around.found
    tables = around.context.codebook.events
    claim = around.claims[hit.token]
    stance = _stance(found.claims, claim) if claim >= 0 else None
    light = hit.light[0] if hit.light else None
    spoken = hit.entry.pos == "noun" and tables.types[hit.entry.type].root in _SPOKEN
    stands = standing(words, hit.token, tables, light=light, stop=around.cue_of(hit), stance=stance, spoken=spoken)
    tokens = (*arguments.initiators, *arguments.recipients)
    place, place_basis = place_of(words, hit.token, tokens, found.places)
    if (
        place is None
        and not is_said(words, hit.token)
        and (place := around.parties.place_at(arguments.recipients)) is not None
    ):
        place_basis = "argument"
    when = time_of(words, hit.token, stands.status, found.times, around.context)
    trigger = _trigger_span(words, hit)
    sentence = words.sentence_of(hit.token)
    start, end = _extent(words, trigger, tokens, None if place is None else found.places[place])
    initiators = around.parties.actors(arguments.initiators) or around.parties.makers(arguments.initiators)
    if not initiators and hit.entry.pos == "adj" and claim >= 0 and tables.types[hit.entry.type].root == _BLAMING:
        initiators = tuple(filter(None, [found.claims[claim].source]))
    recipients = around.parties.actors(arguments.recipients, but=initiators)
    event = Event(
        start=start,
        end=end,
        type=hit.entry.type,
        mode=hit.entry.mode,
        contexts=_contexts(words, sentence, tables),
        trigger=trigger,
        sentence=words.span(*sentence),
        status=stands.status,
        factuality=0.0,
        initiators=initiators,
        recipients=recipients,
        place=place,
        place_basis=place_basis,
        time=when.time,
        time_basis=when.basis,
        earliest=when.earliest,
        latest=when.latest,
        quantities=_quantities(around, hit, arguments),
        claim=claim if claim >= 0 else None,
        salience=salience,
        about=None if recipients else _acted_on(around, arguments.recipients),
    )
    return event, stands


def _acted_on(around: _Surroundings, heads: tuple[int, ...]) -> Span | None:
    """The words for a thing acted on; a town or a thing that only says where or when is none."""
    words = around.words
    if not heads:
        return None
    beside = words.dep[heads[0]] == "pobj" and words.lower[words.head[heads[0]]] in _LOCATING
    if beside and (_is_town(around, heads) or around.parties.place_at(heads) is None):
        return None
    return words.span(*noun_span(words, heads[0]))


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


def _extent(words: Words, trigger: Span, tokens: Sequence[int], place: Place | None) -> tuple[int, int]:
    """From the first to the last of trigger, actors and place within the trigger's sentence."""
    bounds = words.sentence_of(words.tokens(trigger.start, trigger.end)[0])
    start, end = trigger.start, trigger.end
    for token in tokens:
        if bounds[0] <= token < bounds[1]:
            first, last = noun_span(words, token)
            start, end = min(start, words.start[first]), max(end, words.end[last - 1])
    if place is not None and words.start[bounds[0]] <= place.start and place.end <= words.end[bounds[1] - 1]:
        start, end = min(start, place.start), max(end, place.end)
    return start, end


def _contexts(words: Words, sentence: tuple[int, int], tables: EventTables) -> tuple[str, ...]:
    contexts: set[str] = set()
    for i in range(*sentence):
        for phrase, name in tables.contexts.get(words.lemma[i].lower(), ()):
            if len(phrase) == 1 or tuple(words.lower[i : i + len(phrase)]) == phrase:
                contexts.add(name)
    return tuple(sorted(contexts))


def _quantities(around: _Surroundings, hit: Hit, arguments: Arguments) -> tuple[int, ...]:
    """Quantities within the noun phrases of the frame, or that count the trigger ("hundreds of casualties")."""
    words, frame = around.words, hit.frame
    heads = {*arguments.initiators, *arguments.recipients}
    heads.update(head for name, head in frame.preps if name in _COUNTING)
    heads.update(head for head in (frame.subject, frame.object) if head is not None)
    if hit.entry.pos == "noun":
        heads.add(hit.token)
        above = words.head[hit.token]
        if words.dep[hit.token] == "pobj" and words.lower[above] == "of":
            heads.add(words.head[above])
    bound: set[int] = set()
    for head in heads:
        first, end = noun_span(words, head)
        low, high = words.start[first], words.end[end - 1]
        at = bisect_left(around.quantity_starts, low)
        if at and around.found.quantities[at - 1].end > low:  # "between 13 and 20 men": its first word stands outside
            at -= 1
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
