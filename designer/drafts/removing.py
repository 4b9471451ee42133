"""What would be missed if something of an app were removed?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from designer.drafts.editing import look_at_removal, open_draft
from designer.plain_words import refusals
from engine.access.sight import SEES_ALL
from engine.app import Form
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.editing.naming import crumbs
from engine.filter import FilterDef
from engine.loading.folder import kind_of
from engine.record import Actor
from runtime.services import Services
from runtime.store.query import Measure, Query
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter, where_of
from runtime.use_cases.reach import Work, begin


@dataclass(frozen=True)
class Missed:
    """What a designer is told before something is removed."""

    along: tuple[str, ...]
    """What goes along, in words."""
    stuck: tuple[str, ...]
    """Why it can't be removed as it is."""
    records: int
    """So many records have something in it."""
    views: tuple[str, ...]
    """Views that people saved and that use it."""
    approvals: int
    """So many approvals of it are under way."""


def missed(
    services: Services, actor: Actor, app: str, targets: Sequence[Target], locale: str
) -> Missed:
    """Return what would be missed."""
    found = look_at_removal(services, app, targets)
    draft = open_draft(services, app)
    named = [one for target in targets for one in _fields(services, app, target)]
    fields = list({(form.id, id_): (form, id_) for form, id_ in named}.values())
    forms = {form.id: form for form, _ in fields}
    records = max(
        (
            _filled(services, actor, form, [id_ for own, id_ in fields if own is form])
            for form in forms.values()
        ),
        default=0,
    )
    ids = {str(target[-1]) for target in targets}
    return Missed(
        along=tuple(dict.fromkeys(_told(draft, one, ids, locale) for one in _shown(found.along))),
        stuck=tuple(refusals(found.stuck, locale, draft.app)),
        records=records,
        views=_views(services, app, [(form.id, id_) for form, id_ in fields]),
        approvals=_under_way(services, app, targets),
    )


def _shown(targets: Sequence[Target]) -> list[Target]:
    """Translations go without a word."""
    return [one for one in targets if kind_of(str(one[0])) != "locale"]


def _told(draft: Draft, target: Target, gone: Collection[str], locale: str) -> str:
    """Say where something goes along; where only what goes is named, the place is enough."""
    if str(target[0]) not in draft.documents:
        return str(target[-1])
    told = crumbs(draft.app, draft.documents[str(target[0])][0].data, target, locale)
    told = told[:-1] if told[-1].lstrip("-") in gone else told
    return " › ".join(told)


def _fields(services: Services, app: str, target: Target) -> list[tuple[Form, str]]:
    """Return the fields, with their forms as installed, that a target takes away."""
    if kind_of(str(target[0])) != "form":
        return []
    form = services.form(app, str(target[0]).rpartition("/")[2].removesuffix(".yaml"))
    if form is None:
        return []
    if len(target) == 1:
        return [(form, id_) for id_ in form.fields]
    if "fields" in target[:-1]:
        id_ = str(target[target.index("fields") + 1])
        return [(form, id_)] if id_ in form.fields else []
    section = next((one for one in form.definition.sections if one.id == target[-1]), None)
    return [(form, field.id) for field in section.fields] if section else []


def _filled(services: Services, actor: Actor, form: Form, fields: Sequence[str]) -> int:
    """Return how many records have something in one of some fields: the most of any of them."""
    act = Act(actor=actor, door="system")
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        return max((_with(work, field) for field in fields), default=0)


def _with(work: Work, field: str) -> int:
    try:
        where = where_of(work.app, work.form, (FilterDef(field=field, op="filled"),))
    except BadFilter:  # of what is worked out, nothing is lost
        return 0
    query = Query(
        form=work.form, sight=SEES_ALL, actor=work.act.actor, env=work.env, where=where,
        sight_of=lambda _form: SEES_ALL,
    )  # fmt: skip
    found = work.unit.query.aggregate(query, (), (Measure("count"),))
    return int(str(found[0]["count"])) if found else 0


def _views(services: Services, app: str, fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    with services.store.reading() as unit:
        return tuple(
            view.name
            for view in unit.views.all_of(app)
            if any(view.form == form and _uses(view.definition, id_) for form, id_ in fields)
        )


def _uses(definition: Mapping[str, Any], field: str) -> bool:
    words = str(definition).replace("'", " ").replace(".", " ").replace("-", " ").split()
    return field in words


def _under_way(services: Services, app: str, targets: Sequence[Target]) -> int:
    gone = {
        (kind_of(str(one[0])), str(one[0]).rpartition("/")[2].removesuffix(".yaml"))
        for one in targets
        if len(one) == 1
    }
    with services.store.reading() as unit:
        return sum(
            ("workflow", one.workflow) in gone or ("form", one.form) in gone
            for one in unit.approvals.running(app)
        )
