"""How does a program bring a sheet in, look how far it is, and take it back?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import msgspec
from flask import Response

from engine.app import Form
from engine.imports.matching import plain
from engine.imports.plan import ImportPlan, Mode
from engine.outcomes import Invalid, Missing
from engine.wording import Message
from runtime.store.imports import ImportLine, ImportRun
from runtime.use_cases.act import Act
from runtime.use_cases.import_errors import write_errors
from runtime.use_cases.import_file import Inside, look_inside, receive_upload
from runtime.use_cases.import_moves import Moved, bring_plan, check_plan, start_import, undo_import
from runtime.use_cases.import_report import Report, report_of
from runtime.web.api.answers import answer, missing, refused
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes
from runtime.web.imports.files import made_sheet
from runtime.web.imports.work import work_at_once

ONE = f"{ROOT}/imports/<run>"


class ImportBody(msgspec.Struct, forbid_unknown_fields=True):
    """A file that was uploaded before, what its columns are, and what becomes of records that
    are there."""

    file: str
    dry_run: bool = True
    """Only try: how many records would be created and changed, and what is wrong."""
    columns: dict[str, str] | None = None
    """Fields by heading; null leaves it to what the headings say."""
    sheet: str | None = None
    mode: Mode = "create"
    key: str | None = None
    empty: Literal["keep", "clear"] = "keep"
    reason: str | None = None


def add_imports(routes: Routes) -> None:
    """Add the addresses of imports."""
    routes.add_for_form("POST", f"{ROOT}/imports", begin_import, ImportBody)
    routes.add_for_form("GET", ONE, look_at_import)
    routes.add_for_form("POST", f"{ONE}/start", start)
    routes.add_for_form("POST", f"{ONE}/undo", undo)
    routes.add_for_form("GET", f"{ONE}/errors", errors)


def begin_import(caller: Caller, form: Form, body: ImportBody) -> Response:
    """Take a file and try it, or bring it in at once."""
    act = _act(caller)
    run = receive_upload(caller.services, act, form, body.file)
    if not isinstance(run, ImportRun):
        return refused(form, run, caller.say)
    if run.state != "new":
        return _told(caller, form, run.id, 201)
    plan = _plan(caller, form, run, body)
    if isinstance(plan, Invalid):
        return refused(form, plan, caller.say)
    step = check_plan if body.dry_run else bring_plan
    # The act's key is that of taking the file.
    once = replace(act, key=None)
    return _moved(caller, form, step(caller.services, once, form, run.id, plan), 201)


def look_at_import(caller: Caller, form: Form, run: str) -> Response:
    """Answer how an import stands."""
    return _told(caller, form, run)


def start(caller: Caller, form: Form, run: str) -> Response:
    """Bring in a file that was tried."""
    return _moved(caller, form, start_import(caller.services, _act(caller), form, run))


def undo(caller: Caller, form: Form, run: str) -> Response:
    """Take back what an import made and changed."""
    return _moved(caller, form, undo_import(caller.services, _act(caller), form, run))


def errors(caller: Caller, form: Form, run: str) -> Response:
    """Answer with a sheet of the rows that were refused."""

    def write(path: Path) -> object:
        return write_errors(caller.services, _act(caller), form, run, caller.say, path)

    return made_sheet(write, "errors.xlsx") or missing(caller.say)


def _act(caller: Caller) -> Act:
    return replace(caller.act, door="import")


def _plan(caller: Caller, form: Form, run: ImportRun, body: ImportBody) -> ImportPlan | Invalid:
    inside = look_inside(caller.services, _act(caller), form, run.id, body.sheet)
    if not isinstance(inside, Inside):
        return inside if isinstance(inside, Invalid) else Invalid({})
    more = {"mode": body.mode, "key": body.key, "empty": body.empty, "reason": body.reason}
    if body.columns is None:
        return _with_key(inside, msgspec.structs.replace(inside.plan, **more))
    head = next(one for one in inside.sheets if one.name == inside.plan.sheet)
    places = {plain(column.text): column.at for column in head.columns}
    strange = [text for text in body.columns if plain(text) not in places]
    if strange:
        return Invalid({"columns": (Message("文件里没有“{text}”这一列", text=strange[0][:60]),)})
    columns = {places[plain(text)]: field for text, field in body.columns.items()}
    return msgspec.structs.replace(inside.plan, columns=columns, **more)


def _with_key(inside: Inside, plan: ImportPlan) -> ImportPlan:
    """Let the column of the key be the one that is called so, though it is no other field."""
    target = inside.targets.get(plan.key or "")
    if target is None or plan.column_of(target.id) is not None:
        return plan
    head = next(one for one in inside.sheets if one.name == plan.sheet)
    label = target.label
    names = {target.id, *((label,) if isinstance(label, str) else label.values())}
    wanted = {plain(name) for name in names}
    at = next((one.at for one in head.columns if plain(one.text) in wanted), None)
    if at is None:
        return plan
    return msgspec.structs.replace(plan, columns={**plan.columns, at: target.id})


def _moved(caller: Caller, form: Form, run: Moved, status: int = 200) -> Response:
    if not isinstance(run, ImportRun):
        return refused(form, run, caller.say)
    work_at_once(caller.services, run)
    return _told(caller, form, run.id, status)


def _told(caller: Caller, form: Form, run: str, status: int = 200) -> Response:
    report = report_of(caller.services, _act(caller), form, run)
    if isinstance(report, Missing):
        return missing(caller.say)
    place = f"/api/v1/apps/{form.app}/forms/{form.id}/imports/{run}"
    return answer(_data(caller, report), status, Location=place)


def _data(caller: Caller, report: Report) -> dict[str, Any]:
    run, job = report.run, report.job
    return {
        "id": run.id,
        "state": run.state,
        "name": run.name,
        "rows": run.rows,
        "done": job.done if job else 0,
        "tried": report.phase == "check",
        "counts": {
            kind: report.counts.get(kind, 0)
            for kind in ("created", "changed", "unchanged", "refused")
        },
        "problem": caller.say(run.problem) if run.problem else None,
        "errors": [_line(caller, line) for line in report.refused],
        "records": [_line(caller, line) for line in report.brought],
        "undone": report.undone,
        "kept": [_line(caller, line) for line in report.kept],
    }


def _line(caller: Caller, line: ImportLine) -> dict[str, Any]:
    return {
        "sheet": line.sheet,
        "row": line.number,
        "kind": line.kind,
        "record": line.record,
        "complaints": {
            id_: [caller.say(one) for one in why] for id_, why in line.complaints.items()
        },
        "reason": caller.say(line.undo_reason) if line.undo_reason else None,
    }
