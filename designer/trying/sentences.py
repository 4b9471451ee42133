"""How is one step of a scenario said in a sentence?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from designer.trying.naming import APPROVING, verb_of, wish_of
from engine.app import App, Form
from engine.definition.scenario import StepDef, ThenDef
from engine.field import Field, NotAcceptable
from engine.wording import Message, words
from runtime.web.language import translate

UNITS = (
    (86_400, Message("{n} 天")),
    (3_600, Message("{n} 小时")),
    (60, Message("{n} 分钟")),
)
STATES: Mapping[str, Message] = {
    "running": Message("审批中"),
    "agreed": Message("已同意"),
    "refused": Message("已拒绝"),
    "withdrawn": Message("已撤回"),
    "cancelled": Message("已取消"),
}
ON_TASKS: Mapping[str, Message] = {
    "submit": Message("{who}提交{record}的审批“{workflow}”"),
    "agree": Message("{who}同意{record}的审批"),
    "refuse": Message("{who}拒绝{record}的审批"),
    "give_back": Message("{who}退回{record}的审批"),
    "hand_in": Message("{who}重新提交{record}的审批"),
    "pass_on": Message("{who}转交{record}的审批"),
    "add_signer": Message("{who}给{record}的审批加签"),
    "ask_opinion": Message("{who}就{record}的审批征求意见"),
    "opine": Message("{who}回复{record}的审批意见"),
    "handle": Message("{who}办理{record}的审批"),
    "acknowledge": Message("{who}看过{record}的抄送"),
    "take_back": Message("{who}撤回自己对{record}的处理"),
    "withdraw": Message("{who}撤回{record}的审批"),
    "urge": Message("{who}催办{record}的审批"),
}
ON_RECORDS: Mapping[str, Message] = {
    "read": Message("{who}打开{record}"),
    "edit": Message("{who}修改{record}：{values}"),
    "check": Message("{who}查看{record}还差什么"),
    "comment": Message("{who}评论{record}：{text}"),
    "delete": Message("{who}删除{record}"),
    "restore": Message("{who}恢复{record}"),
    "claim": Message("{who}领取{record}"),
    "release": Message("{who}把{record}退回池子"),
    "lift": Message("{who}解除{record}的冻结"),
}


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """Says steps in one language, with the names that people know."""

    app: App
    locale: str
    people: Mapping[str, str]
    """What people are called, by login."""
    records: Mapping[str, tuple[str, str]]
    """The form and the title of records, by name."""

    def fill(self, message: Message, /, **blanks: object) -> str:
        """Return a text of ours in the language."""

        return Message(message.text, **{**message.args, **blanks}).fill(
            translate(self.locale), self.locale
        )

    def step(self, step: StepDef) -> str:
        """Say what is done."""
        verb, wish = verb_of(step), wish_of(step)
        if verb == "elapse":
            return self.fill(Message("时间过去 {span}", span=self.span(wish)))
        known: Mapping[str, Any] = {"who": self.person(step.who), **self._blanks(step, wish)}
        say = _SAID.get(verb)
        if say is not None:
            return say(self, step, known)
        if verb in APPROVING:
            return self.fill(ON_TASKS[verb], **known)
        if verb in ON_RECORDS:
            return self.fill(ON_RECORDS[verb], **known)
        return self.fill(Message("{who}做了：{verb}", verb=verb), **known)

    def then(self, step: StepDef) -> Iterator[str]:
        """Yield what is expected of the step."""
        then, form = step.then, self.form_of(step)
        yield from self._refusals(then)
        if then.stage:
            yield self.fill(Message("阶段应为“{stage}”", stage=self.stage(form, then.stage)))
        if then.owner:
            yield self.fill(Message("负责人应为{who}", who=self.person(then.owner)))
        for id_, value in then.values.items():
            named = {"field": self.field(form, id_), "value": self.value(form, id_, value)}
            yield self.fill(Message("“{field}”应为 {value}", **named))
        for id_ in then.hidden:
            yield self.fill(Message("看不到“{field}”", field=self.field(form, id_)))
        yield from self._approval(then)
        for login, texts in then.told.items():
            told = {"who": self.person(login), "texts": texts or Message("没有消息")}
            yield self.fill(Message("{who}应收到：{texts}", **told))

    def _refusals(self, then: ThenDef) -> Iterator[str]:
        if then.refused:
            yield self.fill(Message("应被拦下：{why}", why=list(then.refused)))
        if then.invalid:
            why = [text for texts in then.invalid.values() for text in texts]
            yield self.fill(Message("应提示：{why}", why=why))
        if then.denied:
            yield self.fill(Message("应当没有权限"))
        if then.missing:
            yield self.fill(Message("应当看不到这条记录"))

    def _approval(self, then: ThenDef) -> Iterator[str]:
        if then.approval is None:
            return
        if then.approval.state:
            yield self.fill(Message("审批应为“{state}”", state=STATES[then.approval.state]))
        if then.approval.waiting is not None:
            people = [self.person(login) for login in then.approval.waiting]
            yield self.fill(Message("应在等{people}处理", people=people or Message("没有人")))

    def _blanks(self, step: StepDef, wish: Any) -> dict[str, object]:
        form = self.form_of(step)
        workflow = self.app.workflows.get(str(getattr(wish, "workflow", "")))
        return {
            "record": self.record(str(getattr(wish, "record", ""))),
            "values": self.values(form, getattr(wish, "values", {})),
            "text": getattr(wish, "text", ""),
            "workflow": words(workflow.definition.label, self.locale) if workflow else "",
            "form": words(form.definition.label, self.locale) if form else "",
        }

    def form_of(self, step: StepDef) -> Form | None:
        """Return the form that a step is about."""
        wish = wish_of(step)
        known = self.records.get(str(getattr(wish, "record", "")), ("", ""))[0]
        return self.app.forms.get(known or str(getattr(wish, "form", "")))

    def person(self, login: str | None) -> str:
        """Return what somebody is called."""
        return self.people.get(login or "", login or "")

    def record(self, name: str) -> str:
        """Return what a record is called, with the name of its form."""
        form_id, title = self.records.get(name, ("", ""))
        form = self.app.forms.get(form_id)
        label = words(form.definition.label, self.locale) if form else ""
        return self.fill(Message("{form}“{title}”", form=label, title=title or name))

    def field(self, form: Form | None, id_: str) -> str:
        """Return what a field is called."""
        field = form.fields.get(id_) if form else None
        return words(field.label, self.locale) if field else id_

    def stage(self, form: Form | None, id_: str) -> str:
        """Return what a stage is called."""
        stage = form.stage(id_) if form else None
        return words(stage.label, self.locale) if stage else id_

    def values(self, form: Form | None, values: Mapping[str, Any]) -> str:
        """Return fields with their values, one after the other."""
        said = [f"{self.field(form, id_)} {self.value(form, id_, one)}"
                for id_, one in values.items()]  # fmt: skip
        return ("，" if self.locale == "zh" else ", ").join(said)

    def value(self, form: Form | None, id_: str, value: Any) -> str:
        """Return a value as a scenario has it, with the names that people know."""
        if value is None or value == []:
            return self.fill(Message("空"))
        if isinstance(value, bool):
            return self.fill(Message("是")) if value else self.fill(Message("否"))
        if isinstance(value, list):
            if value and isinstance(value[0], dict):
                return self.fill(Message("{n} 行", n=len(value)))
            return ("、" if self.locale == "zh" else ", ").join(
                self.value(form, id_, one) for one in value
            )
        field = form.fields.get(id_) if form else None
        options = {one.id: words(one.label, self.locale) for one in getattr(field, "options", ())}
        text = str(value)
        title = self.records.get(text, ("", ""))[1]
        return options.get(text) or title or self.people.get(text) or self._shown(field, value)

    def _shown(self, field: Field | None, value: Any) -> str:
        """Return a value as it stands on a page; what no field can hold, as it was written."""
        try:
            return (field.show(field.read(value), self.locale) if field else "") or str(value)
        except NotAcceptable:
            return str(value)

    def span(self, length: timedelta) -> str:
        """Return a length of time in days, hours and minutes."""
        seconds = int(length.total_seconds())
        said = []
        for size, message in UNITS:
            count, seconds = divmod(seconds, size)
            said += [self.fill(message, n=count)] if count else []
        return " ".join(said) or self.fill(Message("{n} 分钟", n=0))


Say = Callable[[Sentences, StepDef, Mapping[str, Any]], str]


def _create(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    values = known["values"]
    text = Message("{who}新建{form}：{values}") if values else Message("{who}新建{form}")
    return say.fill(text, **known)


def _advance(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    assert step.advance is not None
    stage = say.stage(say.form_of(step), step.advance.to) if step.advance.to else ""
    text = Message("{who}把{record}推进到“{stage}”") if stage else Message("{who}推进{record}")
    return say.fill(text, stage=stage, **known)


def _attach(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    assert step.attach is not None
    item = _item(say, step, step.attach.item)
    return say.fill(Message("{who}给{record}交“{item}”"), item=item, **known)


def _review(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    assert step.review is not None
    item = _item(say, step, step.review.item)
    accepted = step.review.verdict == "accepted"
    text = (
        Message("{who}通过{record}的“{item}”")
        if accepted
        else Message("{who}退回{record}的“{item}”")
    )
    return say.fill(text, item=item, **known)


def _transfer(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    assert step.transfer is not None
    return say.fill(Message("{who}把{record}转给{to}"), to=say.person(step.transfer.to), **known)


def _press(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    assert step.press is not None
    rule = say.app.rules.get(step.press.button)
    label = words(rule.definition.label, say.locale) if rule else step.press.button
    return say.fill(Message("{who}在{record}上点“{button}”"), button=label, **known)


def _convert(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    assert step.convert is not None
    form = say.form_of(step)
    labels = {one.id: one.label for one in form.definition.conversions} if form else {}
    label = words(labels.get(step.convert.by, step.convert.by), say.locale)
    return say.fill(Message("{who}对{record}做“{by}”"), by=label, **known)


def _list(say: Sentences, step: StepDef, known: Mapping[str, Any]) -> str:
    return say.fill(Message("{who}打开{form}列表"), **known)


def _item(say: Sentences, step: StepDef, id_: str) -> str:
    form = say.form_of(step)
    for stage in form.stages.values() if form else ():
        for item in (*stage.gate.evidence, *stage.entry.evidence):
            if item.id == id_:
                return words(item.label, say.locale)
    return id_


_SAID: Mapping[str, Say] = {
    "create": _create,
    "advance": _advance,
    "attach": _attach,
    "review": _review,
    "transfer": _transfer,
    "press": _press,
    "convert": _convert,
    "list": _list,
}
"""The verbs that say more than of whom and of which record."""
