"""Which records are called like what somebody looks for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.filter import FilterDef
from runtime.services import Services
from runtime.store import Unit
from runtime.store.links import target_of
from runtime.store.query import Query
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter, where_of
from runtime.use_cases.reach import Work, begin


def called_so(
    services: Services, unit: Unit, act: Act, forms: Iterable[Form], text: str
) -> Iterator[Query]:
    """Yield a question for each form: which of the records that the actor sees are called so? A
    form whose records the actor does not see by name is left out."""
    for form in forms:
        work = begin(services, unit, act, form)
        path = _name_of(work)
        if path is None:
            continue
        try:
            where = where_of(work.app, form, (FilterDef(field=path, op="contains", value=text),))
        except BadFilter:  # its name is no text
            continue
        yield Query(
            form=form,
            sight=work.sight,
            actor=act.actor,
            env=work.env,
            where=where,
            sight_of=lambda other: sight_of(other, act.actor),
        )


def _name_of(work: Work) -> str | None:
    """Return where the text stands that the actor reads as the name of a record."""
    title = work.form.definition.title
    if not _reads(work.sight, title):
        return None
    target = target_of(work.form, title)
    if target is None or target.form is None:
        return title
    other = work.app.forms.get(target.form)
    if other is None or not _reads(sight_of(other, work.act.actor), other.definition.title):
        return None
    return f"{title}.{other.definition.title}"


def _reads(sight: Sight, field: str) -> bool:
    return not sight.rows.none and field not in sight.hidden | sight.masked
