"""Who has an account, and with which key does a program act for whom?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.wording import Message
from runtime.passwords import Passwords
from runtime.services import Services


def account_lines(services: Services) -> Iterator[str]:
    """Yield one line for each person: login, name, roles."""
    with services.store.reading() as unit:
        people = unit.people.list()
        for person in people:
            actor = unit.people.actor(person.id)
            roles = " ".join(
                f"{app}:{role}"
                for app, names in (actor.roles if actor else {}).items()
                for role in sorted(names)
            )
            admin = "admin " if person.admin else ""
            yield f"{person.login}\t{person.name}\t{admin}{roles}".rstrip()


def add_account(
    services: Services, login: str, name: str, password: str, admin: bool, roles: tuple[str, ...]
) -> Message | None:
    """Add a person with roles given as `app:role`; return what is wrong, if anything is."""
    wanted: dict[str, list[str]] = {}
    for text in roles:
        app, _, role = text.partition(":")
        known = services.apps.get(app)
        if known is None or role not in {one.id for one in known.definition.roles}:
            return Message("没有角色 {role}", role=text)
        wanted.setdefault(app, []).append(role)
    with services.store.unit() as unit:
        if unit.people.by_login(login):
            return Message("账号 {login} 已存在", login=login)
        hashed = Passwords().hash(password)
        added = unit.people.add(login, name, services.now(), admin=admin, password_hash=hashed)
        for app, names in wanted.items():
            unit.people.roles.set_for("person", added.id, app, names)
    return None


def new_token(services: Services, login: str, name: str) -> str | None:
    """Make a key for a person and return it; only its hash is kept. None: no such account."""
    with services.store.unit() as unit:
        person = unit.people.by_login(login)
        if person is None:
            return None
        return unit.tokens.add(person.id, name, services.now())
