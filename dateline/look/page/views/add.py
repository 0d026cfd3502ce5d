"""Adding reports: the form, the readings there were, and one reading as it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import HTTPException, Path, Request

from dateline.look.page.jobs import Job, Jobs, State, Step, StepKind
from dateline.look.page.people import AdminDep
from dateline.look.page.sight import Sight
from dateline.look.page.wording import counted

__all__ = ["LIMIT", "AddView", "JobId", "JobView", "Line", "add_view", "job_of", "job_view", "lines_of", "told_of"]

LIMIT = 64 * 2**20  # bytes of one form; more goes by the command line
_SHOWN = 300  # steps of a long reading

JobId = Annotated[str, Path(max_length=40)]


@dataclass(frozen=True, slots=True)
class Line:
    """A step in words; ``href``: the report it is about, if the ledger has it."""

    kind: StepKind
    words: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class JobView:
    """One reading. ``told``: how far it is; ``steps``: how many of them these lines follow, to go on from."""

    id: str
    files: tuple[str, ...]
    began: datetime
    state: State
    told: str
    met: int
    finished: int
    over: bool
    steps: int
    left_out: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AddView:
    """The form and the latest readings. ``told``: why what was sent will not do, ``sent``: its fields."""

    limit: int
    jobs: tuple[JobView, ...]
    told: str = ""
    sent: dict[str, str] = field(default_factory=dict)


def add_view(request: Request, _: AdminDep) -> AddView:
    """The form to add reports, and the latest readings of this server."""
    jobs: Jobs = request.app.state.jobs
    return AddView(LIMIT, tuple(_shown(job, request.app.state.sight, most=0) for job in jobs.latest()))


def job_view(job: JobId, request: Request, _: AdminDep) -> JobView:
    """One reading: each report done with, each problem, how far it is."""
    return _shown(job_of(request, job), request.app.state.sight, most=_SHOWN)


def job_of(request: Request, job: str) -> Job:
    """The job of that id; a 404 without one."""
    jobs: Jobs = request.app.state.jobs
    found = jobs.get(job)
    if found is None:
        raise HTTPException(404, "This reading is no longer kept; the reports it added are in the ledger")
    return found


def lines_of(steps: list[Step], sight: Sight) -> list[Line]:
    """Steps as a page may show them; states are told by ``told_of``."""
    return [_line(step, sight) for step in steps]


def told_of(job: Job) -> str:
    """How far a reading is, in a sentence."""
    counts = [f"{counted(job.counts.get('read', 0), 'report')} read"]
    counts += [f"{n} known already"] if (n := job.counts.get("known", 0)) else []
    counts += [f"{n} not read"] if (n := job.counts.get("unread", 0)) else []
    so_far = ", ".join(counts)
    match job.state:
        case "waiting":
            return "Waits until another reading is over."
        case "reading" if not job.finished:
            return "Reading begins; the first takes some seconds more."
        case "reading":
            return f"Reading: {job.finished} of {counted(job.met, 'report')} so far."
        case "linking":
            return f"{so_far}. Linking them to the others."
        case "failed":
            return f"Ended before its time: {so_far}. What is read stays."
        case "done":
            return f"Done: {so_far}."


def _shown(job: Job, sight: Sight, *, most: int) -> JobView:
    over = job.over  # asked first: a job that is over has all its steps
    steps = list(job.steps)
    shown = steps[max(0, len(steps) - most) :]
    lines = tuple(line for line in lines_of(shown, sight) if line.kind != "state")
    return JobView(
        job.id, tuple(job.given.names.values()), job.began, job.state, told_of(job), job.met, job.finished, over,
        len(steps), len(steps) - len(shown), lines,
    )  # fmt: skip


def _line(step: Step, sight: Sight) -> Line:
    if step.report is None or step.kind == "unread":
        return Line(step.kind, step.words)
    if step.kind == "known" and not sight.ledger.known([step.report]):  # twice in what was given, and not read yet
        return Line(step.kind, step.words if sight.names else "a report given twice")
    return Line(step.kind, sight.words(step.report, step.words), f"/reports/{step.report}")
