"""What stands in the bar above a list or a board: each part of the filter as a chip?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import Form
from engine.expressions import Scope
from engine.filters import Group, Written, from_feel, to_feel
from runtime.services import Services
from runtime.use_cases.filtering import filter_scope
from runtime.web.filters.fields import Fields
from runtime.web.filters.told import Told
from runtime.web.filters.values import names_in
from runtime.web.lists.state import ListState
from runtime.web.visit import Visit

MOST_KEPT = 2000
_drawn: dict[tuple[int, str], tuple[Scope, Group | None]] = {}


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One part of the filter: its words, and the address of the list without it."""

    text: str
    without: str


def fields_for(services: Services, visit: Visit, form: Form) -> Fields:
    """Return the fields that a person may filter a form by."""
    scope = filter_scope(services.apps[form.app], form, visit.person)
    return Fields(apps=services.apps, form=form, scope=scope, locale=visit.locale)


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


def drawing_of(fields: Fields, feel: str) -> Group | None:
    """Return a filter as conditions; None where it can't be drawn. The same text and form give
    the same object: every page of a list asks for it."""
    scope = fields.form.scope
    key = (id(scope), feel)
    found = _drawn.get(key)
    if found is None or found[0] is not scope:
        # The scope is kept with it, so that its identity can't be given to another one.
        found = scope, from_feel(fields.apps[fields.form.app], fields.form, feel)
        _drawn[key] = found
        if len(_drawn) > MOST_KEPT:
            _drawn.pop(next(iter(_drawn)), None)
    return found[1]


def parts_of(fields: Fields, feel: str) -> Group:
    """Return a filter as parts that must all hold; what can't be drawn is one part."""
    found = drawing_of(fields, feel) or Group(items=(Written(feel),))
    return found if found.all or len(found.items) < 2 else Group(items=(found,))


def _without(fields: Fields, group: Group, index: int) -> str:
    kept = tuple(item for n, item in enumerate(group.items) if n != index)
    return to_feel(fields.apps[fields.form.app], fields.form, Group(items=kept))
