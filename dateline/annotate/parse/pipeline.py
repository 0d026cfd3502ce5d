"""Pipeline: a whole small English pipeline on the quick path, if every piece of it is known."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dateline.annotate.parse.attachments import ArcDecoder
from dateline.annotate.parse.entities import EntityDecoder
from dateline.annotate.parse.layers import Affine, Encoder, Floats, named, steady_product, weights
from dateline.annotate.parse.lexicon import Embedding, Lexicon
from dateline.annotate.parse.morphology import Morphology
from dateline.annotate.parse.parsed import HASHED, Parsed, parsed
from dateline.annotate.threads import one_thread

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline._parser_internals.transition_system import TransitionSystem
    from spacy.tokens import Doc

__all__ = ["Quick", "quick"]

_PIPES = {
    "tok2vec": "Tok2Vec", "tagger": "Tagger", "parser": "DependencyParser",
    "attribute_ruler": "AttributeRuler", "lemmatizer": "EnglishLemmatizer", "ner": "EntityRecognizer",
}  # fmt: skip
_MODELS = {
    "tok2vec": ("spacy.Tok2Vec.v2",),
    "tagger": ("spacy.Tagger.v2", "spacy.Tok2VecListener.v1"),
    "parser": ("spacy.TransitionBasedParser.v2", "spacy.Tok2VecListener.v1"),
    "ner": ("spacy.TransitionBasedParser.v2", "spacy.Tok2Vec.v2"),
}
_PROBES = (
    "Forty-two people, 14 of them children, weren't told; there were no U.S. troops in Kharkiv on Friday.",
    "\u201cWe gave up nothing,\u201d  Olena Sydorenko told Reuters. Let's see what they've got to say, he added.",
)
_COMPARED = ("ids", "iob", "opens", "head", "start", "length", "space")


class Quick:
    """Tokenizes with spaCy and does the rest itself; raises an exception for what it does not know."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._lock = Lock()  # what is remembered of forms is shared by threads, such as those of a server
        pipes: dict[str, Any] = {name: nlp.get_pipe(name) for name in _PIPES}
        product = steady_product()
        models = [pipes["tok2vec"].model, pipes["ner"].model.get_ref("tok2vec")]
        self._lexicon = Lexicon(nlp.vocab, [Embedding(model, product) for model in models])
        self._encoders = [Encoder(model, product) for model in models]
        softmax = named(pipes["tagger"].model, "softmax")
        self._tagger = Affine(np.ascontiguousarray(weights(softmax, "W").T), weights(softmax, "b"), product)
        strings = nlp.vocab.strings
        self._tags = np.array([strings.add(tag) for tag in pipes["tagger"].labels], np.uint64)
        self._arcs = ArcDecoder(pipes["parser"].model, _moves(pipes["parser"].moves), product)
        self._entities = EntityDecoder(pipes["ner"].model, _moves(pipes["ner"].moves), product)
        self._labels = np.array([strings.add(label) for label in self._entities.labels], np.uint64)
        self._morphology = Morphology(nlp)

    def __call__(self, texts: Sequence[str]) -> list[Parsed]:
        """Parse paragraphs, together at most ``Lexicon.room`` characters long."""
        with self._lock, one_thread():
            return self._parsed(texts)

    def _parsed(self, texts: Sequence[str]) -> list[Parsed]:
        batch = _Batch([self._nlp.make_doc(text) for text in texts])
        if not len(batch.tokens):
            return [_nothing() for _ in texts]
        rows = self._lexicon.rows(batch.tokens[:, :3])
        space = self._lexicon.space[rows]
        shared, own = (
            batch.encoded(encoder, table[rows])
            for encoder, table in zip(self._encoders, self._lexicon.embedded, strict=True)
        )
        heads, labels = self._arcs(shared, batch.lengths, space)
        head = np.array(heads)
        opens = _openings(head)
        kind, iob = self._kinds(own, space, batch.closes(opens))
        said = self._said(batch, self._tags[self._tagger(shared).argmax(axis=1)], labels)
        ids = np.column_stack([batch.tokens[:, 0], self._lexicon.lower[rows], *said, kind])
        start, length = batch.tokens[:, 3:].astype(np.int64).T
        return [
            Parsed(ids[a:b], iob[a:b], opens[a:b], head[a:b] - a, start[a:b], length[a:b], space[a:b])
            for a, b in batch.ranges()
        ]

    def _said(self, batch: _Batch, tags: npt.NDArray[np.uint64], labels: list[str]) -> list[npt.NDArray[np.uint64]]:
        """LEMMA, TAG, POS and DEP of each token, given tags and labels as the models choose them."""
        add = self._nlp.vocab.strings.add
        hashes = {label: add(label) for label in sorted(set(labels))}
        keys = list(zip(batch.tokens[:, 0].tolist(), tags.tolist(), [hashes[label] for label in labels], strict=True))
        said = self._morphology(keys, {start for start, _ in batch.ranges()})
        return [said[:, 3], said[:, 0], said[:, 2], said[:, 1]]

    def _kinds(
        self, own: Floats, space: npt.NDArray[np.bool_], closes: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
        """ENT_TYPE and ENT_IOB of each token."""
        kind, iob = np.zeros(len(own), np.uint64), np.full(len(own), 2)
        found = self._entities(own, space, closes)
        for start, end, label in zip(found.starts, found.ends, found.labels, strict=True):
            kind[start:end] = self._labels[label]
            iob[start:end] = 1
            iob[start] = 3
        return kind, iob


class _Batch:
    """The tokens of some paragraphs, one row each: ORTH NORM SPACY IDX LENGTH."""

    def __init__(self, docs: list[Doc]) -> None:
        self.lengths = [len(doc) for doc in docs]
        tables = [doc.to_array(["ORTH", "NORM", "SPACY", "IDX", "LENGTH"]) for doc in docs]
        self.tokens = np.concatenate(tables).astype(np.uint64, copy=False)

    def ranges(self) -> list[tuple[int, int]]:
        """Each paragraph's tokens, as ``[start, end)``."""
        ends = np.cumsum(self.lengths).tolist()
        return list(zip([0, *ends[:-1]], ends, strict=True))

    def closes(self, opens: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which tokens end a sentence or a paragraph, given those that begin a sentence."""
        closes = np.append(opens[1:], True)
        closes[[end - 1 for start, end in self.ranges() if end > start]] = True
        return closes

    def encoded(self, encoder: Encoder, embedded: Floats) -> Floats:
        """Encode the tokens, paragraphs kept apart."""
        shifts = np.repeat(np.arange(1, len(self.lengths) + 1) * encoder.gap, self.lengths)
        places = np.arange(len(shifts)) + shifts
        spread = np.zeros((len(shifts) + (len(self.lengths) + 1) * encoder.gap, embedded.shape[1]), np.float32)
        spread[places] = embedded
        encoded: Floats = encoder(spread)[places]
        return encoded


def quick(nlp: Language) -> Quick | None:
    """Return the quick path for a pipeline whose every piece is known, else None."""
    if {name: type(pipe).__name__ for name, pipe in nlp.pipeline} != _PIPES:
        return None
    if any(_architectures(nlp, name) != expected for name, expected in _MODELS.items()):
        return None
    if any(nlp.get_pipe_config(name).get("beam_width", 1) != 1 for name in ("parser", "ner")):
        return None
    try:
        candidate = Quick(nlp)
    except (ValueError, LookupError):
        return None
    return candidate if _agrees(candidate, nlp) else None


def _agrees(candidate: Quick, nlp: Language) -> bool:
    """Whether it says what spaCy says of a few sentences: a last guard against settings that are not looked at."""
    for ours, doc in zip(candidate(_PROBES), nlp.pipe(_PROBES), strict=True):
        theirs = parsed(doc)
        if not all(np.array_equal(getattr(ours, name), getattr(theirs, name)) for name in _COMPARED):
            return False
    return True


def _architectures(nlp: Language, name: str) -> tuple[str, ...]:
    model = nlp.get_pipe_config(name)["model"]
    inner = model.get("tok2vec")
    return tuple(part["@architectures"] for part in (model, inner) if part)


def _moves(moves: TransitionSystem) -> list[str]:
    """The names of a transition system's moves by index."""
    return [moves.get_class_name(k) for k in range(moves.n_moves)]


def _openings(heads: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Which tokens begin a sentence: the first of all words below one root."""
    root = heads
    while not np.array_equal(above := root[root], root):
        root = above
    opens = np.zeros(len(heads), np.bool_)
    opens[np.unique(root, return_index=True)[1]] = True
    return opens


def _nothing() -> Parsed:
    numbers = np.zeros(0, np.int64)
    return Parsed(np.zeros((0, len(HASHED)), np.uint64), numbers, np.zeros(0, np.bool_), numbers, numbers, numbers,
                  np.zeros(0, np.bool_))  # fmt: skip
