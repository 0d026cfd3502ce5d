"""What reviewers do: judge, correct and add records, take back, merge and split incidents, rename actors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from dateline.ledger import ConflictError, LedgerError
from dateline.look.page.answers import add_page, answered, sent_on
from dateline.look.page.asked import ZoneDep
from dateline.look.page.frame import called
from dateline.look.page.people import People, ReviewerDep
from dateline.look.page.relinking import Relinker
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.fields import Field, change_of, empty
from dateline.look.page.views.places import values_of
from dateline.look.page.views.review import (
    corrections_sheet,
    corrections_view,
    join_view,
    kind_of,
    new_view,
    review_queue,
    review_view,
    shown_record,
)
from dateline.records import Incident

__all__ = ["router"]

router = APIRouter()
_YEAR = 365 * 86400
Verdict = Literal["accept", "reject"]


@dataclass(frozen=True, slots=True)
class Act:
    """A form a reviewer sent from this page. ``who``: the person of the token, or the name they gave."""

    request: Request
    form: FormData
    who: str

    def text(self, name: str) -> str:
        """A field of the form, empty if it is not there."""
        return str(self.form.get(name) or "").strip()

    def texts(self, name: str) -> list[str]:
        """All fields of that name."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def given(self, fields: Iterable[Field]) -> dict[str, list[str]]:
        """What the form says of a record's fields; a place looked up and taken sets its own."""
        said = {field.name: self.texts(field.name) for field in fields if field.name in self.form}
        return said | {name: [value] for name, value in values_of(self.text("found")).items() if name in said}

    def why(self) -> str:
        """The reason given; a 400 without one."""
        why = self.text("why")
        if not why:
            raise HTTPException(400, "Say why: every correction has a reason")
        return why


async def _act(request: Request, person: ReviewerDep) -> Act:
    form = await request.form()
    people: People = request.app.state.people
    people.check(request, str(form.get("sign") or ""))
    name = person.name or str(form.get("who") or called(request) or "").strip()
    if not name:
        raise HTTPException(400, "Say who you are: every correction has a name")
    return Act(request, form, name[:80])


ActDep = Annotated[Act, Depends(_act)]


