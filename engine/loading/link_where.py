"""Do the filters of an app say something that the database can decide?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from engine.app import App, Form
from engine.definition.form import FormDef
from engine.expressions import FeelErrors, Slot, compile_expression
from engine.filter import Where
from engine.filters import BadFilter, filters_to_feel
from engine.loading.build import Part
from engine.loading.expressions import Compiling
from engine.loading.outline import Outline, Outlines
from engine.loading.remembering import Found, Memory
from engine.loading.source import Spot
from engine.problems import Problem

Placed = tuple[str, Where, Spot]


def where_problems(
    names: Outlines, app: App, memory: Memory, parts: Mapping[str, Part[FormDef]], *, sound: bool
) -> Iterator[Problem]:
    """Yield what is wrong with filters: with texts at the character, else at the condition.

    Conditions are looked at in an app that is sound otherwise: else it was said before.
    """
    yield from _problems(app, _cards(names), sound)
    for form in names.placed():
        placed = (*_views(form), *_fields(form))
        if sound:
            find = partial(_found, app, placed)
            yield from memory.found(parts[form.id], "where", find)[1]
        else:
            yield from _problems(app, placed, sound)


def _found(app: App, placed: Iterable[Placed]) -> Found[None]:
    return None, list(_problems(app, placed, sound=True))


def _problems(app: App, placed: Iterable[Placed], sound: bool) -> Iterator[Problem]:
    for form_id, where, spot in placed:
        form = app.forms.get(form_id)
        if form is None:
            continue
        if isinstance(where, str):
            work = Compiling(form.scope)
            work.compile(where, spot, Slot.ROWS)
            yield from work.problems
        elif sound:
            for at, condition in enumerate(where):
                yield from _condition_problems(app, form, (condition,), spot / at)


def _condition_problems(app: App, form: Form, where: Where, spot: Spot) -> Iterator[Problem]:
    assert not isinstance(where, str)
    try:
        compile_expression(filters_to_feel(app, form, where), form.scope, Slot.ROWS)
    except BadFilter as refused:
        yield spot.problem("filter.value", refused.message)
    except FeelErrors as wrong:
        yield spot.problem(wrong.errors[0].code, wrong.errors[0].message)


def _cards(names: Outlines) -> Iterator[Placed]:
    for at, card in enumerate(names.app.home):
        yield card.form, card.where, names.spot / "home" / at / "where"
    for at, step in enumerate(names.app.setup):
        yield step.form or "", step.where, names.spot / "setup" / at / "where"


def _views(form: Outline) -> Iterator[Placed]:
    for at, view in enumerate(form.definition.list.views):
        yield form.id, view.where, form.spot / "list" / "views" / at / "where"


def _fields(form: Outline) -> Iterator[Placed]:
    for field, spot in form.placed_fields:
        target = getattr(field, "form" if field.type == "rollup" else "to", "")
        yield str(target), getattr(field, "where", ()), spot / "where"
