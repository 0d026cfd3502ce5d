"""Features of a relation between two actors: what the type model and the pair ranker see.

Features are strings made of lemmas, labels and the CAMEO roots of the codebook's triggers, never the
labels of types, so that a renamed codebook is read alike. They are hashed before they reach a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.certainty import climb, status_of
from dateline.annotate.event_arguments import Arguments
from dateline.annotate.event_triggers import Hit
from dateline.annotate.words import Words
from dateline.codebook.plover import EventTables

__all__ = ["best_hit", "relation_features"]

_CONTENT = frozenset(["NOUN", "VERB", "ADJ", "ADV", "PROPN", "ADP", "AUX", "PART", "SCONJ"])


def relation_features(
    words: Words,
    source: int | None,
    target: int | None,
    hits: Sequence[tuple[Hit, Arguments]],
    tables: EventTables,
) -> list[str]:
    """The features of the relation from the actor headed by ``source`` to the one headed by ``target``."""
    anchor = source if source is not None else target
    if anchor is None:
        return ["bias"]
    first, end = words.sentence_of(anchor)
    features = ["bias"]
    up_s = _upward(words, source)
    up_t = _upward(words, target)
    verb_s, verb_t = _verb_over(words, up_s), _verb_over(words, up_t)
    common = _lowest_common(words, up_s, up_t)
    _lexicon(words, source, target, hits, tables, features, (verb_s, verb_t, common), (first, end))
    _verb(words, verb_s, "s", features, tables)
    if verb_t != verb_s:
        _verb(words, verb_t, "t", features, tables)
    if common is not None and common not in (verb_s, verb_t):
        _verb(words, common, "c", features, tables)
    _path(words, up_s, up_t, common, features)
    _actor(words, source, "S", features)
    _actor(words, target, "T", features)
    _text(words, source, target, first, end, features)
    _generalize(features, tables)
    return features


_GENERAL = (
    "sv=",
    "tv=",
    "cv=",
    "v=",
    "sdobj=",
    "tdobj=",
    "o=",
    "spobj=",
    "tpobj=",
    "sxcomp=",
    "txcomp=",
    "sccomp=",
    "sh=",
    "Sh=",
    "Th=",
    "Sm=",
    "Tm=",
    "pw=",
    "wm=",
    "w=",
    "som=",
    "tom=",
    "snsubjpass=",
    "sacomp=",
    "tnsubjpass=",
    "cdobj=",
    "sattr=",
    "sxcompdobj=",
)


def _generalize(features: list[str], tables: EventTables) -> None:
    """Add, for every feature that names a word, the classes of meaning of that word."""
    classes = tables.classes
    of: dict[str, list[str]] = {}
    for feature in list(features):
        name, _, word = feature.partition("=")
        if name + "=" in _GENERAL:
            for label in classes.get(word, ()):
                features.append(f"@{name}={label}")
                of.setdefault(name, []).append(label)
    for verb, noun in (
        ("sv", "sdobj"),
        ("sv", "spobj"),
        ("sv", "sxcomp"),
        ("sv", "Th"),
        ("sv", "Sh"),
        ("tv", "tdobj"),
        ("sdobj", "Th"),
        ("sdobj", "spobj"),
    ):
        for a in of.get(verb, ()):
            for b in of.get(noun, ()):
                features.append(f"@{verb}{noun}={a}|{b}")


def _upward(words: Words, token: int | None) -> list[int]:
    return [] if token is None else [token, *words.ancestors(token)]


def _verb_over(words: Words, chain: Sequence[int]) -> int | None:
    for i in chain[1:]:
        if words.pos[i] in ("VERB", "AUX"):
            return i
    return chain[-1] if chain else None


def _lowest_common(words: Words, up_s: Sequence[int], up_t: Sequence[int]) -> int | None:
    above = set(up_t)
    return next((i for i in up_s if i in above), None)


def _root(hit: Hit, tables: EventTables) -> str:
    return tables.types[hit.entry.type].root or "?"


def best_hit(words: Words, source: int | None, target: int | None, hits: Sequence[tuple[Hit, Arguments]]) -> tuple[Hit, Arguments] | None:
    """The trigger most closely bound to both actors; None where none is bound to either."""
    up_s, up_t = _upward(words, source), _upward(words, target)
    spots = (_verb_over(words, up_s), _verb_over(words, up_t), _lowest_common(words, up_s, up_t))
    best: tuple[tuple[int, int], tuple[Hit, Arguments]] | None = None
    for hit, arguments in hits:
        binding = _binding(words, source, target, hit, arguments, spots)
        key = (binding.strength, -hit.token)
        if binding.strength > 1 and (best is None or key > best[0]):
            best = key, (hit, arguments)
    return None if best is None else best[1]


@dataclass(frozen=True, slots=True)
class _Binding:
    """How a trigger is bound to two actors: role letters, the verbs it is, and how strongly."""

    roles: str
    where: str
    strength: int


def _binding(words, source, target, hit, arguments, spots):  # noqa: ANN001, ANN202
    verb_s, verb_t, common = spots
    s_in = source is not None and _covers(words, arguments.initiators, source)
    t_in = target is not None and _covers(words, arguments.recipients, target)
    s_turned = source is not None and _covers(words, arguments.recipients, source)
    t_turned = target is not None and _covers(words, arguments.initiators, target)
    where = "".join(mark for mark, spot in zip("stc", spots, strict=True) if hit.token == spot)
    light = hit.light is not None and hit.light[0] in (verb_s, verb_t)
    roles = ("S" if s_in else "s" if s_turned else "-") + ("T" if t_in else "t" if t_turned else "-")
    strength = 2 * s_in + 2 * t_in + s_turned + t_turned + len(where) + light + (hit.entry.pos != "noun")
    return _Binding(roles, where + ("l" if light else ""), strength)


def _lexicon(words, source, target, hits, tables, features, spots, bounds) -> None:  # noqa: ANN001
    best = None
    for hit, arguments in hits:
        if not bounds[0] <= hit.token < bounds[1]:
            continue
        root = _root(hit, tables)
        binding = _binding(words, source, target, hit, arguments, spots)
        met = climb(words, hit.token, tables, None, hit.light[0] if hit.light else None)
        status = status_of(met, None)
        features += [
            "L=" + root, f"Lr={root}{binding.roles}", f"Lw={root}{binding.where}", f"Lp={root}{hit.entry.pos[0]}",
            f"Ls={root}|{status}",
        ]  # fmt: skip
        key = (binding.strength, -hit.token)
        if best is None or key > best[0]:
            best = key, hit, root, status, met
    if best is None:
        features.append("B=none")
        return
    _, hit, root, status, met = best
    features += [f"Be={root}|{effect}{turned:d}" for effect, turned in met.effects]
    features += ["B=" + root, f"Bs={root}|{status}", "Bl=" + words.lemma[hit.token].lower()]


def _covers(words: Words, heads: Sequence[int], token: int) -> bool:
    return any(h == token or (words.left[h] <= token < words.right[h]) for h in heads)


def _verb(words: Words, verb: int | None, name: str, features: list[str], tables: EventTables) -> None:
    if verb is None:
        return
    lemma = words.lemma[verb].lower()
    features.append(f"{name}v={lemma}")
    features.append("v=" + lemma)
    features.append(f"{name}tag={words.tag[verb]}")
    for child in words.children[verb]:
        label, low = words.dep[child], words.lemma[child].lower()
        if label in (
            "prt",
            "dobj",
            "xcomp",
            "ccomp",
            "acomp",
            "attr",
            "oprd",
            "nsubjpass",
            "advmod",
            "neg",
            "aux",
            "auxpass",
            "mark",
            "agent",
        ):
            features.append(f"{name}{label}={low}")
            if label in ("prt", "dobj", "xcomp", "acomp", "attr", "oprd"):
                features.append(f"{name}v+={lemma} {low}")
                features.append("o=" + low)
            if label in ("xcomp", "ccomp"):
                for g in words.children[child]:
                    if words.dep[g] in ("dobj", "neg", "aux", "prt", "acomp", "nsubjpass"):
                        features.append(f"{name}{label}{words.dep[g]}={words.lemma[g].lower()}")
            if label == "dobj":
                for g in words.children[child]:
                    if words.dep[g] in ("amod", "compound", "prep", "acl"):
                        features.append(f"{name}om={words.lemma[g].lower()}")
        elif label == "prep":
            features.append(f"{name}prep={low}")
            features.append(f"{name}v+={lemma} {low}")
            for g in words.children[child]:
                if words.dep[g] in ("pobj", "pcomp"):
                    features.append(f"{name}pobj={words.lemma[g].lower()}")
                    features.append(f"{name}prep+={low} {words.lemma[g].lower()}")
    head = words.head[verb]
    if head != verb:
        features.append(f"{name}h={words.dep[verb]}>{words.lemma[head].lower()}")
    features.append(f"{name}st=" + status_of(climb(words, verb, tables), None))


def _path(words, up_s, up_t, common, features) -> None:  # noqa: ANN001
    if common is None:
        return
    a = up_s[: up_s.index(common)]
    b = up_t[: up_t.index(common)]
    deps = ">".join(words.dep[i] for i in a) + "^" + "<".join(words.dep[i] for i in reversed(b))
    features.append("pd=" + deps)
    inner = [words.lemma[i].lower() for i in (*a[1:], common, *reversed(b[1:]))]
    features.append("pl=" + " ".join(inner))
    features.extend("pw=" + w for w in inner)
    features.append(f"plen={min(9, len(inner))}")


def _actor(words: Words, token: int | None, name: str, features: list[str]) -> None:
    if token is None:
        features.append(name + "none")
        return
    features.append(f"{name}h={words.lemma[token].lower() if not words.ent[token] else words.ent[token]}")
    features.append(f"{name}d={words.dep[token]}>{words.lemma[words.head[token]].lower()}")
    features.append(f"{name}dd={words.dep[token]}")
    for child in words.children[token]:
        if words.dep[child] in ("amod", "compound", "nmod") and not words.ent[child]:
            features.append(f"{name}m={words.lemma[child].lower()}")
        elif words.dep[child] == "poss":
            features.append(f"{name}poss")


def _text(words, source, target, first, end, features) -> None:  # noqa: ANN001
    s = source if source is not None else first
    t = target if target is not None else end - 1
    low, high = min(s, t), max(s, t)
    features.append("order=" + ("st" if s < t else "ts"))
    for i in range(first, end):
        if words.pos[i] in _CONTENT and not words.ent[i]:
            where = "b" if i < low else "m" if i < high else "a"
            lemma = words.lemma[i].lower()
            features.append(f"w{where}={lemma}")
            features.append("w=" + lemma)
