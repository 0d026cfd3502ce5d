"""Names in a report: states, bodies, office holders, other persons and organisations.

Names of the codebook come first, then the parser's named entities and what a title
("Mr", "Gen") or a common first name gives away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.annotate.context import Context
from dateline.annotate.words import Words
from dateline.codebook.countries import load_countries
from dateline.codebook.people import Known, People
from dateline.records import Place
from dateline.records.reading import ActorKind

__all__ = ["Located", "Name", "Names", "Scene", "find_names"]

Located = dict[int, Place]
"""Places by the tokens they cover."""

_NAME_TAGS = frozenset({"NNP", "NNPS"})
_PARTICLES = frozenset({"al", "bin", "de", "del", "van", "von", "der", "di", "da", "la", "le", "ibn", "abu", "el", "-"})
_NOT_ACTING = frozenset({"pobj", "npadvmod", "ROOT", "dep", "punct"})
_LONGEST = 12  # tokens of a name; more is a parser's mistake


@dataclass(slots=True)
class Name:
    """A name at the tokens ``[first, end)``, its last word ``head``.

    kind: None for a place that only says where. known: what the codebook holds. title: of "Gen. Smith".
    """

    first: int
    end: int
    kind: ActorKind | None
    known: Known | None = None
    country: str | None = None
    sector: str | None = None
    gender: str = ""
    metonym: bool = False

    @property
    def head(self) -> int:
        """The name's last token."""
        return self.end - 1


@dataclass
class Names:
    """The names of a report in order, and which one each token belongs to."""

    all: list[Name] = field(default_factory=list)
    at: dict[int, Name] = field(default_factory=dict)

    def add(self, name: Name) -> None:
        """Enter a name over whatever its tokens belonged to."""
        self.all.append(name)
        for i in range(name.first, name.end):
            self.at[i] = name

    def free(self, first: int, end: int) -> bool:
        """Whether no token of the range belongs to a name."""
        return not any(i in self.at for i in range(first, end))


@dataclass
class Scene:
    """What is known while the actors of one report are being found.

    year: of publication. home: country of the report's dateline. role_heads: sector and country by
    the heads of the role nouns found.
    """

    words: Words
    people: People
    located: Located
    year: int | None
    home: str | None = None
    names: Names = field(default_factory=Names)
    role_heads: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)


def find_names(words: Words, context: Context, people: People, places: Sequence[Place]) -> Scene:
    """Find all names of who acts; a place name only where it stands for its government or people."""
    located = {i: place for place in places for i in words.tokens(place.start, place.end)}
    scene = Scene(words, people, located, context.report.day.year if context.report.day else None)
    scene.home = _home(context.report.dateline_place)
    names = scene.names
    _known_names(scene)
    for first, end, label in words.ents:
        if label in ("PERSON", "ORG", "FAC", "NORP", "GPE", "PRODUCT"):
            _entity(scene, first, end, label)
    _titled(scene)
    _surnames(words, names)
    names.all = sorted((n for n in names.all if names.at[n.first] is n), key=lambda name: name.first)
    return scene


def _surnames(words: Words, names: Names) -> None:
    """Take a lone "organisation" that is the surname of a person of the report for that person."""
    surnames = {words.form[n.head] for n in names.all if n.kind == "person" and n.end - n.first > 1}
    for name in names.all:
        lone = name.kind == "organisation" and name.known is None and name.end - name.first == 1
        if lone and words.form[name.head] in surnames:
            name.kind = "person"


def _home(dateline: str | None) -> str | None:
    countries, place = load_countries(), (dateline or "").strip()
    country = countries.named(place.rsplit(", ", 1)[-1]) or countries.by_capital.get(place.lower())
    return country.iso3 if country else None


def _known_names(scene: Scene) -> None:
    words, people = scene.words, scene.people
    index, end_of = people.names, dict(zip(words.end, range(1, len(words) + 1), strict=True))
    taken = 0
    for i in [i for i, form in enumerate(words.form) if form in index]:
        if i < taken:
            continue
        for end_offset, meanings in people.named(words.text, words.start[i], words.form[i]):
            end = end_of.get(end_offset)
            known = None if end is None else _meaning(scene, i, end, meanings)
            if end is not None and known is not None:
                if (name := _state(scene, Name(i, end, known.kind, known))) is not None:
                    scene.names.add(name)
                taken = end
                break


def _meaning(scene: Scene, first: int, end: int, meanings: tuple[Known, ...]) -> Known | None:
    """The meaning that fits the form and the report's year, None where the word is an ordinary one."""
    words, year = scene.words, scene.year
    tags = words.tag[first:end]
    known = meanings[0]
    if len(meanings) > 1 and year is not None:
        known = next((k for k in meanings if k.since <= year <= k.until), known)
    if end - first > 1:
        return known
    if known.what in ("demonym", "people", "bloc", "country"):
        return known if tags[0][:2] in ("NN", "JJ") else None
    if tags[0] not in _NAME_TAGS and not (len(known.name) > 1 and words.form[first].isupper() and tags[0] == "NN"):
        return None
    before = first - 1
    if before >= 0 and words.tag[before] == "NNP" and words.head[before] == first and words.ent[before] == "PERSON":
        return None  # "Diana Mandela", "Michael Paris": somebody else
    early = year is not None and year < known.since - 10
    return None if known.what == "holder" and (early or _goes_on(words, end)) else known


def _goes_on(words: Words, end: int) -> bool:
    """Whether the name goes on with the token at ``end``, as in "Petro Lys"."""
    return (
        end < len(words) and words.tag[end] == "NNP" and words.dep[end - 1] == "compound" and words.head[end - 1] >= end
    )


