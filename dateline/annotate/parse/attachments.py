"""Attachments: spaCy's arc-eager parsing for many paragraphs in lockstep.

Each step scores one state a paragraph in one product and then makes each paragraph's best valid move.
The transition system is Nivre's arc-eager one with spaCy's additions: words may return to the buffer
("unshift"), and a move begins sentences (Honnibal & Johnson 2014; ``arc_eager.pyx``, ``_state.pxd``).
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from dateline.annotate.parse.layers import Floats, Layer, Product
from dateline.annotate.parse.scorer import Scorer

__all__ = ["ArcDecoder"]

_DECORATION = "||"  # "prep||dobj": attach to the nearest dobj below the head (Nivre & Nilsson 2005)

_Tree = tuple[list[int], list[str], npt.NDArray[np.bool_]]  # heads and labels of a paragraph, white space of its batch


class _State:
    """One paragraph on its way: tokens counted from its first; ``first`` is that one's place in the batch."""

    __slots__ = ("breaks", "buffer", "first", "head", "label", "left", "length", "next", "right", "stack", "unshifted")

    def __init__(self, first: int, length: int) -> None:
        self.first, self.length = first, length
        self.stack: list[int] = []
        self.buffer: list[int] = []  # words put back, the nearest last
        self.next = 0  # the first word never taken
        self.head = [-1] * length
        self.label = [-1] * length
        self.left: list[list[int]] = [[] for _ in range(length)]
        self.right: list[list[int]] = [[] for _ in range(length)]
        self.unshifted: set[int] = set()
        self.breaks: set[int] = set()

    def ahead(self) -> tuple[int, int]:
        """The next two words of the buffer; -1 for none."""
        buffer = self.buffer
        if not buffer:
            first = self.next
            return (first if first < self.length else -1), (first + 1 if first + 1 < self.length else -1)
        if len(buffer) > 1:
            return buffer[-1], buffer[-2]
        return buffer[-1], (self.next if self.next < self.length else -1)

    def context(self) -> list[int]:
        """The tokens that describe the state: B0 B1 S0 S1 S2, last left child of B0 and S0, last right one of S0."""
        b0, b1 = self.ahead()
        stack, base = self.stack, self.first
        depth = len(stack)
        out = [-1 if b0 < 0 else b0 + base, -1 if b1 < 0 else b1 + base, -1, -1, -1, -1, -1, -1]
        if depth:
            s0 = stack[-1]
            out[2] = s0 + base
            if depth > 1:
                out[3] = stack[-2] + base
                if depth > 2:
                    out[4] = stack[-3] + base
            if self.left[s0]:
                out[6] = self.left[s0][-1] + base
            if self.right[s0]:
                out[7] = self.right[s0][-1] + base
        if b0 >= 0 and self.left[b0]:
            out[5] = self.left[b0][-1] + base
        return out

    def push(self) -> None:
        if self.buffer:
            self.stack.append(self.buffer.pop())
        else:
            self.stack.append(self.next)
            self.next += 1

    def reduce(self) -> None:
        word = self.stack.pop()
        if self.head[word] < 0 and self.stack:
            self.unshifted.add(word)
            self.buffer.append(word)

    def attach(self, head: int, child: int, label: int) -> None:
        before = self.head[child]
        if before >= 0:
            (self.left if before > child else self.right)[before].remove(child)
        (self.left if head > child else self.right)[head].append(child)
        self.head[child], self.label[child] = head, label

    def done(self) -> bool:
        return not self.stack and not self.buffer and self.next >= self.length


