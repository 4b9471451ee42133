"""How does an administrator add, change and switch off people?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from engine.wording import Message, words
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.store.people import Person
from runtime.use_cases.administer_people import (
    Complaints,
    PersonDetails,
    Roles,
    add_person,
    departments_known,
    edit_person,
    people_listed,
    person_known,
    reset_password,
)
from runtime.use_cases.filter_choices import departments_to_choose, people_to_choose
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services, passwords: Passwords) -> Blueprint:
    """Return the pages about people."""
    blueprint = Blueprint("people_admin", __name__)
    _add_new(blueprint, services, passwords)
    _add_known(blueprint, services, passwords)

    @blueprint.get("/admin/people")
    @administrator
    def show_people(visit: Visit) -> ResponseReturnValue:
        return _list(services, visit)

    return blueprint


def _add_new(blueprint: Blueprint, services: Services, passwords: Passwords) -> None:
    @blueprint.get("/admin/people/new")
    @administrator
    def ask_person(visit: Visit) -> ResponseReturnValue:
        details = PersonDetails(login="", name="", department=request.args.get("department"))
        return _form(services, visit, None, details, {})

    @blueprint.post("/admin/people/new")
    @administrator
    def make_person(visit: Visit) -> ResponseReturnValue:
        details, roles = _typed(True), _typed_roles(services)
        made = add_person(services, passwords, details, roles)
        if not isinstance(made, tuple):
            return _form(services, visit, None, details, roles, made), 422
        return _password_shown(services, visit, *made)


def _add_known(blueprint: Blueprint, services: Services, passwords: Passwords) -> None:
    @blueprint.get("/admin/people/<id>")
    @administrator
    def show_person(visit: Visit, id: str) -> ResponseReturnValue:
        person, roles = _known(services, id)
        return _form(services, visit, person, _details(person), roles)

    @blueprint.post("/admin/people/<id>")
    @administrator
    def change_person(visit: Visit, id: str) -> ResponseReturnValue:
        person, _ = _known(services, id)
        details, roles = _typed("active" in request.form), _typed_roles(services)
        complaints = edit_person(services, visit.person.id, id, details, roles)
        if complaints:
            return _form(services, visit, person, details, roles, complaints), 422
        say = sayer(visit.locale)
        if person.active and not details.active:
            note(say("“{name}”已停用，并已退出登录", name=details.name))
            return redirect(f"/admin/people/{id}/work", 303)
        note(say("“{name}”已保存", name=details.name))
        return redirect("/admin/people", 303)

    @blueprint.post("/admin/people/<id>/password")
    @administrator
    def new_password(visit: Visit, id: str) -> ResponseReturnValue:
        password = reset_password(services, passwords, id)
        return abort(404) if password is None else _password_shown(services, visit, id, password)


def _list(services: Services, visit: Visit) -> str:
    search = request.args.get("q", "").strip()[:100]
    off = request.args.get("show") == "off"
    people = people_listed(services, search, request.args.get("department") or None, not off)
    departments = {each.id: each.name for each in departments_known(services)}
    return show(
        services,
        visit,
        "admin/people.html",
        active="people",
        people=people,
        search=search,
        off=off,
        department=request.args.get("department"),
        departments=departments,
    )


def _known(services: Services, id_: str) -> tuple[Person, Roles]:
    known = person_known(services, id_)
    if known is None:
        abort(404)
    return known


def _details(person: Person) -> PersonDetails:
    names = PersonDetails.__dataclass_fields__
    return PersonDetails(**{name: getattr(person, name) for name in names})


def _typed(active: bool) -> PersonDetails:
    def text(name: str) -> str | None:
        return request.form.get(name, "").strip()[:200] or None

    return PersonDetails(
        login=text("login") or "",
        name=text("name") or "",
        number=text("number"),
        post=text("post"),
        phone=text("phone"),
        email=text("email"),
        department=text("department"),
        manager=text("manager"),
        admin="admin" in request.form,
        active=active,
    )


def _typed_roles(services: Services) -> Roles:
    return {
        app.id: frozenset(request.form.getlist(f"role:{app.id}"))
        & {role.id for role in app.definition.roles}
        for app in services.apps.values()
    }


def _form(
    services: Services,
    visit: Visit,
    person: Person | None,
    details: PersonDetails,
    roles: Roles,
    complaints: Complaints | None = None,
) -> str:
    return show(
        services,
        visit,
        "admin/person.html",
        active="people",
        person=person,
        details=details,
        roles=roles,
        errors={name: _said(visit, message) for name, message in (complaints or {}).items()},
        departments=departments_to_choose(services),
        people=people_to_choose(services),
        apps=[_app_roles(visit, app) for app in services.apps.values()],
    )


def _app_roles(visit: Visit, app: Any) -> dict[str, Any]:
    return {
        "id": app.id,
        "label": words(app.definition.label, visit.locale),
        "roles": [
            (each.id, words(each.label, visit.locale), words(each.help, visit.locale))
            for each in app.definition.roles
        ],
    }


def _said(visit: Visit, message: Message) -> str:
    return sayer(visit.locale)(message.text, **message.args)


def _password_shown(services: Services, visit: Visit, id_: str, password: str) -> str:
    person, _ = _known(services, id_)
    return show(
        services, visit, "admin/password.html", active="people", person=person, password=password
    )
