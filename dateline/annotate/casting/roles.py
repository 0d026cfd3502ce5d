"""Nouns for who acts: offices, forces, bodies, private people, and whom they describe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.annotate.casting.names import Name, Names, Scene
from dateline.annotate.words import Words
from dateline.codebook.people import People, Role

__all__ = ["RoleMention", "find_roles"]

_BEFORE = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "VBN", "VBG", "POS", "PRP$"})
_QUALIFYING = frozenset({"JJR", "JJS", "VBN"})
_INSIDE = frozenset({"compound", "amod", "nmod", "nummod"})
_BELONGS = frozenset({"of", "for", "in", "from", "at", "to", "with"})
_SINGULAR_OWNERS = frozenset({"office", "spokes", "private", "source", "people"})
_FORCES = frozenset({"MIL", "COP", "REB"})
_ACTING = frozenset({
    "nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "agent", "dative", "ROOT", "nmod", "dep", "pcomp",
})  # fmt: skip
_LONGEST = 10  # tokens looked at before a noun


@dataclass(slots=True)
class RoleMention:
    """A noun for who acts at the tokens ``[first, end)`` (determiners left out), its head ``end - 1``.

    phrase: the role's lemmas ("foreign minister"). owner: the named one it describes; ``title``: it
    stands before or after that name as a part of it or a predicate, not as a mention of its own.
    possessor: the token "his" or "their". definite: "the", "these" or a possessor; counted: "two",
    "one of"; former: "former", "ex-". bare: nothing but a determiner before it.
    """

    first: int
    end: int
    role: Role
    phrase: str
    country: str | None = None
    sector: str | None = None
    owner: Name | None = None
    title: bool = False
    definite: bool = False
    counted: bool = False
    former: bool = False
    plural: bool = False
    bare: bool = True
    possessor: int | None = None


def find_roles(scene: Scene) -> list[RoleMention]:
    """Find all role nouns that name somebody or describe a named one; mere modifiers are left out."""
    words, people, names = scene.words, scene.people, scene.names
    hits = {hit.end - 1: hit for hit in _hits(words, people, names)}
    kept: list[RoleMention] = []
    for hit in sorted(hits.values(), key=lambda h: h.first):
        head = hit.end - 1
        _own(words, names, hit)
        if hit.owner is None and not _stands_alone(words, people, hit):
            continue
        _look_before(scene, hits, hit)
        hit.owner = hit.owner or _follows_name(words, names, hit)
        _look_behind(scene, hits, hit)
        if hit.role.kind == "organisation" and hit.owner is None and _says_where(words, people, head):
            continue
        kept += (*_coordinated(words, names, hit), hit)
    return kept


def _coordinated(words: Words, names: Names, hit: RoleMention) -> Iterator[RoleMention]:
    """The other forces in "Nigerian and British forces", each at its country's adjective."""
    first = hit.first
    while hit.plural and hit.owner is None and first > 1 and words.lower[first - 1] in ("and", "or", "-"):
        name = names.at.get(first - 2)
        if name is None or name.known is None or name.known.what not in ("demonym", "people", "country"):
            return
        first = name.first
        yield RoleMention(first, name.end, hit.role, hit.phrase, name.country, hit.sector, plural=True, bare=False)


def _stands_alone(words: Words, people: People, hit: RoleMention) -> bool:
    """Whether the noun names somebody itself and is no modifier, predicate or adverb."""
    head = hit.end - 1
    if words.dep[head] == "attr":
        return bool(words.dependents(words.head[head], "expl"))
    return words.dep[head] in _ACTING and (hit.plural or hit.phrase not in people.groups["only_plural"])


def _hits(words: Words, people: People, names: Names) -> Iterator[RoleMention]:
    roles, low, lemma = people.roles, words.lower, words.lemma
    found = [i for i, (form, base) in enumerate(zip(low, lemma, strict=True)) if form in roles or base in roles]
    start = len(words)
    for i in reversed(found):
        if i >= start or i in names.at or words.tag[i][:2] != "NN":
            continue
        fitting = [
            (len(before), role)
            for before, role in (*roles.get(low[i], ()), *roles.get(lemma[i], ()))
            if _stands_before(words, names, i, before)
        ]
        if fitting:
            length, role = max(fitting, key=lambda found: found[0])
            start = i - length
            phrase = " ".join((*low[start:i], lemma[i].lower())).replace(" - ", "-")
            plural = words.tag[i] in ("NNS", "NNPS") or role.kind == "people"
            yield RoleMention(start, i + 1, role, phrase, role.country, role.sector, plural=plural)


def _stands_before(words: Words, names: Names, i: int, before: tuple[str, ...]) -> bool:
    first = i - len(before)
    return not before or (
        first >= 0
        and tuple(low.replace("’", "'") for low in words.lower[first:i]) == before
        and not any(k in names.at for k in range(first, i))
    )


def _own(words: Words, names: Names, hit: RoleMention) -> None:
    """Find the named one a role describes: "minister Lavrov", "Lavrov, the minister", "Lavrov is minister"."""
    head, end = hit.end - 1, hit.end
    following = names.at.get(end)
    if following is not None and following.kind == "person" and not hit.plural and _describes(hit):
        hit.owner, hit.title = following, True
        return
    if _describes(hit):
        hit.owner = _behind_comma(words, names, hit) or _apposed(words, names, hit)
        if hit.owner is None and words.dep[head] == "attr" and words.lemma[words.head[head]] == "be":
            subjects = (names.at.get(i) for i in words.dependents(words.head[head], "nsubj"))
            hit.owner = next((name for name in subjects if name is not None and name.kind == "person"), None)
            hit.title = hit.owner is not None


