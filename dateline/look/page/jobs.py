"""Reading behind the page: one job at a time in a thread, each with a log of what happened that pages follow.

Reports stay in the ledger as they are read, whoever looks or leaves. The model loads with the first job and stays.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec

from dateline.intake import Problem, reports
from dateline.ledger import Ledger
from dateline.look.page.relinking import Relinker
from dateline.records import Report

__all__ = ["Given", "Job", "Jobs", "State", "Step", "StepKind"]

State = Literal["waiting", "reading", "linking", "done", "failed"]
StepKind = Literal["read", "known", "unread", "problem", "note", "state"]
_KEPT = 20  # jobs that can still be looked at
_OPENING = 90  # characters of a report without a title that stand for one
_PATIENCE = 30.0  # seconds a server that ends waits for the report being read


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody added: a folder of their files, which the job removes, and the name each came under.

    date, outlet: of reports that give none themselves.
    """

    folder: TemporaryDirectory[str]
    names: dict[str, str]
    date: str | None = None
    outlet: str | None = None

    def name_of(self, path: str) -> str:
        """The name somebody knows a path of the folder by, whatever follows it (":12", a line)."""
        for known, name in self.names.items():
            if path.startswith(known):
                return name + path.removeprefix(known)
        return path


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: a report done with (``report``: its id), a problem told, a state entered."""

    kind: StepKind
    words: str
    report: str | None = None


@dataclass(eq=False, slots=True)
class Job:
    """One reading. ``steps`` only grows, so that a page can say how far it has followed.

    met: reports found in the files so far; counts: how many came to which end.
    """

    given: Given
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: State = "waiting"
    met: int = 0
    counts: dict[StepKind, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether nothing will happen any more."""
        return self.state in ("done", "failed")

    @property
    def finished(self) -> int:
        """Reports done with, whatever came of them."""
        return sum(self.counts.get(kind, 0) for kind in ("read", "known", "unread"))

    def log(self, kind: StepKind, words: str, report: str | None = None) -> None:
        """Add a step; its count is there when the step is."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.steps.append(Step(kind, words, report))

    def enter(self, state: State) -> None:
        """Go on to a state. The step comes first: who sees a job over has seen its last step."""
        self.log("state", state)
        self.state = state


class _StoppedError(Exception):
    """The server ends."""


class Jobs:
    """The readings of a server, the latest last."""

    def __init__(self, ledger: Ledger, relinker: Relinker) -> None:
        self._ledger = ledger
        self._relinker = relinker
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._jobs: dict[str, Job] = {}
        self._threads: list[threading.Thread] = []

    def start(self, given: Given) -> Job:
        """Read what was given as soon as the readings before it are over."""
        job = Job(given)
        self._jobs[job.id] = job
        over = [key for key, kept in self._jobs.items() if kept.over]
        for key in over[: max(0, len(self._jobs) - _KEPT)]:
            del self._jobs[key]
        thread = threading.Thread(target=self._run, args=(job,), daemon=True)
        self._threads = [other for other in self._threads if other.is_alive()] + [thread]
        thread.start()
        return job

    def get(self, job: str) -> Job | None:
        """The job of that id, None if there is none or it is long over."""
        return self._jobs.get(job)

    def latest(self) -> list[Job]:
        """The jobs there are, the latest first."""
        return list(self._jobs.values())[::-1]

    def close(self) -> None:
        """End: what is read stays, what is not is given up."""
        self._stop.set()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _run(self, job: Job) -> None:
        state: State = "failed"
        with self._turn:
            try:
                self._read(job)
                state = "done"
            except _StoppedError:
                job.log("problem", "The server was ended: add the rest again")
            except Exception as error:  # whatever it is, the page tells it: nobody else hears a thread
                job.log("problem", f"{type(error).__name__}: {error}")
            finally:
                job.given.folder.cleanup()
                job.enter(state)

    def _read(self, job: Job) -> None:
        if self._stop.is_set():
            raise _StoppedError
        job.enter("reading")
        _Reading(self._ledger, job, self._stop).run()
        self._relinker.run()  # a correction may have come while this was linked


class _Reading:
    """One job at work: passes reports on to the desk and tells of each what came of it."""

    def __init__(self, ledger: Ledger, job: Job, stop: threading.Event) -> None:
        self._ledger = ledger
        self._job = job
        self._stop = stop
        self._waiting: deque[Report] = deque()
        self._all_met = False

    def run(self) -> None:
        """Read all that was given."""
        from dateline.desk import Tools, read_into  # noqa: PLC0415  # the reading side loads when it is first needed

        given = self._job.given
        paths = [Path(path) for path in given.names]
        found = reports(paths, problems=self._tell, date=given.date, outlet=given.outlet)
        read_into(self._ledger, self._met(found), Tools(), processes=1, problems=self._tell, done=self._done)
        while self._waiting:
            self._job.log("unread", _called(report := self._waiting.popleft()), report.id)

    def _tell(self, problem: Problem) -> None:
        shown = replace(problem, path=self._job.given.name_of(problem.path))
        self._job.log("problem" if problem.skipped else "note", str(shown))

    def _met(self, found: Iterable[Report]) -> Iterator[Report]:
        """Pass reports on under the names somebody knows their files by."""
        met: set[str] = set()
        for report in found:
            if self._stop.is_set():
                raise _StoppedError
            self._job.met += 1
            if report.id in met or self._ledger.known([report.id]):
                self._job.log("known", _called(report), report.id)
            else:
                self._waiting.append(report)
            met.add(report.id)
            yield msgspec.structs.replace(report, origin=self._job.given.name_of(report.origin or ""))
        self._all_met = True

    def _done(self, _: int) -> None:
        """Tell of the report just kept; those before it that are not kept could not be read."""
        while self._waiting:
            report = self._waiting.popleft()
            kept = bool(self._ledger.known([report.id]))
            self._job.log("read" if kept else "unread", _called(report), report.id)
            if kept:
                break
        if self._stop.is_set():
            raise _StoppedError
        if self._all_met and not self._waiting:
            self._job.enter("linking")


def _called(report: Report) -> str:
    """What stands for a report in a list: its title or first words, who published it, its day."""
    opening = " ".join(report.text[: 4 * _OPENING].split())
    title = report.title or (opening if len(opening) <= _OPENING else opening[:_OPENING].rpartition(" ")[0] + " …")
    return ", ".join(filter(None, (title, report.outlet, (report.published or "")[:10])))
