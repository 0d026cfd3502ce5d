"""Dyads by dictionary: who does something to whom, as PETRARCH's unit tests ask it.

Those tests bring names of no real world with codes of their own, and any verb counts that has one of them on
each side. So the cast is replaced by the dictionary, and every verb of a main clause is read by the product's
frames: the roles of its trigger where the codebook has it, else subject against object, prepositions, clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.annotate.coding.arguments import arguments_of
from dateline.annotate.coding.frames import conjuncts, verb_frame
from dateline.annotate.coding.triggers import Hit
from dateline.annotate.words import Words
from gate.lexicon import Mentions

__all__ = ["dyads"]

_MUTUAL = frozenset(["CONSULT", "COOPERATE"])
_TOGETHER = frozenset([*_MUTUAL, "AGREE", "SUPPORT"])
_CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp", "conj")
_LEFT = frozenset(["compound", "amod", "poss", "nmod", "det", "nummod"])
_NOBODY = "---"  # the set's code for somebody of no known country
_DEEPEST = 6

Pair = tuple[str, str]


def dyads(words: Words, mentions: Mentions, hits: Sequence[Hit]) -> list[Pair]:
    """The coded pairs of a text's main clauses, those of a mutual act both ways, each once."""
    by_token = {hit.token: hit for hit in hits}
    found: list[Pair] = []
    for first, end in words.sentences:
        for root in (i for i in range(first, end) if words.head[i] == i):
            for verb in _main_verbs(words, root):
                found += _verb_dyads(words, mentions, verb, by_token)
    coded = [pair for pair in found if pair[0] != pair[1]]
    return [pair for k, pair in enumerate(coded) if pair not in coded[:k]]


def _main_verbs(words: Words, root: int) -> Iterator[int]:
    """The verbs of the main clause; where it only says who told ("…, the agency said"), those of what was told."""
    told = [c for c in words.children[root] if words.dep[c] == "ccomp" and c < root]
    if told and words.pos[root] == "VERB":
        yield from _main_verbs(words, told[0])
        return
    yield root
    for child in words.children[root]:
        if words.dep[child] == "conj" and words.pos[child] in ("VERB", "AUX"):
            yield from _main_verbs(words, child)


def _verb_dyads(words: Words, mentions: Mentions, verb: int, hits: Mapping[int, Hit]) -> list[Pair]:
    hit = hits.get(verb)
    sources, targets = _sides(words, mentions, verb, hit)
    kind = hit.entry.type if hit is not None else ""
    if not targets and len(sources) > 1 and kind in _TOGETHER:
        return [(a, b) for a in sources for b in sources]
    pairs = [(a, b) for a in sources for b in targets if not a.startswith(_NOBODY)]
    return pairs + [(b, a) for a, b in pairs if kind in _MUTUAL]


def _sides(words: Words, mentions: Mentions, verb: int, hit: Hit | None) -> tuple[list[str], list[str]]:
    """The codes of those who act and of those acted on."""
    if hit is not None and hit.entry.initiators and hit.entry.recipients:
        arguments = arguments_of(words, hit)
        stated = [_all(words, mentions, heads) for heads in (arguments.initiators, arguments.recipients)]
        if all(stated):
            return stated[0], stated[1]
    frame = verb_frame(words, verb)
    subject = [] if frame.subject is None else [frame.subject]
    if not frame.passive:
        return _all(words, mentions, subject), _below(words, mentions, verb, _DEEPEST)
    undergoes = _all(words, mentions, [] if frame.object is None else [frame.object])
    doers = list(frame.agents) or [head for name, head in frame.preps if name == "from"]
    if sources := _all(words, mentions, doers):
        return sources, undergoes
    return undergoes, _below(words, mentions, verb, _DEEPEST)


def _all(words: Words, mentions: Mentions, heads: Sequence[int]) -> list[str]:
    codes: list[str] = []
    for head in heads:
        codes += [code for code in _phrase(words, mentions, head, _DEEPEST) if code not in codes]
    return codes


