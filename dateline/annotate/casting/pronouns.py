"""Pronouns: whom "he", "she", "it" and "they" stand for within a report.

Each pronoun is given to the earlier mention that fits in number, gender and kind and scores
best on recency, grammatical role and salience, in the manner of Lappin and Leass (1994), with
two habits of news: the subject of a speech verb is what a pronoun below it means, and a pronoun
in a fronted clause means the subject that follows. Nobody speaks of himself as "he" in a quotation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dateline.annotate.casting.bodies import Body
from dateline.annotate.casting.names import Scene
from dateline.annotate.words import Words

__all__ = ["resolve_pronouns"]

_CLASS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
}  # fmt: skip
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_POSSESSIVE = frozenset({"his", "its", "their", "her"})
_BACK = 3  # sentences looked back over
_MOST = 40  # mentions looked at
_ROLE_SCORE = {"nsubj": 2.5, "nsubjpass": 2.0, "agent": 1.0, "dobj": 0.5, "pobj": 0.0, "poss": -0.3}
_WORTH = {"m": -4.0, "f": -4.0, "it": 1.0, "they": 0.0}  # least score of an antecedent


@dataclass(slots=True)
class _Candidate:
    head: int
    sentence: int
    body: Body
    name: bool


def resolve_pronouns(scene: Scene, bodies: list[Body]) -> None:
    """Add each pronoun that can be resolved to the mentions of its body."""
    words = scene.words
    pronouns = [i for i, low in enumerate(words.lower) if low in _CLASS and words.tag[i][:3] == "PRP"]
    if not pronouns:
        return
    quoted = _quoted(words)
    by_sentence: defaultdict[int, list[_Candidate]] = defaultdict(list)
    for body in bodies:
        for _, _, head, how in body.mentions:
            by_sentence[words.sentence[head]].append(_Candidate(head, words.sentence[head], body, how == "name"))
    for found in by_sentence.values():
        found.sort(key=lambda c: c.head)
    owner_of: dict[int, Body] = {}
    for i in pronouns:
        if words.lower[i] == "it" and _expletive(scene, i):
            continue
        candidate = _antecedent(words, i, by_sentence, quoted)
        if candidate is not None:
            candidate.body.mention(i, i + 1, i, "pronoun")
            owner_of[i] = candidate.body
            here = by_sentence[words.sentence[i]]
            here.append(_Candidate(i, words.sentence[i], candidate.body, False))
            here.sort(key=lambda c: c.head)
            candidate.body.gender = candidate.body.gender or {"m": "m", "f": "f"}.get(_CLASS[words.lower[i]], "")
    for body in bodies:
        if body.possessor in owner_of:
            body.country = owner_of[body.possessor].country or body.country


def _antecedent(
    words: Words, i: int, by_sentence: dict[int, list[_Candidate]], quoted: list[bool]
) -> _Candidate | None:
    form = _CLASS[words.lower[i]]
    ancestors = list(_bounded_ancestors(words, i))
    best: tuple[float, int, _Candidate] | None = None
    looked = 0
    for sentence in range(words.sentence[i], max(-1, words.sentence[i] - _BACK - 1), -1):
        for candidate in reversed(by_sentence.get(sentence, ())):
            if not _fits(form, candidate.body) or _bound(words, i, candidate.head):
                continue
            looked += 1
            score = _score(words, i, candidate, ancestors, quoted)
            if score is not None and (best is None or score > best[0]):
                best = score, candidate.head, candidate
        if looked > _MOST or (best is not None and best[0] >= 4 and sentence < words.sentence[i]):
            break
    return best[2] if best is not None and best[0] >= _WORTH[form] else None


def _bounded_ancestors(words: Words, i: int) -> list[int]:
    found = []
    for above in words.ancestors(i):
        found.append(above)
        if len(found) > 30:
            break
    return found


def _fits(form: str, body: Body) -> bool:
    if form in ("m", "f"):
        if body.plural or body.kind not in ("person", "unnamed"):
            return False
        return body.gender in ("", form)
    if form == "it":
        return body.plural is not True and body.kind not in ("person", "unnamed", "people")
    return body.plural is not False


def _bound(words: Words, i: int, head: int) -> bool:
    """Whether grammar forbids that the pronoun stands for this mention: arguments of one verb, one noun phrase."""
    if head == i:
        return True
    if words.lower[i] in _POSSESSIVE and words.tag[i] == "PRP$":
        return words.head[i] == head
    if words.form[i].endswith(("self", "selves")):
        return False
    return _governor(words, i) == _governor(words, head) and words.sentence[i] == words.sentence[head]


def _governor(words: Words, i: int) -> int:
    above = words.head[i]
    return words.head[above] if words.dep[i] == "pobj" else above


def _score(words: Words, i: int, candidate: _Candidate, ancestors: list[int], quoted: list[bool]) -> float | None:
    head, dep = candidate.head, words.dep[candidate.head]
    while dep == "conj":
        head, dep = words.head[head], words.dep[words.head[head]]
    distance = words.sentence[i] - candidate.sentence
    subject = dep in _SUBJECT
    below = subject and words.head[head] in ancestors and distance == 0
    if quoted[i] and not quoted[candidate.head] and subject and distance == 0:
        return None  # the speaker of the quotation
    if candidate.head > i and not (below and candidate.name and _fronted(words, i, words.head[head])):
        return None
    score = _ROLE_SCORE.get(dep, -0.2) - 1.8 * distance - 0.01 * min(abs(i - candidate.head), 60)
    score += 0.15 * min(len(candidate.body.mentions), 6) + (0.3 if candidate.name else 0.0)
    if below:
        score += max(0.5, 3.0 - 0.6 * ancestors.index(words.head[head]))
    elif distance == 0 and candidate.head < i and _controls(words, head, ancestors):
        score += 4.0
    if candidate.head > i:
        score += 3.0
    if subject and words.dep[i] in _SUBJECT:
        score += 0.7
    if subject and distance and words.dep[words.head[head]] == "ROOT":
        score += 0.8
    if quoted[candidate.head] != quoted[i]:
        score -= 1.2
    score -= _wrong_number(words, i, candidate)
    if words.paragraph[i] != words.paragraph[candidate.head]:
        score -= 0.4
    return score


def _wrong_number(words: Words, i: int, candidate: _Candidate) -> float:
    """What it costs that "they" is said of a singular word, or "it" of a plural one."""
    form, plural = _CLASS[words.lower[i]], words.tag[candidate.head] in ("NNS", "NNPS")
    plural |= _CLASS.get(words.lower[candidate.head]) == "they"
    if form == "they" and not plural and candidate.body.plural is None:
        return 1.5
    return 3.0 if form == "it" and plural else 0.0


def _controls(words: Words, head: int, ancestors: list[int]) -> bool:
    """Whether the mention is the understood subject of an infinitive: "an attempt by Putin to install his …"."""
    preposition = words.head[head]
    if words.dep[head] != "pobj" or words.lower[preposition] not in ("by", "for", "on"):
        return False
    above = words.head[preposition]
    if above not in ancestors:
        return False
    k = ancestors.index(above)
    return (
        k > 0
        and words.dep[ancestors[k - 1]] in ("acl", "xcomp", "relcl", "advcl")
        and words.tag[ancestors[k - 1]] == "VB"
    )


def _fronted(words: Words, i: int, verb: int) -> bool:
    """Whether the pronoun stands in a clause or phrase before the verb and its subject."""
    below = i
    for above in words.ancestors(i):
        if above == verb:
            return words.dep[below] in ("advcl", "prep", "npadvmod", "advmod") and below < verb
        below = above
    return False


def _expletive(scene: Scene, i: int) -> bool:
    """Whether this "it" stands for nobody: "it was unclear", "made it clear", "it is raining"."""
    words, groups = scene.words, scene.people.groups["expletive"]
    verb = words.head[i]
    if words.dep[i] == "expl" or words.lemma[verb] in groups:
        return True
    complements = words.dependents(verb, "acomp", "attr", "oprd", "ccomp", "npadvmod")
    if words.lemma[verb] == "be" and any(words.lemma[c] in groups or words.dep[c] == "attr" for c in complements):
        return True
    if words.dep[verb] == "ccomp" and words.lemma[verb] in groups:
        return True
    return words.tag[verb][:2] != "VB" and words.tag[i] == "PRP" and words.lower[verb] in groups


def _quoted(words: Words) -> list[bool]:
    """Whether each token stands inside quotation marks; a paragraph's end closes what is open."""
    inside = [False] * len(words)
    if not any(mark in words.text for mark in '“"«'):
        return inside
    for first, end in words.paragraphs:
        open_ = False
        for i in range(first, end):
            form = words.form[i]
            if form in ("“", "«", "``"):
                open_ = True
            elif form in ("”", "»", "''"):
                open_ = False
            elif form == '"':
                open_ = not open_
            inside[i] = open_
    return inside