def _behind_comma(words: Words, names: Names, hit: RoleMention) -> Name | None:
    """The person named after "the spokesman," or "one of the workers,"."""
    comma = _comma_after(words, hit.end)
    after = names.at.get(comma + 1) if comma is not None else None
    if after is None or after.kind != "person" or after.end >= len(words):
        return None
    if hit.plural and _one_of(words, hit.first) is None:
        return None
    return after if words.form[after.end] in ",.—–" or words.pos[after.end] == "VERB" else None


def _comma_after(words: Words, end: int) -> int | None:
    """The comma that closes "the spokesman" or "the deputy head of the town council"."""
    if end < len(words) and words.lower[end] in ("of", "for", "at"):
        stop = min(end + _LONGEST, words.sentence_of(end)[1])
        return next((i for i in range(end, stop) if words.form[i] == "," or words.pos[i] == "VERB"), None)
    return end if end < len(words) and words.form[end] == "," else None


def _follows_name(words: Words, names: Names, hit: RoleMention) -> Name | None:
    """The person right before ", the mayor," where the parser saw no apposition."""
    k = hit.first - 1
    if k > 0 and words.lower[k] in ("the", "a", "an"):
        k -= 1
    name = names.at.get(k - 1) if k > 0 and words.form[k] == "," else None
    if name is None or name.kind != "person" or hit.plural or hit.counted or not _describes(hit):
        return None
    closed = hit.end >= len(words) or words.form[hit.end] in ",.;" or words.lower[hit.end] in ("of", "for", "who", "at")
    return name if closed else None


def _apposed(words: Words, names: Names, hit: RoleMention) -> Name | None:
    """The person or body that "…, the spokesman" is said of."""
    head = hit.end - 1
    name = names.at.get(words.head[head]) if words.dep[head] == "appos" and not hit.plural else None
    if name is None or words.head[head] > head:
        return None
    return name if name.kind in ("person", hit.role.kind) else None


def _describes(hit: RoleMention) -> bool:
    return hit.role.kind in _SINGULAR_OWNERS or (hit.role.sector in _FORCES and not hit.plural)


def _one_of(words: Words, first: int) -> int | None:
    """Where "one of the (six)" begins before a noun."""
    for k in range(first - 1, max(-1, first - 5), -1):
        if words.lower[k] == "one" and words.lower[k + 1] == "of":
            return k
    return None


def _look_before(scene: Scene, hits: dict[int, RoleMention], hit: RoleMention) -> None:
    """Walk back over the noun phrase: its first word, country, sector, determiner and number."""
    words, names, located = scene.words, scene.names, scene.located
    i = hit.first - 1
    opens = max(words.sentences[words.sentence[hit.first]][0], hit.first - _LONGEST)
    while i >= opens and words.tag[i] in _BEFORE and _within(words, i, hit.first):
        name = names.at.get(i)
        if words.lower[i] in ("little", "much", "less"):
            break
        if words.tag[i] in _QUALIFYING and words.tag[i + 1] == "CD":  # "at least 13 pilots", "an estimated 90 men"
            break
        if name is not None:
            if name.kind == "outlet" and hit.role.sector == "JRN":
                hit.owner = name  # "AP reporters"
            if words.tag[name.end] != "HYPH":  # "US-led"
                hit.country = hit.country or name.country
            _take_sector(hit, name.sector)
            hit.first = i = min(name.first, i)
        elif i in hits and hits[i].role.kind != "private":
            _take_sector(hit, hits[i].role.sector)
        elif i in located and words.tag[i] in ("NNP", "JJ"):
            hit.country = hit.country or located[i].country
        hit.counted |= words.tag[i] == "CD"
        hit.definite |= words.tag[i] in ("PRP$", "POS")
        hit.possessor = i if words.tag[i] == "PRP$" else hit.possessor
        hit.former |= words.lower[i] in scene.people.groups["former"]
        hit.bare = False
        hit.first = i
        i -= 1
    if i >= opens and words.lower[i] in ("the", "this", "these", "that", "those", "both"):
        hit.definite = True
    if (one := _one_of(words, hit.first)) is not None:
        hit.first, hit.counted, hit.plural = one, True, False


def _within(words: Words, i: int, first: int) -> bool:
    """Whether the word belongs to the noun phrase that goes on at ``first``."""
    if words.tag[i] in ("VBN", "VBG"):
        return words.dep[i] == "amod"
    if words.tag[i] in ("NN", "NNS", "NNP", "NNPS") and words.tag[i + 1] != "POS":
        return words.head[i] > i
    return i < first


def _take_sector(hit: RoleMention, sector: str | None) -> None:
    if sector and (hit.role.kind in ("spokes", "source") or hit.role.sector in (None, "CRM") or hit.sector is None):
        hit.sector = sector


def _look_behind(scene: Scene, hits: dict[int, RoleMention], hit: RoleMention) -> None:
    """Country and sector from "of the army", "in Mali", "from Kenya's parliament"."""
    words, names, located = scene.words, scene.names, scene.located
    if hit.country is not None and (hit.sector is not None and hit.role.kind != "spokes"):
        return
    for preposition in words.children[hit.end - 1]:
        if preposition < hit.end or words.lower[preposition] not in _BELONGS:
            continue
        stop = min(words.right[preposition], preposition + _LONGEST)
        for i in range(preposition + 1, stop):
            name = names.at.get(i)
            if name is not None or i in located:
                hit.country = hit.country or (name.country if name else located[i].country)
            if words.lower[preposition] in ("of", "for", "at"):
                sector = name.sector if name is not None else hits[i].role.sector if i in hits else None
                _take_sector(hit, sector)


def _says_where(words: Words, people: People, head: int) -> bool:
    return words.dep[head] == "pobj" and words.lower[words.head[head]] in people.groups["place_of"]
