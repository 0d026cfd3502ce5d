"""Crew: worker processes, each on a pipe of its own, so that a death is known with the item it came on.

A pool of the standard library breaks as a whole when one process is killed, and cannot tell whose batch
it was. Here one thread a process asks and waits; the crew hands out tasks and puts results in order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

from dateline.scale.errors import ItemError, ItemFailed, StartError, WorkerLost
from dateline.scale.process import Died, Raised, WorkerProcess

__all__ = ["AHEAD", "Crew", "Task"]

T = TypeVar("T")
U = TypeVar("U")

AHEAD = 4
"""Batches a process that may be read and not yet handed on: what one slow batch can hold up."""
_DEPTH = 2  # batches given to a process at a time, so that it need not wait for who takes the results
_STARTS = 2  # deaths while starting, one after another, before the crew gives up


@dataclass(slots=True)
class Task(Generic[T]):
    """A batch: ``items`` from place ``start`` on; ``alone``: to be worked on one by one, after a death."""

    start: int
    items: list[T]
    alone: bool = False

    def after(self, count: int, *, alone: bool) -> Task[T]:
        """The same task without its first items."""
        return Task(self.start + count, self.items[count:], alone)


@dataclass(slots=True)
class _Outcome:
    """What became of a task: the results of its first items, and what ended it early.

    task: None where the process did not get so far. died: the process is gone.
    """

    member: _Member
    task: Task[Any] | None
    results: Sequence[Any] = ()
    error: Exception | None = None
    died: bool = False


class _Member:
    """A process and the thread that serves it: tasks from its inbox, outcomes to the crew's outbox."""

    def __init__(self, make_worker: Callable[[], object], outbox: SimpleQueue[_Outcome]) -> None:
        self.given = 0
        self._inbox: SimpleQueue[Task[Any] | None] = SimpleQueue()
        self._outbox = outbox
        self._process = WorkerProcess(make_worker)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def give(self, task: Task[Any]) -> None:
        self.given += 1
        self._inbox.put(task)

    def returned(self) -> list[Task[Any]]:
        """The tasks it was given and never began; for one that has died."""
        left = []
        while not self._inbox.empty():
            left.append(self._inbox.get())
        return [task for task in left if task is not None]

    def stop(self, *, kill: bool) -> None:
        """Let it end; ``kill``: in the middle of its work."""
        self._inbox.put(None)
        if kill:
            self._process.kill()

    def join(self) -> None:
        """Wait until thread and process have ended."""
        self._thread.join()
        self._process.close()

    def _serve(self) -> None:
        try:
            trouble = self._process.ready()
            if trouble:
                self._outbox.put(_start_trouble(self, trouble))
                return
            while (task := self._inbox.get()) is not None:
                outcome = self._one_by_one(task) if task.alone else self._at_once(task)
                self._outbox.put(outcome)
                if outcome.died:
                    return
        except Exception as error:  # a fault of ours; the crew must not wait for an answer for ever
            self._outbox.put(_Outcome(self, None, error=error))

    def _at_once(self, task: Task[Any]) -> _Outcome:
        answer = self._process.ask(task.items)
        if isinstance(answer, Raised):
            return self._one_by_one(task)
        if isinstance(answer, Died):
            return _Outcome(self, task, died=True)
        return _Outcome(self, task, answer)

    def _one_by_one(self, task: Task[Any]) -> _Outcome:
        results: list[Any] = []
        for index, item in enumerate(task.items, start=task.start):
            answer = self._process.ask([item])
            if isinstance(answer, Died):
                return _Outcome(self, task, results, WorkerLost(index, item, answer.words), died=True)
            if isinstance(answer, Raised):
                return _Outcome(self, task, results, ItemFailed(index, item, answer.words, answer.trace))
            results.extend(answer)
        return _Outcome(self, task, results)


