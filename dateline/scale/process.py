"""One worker process on a pipe: asks it, and tells an answer from an exception and from its death."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["Died", "Raised", "WorkerProcess"]

_PATIENCE = 5  # seconds an idle process has to end by itself
# One thread of linear algebra a process: more would fight for the same cores, and sums would depend on their number.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception in the process, as words, and itself if it survives the pipe."""

    words: str
    trace: str
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Died:
    """The process is gone; how, in words."""

    words: str


class WorkerProcess:
    """A fresh interpreter ("spawn": the same on every system, nothing inherited half-way) with one worker in it."""

    def __init__(self, make_worker: Callable[[], object]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_main, args=(theirs, make_worker), daemon=True)
        with _inherited():
            self._process.start()
        theirs.close()  # so that the process's end is the pipe's end

    def ready(self) -> Raised | Died | None:
        """Wait until the worker is made; None if it is."""
        answer = self._receive()
        return answer if isinstance(answer, Raised | Died) else None

    def ask(self, items: Sequence[Any]) -> Sequence[Any] | Raised | Died:
        """Have the worker work on ``items``; one at a time, from one thread."""
        try:
            self._connection.send(items)
        except OSError:
            return self._died()
        except Exception as error:  # what cannot be pickled can raise anything
            return _raised(error)
        answer = self._receive()
        if isinstance(answer, list) and len(answer) != len(items):
            return Raised(f"the worker gave {len(answer)} results for {len(items)} items", "")
        return answer

    def kill(self) -> None:
        """End it at once; a thread that waits for its answer gets ``Died``."""
        self._process.kill()

    def close(self) -> None:
        """End it: by itself if it is idle, else by force."""
        self._connection.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def _receive(self) -> list[Any] | Raised | Died:
        try:
            answer: list[Any] | Raised = self._connection.recv()
        except (EOFError, OSError):
            return self._died()
        except Exception as error:  # a result whose class cannot be found here
            return _raised(error)
        return answer

    def _died(self) -> Died:
        self._process.join(_PATIENCE)
        code = self._process.exitcode
        if code == -signal.SIGKILL:
            return Died("its process was killed, as systems do when memory runs out")
        if code is not None and code < 0:
            return Died(f"its process was ended by {signal.Signals(-code).name}")
        return Died(f"its process ended with exit code {code}")


def _main(connection: Connection, make_worker: Callable[[], Callable[[list[Any]], Sequence[Any]]]) -> None:
    """What runs in the process: make the worker, then answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        worker = make_worker()
    except Exception as error:
        connection.send(_raised(error))
        return
    connection.send([])
    while True:
        try:
            items = connection.recv()
            answer: list[Any] | Raised = list(worker(items))
        except (EOFError, BrokenPipeError):
            return
        except Exception as error:
            answer = _raised(error)
        _answer(connection, answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # a killed parent cannot end us, and nobody waits for the batch any more


def _answer(connection: Connection, answer: list[Any] | Raised) -> None:
    try:
        connection.send(answer)
    except OSError:
        raise SystemExit(1) from None  # nobody waits for it any more
    except Exception as error:  # a result that cannot be pickled
        connection.send(_raised(error))


def _raised(error: Exception) -> Raised:
    words, trace = f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))
    try:
        travelled = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own, of a moment ago)
    except Exception:  # what an exception's own pickling raises can be anything
        return Raised(words, trace)
    return Raised(words, trace, travelled if isinstance(travelled, type(error)) else None)


@contextmanager
def _inherited() -> Iterator[None]:
    """Set for a moment what a process is born with: no Ctrl-C of its own, one thread of linear algebra."""
    unset = [name for name in _ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, "1"))
    main = threading.current_thread() is threading.main_thread()  # only there may signals be set
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    try:
        yield
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
        for name in unset:
            os.environ.pop(name, None)
