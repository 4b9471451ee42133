"""Which ways of looking at a list did somebody keep, and which one comes first?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.access.designing import may_design
from engine.app import Form
from engine.wording import Message
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.store.views import EVERYBODY, SavedView, Views
from runtime.use_cases.act import Act

MOST = 50
LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True)
class KnownViews:
    """The views of a form that somebody sees, and which of all views comes first."""

    saved: tuple[SavedView, ...]
    first: str | None = None
    """The one that the person wants to see first."""
    first_of_all: str | None = None
    """The one that everybody sees first who wants no other."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is to be different about a view; None stays as it is."""

    name: str | None = None
    shared: bool | None = None
    definition: Mapping[str, Any] | None = None


def saved_views(services: Services, act: Act, form: Form) -> KnownViews:
    """Return the views that the actor sees: their own, and those that are shared."""
    with services.store.reading() as unit:
        first = unit.views.first(form.app, form.id, act.actor.id)
        return KnownViews(
            saved=unit.views.of(form.app, form.id, act.actor.id),
            first=first.get(act.actor.id),
            first_of_all=first.get(EVERYBODY),
        )


def save_view(
    services: Services,
    act: Act,
    form: Form,
    name: str,
    definition: Mapping[str, Any],
    *,
    shared: bool = False,
) -> SavedView | Message:
    """Keep a view under a name; the same name of one's own is replaced."""
    name = name.strip()
    now = services.now()
    with services.store.unit() as unit:
        own = _own(unit.views, act, form)
        same = next((each for each in own if each.name == name), None)
        if same is not None:
            unit.views.change(same.id, act.actor.id, definition=definition, shared=shared)
            return same
        wrong = _wrong(name, ())
        if wrong or len(own) >= MOST:
            return wrong or Message("视图最多保存 {most} 个，请先删除不用的", most=MOST)
        saved = SavedView(
            id=new_id(now),
            app=form.app,
            form=form.id,
            person=act.actor.id,
            name=name,
            shared=shared,
            definition=definition,
            created_at=now,
        )
        unit.views.add(saved)
        return saved


def change_view(
    services: Services, act: Act, form: Form, id_: str, changes: Changes
) -> SavedView | Message | None:
    """Rename, share or redefine one's own view; None if it is not one's own."""
    with services.store.unit() as unit:
        own = _own(unit.views, act, form)
        view = next((each for each in own if each.id == id_), None)
        if view is None:
            return None
        given = {key: value for key, value in vars(changes).items() if value is not None}
        if "name" in given:
            given["name"] = given["name"].strip()
            wrong = _wrong(given["name"], (each for each in own if each.id != id_))
            if wrong:
                return wrong
        if given:
            unit.views.change(id_, act.actor.id, **given)
        return unit.views.one(id_, act.actor.id)


def remove_view(services: Services, act: Act, id_: str) -> bool:
    """Remove one's own view; False if it is not one's own."""
    with services.store.unit() as unit:
        return unit.views.remove(id_, act.actor.id)


def put_first(services: Services, act: Act, form: Form, id_: str | None) -> None:
    """Remember which view the actor wants to see first, one of the app or a saved one."""
    with services.store.unit() as unit:
        unit.views.put_first(form.app, form.id, act.actor.id, id_)


def may_put_first_of_all(services: Services, act: Act, form: Form) -> bool:
    """Tell whether the actor may say what everybody sees first: who designs the app may."""
    return may_design(services.apps[form.app], act.actor)


def put_first_of_all(services: Services, act: Act, form: Form, id_: str | None) -> Message | None:
    """Remember which view everybody sees first who wants no other; the words if one may not."""
    if not may_put_first_of_all(services, act, form):
        return Message("只有能设计应用的人可以设置所有人的默认视图")
    with services.store.unit() as unit:
        saved = {each.id: each for each in unit.views.of(form.app, form.id, act.actor.id)}
        if id_ in saved and not saved[id_].shared:
            return Message("请先把视图共享给所有人")
        unit.views.put_first(form.app, form.id, EVERYBODY, id_)
    return None


def _own(views: Views, act: Act, form: Form) -> list[SavedView]:
    seen = views.of(form.app, form.id, act.actor.id)
    return [each for each in seen if each.person == act.actor.id]


def _wrong(name: str, others: Iterable[SavedView]) -> Message | None:
    if not name or len(name) > LONGEST_NAME:
        return Message("名称要 1 到 {most} 个字符", most=LONGEST_NAME)
    if any(each.name == name for each in others):
        return Message("您已有名为“{name}”的视图", name=name)
    return None
