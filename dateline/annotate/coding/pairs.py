"""Pairs: which two noun phrases of a sentence its chief relation holds between.

Every noun phrase is scored once as initiator and once as recipient; a pair adds a few features of its own.
All scores are sums of hashed weights, so that ranking a sentence costs as much as reading its phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.annotate.coding.arguments import Arguments
from dateline.annotate.coding.triggers import Hit
from dateline.annotate.hashed import HashedLinear
from dateline.annotate.words import Words
from dateline.codebook.plover import EventTables

__all__ = ["candidates", "pair_features", "phrase_features", "rank_pairs", "shared_hits"]

_ARGUMENTS = frozenset(
    ["nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "poss", "attr", "appos", "compound", "amod", "nmod",
     "ROOT", "npadvmod", "oprd", "agent", "dep"]
)  # fmt: skip
_MODIFIERS = frozenset(["compound", "amod", "nmod"])
_NAMES = frozenset(["GPE", "ORG", "NORP", "PERSON", "LOC", "FAC"])
_NEVER = frozenset(["DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"])
_MOST = 24  # noun phrases of a sentence that are considered
_PAIRED = 12  # pairs, the likeliest by their phrases alone, that are looked at as pairs
_LONGEST = 250  # tokens of a sentence beyond which it is no sentence


def candidates(words: Words, first: int, end: int) -> list[int]:
    """Heads of the noun phrases of a sentence that could be actors, in text order."""
    found = []
    for i in range(first, end):
        label = words.dep[i]
        if label not in _ARGUMENTS or words.ent[i] in _NEVER:
            continue
        pos = words.pos[i]
        if label in _MODIFIERS:
            if words.ent[i] in _NAMES and not (i + 1 < end and words.head[i] == words.head[i + 1] and words.ent[i + 1]):
                found.append(i)
        elif pos in ("NOUN", "PROPN", "PRON", "NUM") and words.tag[i] not in ("WP", "WDT"):
            found.append(i)
    return found[:_MOST]


def phrase_features(
    words: Words, i: int, hits: Sequence[tuple[Hit, Arguments]], tables: EventTables, bounds: tuple[int, int]
) -> list[str]:
    """What a noun phrase is and where it stands, the same for both roles."""
    head, label = words.head[i], words.dep[i]
    lemma = words.lemma[i].lower()
    name = words.ent[i] or words.pos[i]
    features = [
        "d=" + label, "e=" + name, "de=" + label + "|" + name, "hv=" + label + ">" + words.lemma[head].lower(),
        "hp=" + label + ">" + words.pos[head], f"at={min(7, (i - bounds[0]) // 3)}",
        "l=" + ("@" if words.ent[i] else lemma),
    ]  # fmt: skip
    if label in ("pobj", "conj"):
        up = words.head[head]
        features.append("up=" + label + ">" + words.lower[head] + ">" + words.pos[up] + ">" + words.dep[head])
        features.append("upl=" + words.lower[head] + ">" + words.lemma[up].lower())
    if not words.ent[i]:
        features += ["c=" + meaning for meaning in tables.classes.get(lemma, ())]
    features.append(f"depth={min(8, sum(1 for _ in words.ancestors(i)))}")
    verb = next((a for a in words.ancestors(i) if words.pos[a] in ("VERB", "AUX")), None)
    if verb is not None:
        features.append("vd=" + words.dep[verb] + "|" + label)
        features += [f"vc={name}|{label}" for name in tables.classes.get(words.lemma[verb].lower(), ())]
        features.append("said" + str(any(words.dep[c] == "ccomp" for c in words.children[verb])) + label)
    named = any(words.ent[k] in _NAMES for k in range(words.left[i], min(words.right[i], i + 1)))
    features.append(f"named={named}|{label}")
    return features + _roles(words, i, hits, tables, bounds)


def _roles(
    words: Words, i: int, hits: Sequence[tuple[Hit, Arguments]], tables: EventTables, bounds: tuple[int, int]
) -> list[str]:
    """Which triggers' initiator or recipient a noun phrase is."""
    features: list[str] = []
    for rank, (hit, arguments) in enumerate(hits):
        if not bounds[0] <= hit.token < bounds[1]:
            continue
        root = tables.types[hit.entry.type].root
        place = f"{min(rank, 2)}{hit.entry.pos[0]}"
        for role, heads in (("i", arguments.initiators), ("r", arguments.recipients)):
            if i in heads:
                features += [f"h{role}", f"h{role}={root}", f"h{role}@{place}", f"h{role}d={words.dep[hit.token]}"]
    return features


def pair_features(
    words: Words, i: int, j: int, shared: Mapping[tuple[int, int], str], up: Mapping[int, list[int]] | None = None
) -> list[str]:
    """What stands between two noun phrases; ``up``: the way from each of them to its root, if known."""
    a, b = words.dep[i], words.dep[j]
    up_i, up_j = (up[i], up[j]) if up else ([i, *words.ancestors(i)], [j, *words.ancestors(j)])
    above = set(up_j)
    common = next(k for k in up_i if k in above) if up_i[-1] == up_j[-1] else up_i[-1]
    near = up_i.index(common), up_j.index(common) if common in above else 9
    features = [
        f"P{a}>{b}", f"o{i < j}", f"o{i < j}{a}>{b}", f"n{min(near[0], 4)},{min(near[1], 6)}",
        f"k{words.pos[common]}{words.dep[common]}", f"dist{min(6, abs(i - j) // 4)}",
    ]  # fmt: skip
    if common in (i, j):
        features.append("nested" + ("i" if common == i else "j") + a + b)
    path = ">".join(words.dep[k] for k in up_i[: near[0]]) + "^" + "<".join(words.dep[k] for k in up_j[: near[1]])
    features.append("path" + path)
    root = shared.get((i, j))
    if root is not None:
        features += ["same", "same" + root]
    elif (j, i) in shared:
        features.append("turned")
    return features


def rank_pairs(
    words: Words,
    bounds: tuple[int, int],
    hits: Sequence[tuple[Hit, Arguments]],
    tables: EventTables,
    model: HashedLinear,
) -> list[tuple[float, int, int]]:
    """Pairs (score, initiator's head, recipient's head) of a sentence, best first.

    The model's columns are: as initiator, as recipient, as a pair; only the last has a bias.
    """
    heads = candidates(words, *bounds) if bounds[1] - bounds[0] <= _LONGEST else []
    if len(heads) < 2:
        return []
    single = model.scores_of([phrase_features(words, i, hits, tables, bounds) for i in heads])
    shared = shared_hits(hits, tables)
    apart = [
        (alone, i, j)
        for i, line in zip(heads, (single[:, :1] + single[:, 1]).tolist(), strict=True)
        for j, alone in zip(heads, line, strict=True)
        if i != j
    ]
    likely = sorted(apart, key=_by_score)[:_PAIRED]
    up = {i: [i, *words.ancestors(i)] for i in heads}
    together = model.scores_of([pair_features(words, i, j, shared, up) for _, i, j in likely])[:, 2].tolist()
    return sorted(((alone + more, i, j) for (alone, i, j), more in zip(likely, together, strict=True)), key=_by_score)


def _by_score(pair: tuple[float, int, int]) -> tuple[float, int, int]:
    return -pair[0], pair[1], pair[2]


def shared_hits(hits: Sequence[tuple[Hit, Arguments]], tables: EventTables) -> dict[tuple[int, int], str]:
    """Pairs that are initiator and recipient of one trigger, with the root of its type."""
    return {
        (i, j): tables.types[hit.entry.type].root
        for hit, arguments in hits
        for i in arguments.initiators
        for j in arguments.recipients
    }
