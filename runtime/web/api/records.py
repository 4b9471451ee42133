"""How does a program make, read, change and delete records?"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from engine.app import Form
from engine.definition.page import FilterDef
from engine.forms.submission import read_json
from engine.outcomes import Denied, Missing
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.create_record import Placement, create_record
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records
from runtime.use_cases.read_record import view_record
from runtime.web.api.answers import (
    answer,
    missing,
    outcome_answer,
    problem,
    record_data,
    refused,
)
from runtime.web.api.bodies import CreateBody, EditBody, read_body
from runtime.web.api.caller import Caller, called, with_form
from runtime.web.guard import program

ROOT = "/api/v1/apps/<app>/forms/<form>"
LIST_WORDS = frozenset({"limit", "after", "sort", "filter", "search", "columns", "view", "total"})


def record_routes(services: Services, pages: Blueprint) -> None:
    """Add the addresses of single records and of their list."""

    @pages.get(f"{ROOT}/records")
    @program
    @called(services)
    @with_form(services)
    def list_(caller: Caller, form: Form) -> Response:
        wanted = _wanted(form)
        if isinstance(wanted, Message):
            return problem(400, caller.say(wanted))
        return _page(services, caller, form, wanted)

    @pages.post(f"{ROOT}/records")
    @program
    @called(services)
    @with_form(services)
    def create(caller: Caller, form: Form) -> Response:
        body = read_body(request, CreateBody, caller.say)
        if isinstance(body, Response):
            return body
        placement = Placement(pipeline=body.pipeline)
        submission = read_json(form, body.values)
        outcome = create_record(services, caller.act, form, submission, placement)
        return outcome_answer(form, outcome, caller.say, caller.seen, 201)

    @pages.get(f"{ROOT}/records/<id>")
    @program
    @called(services)
    @with_form(services)
    def read(caller: Caller, form: Form, id: str) -> Response:
        record = view_record(services, caller.act, form, id)
        if isinstance(record, Missing):
            return missing(caller.say)
        return answer(record_data(form, record), ETag=f'"{record.version}"')

    @pages.patch(f"{ROOT}/records/<id>")
    @program
    @called(services)
    @with_form(services)
    def edit(caller: Caller, form: Form, id: str) -> Response:
        body = read_body(request, EditBody, caller.say)
        if isinstance(body, Response):
            return body
        submission = read_json(form, body.values)
        outcome = edit_record(services, caller.act, form, id, submission, body.version)
        return outcome_answer(form, outcome, caller.say, caller.seen)

    @pages.delete(f"{ROOT}/records/<id>")
    @program
    @called(services)
    @with_form(services)
    def delete(caller: Caller, form: Form, id: str) -> Response:
        outcome = delete_record(services, caller.act, form, id)
        return outcome_answer(form, outcome, caller.say, caller.seen)

    @pages.get(f"{ROOT}/aggregate")
    @program
    @called(services)
    @with_form(services)
    def aggregate(caller: Caller, form: Form) -> Response:
        return _aggregate(services, caller, form)


def _page(services: Services, caller: Caller, form: Form, wanted: Wanted) -> Response:
    page = list_records(services, caller.act, form, wanted)
    if isinstance(page, Denied):
        return refused(form, page, caller.say)
    if isinstance(page, BadQuestion):
        return problem(400, caller.say(page.message))
    body: dict[str, Any] = {
        "records": [record_data(form, record) for record in page.records],
        "next": page.next,
    }
    if wanted.total:
        body |= {"total": page.total, "total_is_exact": page.total_is_exact}
    return answer(body)


def _wanted(form: Form) -> Wanted | Message:
    asked = request.args
    strange = sorted(set(asked) - LIST_WORDS)
    if strange:
        return Message("没有参数“{name}”", name=strange[0])
    limit = asked.get("limit", "20")
    if not (limit.isascii() and limit.isdigit() and len(limit) < 5):
        return Message("limit 应为整数")
    tree = _json(asked.get("filter"))
    if isinstance(tree, Message):
        return tree
    filters, sort = _view(form, asked.get("view"))
    if filters is None:
        return Message("没有视图“{name}”", name=asked["view"])
    return Wanted(
        filters=filters,
        filter=tree,
        sort=_names(asked.get("sort")) or sort,
        columns=_names(asked.get("columns")) or None,
        search=asked.get("search") or None,
        limit=int(limit),
        after=asked.get("after") or None,
        total=asked.get("total", "false") == "true",
    )


def _view(form: Form, id_: str | None) -> tuple[tuple[FilterDef, ...] | None, tuple[str, ...]]:
    if id_ is None:
        return (), ()
    for view in form.definition.list.views:
        if view.id == id_:
            return view.where, view.sort
    return None, ()


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def _json(text: str | None) -> Any:
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return Message("filter 不是有效的 JSON")


def _aggregate(services: Services, caller: Caller, form: Form) -> Response:
    asked = request.args
    tree = _json(asked.get("filter"))
    if isinstance(tree, Message):
        return problem(400, caller.say(tree))
    result = aggregate_records(
        services,
        caller.act,
        form,
        Wanted(filter=tree, search=asked.get("search") or None),
        by=_names(asked.get("by")),
        measures=_names(asked.get("measures")) or ("count",),
    )
    if isinstance(result, Denied):
        return refused(form, result, caller.say)
    if isinstance(result, BadQuestion):
        return problem(400, caller.say(result.message))
    return answer({"groups": result})
