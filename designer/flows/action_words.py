"""In which sentence is it said what a rule does?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from designer.flows.choosing import Choosing
from designer.flows.edits import Target
from designer.flows.picks import Part, marks, sentence
from designer.speech import Speech
from engine.app import Rule
from engine.wording import Message

Said: TypeAlias = tuple[Part, ...]
PICKS: Mapping[str, Message] = {
    "first": Message("其中第一个人"),
    "least_loaded": Message("手上最少的人"),
}


def action_said(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    """Return the sentence of one action; what has no words of its own is its title, and the rest
    stands in the panel."""
    action: Any = rule.definition.do[at]
    telling = _TOLD.get(action.type)
    title = action.title.get(choosing.speech.locale, action.type)
    parts = (
        telling(choosing, rule, at, target)
        if telling is not None
        else (choosing.panel(choosing.say("动作"), target, title),)
    )
    return (*parts, *_only_if(choosing, rule, at, target))


def _only_if(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    compiled = rule.logic.get(f"{at}/if")
    if compiled is None:
        return ()
    told = choosing.speech.condition(compiled)
    shown = choosing.speech.listed(told.lines) or told.feel
    text = choosing.say("（仅当{condition}）", **marks("condition"))
    return sentence(text, condition=choosing.panel(choosing.say("条件"), target, shown))


def _notify(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    template = (
        choosing.say("马上给{to}发消息：{text}", **marks("to", "text"))
        if action.urgent
        else choosing.say("给{to}发消息：{text}", **marks("to", "text"))
    )
    return sentence(
        template,
        to=choosing.people((*target, "to"), action.to),
        text=choosing.text(choosing.say("消息"), (*target, "text"), action.text),
    )


def _task(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    within = choosing.span(
        choosing.say("期限"), (*target, "within"), action.within, choosing.say("不限时间")
    )
    template = choosing.say("给{to}派待办（{within}）：{text}", **marks("to", "within", "text"))
    return sentence(
        template,
        to=choosing.people((*target, "to"), action.to),
        within=within,
        text=choosing.text(choosing.say("待办"), (*target, "text"), action.text),
    )


def _assign(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    ways = [(id_, choosing.speech.fill(told)) for id_, told in PICKS.items()]
    template = choosing.say("把记录交给{to}（{pick}）", **marks("to", "pick"))
    return sentence(
        template,
        to=choosing.people((*target, "to"), action.to),
        pick=choosing.one(choosing.say("交给谁"), (*target, "pick"), action.pick, ways),
    )


def _advance(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    template = choosing.say("把记录推进到{stage}", **marks("stage"))
    return sentence(template, stage=choosing.stage((*target, "stage"), action.stage))


def _approval(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    template = choosing.say("发起审批{workflow}", **marks("workflow"))
    pick = choosing.workflow((*target, "workflow"), action.workflow)
    return sentence(template, workflow=pick)


def _set(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    told = _values(choosing, choosing.speech, rule, at)
    template = choosing.say("把{values}", **marks("values"))
    return sentence(template, values=choosing.panel(choosing.say("填写"), target, told))


def _referred(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    reference = choosing.speech.form.fields.get(action.through)
    other = choosing.speech.other(str(getattr(reference, "to", "")))
    told = _values(choosing, other, rule, at)
    template = choosing.say("在{through}那条记录上，把{values}", **marks("through", "values"))
    return sentence(
        template,
        through=choosing.field((*target, "through"), action.through, "reference"),
        values=choosing.panel(choosing.say("填写"), target, told),
    )


def _related(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    other = choosing.speech.other(action.form)
    form = other.words(other.form.definition.label) if other else action.form
    told = _values(choosing, other, rule, at)
    template = choosing.say("在相关的{form}上，把{values}", **marks("form", "values"))
    return sentence(
        template,
        form=choosing.panel(choosing.say("表单"), target, form),
        values=choosing.panel(choosing.say("填写"), target, told),
    )


def _create(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    other = choosing.speech.other(action.form)
    form = other.words(other.form.definition.label) if other else action.form
    template = choosing.say("新建一条{form}", **marks("form"))
    return sentence(template, form=choosing.panel(choosing.say("表单"), target, form))


def _points(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    compiled = rule.logic.get(f"{at}/points")
    told = choosing.speech.value(compiled) if compiled else None
    shown = told.lines[0] if told and told.said else str(action.points)
    return sentence(
        _points_template(choosing, shown),
        to=choosing.people((*target, "to"), action.to),
        points=choosing.panel(choosing.say("多少分"), target, shown.lstrip("-−")),
        text=choosing.text(choosing.say("为什么"), (*target, "text"), action.text),
    )


def _points_template(choosing: Choosing, points: str) -> str:
    marked = marks("to", "points", "text")
    if points.startswith(("-", "−")):
        return choosing.say("扣{to} {points} 分：{text}", **marked)
    if points.isdecimal():
        return choosing.say("给{to}记 {points} 分：{text}", **marked)
    return choosing.say("给{to}记积分（{points}）：{text}", **marked)


def _freeze(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    other = choosing.speech.other(action.form)
    form = other.words(other.form.definition.label) if other else action.form
    template = choosing.say("不许再新建{form}：{text}", **marks("form", "text"))
    return sentence(
        template,
        form=choosing.panel(choosing.say("表单"), target, form),
        text=choosing.text(choosing.say("为什么"), (*target, "text"), action.text),
    )


def _generate(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    speech = choosing.speech
    found = speech.app.documents.get(action.document)
    label = speech.words(found.definition.label) if found else action.document
    where = speech.field(action.into) if action.into else choosing.say("动态")
    if action.evidence:
        where = choosing.say("凭证")
    template = choosing.say("生成文档{document}，放进{where}", **marks("document", "where"))
    return sentence(
        template,
        document=choosing.panel(choosing.say("文档"), target, label),
        where=choosing.panel(choosing.say("放在哪里"), target, where),
    )


def _webhook(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    template = choosing.say("通知外部程序{url}", **marks("url"))
    return sentence(template, url=choosing.panel(choosing.say("地址"), target, action.url))


def _call(choosing: Choosing, rule: Rule, at: int, target: Target) -> Said:
    action: Any = rule.definition.do[at]
    found = choosing.speech.app.connectors.get(action.connector)
    operation = found.operation(action.operation) if found else None
    speech = choosing.speech
    connector = speech.words(found.definition.label) if found else action.connector
    what = speech.words(operation.label) if operation else action.operation
    template = choosing.say("请{connector}办“{operation}”", **marks("connector", "operation"))
    return sentence(
        template,
        connector=choosing.panel(choosing.say("哪个系统"), target, connector),
        operation=choosing.panel(choosing.say("办什么事"), target, what),
    )


def _values(choosing: Choosing, there: Speech | None, rule: Rule, at: int) -> str:
    """Say which fields get which values."""
    action: Any = rule.definition.do[at]
    speech = choosing.speech
    said = []
    for id_ in action.set:
        compiled = rule.logic.get(f"{at}/{id_}")
        like = (id_,) if there is speech else ()
        told = speech.value(compiled, like) if compiled else None
        value = (told.lines[0] if told.said else told.feel) if told else action.set[id_]
        field = there.field(id_) if there else id_
        said.append(choosing.say("{field}改成{value}", field=f"“{field}”", value=value))
    return speech.listed(said)


_TOLD: Mapping[str, Callable[[Choosing, Rule, int, Target], Said]] = {
    "notify": _notify,
    "create_task": _task,
    "assign": _assign,
    "advance": _advance,
    "start_approval": _approval,
    "set_fields": _set,
    "update_referred": _referred,
    "update_related": _related,
    "create_record": _create,
    "webhook": _webhook,
    "generate_document": _generate,
    "call_connector": _call,
    "add_points": _points,
    "freeze": _freeze,
}
