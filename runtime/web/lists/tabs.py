"""Which views of a form does a person see as tabs, and what does each of them show?"""

from __future__ import annotations

from collections.abc import Sequence

from engine.app import App, Form
from engine.definition.page import FilterDef, ViewDef
from engine.filters import BadFilter, filters_to_feel
from runtime.services import Services
from runtime.use_cases.saved_views import saved_views
from runtime.web.lists.state import InFeel, View, in_order, saved_view
from runtime.web.visit import Visit

MOST_KEPT = 500
_kept: dict[int, tuple[Form, tuple[tuple[ViewDef, View], ...]]] = {}


def tabs_of(services: Services, visit: Visit, form: Form) -> tuple[View, ...]:
    """Return the tabs of a form: the app's that are meant for the person, and the saved ones."""
    person = visit.person
    app = services.apps[form.app]
    roles = None if person.admin else person.roles_in(form.app)
    tabs = [
        tab
        for view, tab in _defined_tabs(app, form)
        if not view.roles or roles is None or roles & set(view.roles)
    ]
    if all(tab.feel for tab in tabs):
        tabs.append(everything(form))
    known = saved_views(services, visit.act(), form)
    in_feel = in_feel_of(app, form)
    saved = [saved_view(each, person.id, in_feel) for each in known.saved]
    legacy = (each.id for each in saved if each.mine and _was_first(each))
    first = known.first or next(legacy, None)
    return tuple(in_order((*tabs, *saved), first, known.first_of_all))


def everything(form: Form) -> View:
    """Return how a list looks whose app says nothing about views."""
    return View(id="all", label={"zh": "全部", "en": "All"}, sort=form.definition.list.sort)


def in_feel_of(app: App, form: Form) -> InFeel:
    """Return what turns a list of conditions into an expression."""

    def in_feel(filters: Sequence[FilterDef]) -> str:
        try:
            return filters_to_feel(app, form, filters)
        except BadFilter:
            # The list then says what is wrong, instead of showing more than was asked for.
            return " and ".join(f"{each.field} != null" for each in filters)

    return in_feel


def _defined_tabs(app: App, form: Form) -> tuple[tuple[ViewDef, View], ...]:
    """Return the views of the definition; made once, as every list page shows them."""
    found = _kept.get(id(form))
    if found is None or found[0] is not form:
        in_feel = in_feel_of(app, form)
        views = form.definition.list.views
        # The form is kept with them, so that its identity can't be given to another one.
        found = form, tuple((view, _defined(view, in_feel)) for view in views)
        _kept[id(form)] = found
        if len(_kept) > MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
    return found[1]


def _defined(view: ViewDef, in_feel: InFeel) -> View:
    return View(
        id=view.id,
        label=view.label,
        feel=view.where if isinstance(view.where, str) else in_feel(view.where),
        sort=view.sort,
        columns=view.columns,
    )


def _was_first(view: View) -> bool:
    # Views of earlier versions say it of themselves.
    return bool(view.saved and view.saved.definition.get("default"))
