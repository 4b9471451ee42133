"""How does a rule change the records that refer to its own?"""

from __future__ import annotations

from engine.rules.actions.update_related import UpdateRelated
from engine.wording import Message
from runtime.store.query import Query
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed
from runtime.use_cases.rules.changing import change
from runtime.use_cases.rules.fitting import fitting


def perform(doing: Doing, action: UpdateRelated) -> Came:
    """Change all of them, or none."""
    work = doing.work
    form = work.app.forms[action.form]
    there = begin(work.services, work.unit, work.act, form)
    query = Query(
        form=form,
        sight=there.sight,
        actor=work.act.actor,
        env=work.env,
        only={action.by: doing.record.id},
        columns=(form.definition.title,),
        limit=action.most + 1,
    )
    found = [record.id for record in work.unit.query.page(query).records]
    if len(found) > action.most:
        return Failed(Message("关联记录超过 {most} 条，没有修改", most=action.most))
    given = fitting(doing, form, {id_: doing.value(id_) for id_ in action.set})
    if isinstance(given, Failed):
        return given
    for id_ in found:
        record = work.unit.records.one(form, id_)
        came = change(there, record, given) if record else Did()
        if isinstance(came, Failed):
            return came
    return Did(told={"form": action.form, "records": found})
