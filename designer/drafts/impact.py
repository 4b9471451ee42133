"""Whom and what would publishing a draft meet, judged by the records that there are?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from designer.drafts.impact_people import people_met
from designer.drafts.impact_records import items_of, records_met
from designer.drafts.met import Item, Met, listed
from engine.app import App, Form, Rule
from engine.record import SYSTEM_FIELDS, Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store.approvals import Approval
from runtime.store.unit import Unit
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.backtest import BackTest, backtest

__all__ = ["Item", "Met", "impact_of"]


def impact_of(services: Services, actor: Actor, new: App) -> tuple[Met, ...]:
    """Return what publishing would meet: records that are now asked for more or held up, people
    who gain or lose sight, alerts that would have gone off, approvals under way. Each with what
    is behind it, as far as the actor may see that."""
    old = services.apps[new.id]
    with services.store.reading() as unit:
        found = [
            met
            for id_, form in new.forms.items()
            if id_ in old.forms and form.definition != old.forms[id_].definition
            for met in _of_form(services, unit, actor, (old.forms[id_], form), new)
        ]
        found += _approvals(services, unit, actor, old, new)
    return (*found, *_alerts(services, actor, old, new))


def _of_form(
    services: Services, unit: Unit, actor: Actor, forms: tuple[Form, Form], new: App
) -> Iterator[Met]:
    old, form = forms
    work = begin(services, unit, Act(actor=actor, door="system"), old)
    yield from records_met(work, form, new)
    if form.definition.access != old.definition.access:
        yield from people_met(work, form)


def _approvals(services: Services, unit: Unit, actor: Actor, old: App, new: App) -> Iterator[Met]:
    running: dict[str, list[Approval]] = {}
    for one in unit.approvals.running(old.id):
        running.setdefault(one.workflow, []).append(one)
    for id_, workflow in old.workflows.items():
        later = new.workflows.get(id_)
        if not running.get(id_) or (later and later.definition == workflow.definition):
            continue
        message = Message(
            "“{workflow}”有 {n} 件正在审批，仍按发起时的流程走完",
            workflow=workflow.definition.label, n=len(running[id_]),
        )  # fmt: skip
        form = old.forms.get(workflow.form)
        ids = [one.record for one in running[id_]]
        items = _records(services, unit, actor, form, ids) if form else ()
        yield listed("approvals", message, items, len(ids))


def _records(
    services: Services, unit: Unit, actor: Actor, form: Form, ids: Iterable[str]
) -> list[Item]:
    """Return those records that the actor sees."""
    work = begin(services, unit, Act(actor=actor, door="form"), form)
    return items_of(work, dict.fromkeys(ids))


def _alerts(services: Services, actor: Actor, old: App, new: App) -> Iterator[Met]:
    for id_, rule in new.rules.items():
        known = old.rules.get(id_)
        if (known and known.definition == rule.definition) or not _can_be_tried(old, rule):
            continue
        yield _alert(services, actor, old.forms[rule.form], backtest(services, rule))


def _alert(services: Services, actor: Actor, form: Form, tried: BackTest) -> Met:
    message = Message(
        "规则“{rule}”在过去 30 天里会触发 {n} 次，涉及 {records} 条记录",
        rule=tried.rule.definition.label, n=len(tried.hits), records=tried.records,
    )  # fmt: skip
    part = None
    if not tried.whole:
        part = Message("记录太多，只看了其中 {n} 条", n=tried.looked_at)
    times = Counter(hit.record for hit in tried.hits)
    with services.store.reading() as unit:
        seen = list(_records(services, unit, actor, form, times))
    items = [
        Item(one.text, one.href, f"× {times[(one.href or '').rpartition('/')[2]]}") for one in seen
    ]
    return listed("alerts", message, items, tried.records, part)


def _can_be_tried(old: App, rule: Rule) -> bool:
    """What reads fields that nobody has filled in yet can't have gone off."""
    form = old.forms.get(rule.form)
    known = {*form.fields, *SYSTEM_FIELDS, "record"} if form else set()
    return form is not None and all(path[0] in known for path in rule.reads)
