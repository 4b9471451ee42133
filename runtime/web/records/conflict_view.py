"""What does somebody see whose changes clash with another's, and what comes back?"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from engine.app import Form
from engine.outcomes import Clash, Conflict
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.name_values import name_people
from runtime.web.answers import asked_by_module
from runtime.web.forms.view import Typed
from runtime.web.showing import sayer, show
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_of_rows
from runtime.web.visit import Visit

KEEP = "_keep-"


def conflict_page(
    services: Services, visit: Visit, form: Form, conflict: Conflict, typed: Typed
) -> str:
    """Return the page that asks field by field whose value stays; everything typed is in it."""
    say = sayer(visit.locale)
    rows = [
        {clash.field: value}
        for clash in conflict.clashes
        for value in (clash.mine, clash.theirs, clash.base)
    ]
    cells = cells_of_rows(services, visit, form, rows)
    by = conflict.theirs_by
    name = name_people(services, (by,)).get(by) if by else None
    base = f"/a/{form.app}/{form.id}/{conflict.record.id}"
    template = "conflict.html" if asked_by_module() else "conflict_page.html"
    return show(
        services,
        visit,
        template,
        app=form.app,
        form=form,
        heading=say("有人同时修改了这条记录"),
        clashes=[_clash(cells, form, clash) for clash in conflict.clashes],
        by=name or say("另一个人"),
        at=_at(cells, conflict.theirs_at),
        carried=_carried(typed, conflict),
        version=conflict.record.version,
        key=uuid4().hex,
        action=f"{base}/edit",
        cancel_url=base,
    )


def _clash(cells: Cells, form: Form, clash: Clash) -> dict[str, Any]:
    return {
        "id": clash.field,
        "label": words(form.fields[clash.field].label, cells.locale),
        "mine": cells.show(form, clash.field, clash.mine),
        "theirs": cells.show(form, clash.field, clash.theirs),
        "base": cells.cell(form, clash.field, clash.base),
    }


def _at(cells: Cells, at: str | None) -> str:
    return cells.moment(datetime.fromisoformat(at)) if at else ""


def _carried(typed: Typed, conflict: Conflict) -> list[tuple[str, str]]:
    # Only what was changed here: a field that another changed alone must not be set back.
    mine = set(conflict.mine)
    pairs = [(name, text) for name, text in typed.items(multi=True) if _field_of(name) in mine]
    return [*pairs, ("_fields", " ".join(sorted(mine)))]


def _field_of(name: str) -> str:
    return re.split(r"-\d+-", name, maxsplit=1)[0]


def settled(typed: Typed) -> Typed:
    """Return what was typed without the fields for which the other's value was chosen."""
    dropped = {
        id_ for id_ in typed.get("_settled", "").split() if typed.get(f"{KEEP}{id_}") == "theirs"
    }
    if not dropped:
        return typed
    kept: MultiDict[str, str] = MultiDict()
    for name, text in typed.items(multi=True):
        if name == "_fields":
            text = " ".join(id_ for id_ in text.split() if id_ not in dropped)
        if _field_of(name) not in dropped:
            kept.add(name, text)
    return kept