def _start_trouble(member: _Member, trouble: Raised | Died) -> _Outcome:
    error = StartError(f"no worker could be made: {trouble.words}")
    if isinstance(trouble, Raised):
        return _Outcome(member, None, error=trouble.error or error)
    return _Outcome(member, None, error=error, died=True)


class Crew(Generic[T, U]):
    """Up to ``processes`` members, started as there is work for them.

    A context manager: however its block ends, no process is left.
    """

    def __init__(
        self, make_worker: Callable[[], object], processes: int, instead: Callable[[ItemError], U] | None
    ) -> None:
        self._make_worker = make_worker
        self._processes = processes
        self._instead = instead
        self._members: list[_Member] = []
        self._outbox: SimpleQueue[_Outcome] = SimpleQueue()
        self._results: dict[int, Sequence[U]] = {}  # by the place of the first item; they wait for earlier ones
        self._failed: dict[int, ItemError] = {}  # to be raised when everything before has been handed on
        self._open = 0  # tasks given and not finished
        self._false_starts = 0
        self._idle = True

    def __enter__(self) -> Crew[T, U]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # First all at once, then one after another: ending takes as long as the slowest, not as all together.
        for member in self._members:
            member.stop(kill=not self._idle)
        for member in self._members:
            member.join()

    def work(self, tasks: Iterator[Task[T]]) -> Iterator[U]:
        """Yield the results of all tasks, in order."""
        place = 0
        more = True
        self._idle = False
        while True:
            while more and self._has_room():
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    self._give(task, self._freest())
            if not self._open:
                break
            self._settle(self._outbox.get())
            while place in self._results:
                results = self._results.pop(place)
                place += len(results)
                yield from results
            if place in self._failed:
                raise self._failed[place]
        self._idle = True

    def _has_room(self) -> bool:
        """Whether one more task may be read: bounded in number, results that wait included."""
        if self._open + len(self._results) >= AHEAD * self._processes:
            return False
        return len(self._members) < self._processes or min(member.given for member in self._members) < _DEPTH

    def _freest(self) -> _Member:
        """The member with least to do; a new one rather than one that is busy."""
        freest = min(self._members, key=lambda member: member.given, default=None)
        if freest is None or (freest.given and len(self._members) < self._processes):
            freest = _Member(self._make_worker, self._outbox)
            self._members.append(freest)
        return freest

    def _give(self, task: Task[T], member: _Member) -> None:
        if task.items:
            self._open += 1
            member.give(task)

    def _settle(self, outcome: _Outcome) -> None:
        """Keep the results of an outcome, and see to what is left of its task."""
        member, task = outcome.member, outcome.task
        left: list[Task[T]] = []
        if task is None:
            self._retry_start(outcome)
        else:
            self._false_starts = 0
            self._open -= 1
            member.given -= 1
            left.append(task.after(self._keep(task, outcome), alone=outcome.died))
        if outcome.died:
            left += member.returned()
            self._open -= member.given
            member = self._replace(member)
        for task in left:
            self._give(task, member)

    def _keep(self, task: Task[T], outcome: _Outcome) -> int:
        """Keep the results, and what stands in for an item that failed; return how many items that settles."""
        results = list(outcome.results)
        if isinstance(outcome.error, ItemError):
            if self._instead is None:
                self._failed[outcome.error.index] = outcome.error
            else:
                results.append(self._instead(outcome.error))
        if results:
            self._results[task.start] = results
        return len(results) + (outcome.error is not None and self._instead is None)

    def _retry_start(self, outcome: _Outcome) -> None:
        """Let a process that died while starting be tried again, some times."""
        self._false_starts += 1
        if outcome.error is not None and (not outcome.died or self._false_starts >= _STARTS):
            raise outcome.error

    def _replace(self, member: _Member) -> _Member:
        member.stop(kill=True)
        member.join()
        self._members.remove(member)
        self._members.append(_Member(self._make_worker, self._outbox))
        return self._members[-1]
