"""How does an administrator shape the tree of departments?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.wording import Message
from runtime.services import Services
from runtime.store.departments import Department
from runtime.use_cases.administer_people import (
    add_department,
    departments_known,
    edit_department,
    people_listed,
)
from runtime.use_cases.filter_choices import departments_to_choose, people_to_choose
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages about departments."""
    blueprint = Blueprint("departments_admin", __name__)

    @blueprint.get("/admin/departments")
    @administrator
    def show_departments(visit: Visit) -> ResponseReturnValue:
        return _tree(services, visit)

    @blueprint.post("/admin/departments")
    @administrator
    def make_department(visit: Visit) -> ResponseReturnValue:
        name, parent = request.form.get("name", ""), request.form.get("parent") or None
        wrong = add_department(services, name, parent)
        say = sayer(visit.locale)
        return _done(services, visit, wrong, say("部门“{name}”已添加", name=name))

    @blueprint.post("/admin/departments/<id>")
    @administrator
    def change_department(visit: Visit, id: str) -> ResponseReturnValue:
        wrong = edit_department(
            services,
            id,
            name=request.form.get("name", "").strip(),
            parent=request.form.get("parent") or None,
            head=request.form.get("head") or None,
        )
        say = sayer(visit.locale)
        return _done(services, visit, wrong, say("部门已保存"))

    return blueprint


def _done(
    services: Services, visit: Visit, wrong: Message | None, said: str
) -> ResponseReturnValue:
    if wrong is not None:
        return _tree(services, visit, wrong), 422
    note(said)
    return redirect("/admin/departments", 303)


def _tree(services: Services, visit: Visit, error: Message | None = None) -> str:
    departments = departments_known(services)
    people = people_listed(services, "", None, True)
    counts: dict[str, int] = {}
    for person in people:
        if person.department:
            counts[person.department] = counts.get(person.department, 0) + 1
    return show(
        services,
        visit,
        "admin/departments.html",
        active="departments",
        nodes=_nodes(departments, None),
        counts=counts,
        names={person.id: person.name for person in people},
        people=people_to_choose(services),
        choices=departments_to_choose(services),
        error=error,
    )


def _nodes(departments: Sequence[Department], parent: str | None) -> list[dict[str, Any]]:
    return [
        {"department": each, "parts": _nodes(departments, each.id)}
        for each in departments
        if each.parent == parent
    ]
