"""How does a new app begin: with nothing, and with its first form?"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from designer.drafts.editing import Edited, edit_draft, open_held
from designer.forms.seeds import Seed, form_edits, free_id, new_form
from engine.access.designing import may_design
from engine.app import App
from engine.editing.apply import Refused
from engine.editing.edits import AnyEdit
from engine.loading.writing.files import file_text
from engine.record import Actor
from engine.wording import Message, words
from runtime.language import translate
from runtime.services import Services
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.store.roles import RoleGrant
from runtime.store.unit import Unit
from runtime.workspace.open import install_app

LONGEST = 40
MANAGER, MEMBER = "manager", "member"
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAMELESS = Message("请给应用起个名字")
TOO_LONG = Message("名称最多 {most} 个字", most=LONGEST)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody says of a new app."""

    label: str
    description: str = ""
    icon: str = "apps"
    colour: str = "blue"
    users: Literal["me", "all"] = "me"
    """Who may use it once it is published: the maker only, or everybody in the workspace."""


def may_begin(services: Services, actor: Actor) -> bool:
    """Tell whether a person may make a new app: administrators, and who designs one already.

    A new app opens nothing of the others: it has records of its own, and roles of its own.
    """
    return actor.admin or any(may_design(app, actor) for app in services.apps.values())


def wish_refused(wish: Wish) -> Message | None:
    """Return what is wrong with a wish, if anything."""
    if not wish.label:
        return NAMELESS
    return TOO_LONG if len(wish.label) > LONGEST else None


def begin_app(services: Services, actor: Actor, wish: Wish, locale: str, form: Seed | None) -> App:
    """Install an app that the person designs from now on; without a form nobody finds it yet."""
    app = app_id(wish.label, services.apps)
    files = {"app.yaml": _manifest(app, wish, locale, form)}
    if form is not None:
        files[f"forms/{form['form']}.yaml"] = form
    texts = {path: file_text(path, value).encode() for path, value in files.items()}
    made = install_app(services, texts)
    now = services.now()
    with services.store.unit() as unit:
        roles = unit.people.roles
        roles.give(RoleGrant("person", actor.id, app, MANAGER))
        if wish.users == "all":
            _let_all_in(unit, app)
        unit.events.add(
            Event(id=new_id(now), at=now, kind="designed", app=app, actor=actor.id,
                  data={"kind": "begun", "targets": sorted(files)})
        )  # fmt: skip
    return made


def _let_all_in(unit: Unit, app: str) -> None:
    """Give everybody the role of a member: by the topmost departments, or one by one."""
    for department in unit.people.departments.tree():
        if department.parent is None:
            unit.people.roles.give(RoleGrant("department", department.id, app, MEMBER))
    for person in unit.people.list(active=True):
        if person.department is None:
            unit.people.roles.give(RoleGrant("person", person.id, app, MEMBER))


def app_id(label: str, taken: Collection[str]) -> str:
    """Return the id of a new app: what its name says in small letters, or a made-up one. An id
    that was ever made up does not come again, since tables may be left of it."""
    stem = identifier_in(label)
    return free_id(stem, taken) if stem else f"app_{secrets.token_hex(3)}"


def identifier_in(text: str) -> str:
    """Return a name in small letters, digits and underscores, as far as a text has any."""
    found = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return found[:40] if IDENTIFIER.fullmatch(found[:40]) and text.isascii() else ""


def _manifest(app: str, wish: Wish, locale: str, form: Seed | None) -> dict[str, Any]:
    say = _sayer(locale)
    manifest: dict[str, Any] = {"app": app, "version": "1.0.0", "label": wish.label}
    if wish.description:
        manifest["description"] = wish.description
    manifest |= {"icon": wish.icon, "colour": wish.colour}
    manifest["roles"] = [
        {
            "id": MANAGER,
            "label": say(Message("管理员")),
            "help": say(Message("设计应用，看全部记录")),
            "design": True,
        },
        {
            "id": MEMBER,
            "label": say(Message("成员")),
            "help": say(Message("填写和查看自己的记录")),
        },
    ]
    if form is not None:
        manifest["menu"] = [{"label": wish.label, "forms": [form["form"]]}]
    return manifest


@dataclass(frozen=True, kw_only=True)
class FormWish:
    """What somebody says of a new form."""

    label: str
    id: str = ""
    icon: str = "file"
    colour: str = "blue"


def add_form(
    services: Services, actor: Actor, app: str, wish: FormWish, locale: str
) -> str | tuple[Message, ...]:
    """Add a form to the draft of an app and to its menu; return its id, or what is wrong."""
    held = open_held(services, app)
    known = held.draft.app
    wrong = _form_refused(known, wish)
    if wrong is not None:
        return (wrong,)
    id_ = wish.id or free_id(identifier_in(wish.label) or "form", _taken(services, known))
    form = new_form(known, id_, wish.label, wish.icon, wish.colour, _sayer(locale))
    group = words(known.definition.label, locale)
    edits = msgspec.convert(form_edits(known, f"forms/{id_}.yaml", form, group), list[AnyEdit])
    done = edit_draft(services, actor, app, held.head.rev, edits)
    if isinstance(done, Edited):
        return id_
    problems = done.problems if isinstance(done, Refused) else ()
    return tuple(problem.message for problem in problems)


def _form_refused(app: App, wish: FormWish) -> Message | None:
    if not wish.label:
        return Message("请给表单起个名字")
    if len(wish.label) > LONGEST:
        return TOO_LONG
    if wish.id and not IDENTIFIER.fullmatch(wish.id):
        return Message("英文标识要以小写字母开头，只含小写字母、数字和下划线")
    return Message("这个英文标识已经有了") if wish.id in app.forms else None


def _taken(services: Services, app: App) -> set[str]:
    """Return the ids of forms that are, or still have their records."""
    installed = services.apps.get(app.id)
    return {*app.forms, *(installed.forms if installed else ())}


def _sayer(locale: str) -> Any:
    into = translate(locale)
    return lambda message: message.fill(into, locale)
