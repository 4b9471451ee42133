"""How does an administrator look after people, their roles and the departments?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.wording import Message
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.store.departments import Department, InsideItself
from runtime.store.people import Person
from runtime.use_cases.approvals.waking import wake_for_person
from runtime.use_cases.own_account import good_password

MOST = 200
LONGEST = 60
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are easily taken for each other."""


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """What an administrator types about a person."""

    login: str
    name: str
    number: str | None = None
    post: str | None = None
    phone: str | None = None
    email: str | None = None
    department: str | None = None
    manager: str | None = None
    admin: bool = False
    active: bool = True

    def columns(self) -> Mapping[str, Any]:
        """Return what is kept."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


Complaints = Mapping[str, Message]
Roles = Mapping[str, frozenset[str]]


def people_listed(
    services: Services, search: str, department: str | None, active: bool | None
) -> tuple[Person, ...]:
    """Return people by name, as far as one page holds them."""
    with services.store.reading() as unit:
        return unit.people.list(search=search, department=department, active=active, limit=MOST)


def person_known(services: Services, id_: str) -> tuple[Person, Roles] | None:
    """Return a person with the roles that were given to them alone."""
    with services.store.reading() as unit:
        person = unit.people.one(id_)
        return (person, unit.people.roles.of(id_, ())) if person else None


def add_person(
    services: Services, passwords: Passwords, details: PersonDetails, roles: Roles
) -> tuple[str, str] | Complaints:
    """Add a person; return the id and the first password, which is shown this once."""
    complaints = _complaints(services, details, None)
    if complaints:
        return complaints
    password = _new_password(details.login)
    hashed = passwords.hash(password)
    now = services.now()
    with services.store.unit() as unit:
        columns = dict(details.columns())
        added = unit.people.add(
            columns.pop("login"), columns.pop("name"), now, password_hash=hashed, **columns
        )
        for app, ids in roles.items():
            unit.people.roles.set_for("person", added.id, app, ids)
    return added.id, password


def edit_person(
    services: Services, by: str, id_: str, details: PersonDetails, roles: Roles
) -> Complaints:
    """Change a person and their roles; whoever is switched off is signed out everywhere."""
    complaints = dict(_complaints(services, details, id_))
    if id_ == by and not (details.active and details.admin):
        complaints["admin"] = Message("不能停用自己或取消自己的管理员权限")
    if complaints:
        return complaints
    with services.store.unit() as unit:
        unit.people.edit(id_, **details.columns())
        for app, ids in roles.items():
            unit.people.roles.set_for("person", id_, app, ids)
        if details.active:
            unit.successions.forget(id_)
        else:
            unit.sessions.end_all(id_)
            wake_for_person(unit, id_, services.now())
    return {}


def reset_password(services: Services, passwords: Passwords, id_: str) -> str | None:
    """Give somebody a new password, shown this once, sign them out and revoke their keys; also
    switches one-time codes off, since whoever lost the phone needs this. None if there is no such
    person."""
    known = person_known(services, id_)
    if known is None:
        return None
    password = _new_password(known[0].login)
    hashed = passwords.hash(password)
    with services.store.unit() as unit:
        unit.people.edit(id_, password_hash=hashed, totp_secret=None)
        unit.sessions.end_all(id_)
        for token in unit.tokens.of_person(id_):
            unit.tokens.revoke(token.id, services.now())
    return password


def departments_known(services: Services) -> tuple[Department, ...]:
    """Return all departments, each before its parts."""
    with services.store.reading() as unit:
        return unit.people.departments.tree()


def add_department(services: Services, name: str, parent: str | None) -> Message | None:
    """Add a department; or say why not."""
    wrong = _wrong_name(name)
    if wrong:
        return wrong
    with services.store.unit() as unit:
        unit.people.departments.add(name.strip(), services.now(), parent=parent)
    return None


def edit_department(services: Services, id_: str, **changes: Any) -> Message | None:
    """Rename or move a department, or give it another head; or say why not."""
    wrong = _wrong_name(changes["name"]) if "name" in changes else None
    if wrong:
        return wrong
    try:
        with services.store.unit() as unit:
            known = unit.people.departments.edit(id_, **changes)
    except InsideItself:
        return Message("部门不能移到自己的下级部门里")
    return None if known else Message("这个部门已不存在")


def _wrong_name(name: str) -> Message | None:
    if not 1 <= len(name.strip()) <= LONGEST:
        return Message("名称要 1 到 {most} 个字符", most=LONGEST)
    return None


def _complaints(services: Services, details: PersonDetails, id_: str | None) -> Complaints:
    found: dict[str, Message] = {}
    login = details.login.strip()
    if not 2 <= len(login) <= LONGEST or any(each.isspace() for each in login):
        found["login"] = Message("账号要 2 到 {most} 个字符，不含空格", most=LONGEST)
    wrong = _wrong_name(details.name)
    if wrong:
        found["name"] = wrong
    if details.email and "@" not in details.email:
        found["email"] = Message("邮箱格式不正确")
    with services.store.reading() as unit:
        same = unit.people.by_login(login)
        alike = unit.people.by_number(details.number) if details.number else None
    if same is not None and same.id != id_:
        found["login"] = Message("这个账号已被使用")
    if alike is not None and alike.id != id_:
        found["number"] = Message("这个工号是{name}的", name=alike.name)
    if details.manager and details.manager == id_:
        found["manager"] = Message("上级不能是本人")
    return found


def _new_password(login: str) -> str:
    while True:
        made = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
        if good_password(made, login) is None:
            return made
