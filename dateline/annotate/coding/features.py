"""Features of a relation between two actors: what the type model sees.

Features are strings made of lemmas, labels, classes of meaning and the CAMEO roots of the codebook's
triggers, never the labels of types, so that a renamed codebook is read alike. They are hashed before they
reach the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.coding.arguments import Arguments
from dateline.annotate.coding.certainty import climb, status_of
from dateline.annotate.coding.triggers import Hit
from dateline.annotate.words import Words
from dateline.codebook.plover import EventTables

__all__ = ["best_hit", "relation_features"]

_CONTENT = frozenset(["NOUN", "VERB", "ADJ", "ADV", "PROPN", "ADP", "AUX", "PART", "SCONJ"])
_SINGLE = frozenset(["nsubjpass", "advmod", "neg", "aux", "auxpass", "mark", "agent", "ccomp"])
_WITH_VERB = frozenset(["prt", "dobj", "xcomp", "acomp", "attr", "oprd"])
_BELOW_CLAUSE = frozenset(["dobj", "neg", "aux", "prt", "acomp", "nsubjpass"])
_BELOW_OBJECT = frozenset(["amod", "compound", "prep", "acl"])
_MODIFIERS = frozenset(["amod", "compound", "nmod"])
_GENERAL = frozenset(
    ["sv", "tv", "cv", "v", "sdobj", "tdobj", "o", "spobj", "tpobj", "sxcomp", "txcomp", "sccomp", "sh", "Sh", "Th",
     "Sm", "Tm", "pw", "wm", "w", "som", "tom", "snsubjpass", "sacomp", "tnsubjpass", "cdobj", "sattr", "sxcompdobj"]
)  # fmt: skip
_CROSSED = (
    ("sv", "sdobj"), ("sv", "spobj"), ("sv", "sxcomp"), ("sv", "Th"), ("sv", "Sh"), ("tv", "tdobj"),
    ("sdobj", "Th"), ("sdobj", "spobj"),
)  # fmt: skip
_LEAST_BOUND = 2  # strength from which a trigger is held to be about a pair


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two actors in a sentence, the words above them, the verbs over them and where their paths meet."""

    words: Words
    source: int | None
    target: int | None
    up_source: Sequence[int]
    up_target: Sequence[int]
    verb_source: int | None
    verb_target: int | None
    common: int | None

    @classmethod
    def of(cls, words: Words, source: int | None, target: int | None) -> _Pair:
        """Look the pair up in the sentence's tree."""
        up_source = [] if source is None else [source, *words.ancestors(source)]
        up_target = [] if target is None else [target, *words.ancestors(target)]
        above = set(up_target)
        common = next((i for i in up_source if i in above), None)
        verbs = (_verb_over(words, up_source), _verb_over(words, up_target))
        return cls(words, source, target, up_source, up_target, *verbs, common)


@dataclass(frozen=True, slots=True)
class _Binding:
    """How a trigger is bound to two actors: role letters, the verbs it is, and how strongly."""

    roles: str
    where: str
    strength: int


def relation_features(
    words: Words,
    source: int | None,
    target: int | None,
    hits: Sequence[tuple[Hit, Arguments]],
    tables: EventTables,
) -> list[str]:
    """The features of the relation from the actor headed by ``source`` to the one headed by ``target``."""
    anchor = source if source is not None else target
    features = ["bias"]
    if anchor is None:
        return features
    bounds = words.sentence_of(anchor)
    pair = _Pair.of(words, source, target)
    _lexicon(pair, [h for h in hits if bounds[0] <= h[0].token < bounds[1]], tables, features)
    verbs = {"s": pair.verb_source, "t": pair.verb_target, "c": pair.common}
    seen: set[int] = set()
    for name, verb in verbs.items():
        if verb is not None and verb not in seen:
            seen.add(verb)
            _verb(words, verb, name, features, tables)
    _path(pair, features)
    _actor(words, source, "S", features)
    _actor(words, target, "T", features)
    _text(pair, bounds, features)
    _generalize(features, tables)
    return features


def best_hit(
    words: Words, source: int | None, target: int | None, hits: Sequence[tuple[Hit, Arguments]]
) -> tuple[Hit, Arguments] | None:
    """The trigger most closely bound to both actors; None where none is bound to either."""
    pair = _Pair.of(words, source, target)
    bound = [(_binding(pair, hit, arguments).strength, -hit.token, k) for k, (hit, arguments) in enumerate(hits)]
    best = max(bound, default=None)
    return None if best is None or best[0] < _LEAST_BOUND else hits[best[2]]


def _verb_over(words: Words, chain: Sequence[int]) -> int | None:
    for i in chain[1:]:
        if words.pos[i] in ("VERB", "AUX"):
            return i
    return chain[-1] if chain else None


def _binding(pair: _Pair, hit: Hit, arguments: Arguments) -> _Binding:
    s_in, s_turned = (_covers(pair.words, heads, pair.source) for heads in (arguments.initiators, arguments.recipients))
    t_in, t_turned = (_covers(pair.words, heads, pair.target) for heads in (arguments.recipients, arguments.initiators))
    spots = zip("stc", (pair.verb_source, pair.verb_target, pair.common), strict=True)
    where = "".join(mark for mark, spot in spots if hit.token == spot)
    light = hit.light is not None and hit.light[0] in (pair.verb_source, pair.verb_target)
    roles = ("S" if s_in else "s" if s_turned else "-") + ("T" if t_in else "t" if t_turned else "-")
    strength = 2 * s_in + 2 * t_in + s_turned + t_turned + len(where) + light + (hit.entry.pos != "noun")
    return _Binding(roles, where + ("l" if light else ""), strength)


