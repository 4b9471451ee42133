"""What can be chosen as the value of a filter on people, departments or references?"""

from __future__ import annotations

from engine.access.sight import sight_of
from engine.app import Form
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.name_values import target_of
from runtime.use_cases.reach import begin

MOST = 200

Choices = tuple[tuple[str, str], ...]


def people_to_choose(services: Services) -> Choices:
    """Return the people who are active."""
    with services.store.reading() as unit:
        return tuple((each.id, each.name) for each in unit.people.list(limit=MOST))


def departments_to_choose(services: Services) -> Choices:
    """Return all departments, those below others moved in."""
    with services.store.reading() as unit:
        tree = unit.people.departments.tree()
    return tuple((each.id, "\u3000" * each.depth + each.name) for each in tree)


def records_to_choose(services: Services, act: Act, form: Form, id_: str) -> Choices:
    """Return the records that a reference field may hold and the actor sees, latest first."""
    field = form.fields.get(id_)
    target = services.form(*target_of(form, field)) if field is not None else None
    if target is None or sight_of(target, act.actor).rows.none:
        return ()
    title = target.definition.title
    with services.store.reading() as unit:
        work = begin(services, unit, act, target)
        wanted = Wanted(columns=(title,), sort=("-updated_at",), limit=MOST, total=False)
        page = unit.query.page(query_of(work, wanted))
    return tuple((each.id, str(each.values.get(title) or each.id)) for each in page.records)
