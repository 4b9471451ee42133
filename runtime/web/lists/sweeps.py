"""How does a sheet begin an action on everything that a list finds?"""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Invalid
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.sweeps.start import Grown, Started, start_sweep
from runtime.use_cases.sweeps.sweep import Sweep
from runtime.web.answers import moved_on
from runtime.web.forms.sent_once import key_of
from runtime.web.lists.everything import ALL
from runtime.web.lists.pages import state_of
from runtime.web.visit import Visit


def for_everything() -> bool:
    """Tell whether a sheet was sent for all that the list finds."""
    return ALL in request.args and ALL in request.form


def begun(
    services: Services, visit: Visit, form: Form, sweep: Sweep
) -> ResponseReturnValue | Message:
    """Begin it and show how far it is; the words say why it was not begun."""
    agreed = request.form.get(ALL, 0, type=int)
    wanted = state_of(services, visit, form).wanted(())
    act = visit.act("bulk", key=key_of(request.form))
    begun = start_sweep(services, act, form, sweep, wanted, agreed)
    match begun:
        case Started(job=job):
            return moved_on(run_place(form, job))
        case Grown(count=count):
            return Message("现在符合条件的有 {n} 条，请确认后再提交", n=f"{count:,}")
        case Invalid(complaints=complaints):
            return complaints[""][0]
    return begun.message


def run_place(form: Form, job: str) -> str:
    """Return where one sees how far it is."""
    return f"/a/{form.app}/{form.id}/bulk/runs/{job}"


def typed_for(*fields: str) -> dict[str, list[str]]:
    """Return what was typed for some fields and for no others."""
    typed = {name: request.form.getlist(name) for name in request.form}
    kept = {name: texts for name, texts in typed.items() if name.split("-")[0] in fields}
    return {**kept, "_fields": list(fields)} if fields else {}