def _state(scene: Scene, name: Name) -> Name | None:
    """Fill in a known name; for states decide whether it acts or only says where."""
    words, known = scene.words, name.known
    assert known is not None
    name.country, name.sector, name.gender = known.country, known.sector, known.gender
    if known.what not in ("country", "capital", "region"):
        return name
    place = scene.located.get(name.head)
    if place is not None and place.country is not None and place.country != known.country:
        name.country, name.kind = place.country, None  # the American Georgia
        return name
    name.metonym = known.what != "country"
    if known.what == "region":
        acts = place is not None and place.kind == "metonymic"
    elif known.what == "capital":
        acts = place.kind == "metonymic" if place is not None else words.dep[name.head] == "nsubj"
    else:
        acts = (place is not None and place.kind == "metonymic") or not _says_where(words, scene.people, name)
    if not acts:
        name.kind = None
    return name


def _says_where(words: Words, people: People, name: Name) -> bool:
    head = name.head
    if words.dep[head] in ("npadvmod", "appos"):
        return True
    while words.dep[head] == "conj":
        head = words.head[head]
    if words.dep[head] != "pobj":
        return False
    preposition = words.head[head]
    if words.lower[preposition] in people.groups["place_of"]:
        return True
    governor = words.lemma[words.head[preposition]].lower()
    return words.lower[preposition] == "to" and governor in people.groups["motion"]


def _entity(scene: Scene, first: int, end: int, label: str) -> None:
    words, people, located, names = scene.words, scene.people, scene.located, scene.names
    if words.tag[first] in ("DT", "PRP$"):
        first += 1
    if end - first > 1 and words.tag[end - 1] == "POS":
        end -= 1
    if first >= end or end - first > _LONGEST or words.tag[end - 1] not in _NAME_TAGS:
        return
    ending = _ending(words, people, first, end)
    if ending is not None and label != "PERSON" and end - first > 1:
        if not _known_body(names, first, end):
            country = next((names.at[i].country for i in range(first, end) if i in names.at), None)
            country = country or _country_of_place(located, first, end)
            names.add(Name(first, end, ending[0], None, country, ending[1]))
        return
    first, gender = _without_titles(words, people, first, end)
    if not names.free(first, end) or (end - first == 1 and words.lower[first] in people.roles):
        return
    if label == "PERSON":
        if not any(i in located for i in range(first, end)):
            names.add(Name(first, end, "person", gender=gender or people.first_names.get(words.form[first], "")))
    elif label == "ORG" and not _names_nobody(words, people, first, end):
        kind: ActorKind = "person" if words.form[first] in people.first_names else "organisation"
        country = _country_of_place(located, first, end)
        if kind == "organisation" and end - first == 1 and (first in located or words.dep[first] in _NOT_ACTING):
            return
        names.add(Name(first, end, kind, country=country, gender=gender))


def _ending(words: Words, people: People, first: int, end: int) -> tuple[ActorKind, str] | None:
    """What the last word of a name, or the one before "of" or "for" in it, tells of an organisation."""
    for i in range(first + 1, end):
        if words.lower[i] in ("of", "for") and (found := people.endings.get(words.form[i - 1])):
            return found
    two = " ".join(words.form[end - 2 : end])
    return people.endings.get(two) or people.endings.get(words.form[end - 1])


def _known_body(names: Names, first: int, end: int) -> bool:
    """Whether a body or person of the codebook has the last word, or a name begins before the first."""
    last, opening = names.at.get(end - 1), names.at.get(first)
    if last is not None and last.known is not None and last.known.what in ("body", "holder"):
        return True
    return opening is not None and opening.first < first


def _names_nobody(words: Words, people: People, first: int, end: int) -> bool:
    low = words.lower
    return low[end - 1] in people.groups["place_end"] or any(
        low[i] in people.groups["no_name"] for i in (first, end - 1)
    )


def _country_of_place(located: Located, first: int, end: int) -> str | None:
    return next((located[i].country for i in range(first, end) if i in located), None)


def _without_titles(words: Words, people: People, first: int, end: int) -> tuple[int, str]:
    gender = ""
    while first < end - 1:
        title = people.titles.get(words.lower[first].rstrip("."))
        if title is None and words.lower[first] not in people.roles:
            break
        first, gender = first + 1, (title[1] if title else "") or gender
    return first, gender


def _titled(scene: Scene) -> None:
    """Persons the entity recogniser missed: a run of capitalised words after a title or with a first name."""
    words, people, names = scene.words, scene.people, scene.names
    titles, tag = people.titles, words.tag
    for i, low in enumerate(words.lower):
        title = titles.get(low.rstrip(".")) if tag[i] == "NNP" else None
        if (title is None and (tag[i] != "NNP" or words.form[i] not in people.first_names)) or i in names.at:
            continue
        first = i + 1 if title else i
        end = _run(words, first)
        alone = words.dep[i] in ("nsubj", "appos")  # "Iryna", without more
        if end - first >= (1 if title or alone else 2) and names.free(first, end):
            gender = title[1] if title else people.first_names.get(words.form[first], "")
            names.add(Name(first, end, "person", gender=gender, sector=title[0] if title else None))
        elif title and first in names.at and names.at[first].kind == "person":
            names.at[first].gender = names.at[first].gender or title[1]
            names.at[first].sector = names.at[first].sector or title[0]


def _run(words: Words, first: int) -> int:
    """Where the run of name words from ``first`` ends; particles only between name words."""
    stop = min(words.sentences[words.sentence[first]][1], first + _LONGEST) if first < len(words) else first
    end = i = first
    while i < stop and (words.tag[i] in _NAME_TAGS or words.form[i] in _PARTICLES):
        i += 1
        if words.tag[i - 1] in _NAME_TAGS and words.form[i - 1] not in _PARTICLES:
            end = i
    return end
