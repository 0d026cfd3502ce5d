"""One body per actor: which names and nouns of a report stand for the same one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from dateline.annotate.casting.countries import Surroundings
from dateline.annotate.casting.names import Name, Scene
from dateline.annotate.casting.roles import RoleMention
from dateline.records.reading import ActorKind, MentionHow

__all__ = ["Body", "bodies_of", "spelling_key"]

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ANAPHORIC = frozenset({"office", "spokes", "private", "armed_force", "government", "organisation", "outlet", "source"})


@dataclass
class Body:
    """An actor in the making. mentions: (first token, end token, head token, how).

    plural: "they"; None where both "it" and "they" may stand for it. private, office: what its roles make a person.
    told: the report itself gave the role, or the country with the noun; ``whole``: that noun is "military".
    possessor: the token "his" of "his army", whose country it shares. guess: the country named nearest
    to a title that names none. first: the first token of its first mention.
    """

    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    gender: str = ""
    plural: bool | None = False
    office: bool = False
    private: bool = False
    former: bool = False
    told: bool = False
    whole: bool = False
    guess: str | None = None
    possessor: int | None = None
    first: int = -1
    mentions: list[tuple[int, int, int, MentionHow]] = field(default_factory=list)

    def mention(self, first: int, end: int, head: int, how: MentionHow) -> None:
        """Add a mention."""
        self.mentions.append((first, end, head, how))
        self.first = first if self.first < 0 else min(self.first, first)


def spelling_key(name: str) -> str:
    """A surname without what transliterations differ in: Zelenskiy, Zelensky and Zelenskyy are one."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(c for c in plain if c.isalnum())
    plain = re.sub(r"[iyj]+", "i", plain)
    return plain.replace("kh", "h").replace("w", "v").replace("ou", "u").replace("dzh", "j")


def bodies_of(scene: Scene, roles: list[RoleMention]) -> list[Body]:
    """Put the names and role nouns of a report together to its actors, in order of first mention."""
    register = _Register(scene)
    for name in scene.names.all:
        if name.kind == "person" and name.end - name.first > 1:
            register.person(name)
    mentions: list[Name | RoleMention] = sorted([*scene.names.all, *roles], key=lambda m: (m.first, -m.end))
    owned = {id(role.owner): role for role in roles if role.owner is not None}
    for mention in mentions:
        if isinstance(mention, RoleMention):
            register.role(mention)
        elif mention.kind == "person":
            register.person(mention)
            register.locate(mention)
        elif mention.kind is not None and (id(mention) in owned or not _modifies(scene, mention)):
            register.named(mention)
    found = [body for body in register.bodies if body.mentions]
    return sorted(found, key=lambda body: min(body.mentions)[:2])


def _modifies(scene: Scene, name: Name) -> bool:
    """Whether a country's or people's name only describes a role noun that is an actor itself."""
    words, head = scene.words, name.head
    return (
        name.known is not None
        and name.known.what in ("demonym", "people", "bloc", "country")
        and (words.dep[head] in ("amod", "compound", "nmod", "poss") and words.head[head] in scene.role_heads)
    )