def _on(act: Act, to: str, tasks: BackgroundTasks) -> Response:
    """Go on to a page of this server; the name is remembered, the derived records are made anew behind it."""
    relinker: Relinker = act.request.app.state.relinker
    tasks.add_task(relinker.run)
    answer = sent_on(to, "/review")
    answer.background = tasks
    answer.set_cookie("called", json.dumps(act.who), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


@router.post("/review/bulk", include_in_schema=False)
def judge_many(act: ActDep, sight: SightDep, tasks: BackgroundTasks) -> Response:
    """Accept or reject all records of a list."""
    verdict: Verdict = "reject" if act.text("do") == "reject" else "accept"
    sight.ledger.review_many(act.texts("record"), verdict, who=act.who, why=act.why())
    return _on(act, act.text("back"), tasks)


@router.post("/review/new", include_in_schema=False)
def add_record(act: ActDep, sight: SightDep, tasks: BackgroundTasks) -> Response:
    """Add a record the machine did not find."""
    report, kind = act.text("on.report"), act.text("on.list")
    try:
        start, end = int(act.text("on.start")), int(act.text("on.end"))
        view = new_view(sight, report, kind, start, end)
        values = empty(kind, start, end) | change_of(view.fields, act.given(view.fields))
    except ValueError as error:  # a FormError is one
        raise HTTPException(400, str(error)) from None
    values = sight.stored(report, values)
    if kind == "unknowns":
        values["words"] = sight.stored(report, {"words": view.picked})["words"]
    record = sight.ledger.add_record(report, kind, values, who=act.who, why=act.why())
    return _on(act, f"/review/{record}", tasks)


@router.post("/review/{record}", include_in_schema=False)
def judge(record: str, act: ActDep, sight: SightDep, zone: ZoneDep, tasks: BackgroundTasks) -> Response:
    """Save, accept or reject a record; who comes second is shown what another changed meanwhile."""
    kind_of(record)
    match act.text("do"):
        case "accept":
            sight.ledger.review(record, "accept", who=act.who, why=act.text("why"))
        case "reject":
            sight.ledger.review(record, "reject", who=act.who, why=act.why())
        case _:
            try:
                _save(record, act, sight)
            except (LedgerError, ValueError) as error:
                return _not_saved(record, act, sight, zone, error)
    return _on(act, f"/review/{record}", tasks)


def _save(record: str, act: Act, sight: Sight) -> None:
    fields = shown_record(sight, record).fields
    seen = {f.name: json.loads(act.text(f"seen.{f.name}")) for f in fields if f"seen.{f.name}" in act.form}
    change = change_of([replace(f, seen=json.dumps(seen.get(f.name))) for f in fields], act.given(fields))
    if change:
        report = record.rpartition(":")[0]
        before = sight.stored(report, {name: seen[name] for name in change if name in seen})
        sight.ledger.correct(record, sight.stored(report, change), who=act.who, why=act.why(), seen=before)


def _not_saved(record: str, act: Act, sight: Sight, zone: ZoneDep, error: Exception) -> Response:
    """The form again, as the record stands now, with what the person had chosen in it."""
    told = sight.words(record.rpartition(":")[0], str(error))
    view = shown_record(sight, record, told=told, why=act.text("why"))
    given = act.given(view.fields)
    fields = tuple(replace(f, values=tuple(given.get(f.name, f.values))) for f in view.fields)
    answer = answered(act.request, "review.html", replace(view, fields=fields), zone, section="Review", csv=False)
    answer.status_code = 409 if isinstance(error, ConflictError) else 400
    return answer


@router.post("/corrections/{correction}/undo", include_in_schema=False)
def take_back(correction: int, act: ActDep, sight: SightDep, tasks: BackgroundTasks) -> Response:
    """Undo a correction; history keeps it."""
    sight.ledger.undo(correction, who=act.who)
    return _on(act, act.text("back"), tasks)


@router.post("/incidents/{incident}/merge", include_in_schema=False)
def merge(incident: str, act: ActDep, sight: SightDep, tasks: BackgroundTasks) -> Response:
    """Say that incidents are one."""
    sight.ledger.merge([incident, *act.texts("incident")], who=act.who, why=act.why())
    return _joined(incident, act, sight, tasks)


@router.post("/incidents/{incident}/split", include_in_schema=False)
def split(incident: str, act: ActDep, sight: SightDep, tasks: BackgroundTasks) -> Response:
    """Say that some of an incident's events are another."""
    sight.ledger.split(incident, act.texts("event"), who=act.who, why=act.why())
    return _joined(incident, act, sight, tasks)


def _joined(incident: str, act: Act, sight: Sight, tasks: BackgroundTasks) -> Response:
    """Link at once, so that the page after it shows what came of it."""
    relinker: Relinker = act.request.app.state.relinker
    relinker.run()
    still = sight.browse.one(Incident, incident) is not None
    return _on(act, f"/incidents/{incident}" if still else "/corrections", tasks)


@router.post("/actors/rename", include_in_schema=False)
def rename(act: ActDep, sight: SightDep, tasks: BackgroundTasks) -> Response:
    """Give everybody of one name another, in all reports or some: spellings become one person, one name becomes two."""
    if not act.text("to"):
        raise HTTPException(400, "Write the name they are to have")
    name = sight.called(act.text("name")) or ""
    reports = act.texts("report") if act.text("where") == "some" else None
    sight.ledger.rename_actor(name, act.text("to"), who=act.who, why=act.why(), reports=reports)
    return _on(act, "/corrections", tasks)


add_page(router, "/review", review_queue, "queue.html", section="Review")
add_page(router, "/review/new", new_view, "review.html", section="Review")
add_page(router, "/review/{record}", review_view, "review.html", section="Review")
add_page(router, "/corrections", corrections_view, "corrections.html", section="Review", sheet=corrections_sheet)
add_page(router, "/incidents/{incident}/join", join_view, "join.html", section="Review")
