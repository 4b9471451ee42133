"""What stands in the bar above a list or a board: each part of the filter as a chip?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.access.sight import sight_of
from engine.app import App, Form
from engine.expressions import Scope, Type
from engine.filters import Group, Written, from_feel, to_feel
from engine.record import Actor
from runtime.services import Services
from runtime.web.filter_fields import Fields
from runtime.web.filter_told import Told
from runtime.web.filter_values import names_in
from runtime.web.list_state import ListState
from runtime.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One part of the filter: its words, and the address of the list without it."""

    text: str
    without: str


def fields_for(services: Services, visit: Visit, form: Form) -> Fields:
    """Return the fields that a person may filter a form by."""
    scope = _seen(services.apps[form.app], form, visit.person)
    return Fields(apps=services.apps, form=form, scope=scope, locale=visit.locale)


def _seen(app: App, form: Form, actor: Actor) -> Scope:
    names = _open_fields(form, form.scope.names, actor)
    forms = {
        id_: _open_fields(app.forms[id_], types, actor) if id_ in app.forms else types
        for id_, types in form.scope.forms.items()
    }
    return Scope(names, forms, form.scope.user)


def _open_fields(form: Form, types: Mapping[str, Type], actor: Actor) -> dict[str, Type]:
    sight = sight_of(form, actor)
    if sight.rows.none:
        return {}
    return {id_: t for id_, t in types.items() if id_ not in sight.hidden | sight.masked}


def chips_of(services: Services, visit: Visit, form: Form, state: ListState) -> list[Chip]:
    """Return the filter as chips: one for each of the parts that must all hold."""
    feel = state.shown_feel
    if not feel:
        return []
    fields = fields_for(services, visit, form)
    group = parts_of(fields, feel)
    names = names_in(services, visit, fields, (group,))
    told = Told(fields=fields, names=names)
    return [
        Chip(text=told.part(item), without=state.query(feel=_without(fields, group, n)))
        for n, item in enumerate(group.items)
    ]


def parts_of(fields: Fields, feel: str) -> Group:
    """Return a filter as parts that must all hold; what can't be drawn is one part."""
    app = fields.apps[fields.form.app]
    found = from_feel(app, fields.form, feel) or Group(items=(Written(feel),))
    return found if found.all or len(found.items) < 2 else Group(items=(found,))


def _without(fields: Fields, group: Group, index: int) -> str:
    kept = tuple(item for n, item in enumerate(group.items) if n != index)
    return to_feel(fields.apps[fields.form.app], fields.form, Group(items=kept))
