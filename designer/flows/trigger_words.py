"""In which sentence is it said what sets a rule off?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from designer.flows.choosing import Choosing
from designer.flows.edits import Target
from designer.flows.picks import Part, Pick, Words, marks, sentence
from engine.app import Rule
from engine.wording import Message

Said: TypeAlias = tuple[Part, ...]

OUTCOMES: Mapping[str, Message] = {
    "agreed": Message("通过"),
    "refused": Message("未通过"),
    "withdrawn": Message("撤回"),
    "cancelled": Message("取消"),
}
VERDICTS: Mapping[str, Message] = {
    "accepted": Message("通过审核"),
    "rejected": Message("被退回"),
}
FIGURES: Mapping[str, Message] = {
    "count": Message("条数"),
    "sum": Message("合计"),
    "avg": Message("平均值"),
    "ratio": Message("占比"),
}
EVERY: Mapping[str, Message] = {
    "day": Message("每天"),
    "week": Message("每周"),
    "month": Message("每月"),
}


def trigger_said(choosing: Choosing, rule: Rule, target: Target) -> Said:
    """Return the sentence of a rule's trigger; what has no words of its own is its title, and the
    rest stands in the panel."""
    trigger: Any = rule.definition.on
    telling = _TOLD.get(trigger.type)
    if telling is not None:
        return telling(choosing, rule, target)
    title = trigger.title.get(choosing.speech.locale, trigger.type)
    return (choosing.panel(choosing.say("触发方式"), target, title),)


def _created(choosing: Choosing, rule: Rule, target: Target) -> Said:
    return (Words(choosing.say("新建一条记录时")),)


def _deleted(choosing: Choosing, rule: Rule, target: Target) -> Said:
    return (Words(choosing.say("记录被删除时")),)


def _changed(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    text = choosing.say("{fields}有变化时", **marks("fields"))
    return sentence(text, fields=choosing.watched((*target, "fields"), on.fields))


def _commented(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    shown = choosing.speech.listed(on.words) or choosing.say("任何内容")
    text = choosing.say("有人评论了{words}时", **marks("words"))
    return sentence(text, words=choosing.panel(choosing.say("关键词"), target, shown))


def _entered(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    text = choosing.say("记录进入{stages}时", **marks("stages"))
    return sentence(text, stages=choosing.stages((*target, "stages"), on.stages))


def _left(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    text = choosing.say("记录离开{stages}时", **marks("stages"))
    return sentence(text, stages=choosing.stages((*target, "stages"), on.stages))


def _approval(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say, fill = choosing.say, choosing.speech.fill
    ends = [(id_, fill(told)) for id_, told in OUTCOMES.items()]
    workflow = choosing.workflow((*target, "workflow"), on.workflow, say("任何审批"))
    outcomes = choosing.many(
        say("结果"), (*target, "outcomes"), on.outcomes, ends, say("结束（不论结果）")
    )
    text = say("{workflow}{outcomes}时", **marks("workflow", "outcomes"))
    return sentence(text, workflow=workflow, outcomes=outcomes)


def _reviewed(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say, fill = choosing.say, choosing.speech.fill
    items = choosing.many(
        say("凭证"), (*target, "items"), on.items, _evidence(choosing), say("任何凭证")
    )
    verdicts = [(id_, fill(told)) for id_, told in VERDICTS.items()]
    verdict = choosing.one(
        say("结果"), (*target, "verdict"), on.verdict, verdicts, say("通过审核或被退回")
    )
    text = say("{items}{verdict}时", **marks("items", "verdict"))
    return sentence(text, items=items, verdict=verdict)


def _evidence(choosing: Choosing) -> list[tuple[str, str]]:
    return [
        (item.id, choosing.speech.words(item.label))
        for stage in choosing.speech.form.stages.values()
        for gate in (stage.gate, stage.entry)
        for item in gate.evidence
    ]


def _date(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    text = (
        choosing.say("每年{field}{days}的 {at}", **marks("field", "days", "at"))
        if on.yearly
        else choosing.say("{field}{days}的 {at}", **marks("field", "days", "at"))
    )
    return sentence(
        text,
        field=choosing.field((*target, "field"), on.field, "date", "datetime"),
        days=choosing.days((*target, "days"), on.days),
        at=choosing.clock((*target, "at"), on.at),
    )


def _expired(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say = choosing.say
    items = choosing.many(
        say("凭证"), (*target, "items"), on.items, _evidence(choosing), say("任何凭证")
    )
    text = say("{items}到期{days}的 {at}", **marks("items", "days", "at"))
    return sentence(
        text,
        items=items,
        days=choosing.days((*target, "days"), on.days),
        at=choosing.clock((*target, "at"), on.at),
    )


def _threshold(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say, fill = choosing.say, choosing.speech.fill
    figure = fill(FIGURES[on.measure])
    lines = [say("低于 {number}", number=on.below)] if on.below is not None else []
    lines += [say("高于 {number}", number=on.above)] if on.above is not None else []
    shown = say("{figure}{lines}", figure=figure, lines=choosing.speech.listed(lines))
    text = say("{per}统计一次：{figure}，连续 {periods} 次时", **marks("per", "figure", "periods"))
    pers = [(id_, fill(told)) for id_, told in EVERY.items()]
    return sentence(
        text,
        per=choosing.one(say("周期"), (*target, "per"), on.per, pers),
        figure=choosing.panel(say("指标"), target, shown),
        periods=choosing.number(say("连续几次"), (*target, "periods"), on.periods),
    )


def _in_a_row(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    other = choosing.speech.other(on.of)
    form = other.words(other.form.definition.label) if other else on.of
    told = other.condition(rule.logic["on/that"]) if other and "on/that" in rule.logic else None
    that = choosing.speech.listed(told.lines) or on.that if told else on.that
    text = choosing.say("最近 {times} 条{form}都符合{that}时", form=form, **marks("times", "that"))
    return sentence(
        text,
        times=choosing.number(choosing.say("几条"), (*target, "times"), on.times),
        that=choosing.panel(choosing.say("条件"), target, that),
    )


def _overdue(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say = choosing.say
    stages = choosing.stages((*target, "stages"), on.stages, say("有预计时间的阶段"))
    after = choosing.span(say("多久"), (*target, "after"), on.after, say("预计时间"))
    text = say("记录在{stages}停留超过 {after}时", **marks("stages", "after"))
    return sentence(text, stages=stages, after=after)


def _schedule(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say, fill = choosing.say, choosing.speech.fill
    if on.every == "day":
        every: Pick = choosing.one(
            say("多久一次"), (*target, "every"), on.every, [("day", fill(EVERY["day"]))]
        )
    else:
        every = choosing.panel(say("多久一次"), target, _when(choosing, on))
    text = say("{every} {at}，对每条符合条件的记录", **marks("every", "at"))
    return sentence(text, every=every, at=choosing.clock((*target, "at"), on.at))


def _when(choosing: Choosing, on: Any) -> str:
    say = choosing.say
    if on.every == "month":
        return say("每月 {day} 日", day=on.day or 1)
    return say("每周 {days}", days=choosing.speech.listed(map(str, on.on)))


def _silent(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    say = choosing.say
    after = choosing.span(say("多久"), (*target, "after"), on.after)
    other = choosing.speech.other(on.of) if on.of else None
    form = other.words(other.form.definition.label) if other else ""
    what = say("新的{form}", form=form) if form else say("任何动静")
    pick = choosing.panel(say("什么动静"), target, what)
    text = say("连续 {after}没有{what}时", **marks("after", "what"))
    parts = sentence(text, after=after, what=pick)
    if on.repeat is None:
        return parts
    again = say("，之后每 {repeat}再来一次，最多 {most} 次", **marks("repeat", "most"))
    return parts + sentence(
        again,
        repeat=choosing.span(say("间隔"), (*target, "repeat"), on.repeat),
        most=choosing.number(say("最多几次"), (*target, "most"), on.most),
    )


def _button(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    label = choosing.speech.words(on.label or rule.definition.label)
    text = choosing.say("有人点击按钮{label}时", **marks("label"))
    return sentence(text, label=choosing.panel(choosing.say("按钮"), target, f"“{label}”"))


def _called_in(choosing: Choosing, rule: Rule, target: Target) -> Said:
    on: Any = rule.definition.on
    names = choosing.speech.listed(f"“{name}”" for name in on.takes)
    text = choosing.say("另一个程序发来{takes}时", **marks("takes"))
    return sentence(text, takes=choosing.panel(choosing.say("有哪些值"), target, names))


_TOLD: Mapping[str, Callable[[Choosing, Rule, Target], Said]] = {
    "created": _created,
    "deleted": _deleted,
    "changed": _changed,
    "commented": _commented,
    "stage_entered": _entered,
    "stage_left": _left,
    "approval_ended": _approval,
    "evidence_reviewed": _reviewed,
    "date": _date,
    "in_a_row": _in_a_row,
    "overdue": _overdue,
    "schedule": _schedule,
    "silent": _silent,
    "button": _button,
    "evidence_expired": _expired,
    "threshold": _threshold,
    "webhook": _called_in,
}