class _Register:
    def __init__(self, scene: Scene) -> None:
        self.words = scene.words
        self.scene = scene
        self.bodies: list[Body] = []
        self._by_key: dict[tuple[str, ...], Body] = {}
        self._of_name: dict[int, Body] = {}
        self._by_first_name: dict[str, Body] = {}
        self._persons: dict[str, list[tuple[tuple[str, ...], Body]]] = {}
        self._by_noun: dict[str, Body] = {}
        self._last_force: Body | None = None
        self._acronyms: dict[str, tuple[str, ...]] = {}
        self._countries = Surroundings(scene)

    def person(self, name: Name) -> None:
        """A person's name; full names are entered before the others are read."""
        if id(name) in self._of_name:
            return
        forms = [form for form in self.words.form[name.first : name.end] if form.lower() not in _SUFFIXES]
        body = self._same_person(name, tuple(forms))
        if body is None:
            body = self._new_person(name, tuple(forms))
        self._of_name[id(name)] = body
        body.gender = body.gender or name.gender
        body.sector = body.sector or name.sector
        body.office = body.office or name.sector is not None
        text = self.words.words(name.first, name.end)
        if len(text) > len(body.name) and name.end - name.first > 1:
            body.name = text
        body.mention(name.first, name.end, name.head, "name")

    def locate(self, name: Name) -> None:
        """Guess the country of a person nothing is told of: the last place's, the dateline's, the nearest named."""
        body = self._of_name[id(name)]
        if not body.office and (found := self._affiliation(name)) is not None:
            body.office, body.sector = True, body.sector or found[0]
            body.country = body.country or found[1]
        if body.country is None and body.guess is None:
            body.guess = self._countries.here(name.first) or self._countries.beside(name.first)

    def _affiliation(self, name: Name) -> tuple[str | None, str | None] | None:
        """Sector and country of the body in "Ana Petrova of the transport department"."""
        words, scene = self.words, self.scene
        if name.end >= len(words) or words.lower[name.end] not in ("of", "from", "at"):
            return None
        for i in range(name.end + 1, min(name.end + 7, words.sentence_of(name.end)[1])):
            if words.pos[i] in ("VERB", "PUNCT"):
                return None
            body = scene.names.at.get(i)
            if (
                body is not None
                and body.kind in ("organisation", "government")
                and body.known
                and body.known.what == "body"
            ):
                return body.sector, body.country
            if i in scene.role_heads:
                return scene.role_heads[i]
        return None

    def _same_person(self, name: Name, forms: tuple[str, ...]) -> Body | None:
        same = self._persons.get(spelling_key(forms[-1]) if forms else "", [])
        if len(forms) == 1:
            before = [body for _, body in same if body.first < name.first]
            found = before[-1] if before else same[0][1] if same else None
            if found is None and name.known is None:
                found = self._by_first_name.get(forms[0])
            if found is not None:
                return found
        for other, body in same:
            if len(other) == 1 or len(forms) == 1 or _first_names_agree(other[0], forms[0]):
                return body
        return self._by_key.get(("holder", name.known.name)) if name.known else None

    def _new_person(self, name: Name, forms: tuple[str, ...]) -> Body:
        known = name.known
        body = Body(self.words.words(name.first, name.end), "person", name.country, name.sector, gender=name.gender)
        if known is not None:
            body.role, body.office = known.role, True
            body.former = self.scene.year is not None and self.scene.year > known.until
            self._by_key["holder", known.name] = body
            if known.role and not body.former:
                self._by_noun[known.role] = body
        self._persons.setdefault(spelling_key(forms[-1]) if forms else "", []).append((forms or ("",), body))
        if len(forms) > 1:
            self._by_first_name.setdefault(forms[0], body)
        if body.country is None and len(forms) == 1:
            body.private = forms[0] in self.scene.people.first_names  # "Iryna" is all we are told
        self.bodies.append(body)
        return body

    def named(self, name: Name) -> None:
        """A state's, people's or organisation's name."""
        words, known = self.words, name.known
        text = words.words(name.first, name.end)
        if name.country:
            self._countries.last = name.country
        how: MentionHow = "metonym" if name.metonym else "name"
        kind, shown = name.kind or "organisation", text
        if known is not None and known.what in ("country", "capital", "demonym"):
            people = known.what == "demonym" and words.tag[name.head] in ("NNS", "NNPS")
            inside = words.dep[name.head] in _INSIDE
            if known.what == "demonym" and not people and (not inside or self._of_place(name.head)):
                return
            key: tuple[str, ...] = ("people" if people else "state", known.country or "")
            kind, shown = ("people", text) if people else ("government", known.name)
        elif known is not None:
            key, shown = (known.what, known.name), known.name if known.what == "body" else text
        else:
            key = self._organisation_key(name, text)
        body = self._by_key.get(key)
        if body is None:
            if known is None and name.country is None and kind not in ("organisation", "outlet"):
                name.country = self._countries.last or self.scene.home
            sector = name.sector or ("CVL" if kind == "people" and known and known.what != "bloc" else None)
            body = Body(shown, kind, name.country, sector, plural=True if kind == "people" else None)
            self._by_key[key] = body
            self.bodies.append(body)
        elif known is None and len(text) > len(body.name):
            body.name = text
        self._of_name[id(name)] = body
        if body.kind in ("organisation", "government") and name.end - name.first > 1:
            self._by_noun[words.lower[name.head]] = body  # "the agency", "the council"
        body.mention(name.first, name.end, name.head, how)

    def _of_place(self, head: int) -> bool:
        return self.words.lemma[self.words.head[head]] in self.scene.people.groups["place_noun"]

    def _organisation_key(self, name: Name, text: str) -> tuple[str, ...]:
        """The same for a name and the acronym made of its capitals."""
        if text in self._acronyms:
            return self._acronyms[text]
        key = "organisation", text.lower()
        initials = "".join(f[0] for f in self.words.form[name.first : name.end] if f[0].isupper())
        if len(initials) > 1:
            self._acronyms.setdefault(initials, key)
        return key

    def role(self, hit: RoleMention) -> None:
        """A noun for who acts: a title of a named one, another mention of an earlier one, or one of its own."""
        if hit.owner is not None:
            self._title(hit)
            return
        head = hit.end - 1
        noun = hit.phrase.rsplit(" ", 1)[-1]
        body = self._anaphor(hit, noun)
        if body is None and hit.country is None and ((hit.counted and hit.definite) or noun == "side"):
            return  # "the two men" are told of by their names
        if body is None:
            body = self._new_role(hit)
        self._by_noun[noun] = body
        self._by_noun[hit.phrase] = body
        fuller = not body.told or (noun in _WHOLE_FORCE and body.kind == "armed_force" and not body.whole)
        if hit.country is not None and fuller and body.kind != "person" and noun != "side":
            body.name, body.told = self.words.words(hit.first, hit.end), True
            body.whole = noun in _WHOLE_FORCE
        if body.kind == "armed_force":
            self._last_force = body
        body.mention(hit.first, hit.end, head, "title" if body.kind == "person" else "name")

    def _title(self, hit: RoleMention) -> None:
        owner = hit.owner
        assert owner is not None
        body = self._of_name.get(id(owner))
        if body is None:
            self.person(owner) if owner.kind == "person" else self.named(owner)
            body = self._of_name[id(owner)]
        if body.kind == "person":
            if not body.told or (body.private and hit.role.public):
                body.role, body.told = self._role_words(hit), True
            body.country = body.country or hit.country
            if body.country is None and body.guess is None:
                body.guess = self._countries.around(hit)
            body.sector = body.sector or hit.sector
            body.gender = body.gender or hit.role.gender
            body.office = body.office or hit.role.public
            body.private = body.private or hit.role.kind == "private"
            body.former = body.former or hit.former
            self._by_noun[hit.phrase.rsplit(" ", 1)[-1]] = self._by_noun[hit.phrase] = body
        if not hit.title:
            body.mention(hit.first, hit.end, hit.end - 1, "title")

    def _role_words(self, hit: RoleMention) -> str:
        """The words of an office without its country: "foreign minister", "Putin's spokesman"."""
        if self.words.tag[hit.end - 1] in ("NNS", "NNPS"):
            return hit.phrase
        words, first = self.words, hit.first
        while first < hit.end - 1 and (
            words.tag[first] in ("POS", "CD", "PRP$", "HYPH")
            or (
                (name := self.scene.names.at.get(first)) is not None
                and name.known is not None
                and name.country == hit.country
                and name.kind != "person"
            )
        ):
            first += 1
        return words.words(first, hit.end)

    def _anaphor(self, hit: RoleMention, noun: str) -> Body | None:
        """The earlier actor that "the minister", "the troops" or a repeated bare noun stands for."""
        if hit.counted and hit.definite:
            return self._by_noun.get(noun)
        if hit.counted or hit.role.kind not in _ANAPHORIC:
            return None
        earlier = self._by_noun.get(hit.phrase)
        if hit.country is not None:  # "Ukraine's president"
            same = earlier is not None and earlier.kind == "person" and earlier.country == hit.country
            return earlier if same and not hit.plural and hit.role.kind == "office" and not hit.former else None
        if earlier is None and hit.definite and hit.bare and hit.sector == "MIL" and hit.role.kind == "armed_force":
            earlier = self._last_force
        if earlier is None or not (hit.bare or hit.definite):
            return None
        if hit.plural and earlier.plural is False:
            return None
        return earlier if hit.plural or earlier.plural is not True or hit.role.kind == "armed_force" else None

    def _new_role(self, hit: RoleMention) -> Body:
        words = self.words
        kind = _kind(hit)
        country = hit.country or self._countries.around(hit)
        noun = hit.phrase.rsplit(" ", 1)[-1]
        if kind == "armed_force" and not hit.plural and noun in self.scene.people.groups["one_of_many"]:
            kind = "unnamed"
        counted = words.words(hit.first, hit.end).lower() if hit.counted else ""
        general = self.scene.people.groups["force_general"]
        if noun == "side":
            key: tuple[str, ...] = ("state", country or "")
        elif kind == "armed_force" and hit.sector == "MIL" and country and not hit.counted and noun in general:
            key = "force", country, "MIL"
        elif kind == "government" and country and noun in self.scene.people.groups["group"]:
            key = "government", country
        else:
            key = "role", kind, country or "", hit.phrase, counted
        if kind == "unnamed" and not hit.plural and not hit.counted and not (hit.definite or hit.bare):
            key = (*key, str(hit.first))
        body = self._by_key.get(key)
        if body is None:
            sector = "ELI" if hit.former and hit.role.kind in ("office", "spokes") else hit.sector
            plural = (
                True
                if hit.plural and key[0] != "force"
                else None
                if kind in ("armed_force", "government", "organisation")
                else False
            )
            body = Body(words.words(hit.first, hit.end), kind, country, sector, hit.phrase, hit.role.gender, plural)
            body.possessor = hit.possessor if hit.country is None else None
            body.private = hit.role.kind in ("private", "people")
            self._by_key[key] = body
            self.bodies.append(body)
        return body


_INSIDE = frozenset({"amod", "compound", "nmod"})
_WHOLE_FORCE = frozenset({"military", "army"})  # fuller names than "troops"


def _kind(hit: RoleMention) -> ActorKind:
    kind = hit.role.kind
    if kind in ("armed_force", "government", "organisation", "outlet", "people"):
        return kind
    if kind == "spokes" and hit.sector == "GOV" and hit.plural and hit.country:
        return "government"
    return "unnamed"


def _first_names_agree(one: str, other: str) -> bool:
    a, b = one.rstrip(".").lower(), other.rstrip(".").lower()
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) or spelling_key(a) == spelling_key(b)