def _covers(words: Words, heads: Sequence[int], token: int | None) -> bool:
    return token is not None and any(words.left[head] <= token < words.right[head] for head in heads)


def _lexicon(pair: _Pair, hits: Sequence[tuple[Hit, Arguments]], tables: EventTables, features: list[str]) -> None:
    """The roots of the sentence's triggers, how each is bound to the pair, and more of the one bound best."""
    best: tuple[tuple[int, int], list[str]] | None = None
    for hit, arguments in hits:
        root = tables.types[hit.entry.type].root or "?"
        binding = _binding(pair, hit, arguments)
        met = climb(pair.words, hit.token, tables, None, hit.light[0] if hit.light else None)
        status = status_of(met, None)
        features += [
            "L=" + root, f"Lr={root}{binding.roles}", f"Lw={root}{binding.where}", f"Lp={root}{hit.entry.pos[0]}",
            f"Ls={root}|{status}",
        ]  # fmt: skip
        key = (binding.strength, -hit.token)
        if best is None or key > best[0]:
            more = ["B=" + root, f"Bs={root}|{status}", "Bl=" + pair.words.lemma[hit.token].lower()]
            best = key, more + [f"Be={root}|{effect}{turned:d}" for effect, turned in met.effects]
    features += ["B=none"] if best is None else best[1]


def _verb(words: Words, verb: int, name: str, features: list[str], tables: EventTables) -> None:
    """A verb with its complements, prepositions and status; ``name`` says whose verb it is."""
    lemma = words.lemma[verb].lower()
    features += [f"{name}v={lemma}", "v=" + lemma, f"{name}tag={words.tag[verb]}"]
    for child in words.children[verb]:
        label, low = words.dep[child], words.lemma[child].lower()
        if label in _SINGLE or label in _WITH_VERB:
            features.append(f"{name}{label}={low}")
        if label in _WITH_VERB:
            features += [f"{name}v+={lemma} {low}", "o=" + low]
        if label in ("xcomp", "ccomp"):
            below = [g for g in words.children[child] if words.dep[g] in _BELOW_CLAUSE]
            features += [f"{name}{label}{words.dep[g]}={words.lemma[g].lower()}" for g in below]
        elif label == "dobj":
            below = [g for g in words.children[child] if words.dep[g] in _BELOW_OBJECT]
            features += [f"{name}om={words.lemma[g].lower()}" for g in below]
        elif label == "prep":
            features += [f"{name}prep={low}", f"{name}v+={lemma} {low}"]
            nouns = [words.lemma[g].lower() for g in words.children[child] if words.dep[g] in ("pobj", "pcomp")]
            features += [f"{name}pobj={noun}" for noun in nouns] + [f"{name}prep+={low} {noun}" for noun in nouns]
    head = words.head[verb]
    if head != verb:
        features.append(f"{name}h={words.dep[verb]}>{words.lemma[head].lower()}")
    features.append(f"{name}st=" + status_of(climb(words, verb, tables), None))


def _path(pair: _Pair, features: list[str]) -> None:
    """The way through the tree from one actor to the other."""
    if pair.common is None:
        return
    words = pair.words
    up = pair.up_source[: pair.up_source.index(pair.common)]
    down = pair.up_target[: pair.up_target.index(pair.common)]
    features.append("pd=" + ">".join(words.dep[i] for i in up) + "^" + "<".join(words.dep[i] for i in reversed(down)))
    inner = [words.lemma[i].lower() for i in (*up[1:], pair.common, *reversed(down[1:]))]
    features.append("pl=" + " ".join(inner))
    features += ["pw=" + word for word in inner]
    features.append(f"plen={min(9, len(inner))}")


def _actor(words: Words, token: int | None, name: str, features: list[str]) -> None:
    """What an actor's head word is and hangs on; names stand for their kind."""
    if token is None:
        features.append(name + "none")
        return
    features += [
        f"{name}h={words.ent[token] or words.lemma[token].lower()}",
        f"{name}d={words.dep[token]}>{words.lemma[words.head[token]].lower()}",
        f"{name}dd={words.dep[token]}",
    ]
    for child in words.children[token]:
        if words.dep[child] in _MODIFIERS and not words.ent[child]:
            features.append(f"{name}m={words.lemma[child].lower()}")
        elif words.dep[child] == "poss":
            features.append(f"{name}poss")


def _text(pair: _Pair, bounds: tuple[int, int], features: list[str]) -> None:
    """The single content words before, between and after the two."""
    words = pair.words
    source = pair.source if pair.source is not None else bounds[0]
    target = pair.target if pair.target is not None else bounds[1] - 1
    low, high = min(source, target), max(source, target)
    features.append("order=" + ("st" if source < target else "ts"))
    for i in range(*bounds):
        if words.pos[i] in _CONTENT and not words.ent[i]:
            where = "b" if i < low else "m" if i < high else "a"
            lemma = words.lemma[i].lower()
            features += [f"w{where}={lemma}", "w=" + lemma]


def _generalize(features: list[str], tables: EventTables) -> None:
    """Add, for every feature that names a word, the classes of meaning of that word, and crosses of them."""
    of: dict[str, list[str]] = {}
    for feature in list(features):
        name, _, word = feature.partition("=")
        if name in _GENERAL:
            labels = tables.classes.get(word, ())
            features += [f"@{name}={label}" for label in labels]
            of.setdefault(name, []).extend(labels)
    for verb, noun in _CROSSED:
        features += [f"@{verb}{noun}={a}|{b}" for a in of.get(verb, ()) for b in of.get(noun, ())]
