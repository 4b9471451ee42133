"""What may another program tell a rule, and what comes of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from engine.app import Rule
from engine.field import NotAcceptable
from engine.rules.triggers.webhook import CalledIn
from engine.typed.exchanged import decoded, plain, value_in
from engine.wording import Message
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.hooks import Message as Kept
from runtime.store.ids import new_id
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.acting import act_of
from runtime.use_cases.rules.hearing import FOLLOW

TOLD = "webhook"
"""What the log calls it."""
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """It is written down, and the rule follows from it."""

    event: str
    again: bool = False
    """It was told before: nothing follows from it twice."""


@dataclass(frozen=True, kw_only=True)
class NotHeard:
    """It can't be taken as it is."""

    status: int
    message: Message
    where: str | None = None


def rule_told(services: Services, app: str, rule: str) -> Rule | None:
    """Return a rule that another program may tell something, awake."""
    found = services.app(app)
    known = found.rules.get(rule) if found else None
    if known is None or known.definition.paused:
        return None
    return known if isinstance(known.definition.on, CalledIn) else None


def hear(services: Services, rule: Rule, keys: Sequence[str], content: bytes) -> Heard | NotHeard:
    """Write down what was told, in one transaction with the work that follows from it. What was
    told before by one of its keys, the last of which is its signature, gets the same answer."""
    body = _body(services, rule, content)
    if isinstance(body, NotHeard):
        return body
    digest = sha256(content).hexdigest()
    with services.store.unit() as unit:
        now = services.now()
        if (
            unit.hooks.told_since(rule.app, rule.id, now - A_MINUTE)
            >= services.settings.hooks_a_minute
        ):
            return NotHeard(status=429, message=Message("一分钟内发来太多，请稍后再发"))
        event = new_id(now)
        for key in keys:
            new = Kept(app=rule.app, rule=rule.id, key=key, digest=digest, event=event, at=now)
            kept = unit.hooks.add(new)
            if kept.event != event:
                unit.rollback()
                return _again(kept, digest)
        record = _found(services, unit, rule, body)
        if isinstance(record, NotHeard):
            unit.rollback()
            return record
        _write_down(services, unit, rule, (event, record), body)
    return Heard(event=event)


def _again(kept: Kept, digest: str) -> Heard | NotHeard:
    if kept.digest != digest:
        return NotHeard(status=409, message=Message("这个事件编号已用于另一份内容"))
    return Heard(event=kept.event, again=True)


def _body(services: Services, rule: Rule, content: bytes) -> dict[str, Any] | NotHeard:
    """Return what was told as values of the types that the rule takes."""
    data = decoded(content)
    if not isinstance(data, dict):
        return NotHeard(status=400, message=Message("应为 JSON 对象"))
    trigger, found = rule.definition.on, {}
    assert isinstance(trigger, CalledIn)
    for name, kind in trigger.takes.items():
        try:
            found[name] = value_in(kind, data.get(name), services.calendar.zone)
        except NotAcceptable as no:
            return NotHeard(status=422, message=no.message, where=name)
        if found[name] is None and name in trigger.required:
            return NotHeard(status=422, message=Message("缺少这个值"), where=name)
    return found


def _found(
    services: Services, unit: Unit, rule: Rule, body: Mapping[str, Any]
) -> str | NotHeard | None:
    """Return the record that is meant; None if the rule is about none."""
    trigger = rule.definition.on
    if not trigger.of_a_record:
        return None
    form = services.apps[rule.app].forms[rule.form]
    work = begin(services, unit, act_of(rule, None), form)
    find = getattr(trigger, "find", {})
    values: dict[str, Any] = {
        id_: rule.logic[f"on/find/{id_}"].value({"body": body}, work.env) for id_ in find
    }
    if any(value is None for value in values.values()):
        return NotHeard(status=422, message=Message("没有说明是哪条记录"))
    ids = unit.records.agreeing(form, values)
    if len(ids) != 1:
        several = Message("符合的记录不止一条")
        return NotHeard(status=409 if ids else 404, message=several if ids else NONE)
    return ids[0]


def _write_down(
    services: Services,
    unit: Unit,
    rule: Rule,
    what: tuple[str, str | None],
    body: Mapping[str, Any],
) -> None:
    id_, record = what
    now = services.now()
    unit.events.add(
        Event(
            id=id_,
            at=now,
            kind=TOLD,
            app=rule.app,
            form=rule.form,
            record=record,
            door="api",
            data={"rule": rule.id, "body": plain(body)},
        )
    )
    unit.hooks.heard(rule.app, rule.id, now)
    # Only this rule can follow from it.
    arguments = {"event": id_, "rules": [rule.id]}
    unit.jobs.save(FOLLOW, arguments, now, key=f"{FOLLOW}:{id_}")


NONE = Message("没有找到这条记录")
