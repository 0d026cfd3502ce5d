"""Adding reports: what is pasted or dropped is kept in a folder of its own and read behind the page."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.datastructures import FormData, UploadFile

from dateline.intake import DateError, published
from dateline.look.page.answers import add_page, answered
from dateline.look.page.asked import ZoneDep
from dateline.look.page.jobs import Given, Job, Jobs
from dateline.look.page.people import AdminDep, People
from dateline.look.page.sight import Sight
from dateline.look.page.views.add import LIMIT, JobId, add_view, job_of, job_view, lines_of, told_of

__all__ = ["router"]

router = APIRouter()
_FILES = 2000  # of one form
_FIELDS = ("text", "date", "outlet", "title")
_UNSAFE = re.compile(r"[^\w.\- ]", re.ASCII)
_NAME = 100  # characters of a name kept; its end, with the suffix
_DIGITS = 10  # of a number of steps
_LOOK = 0.2  # seconds between looks for news
_STREAM = 20.0  # seconds of one answer: the browser comes back for more, and a server that ends need not wait long


class _UnfitError(ValueError):
    """What was sent cannot be read; in words for who sent it."""

    def __init__(self, words: str, code: int = 400) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sent:
    """The form, or what is wrong with it."""

    form: FormData
    error: _UnfitError | None = None

    def text(self, name: str) -> str:
        """A field, line ends as they were before the browser made CRLF of them."""
        return str(self.form.get(name) or "").replace("\r\n", "\n")

    def files(self) -> list[UploadFile]:
        """The files; a browser sends one without a name where none was chosen."""
        return [file for file in self.form.getlist("files") if isinstance(file, UploadFile) and file.filename]


async def _sent(request: Request, _: AdminDep) -> AsyncIterator[Sent]:
    size = request.headers.get("content-length", "")
    if not size.isdecimal():
        raise HTTPException(411, "Say how much you send: a Content-Length is needed")
    if int(size) > LIMIT:
        async for _part in request.stream():  # a browser shows no answer that comes before it has sent all
            pass
        words = f"That is more than {LIMIT >> 20} MB: add it in parts, or read it by `dateline read`."
        yield Sent(FormData(), _UnfitError(words, 413))
        return
    async with request.form(max_files=_FILES, max_part_size=LIMIT) as form:  # closes the files it holds
        people: People = request.app.state.people
        people.check(request, str(form.get("sign") or ""))
        yield Sent(form)


@router.post("/add", include_in_schema=False)
def add(request: Request, person: AdminDep, zone: ZoneDep, sent: Annotated[Sent, Depends(_sent)]) -> Response:
    """Begin to read what was sent, and go on to the page that tells how it goes."""
    jobs: Jobs = request.app.state.jobs
    try:
        job = jobs.start(_kept(sent))
    except _UnfitError as error:
        fields = {name: sent.text(name) for name in _FIELDS}
        view = replace(add_view(request, person), told=str(error), sent=fields)
        answer = answered(request, "add.html", view, zone, section="Add", csv=False)
        answer.status_code = error.code
        return answer
    return RedirectResponse(f"/add/{job.id}", status_code=303)


def _kept(sent: Sent) -> Given:
    """Keep what was sent in a folder. Raises ``_UnfitError``, and keeps nothing, for what cannot be read."""
    if sent.error:
        raise sent.error
    text, files = sent.text("text"), sent.files()
    date = sent.text("date").strip() or None
    if not (text.strip() or files):
        raise _UnfitError("Paste a text, or choose files.")
    try:
        _ = date and published(date)
    except DateError as error:
        raise _UnfitError(f"The date will not do: {error}") from None
    folder = TemporaryDirectory(prefix="dateline-")
    names = {}
    if text.strip():
        title = " ".join(sent.text("title").split())
        pasted = Path(folder.name) / "pasted.txt"
        pasted.write_bytes(((f"title: {title}\n" if title else "") + text).encode(errors="replace"))
        names[str(pasted)] = "pasted text"
    for number, file in enumerate(files):
        name = re.split(r"[/\\]", file.filename or "")[-1]
        path = Path(folder.name) / str(number) / (_UNSAFE.sub("_", name)[-_NAME:].lstrip(".") or "_")
        path.parent.mkdir()
        with path.open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
        names[str(path)] = name
    return Given(folder, names, date, sent.text("outlet").strip() or None)


@router.get("/add/{job}/events", include_in_schema=False)
def events(
    job: JobId, request: Request, _: AdminDep, after: Annotated[int, Query(ge=0)] = 0
) -> StreamingResponse:  # fmt: skip
    """The steps of a reading as they come (server-sent events), from the one the browser saw last."""
    last = request.headers.get("last-event-id", "")
    seen = int(last) if last.isdecimal() and len(last) < _DIGITS else after
    following = _events(job_of(request, job), request.app.state.sight, seen)
    return StreamingResponse(following, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(job: Job, sight: Sight, seen: int) -> AsyncIterator[str]:
    until = time.monotonic() + _STREAM
    while time.monotonic() < until:
        over = job.over  # asked first: a job that is over has all its steps
        for line in await run_in_threadpool(lines_of, job.steps[seen:], sight):
            seen += 1
            data = msgspec.to_builtins(line) | {"told": told_of(job), "met": job.met, "finished": job.finished}
            yield f"id: {seen}\nevent: step\ndata: {msgspec.json.encode(data).decode()}\n\n"
        if over:
            yield f"event: over\ndata: {msgspec.json.encode({'told': told_of(job), 'state': job.state}).decode()}\n\n"
            return
        await asyncio.sleep(_LOOK)


add_page(router, "/add", add_view, "add.html", section="Add")
add_page(router, "/add/{job}", job_view, "job.html", section="Add")
