"""What is an action on everything that a list finds called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import Message, Said
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.use_cases.sweeps.sweep import Sweep, read_sweep

DEEDS: Mapping[str, Message] = {
    "edit": Message("批量修改"),
    "advance": Message("批量推进"),
    "transfer": Message("批量转移"),
    "delete": Message("批量删除"),
}


def deed_words(services: Services, sweep: Sweep) -> Message:
    """Return what is done with each of the records."""
    if sweep.deed in DEEDS:
        return DEEDS[sweep.deed]
    app = services.apps.get(sweep.app)
    rule = app.rules.get(sweep.rule) if app else None
    if rule is None:
        return Said(sweep.rule)
    return Said(getattr(rule.definition.on, "label", None) or rule.definition.label)


def sweep_title(services: Services, job: Job) -> Message:
    """Return what it is called among the tasks of a person."""
    sweep = read_sweep(job.arguments)
    form = services.form(sweep.app, sweep.form)
    label = form.definition.label if form else sweep.form
    return Message("{deed}“{form}”", deed=deed_words(services, sweep), form=label)


def sweep_done(services: Services, job: Job) -> Message:
    """Return what came of it."""
    result = job.result
    done, left = f"{result.get('done', 0):,}", f"{len(result.get('refused', ())):,}"
    if result.get("stopped"):
        return Message("已停止：{n} 条成功，{m} 条未成功", n=done, m=left)
    return Message("{n} 条成功，{m} 条未成功", n=done, m=left)
