"""The runner on this machine: order, bounds, deaths, exceptions, ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from itertools import count, islice
from pathlib import Path

import pytest

from dateline.scale import Here, ItemFailed, StartError, WorkerLost
from dateline.scale.crew import AHEAD
from tests.conftest import heed_ctrl_c

from . import workers

PROCESSES = (1, 2)


@pytest.fixture(autouse=True)
def _no_process_is_left():
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", PROCESSES)
@pytest.mark.parametrize(("items", "batch"), [(0, 3), (1, 3), (10, 3), (12, 3), (7, 100), (50, 1)])
def test_every_item_has_its_result_in_order(processes, items, batch):
    results = Here().map(workers.doubling, range(items), processes=processes, batch=batch)
    assert list(results) == [2 * item for item in range(items)]


def test_results_keep_the_order_of_items_when_the_first_batch_is_slowest():
    results = Here().map(workers.slow_first, range(12), processes=2, batch=2)
    assert list(results) == list(range(12))


def test_a_worker_is_made_once_in_each_process():
    results = set(Here().map(workers.naming_the_process, range(40), processes=2, batch=2))
    assert {times for _, times in results} == {1}
    assert len(results) == 2
    assert os.getpid() not in {pid for pid, _ in results}


def test_one_process_means_this_one():
    ((pid, _),) = set(Here().map(workers.naming_the_process, range(5), processes=1, batch=2))
    assert pid == os.getpid()


def test_no_more_processes_are_started_than_there_are_batches():
    results = set(Here().map(workers.naming_the_process, range(5), processes=2, batch=100))
    assert len(results) == 1


@pytest.mark.parametrize("processes", PROCESSES)
def test_items_are_read_only_so_far_ahead_of_the_results(processes):
    read, batch = [], 5
    endless = (read.append(n) or n for n in count())
    for number, _ in enumerate(islice(Here().map(workers.doubling, endless, processes=processes, batch=batch), 300)):
        assert len(read) - number <= (AHEAD * processes + 1) * batch


def test_one_slow_batch_does_not_let_results_pile_up():
    read = []
    results = Here().map(workers.slow_first, (read.append(n) or n for n in range(1000)), processes=2, batch=2)
    assert next(results) == 0
    assert len(read) <= AHEAD * 2 * 2
    results.close()


def test_results_larger_than_a_pipe_do_not_block():
    results = Here().map(workers.large, ["x" * 300_000] * 12, processes=2, batch=2)
    assert sum(map(len, results)) == 12 * 300_000


def test_a_killed_worker_costs_its_batch_a_retry_and_nothing_else(tmp_path):
    make = partial(workers.killed_once, tmp_path / "mark", 7)
    assert list(Here().map(make, range(30), processes=2, batch=4)) == list(range(30))


@pytest.mark.parametrize("bad", [0, 7, 29])
def test_an_item_that_kills_twice_is_named(bad):
    results = Here().map(partial(workers.killed_on, frozenset({bad})), range(30), processes=2, batch=4)
    with pytest.raises(WorkerLost, match="killed, as systems do when memory runs out") as lost:
        list(results)
    assert (lost.value.index, lost.value.item) == (bad, bad)


def test_results_before_a_lost_item_are_all_handed_on():
    seen = []
    with pytest.raises(WorkerLost):
        seen.extend(Here().map(partial(workers.killed_on, frozenset({17})), range(30), processes=2, batch=4))
    assert seen == list(range(17))


def test_lost_items_can_be_replaced_and_the_rest_goes_on():
    make = partial(workers.killed_on, frozenset({3, 5, 20}))
    results = Here().map(make, range(24), processes=2, batch=4, instead=lambda error: -error.index)
    assert list(results) == [-n if n in {3, 5, 20} else n for n in range(24)]


@pytest.mark.parametrize("processes", PROCESSES)
def test_an_exception_names_its_item_after_the_results_before_it(processes):
    seen = []
    with pytest.raises(ItemFailed, match="item 8: ValueError: cannot read 8") as failed:
        seen.extend(Here().map(partial(workers.raising_on, 8), range(20), processes=processes, batch=5))
    assert failed.value.item == 8
    assert seen == list(range(8))


@pytest.mark.parametrize("processes", PROCESSES)
def test_an_item_that_raises_can_be_replaced(processes):
    make = partial(workers.raising_on, 8)
    results = Here().map(make, range(20), processes=processes, batch=5, instead=lambda error: error.words)
    assert list(results)[7:10] == [7, "ValueError: cannot read 8", 9]


def test_an_exception_in_another_process_brings_its_traceback():
    with pytest.raises(ItemFailed) as failed:
        list(Here().map(partial(workers.raising_on, 0), range(4), processes=2, batch=2))
    assert "in work" in failed.value.trace


def test_a_process_that_exits_is_a_lost_worker():
    with pytest.raises(WorkerLost, match="exit code 3"):
        list(Here().map(partial(workers.leaving, 3), range(4), processes=2, batch=2))


@pytest.mark.parametrize("processes", PROCESSES)
def test_what_hinders_the_making_of_a_worker_comes_through_as_it_is(processes):
    with pytest.raises(FileNotFoundError, match="the model is not installed"):
        list(Here().map(workers.unmakeable, range(4), processes=processes, batch=2))


@pytest.mark.parametrize(
    ("make", "words"),
    [(workers.stillborn, "no worker could be made: its process was killed"), (workers.odd, "OddError: one two")],
)
def test_a_worker_that_cannot_be_made_for_reasons_that_do_not_travel_is_said(make, words):
    with pytest.raises(StartError, match=words):
        list(Here().map(make, range(4), processes=2, batch=2))


def test_a_process_killed_while_it_starts_is_started_again(tmp_path):
    make = partial(workers.stillborn_once, tmp_path / "mark")
    assert list(Here().map(make, range(4), processes=2, batch=8)) == [0, 2, 4, 6]


@pytest.mark.parametrize("processes", PROCESSES)
def test_a_worker_that_loses_results_is_found_out(processes):
    with pytest.raises(ItemFailed):
        list(Here().map(workers.short_changing, range(4), processes=processes, batch=2))


def test_a_result_that_cannot_travel_is_an_error_and_no_hang():
    with pytest.raises(ItemFailed, match="pickle"):
        list(Here().map(workers.unpicklable, range(4), processes=2, batch=2))


def test_an_item_that_cannot_travel_is_an_error_and_no_hang():
    with pytest.raises(ItemFailed, match="pickle"):
        list(Here().map(workers.doubling, [1, lambda: 2], processes=2, batch=2))


def test_an_error_of_the_items_themselves_comes_through():
    def items():
        yield 1
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="the disk went away"):
        list(Here().map(workers.doubling, items(), processes=2, batch=1))


def test_leaving_early_ends_the_processes_in_the_middle_of_their_work():
    results = Here().map(partial(workers.sleeping, 30), range(100), processes=2, batch=1)
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        _first_within(results, seconds=1)
    results.close()
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(("processes", "batch"), [(0, 1), (1, 0), (-1, 5)])
def test_nonsense_is_refused_at_once(processes, batch):
    with pytest.raises(ValueError, match="at least one"):
        Here().map(workers.doubling, [], processes=processes, batch=batch)


@pytest.fixture
def run():
    """A program that maps a worker sleeping half a minute, in a process group of its own; it has begun to work."""
    code = (
        "from functools import partial; from dateline.scale import Here; from tests.scale import workers\n"
        "if __name__ == '__main__':\n"
        "    make = partial(workers.sleeping, 30, say=True)\n"
        "    try: list(Here().map(make, range(9), processes=2, batch=1))\n"
        "    except KeyboardInterrupt: print('stopped', flush=True)\n"
    )
    root = Path(__file__).parents[2]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=root,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509  # no threads here
    ) as run:
        assert [run.stdout.readline(), run.stdout.readline()] == [b"asleep\n"] * 2
        yield run
        run.kill()


# In both, communicate returns when nobody holds the pipes any more, the workers included; they would sleep for 30 s.


def test_ctrl_c_ends_every_process_without_a_word_from_the_workers(run):
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the whole group
    assert run.communicate(timeout=20) == (b"stopped\n", b"")
    assert run.returncode == 0


def test_workers_do_not_outlive_a_killed_parent(run):
    run.kill()
    assert run.communicate(timeout=20) == (b"", b"")


def _first_within(results, seconds: int) -> object:
    """Take one result, or raise TimeoutError out of the wait, as Ctrl-C would."""

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        return next(results)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
