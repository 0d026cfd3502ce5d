"""Here: a function over many items on the cores of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from dateline.scale.crew import Crew, Task
from dateline.scale.errors import ItemError, ItemFailed

__all__ = ["Here"]

T = TypeVar("T")
U = TypeVar("U")


class Here:
    """Runs on this machine; the cluster's runner has the same one method."""

    def map(
        self,
        make_worker: Callable[[], Callable[[Sequence[T]], Sequence[U]]],
        items: Iterable[T],
        *,
        processes: int,
        batch: int,
        instead: Callable[[ItemError], U] | None = None,
    ) -> Iterator[U]:
        """Yield the worker's result for each item, in the order of the items, as a stream.

        make_worker: called once in each process and gives the function for a batch of items, which
            returns one result an item; it must be picklable, as items and results must. Results must
            not depend on how items are batched.
        processes: 1 works in this process. batch: items handed over at a time. At most
            ``crew.AHEAD`` batches a process are read ahead, so memory does not grow with the input.
        instead: gives the result for an item that fails; without it the error is raised.

        A process that dies (killed, out of memory) costs its batch one retry, item by item in a fresh
        process. Raises WorkerLost for the item it dies on again, ItemFailed for one the worker
        raises on, what ``make_worker`` raises, and StartError where processes die before there is a
        worker. However it ends, no process is left.
        """
        if processes < 1 or batch < 1:
            raise ValueError(f"at least one process and one item a batch are needed, not {processes} and {batch}")
        tasks = _tasks(items, batch)
        if processes == 1:
            return _alone(make_worker, tasks, instead)
        return _crewed(Crew(make_worker, processes, instead), tasks)


def _tasks(items: Iterable[T], size: int) -> Iterator[Task[T]]:
    source = iter(items)
    start = 0
    while batch := list(islice(source, size)):
        yield Task(start, batch)
        start += len(batch)


def _alone(
    make_worker: Callable[[], Callable[[Sequence[T]], Sequence[U]]],
    tasks: Iterator[Task[T]],
    instead: Callable[[ItemError], U] | None,
) -> Iterator[U]:
    worker = make_worker()
    for task in tasks:
        try:
            results: Iterable[U] = _paired(worker(task.items), task)
        except Exception:
            results = _one_by_one(worker, task, instead)
        yield from results


def _paired(results: Sequence[U], task: Task[T]) -> Sequence[U]:
    if len(results) != len(task.items):
        raise ValueError(f"the worker gave {len(results)} results for {len(task.items)} items")
    return results


def _one_by_one(
    worker: Callable[[Sequence[T]], Sequence[U]],
    task: Task[T],
    instead: Callable[[ItemError], U] | None,
) -> Iterator[U]:
    """The results of a batch in which something raised, up to the item that did."""
    for index, item in enumerate(task.items, start=task.start):
        try:
            (result,) = worker([item])
        except Exception as error:
            failed = ItemFailed(index, item, f"{type(error).__name__}: {error}")
            if instead is None:
                raise failed from error
            result = instead(failed)
        yield result


def _crewed(crew: Crew[T, U], tasks: Iterator[Task[T]]) -> Iterator[U]:
    with crew:
        yield from crew.work(tasks)