def _below(words: Words, mentions: Mentions, verb: int, depth: int) -> list[str]:
    """The codes of the first complement that has any: object, prepositions, then clauses, subject first."""
    if not depth:
        return []
    children = words.children[verb]
    objects = [c for c in children if words.dep[c] in ("dobj", "dative", "attr", "oprd")]
    rest = [c for c in children if words.dep[c] in ("prep", "agent", "acomp", "npadvmod", *_CLAUSES[:3], "dep")]
    somebody: list[str] = []
    for child in (*objects, *(c for c in rest if c > verb)):
        if words.dep[child] in ("dobj", "attr", "oprd", "npadvmod") or words.pos[child] in ("NOUN", "PROPN"):
            codes = _phrase(words, mentions, child, depth - 1)
        elif words.dep[child] in ("prep", "agent", "dative"):
            codes = _under(words, mentions, child, depth - 1)
        else:
            codes = _clause(words, mentions, child, depth - 1)
        known = [code for code in codes if not code.startswith(_NOBODY)]
        if known:
            return known
        somebody = somebody or codes
    return somebody


def _clause(words: Words, mentions: Mentions, verb: int, depth: int) -> list[str]:
    for subject in words.dependents(verb, "nsubj", "nsubjpass"):
        if codes := _phrase(words, mentions, subject, depth):
            return codes
    return _below(words, mentions, verb, depth)


def _under(words: Words, mentions: Mentions, preposition: int, depth: int) -> list[str]:
    for child in words.children[preposition]:
        if words.dep[child] == "pcomp":
            codes = _below(words, mentions, child, depth)
        elif words.dep[child] == "prep":
            codes = _under(words, mentions, child, depth)
        else:
            codes = _phrase(words, mentions, child, depth)
        if codes:
            return codes
    return []


def _phrase(words: Words, mentions: Mentions, head: int, depth: int) -> list[str]:
    """The codes of a noun phrase and of those coordinated with it; country and agent are shared along.

    "Danish media and government", "lawmakers and officials in Fornost and Gondor".
    """
    heads = conjuncts(words, head)
    own = [_nearest(words, mentions, each, depth) for each in heads]
    agents = ["".join(_agents(words, mentions, each)) for each in heads]
    bare = [k for k, each in enumerate(heads) if k and own[k] and not agents[k] and words.left[each] == each]
    if not agents[0] or not own[0] or _before(words, mentions, heads[0]):
        bare = []
    shared = [code for k in bare for code in own[k]]
    with_agent = [actors for actors, agent in zip(own, agents, strict=True) if actors and agent]
    codes: list[str] = []
    for k, agent in enumerate(agents):
        if k not in bare:
            actors = own[k] or (with_agent[0] if agent and with_agent else [_NOBODY] if agent else [])
            codes += [_joined(actor, agent) for actor in (*actors, *(shared if agent else ()))]
    known = [code for code in codes if not code.startswith(_NOBODY)]
    return list(dict.fromkeys(known or codes))


def _nearest(words: Words, mentions: Mentions, head: int, depth: int) -> list[str]:
    """The actor codes nearest to a noun's head: its own and its modifiers', then those below its prepositions."""
    if not depth:
        return []
    codes = _before(words, mentions, head)
    for child in words.children[head]:
        if codes:
            return codes
        if words.dep[child] == "prep":
            codes = _under(words, mentions, child, depth - 1)
        elif words.dep[child] in ("acl", "relcl"):
            codes = _below(words, mentions, child, depth - 1)
        elif words.dep[child] == "appos":
            codes = _nearest(words, mentions, child, depth - 1)
    return codes


def _before(words: Words, mentions: Mentions, head: int) -> list[str]:
    """The actor codes of a noun and of what stands before it."""
    found = (code for i in (*_modifiers(words, head), head) for code in mentions.actors.get(i, ()))
    return list(dict.fromkeys(found))


def _modifiers(words: Words, head: int) -> list[int]:
    """What stands before a noun, coordinated modifiers and theirs included."""
    found: list[int] = []
    for child in words.children[head]:
        if child < head and words.dep[child] in _LEFT:
            for each in conjuncts(words, child):
                found += [*_modifiers(words, each), each]
    return found


def _agents(words: Words, mentions: Mentions, head: int) -> list[str]:
    found: list[str] = []
    for i in (*_modifiers(words, head), head):
        agent = mentions.agents.get(i)
        if agent is not None and agent not in found:
            found.append(agent)
    return found


def _joined(actor: str, agents: str) -> str:
    """An actor's code with those of its agents before or behind, each once."""
    for agent in agents.replace("~", " ").split():
        actor = actor if agent in actor else actor + agent
    return actor
