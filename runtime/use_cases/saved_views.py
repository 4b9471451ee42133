"""Which ways of looking at a list did somebody keep?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.app import Form
from engine.wording import Message
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.store.views import SavedView
from runtime.use_cases.act import Act

MOST = 50
LONGEST_NAME = 40


def saved_views(services: Services, act: Act, form: Form) -> tuple[SavedView, ...]:
    """Return the views of a form that the actor sees: their own, and those that are shared."""
    with services.store.reading() as unit:
        return unit.views.of(form.app, form.id, act.actor.id)


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
    if not name or len(name) > LONGEST_NAME:
        return Message("名称要 1 到 {most} 个字符", most=LONGEST_NAME)
    now = services.now()
    with services.store.unit() as unit:
        known = unit.views.of(form.app, form.id, act.actor.id)
        own = [each for each in known if each.person == act.actor.id]
        if definition.get("default"):
            _no_other_default(unit.views, own)
        same = next((each for each in own if each.name == name), None)
        if same is not None:
            unit.views.change(same.id, act.actor.id, definition=definition, shared=shared)
            return same
        if len(own) >= MOST:
            return Message("视图最多保存 {most} 个，请先删除不用的", most=MOST)
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


def remove_view(services: Services, act: Act, id_: str) -> bool:
    """Remove one's own view; False if it is not one's own."""
    with services.store.unit() as unit:
        return unit.views.remove(id_, act.actor.id)


def _no_other_default(views: Any, own: list[SavedView]) -> None:
    for each in own:
        if each.definition.get("default"):
            views.change(each.id, each.person, definition={**each.definition, "default": False})