class ArcDecoder:
    """The moves of a parser: ``moves`` are its names ("S", "L-nsubj") by index."""

    def __init__(self, model: Layer, moves: list[str], product: Product) -> None:
        self.scorer = Scorer(model, product)
        kinds = [move.partition("-")[0] for move in moves]
        self._left, self._right = kinds.index("L"), kinds.index("R")
        self.labels = [move.partition("-")[2] for move in moves]
        if kinds != ["S", "D", *["L"] * kinds.count("L"), *["R"] * kinds.count("R"), "B"]:
            raise ValueError("the moves stand in another order")
        self.root = len(moves) - 1

    def __call__(
        self, encoded: Floats, lengths: list[int], space: npt.NDArray[np.bool_]
    ) -> tuple[list[int], list[str]]:
        """Return the head (an index in the batch; a root's is its own) and the label of each token."""
        prepared = self.scorer.prepare(encoded)
        states = [_State(first, length) for first, length in zip(_firsts(lengths), lengths, strict=True)]
        going = [state for state in states if state.length]
        while going:
            contexts = np.array([state.context() for state in going])
            self._step(going, self.scorer(prepared, contexts))
            going = [state for state in going if state.stack or state.buffer or state.next < state.length]
        heads, labels = [], []
        for state in states:
            head, label = self._settled(state, space)
            heads += [state.first + i for i in head]
            labels += label
        return heads, labels

    def _step(self, states: list[_State], scores: Floats) -> None:
        """Make the best valid move of each state; of equals, the one with the lower index."""
        left = scores[:, self._left : self._right].argmax(axis=1) + self._left
        right = scores[:, self._right : -1].argmax(axis=1) + self._right
        row = np.arange(len(states))
        table = np.stack([scores[:, 0], scores[:, 1], scores[row, left], scores[row, right], scores[:, -1]], axis=1)
        for state, best, to_left, to_right in zip(states, table.tolist(), left.tolist(), right.tolist(), strict=True):
            _move(state, best, to_left, to_right)

    def _settled(self, state: _State, space: npt.NDArray[np.bool_]) -> tuple[list[int], list[str]]:
        """Heads and labels once decorated labels are resolved."""
        names = self.labels
        head = [i if h < 0 else h for i, h in enumerate(state.head)]
        label = [names[self.root if h == i else k] for i, (h, k) in enumerate(zip(head, state.label, strict=True))]
        for i, name in enumerate(label):
            if _DECORATION in name:
                label[i], _, wanted = name.partition(_DECORATION)
                head[i] = _lifted(i, wanted, state, (head, label, space))
        return head, label


def _move(state: _State, best: list[float], to_left: int, to_right: int) -> None:  # noqa: PLR0912 (one branch a move)
    """Make the best move that is valid."""
    shift, reduce, left, right, sentence = best
    b0, b1 = state.ahead()
    if not state.stack:
        if b1 == b0 + 1 and b1 not in state.breaks and sentence > shift:
            state.breaks.add(b1)
        else:
            state.push()
        return
    if b0 < 0:
        state.reduce()
        return
    top, move = reduce, 1
    if b0 not in state.breaks:
        if b1 >= 0 and b0 not in state.unshifted and shift >= top:
            top, move = shift, 0
        if left > top:
            top, move = left, 2
        if right > top:
            top, move = right, 3
    if b1 == b0 + 1 and b1 not in state.breaks and sentence > top:
        state.breaks.add(b1)
    elif move == 0:
        state.push()
    elif move == 1:
        state.reduce()
    elif move == 2:
        state.attach(b0, state.stack.pop(), to_left)
        state.unshifted.discard(b0)
    else:
        state.attach(state.stack[-1], b0, to_right)
        state.push()


def _lifted(child: int, wanted: str, state: _State, tree: _Tree) -> int:
    """The first word below the child's head, level by level, that has the wanted label; else that head."""
    head, label, space = tree
    queue = deque([head[child]])
    while queue:
        at = queue.popleft()
        for below in sorted(state.left[at] + state.right[at]):
            if head[below] != at or below == child or space[state.first + below]:
                continue
            if label[below] == wanted:
                return below
            queue.append(below)
    return head[child]


def _firsts(lengths: list[int]) -> list[int]:
    return [0, *np.cumsum(lengths)[:-1].tolist()] if lengths else []
