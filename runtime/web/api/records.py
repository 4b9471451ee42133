"""How does a program make, read, change and delete records?"""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request

from engine.app import Form
from engine.filter import Where
from engine.forms.submission import read_json
from engine.outcomes import Denied, Missing
from engine.wording import Message
from runtime.use_cases.create_record import Placement, create_record
from runtime.use_cases.delete_record import delete_record, restore_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records
from runtime.use_cases.read_record import view_record
from runtime.web.api.answers import (
    answer,
    bad_question,
    missing,
    outcome_answer,
    problem,
    record_data,
    refused,
)
from runtime.web.api.bodies import CreateBody, EditBody
from runtime.web.api.caller import Caller
from runtime.web.api.routes import Routes

ROOT = "/api/v1/apps/<app>/forms/<form>"
LIST_WORDS = frozenset({"limit", "after", "sort", "filter", "search", "columns", "view", "total"})


def add_records(routes: Routes) -> None:
    """Add the addresses of single records and of their list."""
    routes.add_for_form("GET", f"{ROOT}/records", list_)
    routes.add_for_form("POST", f"{ROOT}/records", create, CreateBody)
    routes.add_for_form("GET", f"{ROOT}/records/<id>", read)
    routes.add_for_form("PATCH", f"{ROOT}/records/<id>", edit, EditBody)
    routes.add_for_form("DELETE", f"{ROOT}/records/<id>", delete)
    routes.add_for_form("POST", f"{ROOT}/records/<id>/restore", restore)


def list_(caller: Caller, form: Form) -> Response:
    """Answer with one page of records."""
    wanted = _wanted(form)
    if isinstance(wanted, Message):
        return problem(400, caller.say(wanted))
    page = list_records(caller.services, caller.act, form, wanted)
    if isinstance(page, Denied):
        return refused(form, page, caller.say)
    if isinstance(page, BadQuestion):
        return bad_question(page, caller.say)
    body: dict[str, Any] = {
        "records": [record_data(form, record) for record in page.records],
        "next": page.next,
    }
    if wanted.total:
        body |= {"total": page.total, "total_is_exact": page.total_is_exact}
    return answer(body)


def create(caller: Caller, form: Form, body: CreateBody) -> Response:
    """Make a record."""
    placement = Placement(pipeline=body.pipeline)
    submission = read_json(form, body.values)
    outcome = create_record(caller.services, caller.act, form, submission, placement)
    return outcome_answer(form, outcome, caller, 201)


def read(caller: Caller, form: Form, id: str) -> Response:
    """Answer with a record."""
    record = view_record(caller.services, caller.act, form, id)
    if isinstance(record, Missing):
        return missing(caller.say)
    return answer(record_data(form, record), ETag=f'"{record.version}"')


def edit(caller: Caller, form: Form, body: EditBody, id: str) -> Response:
    """Change a record."""
    submission = read_json(form, body.values)
    outcome = edit_record(caller.services, caller.act, form, id, submission, body.version)
    return outcome_answer(form, outcome, caller)


def delete(caller: Caller, form: Form, id: str) -> Response:
    """Put a record into the recycle bin."""
    return outcome_answer(form, delete_record(caller.services, caller.act, form, id), caller)


def restore(caller: Caller, form: Form, id: str) -> Response:
    """Take a record out of the recycle bin."""
    return outcome_answer(form, restore_record(caller.services, caller.act, form, id), caller)


def _wanted(form: Form) -> Wanted | Message:
    asked = request.args
    strange = sorted(set(asked) - LIST_WORDS)
    if strange:
        return Message("没有参数“{name}”", name=strange[0])
    limit = asked.get("limit", "20")
    if not (limit.isascii() and limit.isdigit() and len(limit) < 5):
        return Message("limit 应为整数")
    tree = json_of(asked.get("filter"))
    if isinstance(tree, Message):
        return tree
    filters, sort = _view(form, asked.get("view"))
    if filters is None:
        return Message("没有视图“{name}”", name=asked["view"])
    return Wanted(
        filters=filters,
        filter=tree,
        sort=names_of(asked.get("sort")) or sort,
        columns=names_of(asked.get("columns")) or None,
        search=asked.get("search") or None,
        limit=int(limit),
        after=asked.get("after") or None,
        total=asked.get("total", "false") == "true",
    )


def _view(form: Form, id_: str | None) -> tuple[Where | None, tuple[str, ...]]:
    if id_ is None:
        return (), ()
    for view in form.definition.list.views:
        if view.id == id_:
            return view.where, view.sort
    return None, ()


def names_of(text: str | None) -> tuple[str, ...]:
    """Return the names in a list with commas."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def json_of(text: str | None) -> Any:
    """Return the JSON in a parameter, or what is wrong with it."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return Message("filter 不是有效的 JSON")
