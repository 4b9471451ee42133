"""How does what is sent about an approval become a decision, and the answer a sheet?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import request
from flask.typing import ResponseReturnValue

from engine.app import Form, Workflow
from engine.outcomes import Denied, Invalid, Missing, Refusal
from engine.record import Values
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import (
    Choice,
    Verb,
    decide_approval,
    urge_approval,
    withdraw_approval,
)
from runtime.use_cases.approvals.preview_approval import way_to_submit
from runtime.use_cases.approvals.preview_task import (
    TaskPreview,
    choosing_to_submit,
    preview_task,
)
from runtime.use_cases.approvals.submit_approval import Wish, submit_approval
from runtime.use_cases.record_titles import record_titles
from runtime.web.answers import (
    CONFLICT,
    UNPROCESSABLE,
    asked_by_module,
    moved_on,
    not_found,
    part,
)
from runtime.web.approvals.deciding import CHOSEN, Desk, Wrong, with_headline, wrong_by_reasons
from runtime.web.approvals.next_one import after_deciding
from runtime.web.approvals.path import Ahead, ahead
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.typed import submitted
from runtime.web.forms.view import Easel
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

MEANT: dict[str, Message] = {
    "acknowledge": Message("确认后，这条抄送会移到已处理。"),
    "take_back": Message("撤回后由您重新处理；在您之后已有人处理的，不能撤回。"),
    "withdraw": Message("撤回后审批结束，记录可以修改后重新提交。"),
    "urge": Message("会提醒正在处理的人尽快处理。"),
}
DONE: dict[str, Message] = {
    "agree": Message("已同意"),
    "refuse": Message("已表示不同意"),
    "return": Message("已退回"),
    "transfer": Message("已转交"),
    "add_signer": Message("已加签"),
    "ask_opinion": Message("已发出征求意见"),
    "opine": Message("已回复意见"),
    "handle": Message("已办理"),
    "acknowledge": Message("已阅"),
    "take_back": Message("已撤回您的处理"),
    "resubmit": Message("已重新提交"),
    "submit": Message("已提交审批"),
    "withdraw": Message("已撤回申请"),
    "urge": Message("已提醒处理人"),
}
SHOWN = {
    "agree": ("opinion", "signature", "password"),
    "refuse": ("opinion", "password"),
    "return": ("opinion", "password", "to", "resubmit"),
    "transfer": ("opinion", "people", "to"),
    "add_signer": ("opinion", "people", "signature", "password"),
    "ask_opinion": ("opinion", "people"),
    "opine": ("opinion",),
    "handle": ("opinion",),
    "resubmit": ("opinion",),
}
"""The inputs of each sheet that a complaint can stand beside."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """The record that a sheet is about."""

    form: Form
    id: str

    @property
    def base(self) -> str:
        """The address of the record's page."""
        return f"/a/{self.form.app}/{self.form.id}/{self.id}"


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where decisions come in, for one request."""

    services: Services
    easel: Easel
    visit: Visit
    place: Place

    def ask(self, task_id: str, verb: Verb, wrong: Wrong | None = None) -> ResponseReturnValue:
        """Show the sheet on which somebody does something with their task."""
        act = self.visit.act("form")
        if verb == "take_back":
            return self._plain(f"approvals/{task_id}/{verb}", verb, wrong)
        task = preview_task(self.services, act, self.place.form, task_id, _values(self.place.form))
        if isinstance(task, Missing) or verb not in task.own.verbs:
            return self._gone(wrong)
        desk = self._desk(verb, wrong)
        values = {**desk.sheet(task), "action": f"{self.place.base}/approvals/{task_id}/{verb}"}
        if verb in MEANT:
            values["text"] = desk.say(MEANT[verb])
        return self._shown(values, wrong)

    def decide(self, task_id: str, verb: Verb) -> ResponseReturnValue:
        """Do with a task what was sent."""
        act = self.visit.act("form", key=key_of(request.form))
        task = preview_task(self.services, self.visit.act("form"), self.place.form, task_id)
        known = None if isinstance(task, Missing) else task
        answer = decide_approval(self.services, act, task_id, self._choice(verb, known))
        if isinstance(answer, Settled):
            return self._done(verb)
        fields = known.edit if known else ()
        return self.ask(task_id, verb, self._wrong(answer, (*SHOWN.get(verb, ()), *fields)))

    def ask_submit(self, workflow: Workflow, wrong: Wrong | None = None) -> ResponseReturnValue:
        """Show whom a record will go to before it is submitted."""
        act = self.visit.act("form")
        found = choosing_to_submit(self.services, act, self.place.form, self.place.id, workflow.id)
        if isinstance(found, Missing):
            not_found()
        reasons, choosing = found
        desk = self._desk("submit", wrong or Wrong(above=tuple(r.message for r in reasons)))
        say = sayer(self.visit.locale)
        label = words(workflow.definition.label, self.visit.locale)
        values = {
            **desk.frame(say("提交“{label}”", label=label), "send"),
            "workflow": label,
            "help": words(workflow.definition.help, self.visit.locale),
            "action": f"{self.place.base}/submit/{workflow.id}",
            "choosing": [desk.choice(one) for one in choosing],
            "path": self._path(workflow),
            "opinion": {"label": say("说明"), "required": False},
            "phrases": (),
            "shut": bool(reasons) and wrong is None,
            "button": say("提交"),
        }
        return self._shown(values, wrong)

    def _path(self, workflow: Workflow) -> tuple[Ahead, ...]:
        act, place = self.visit.act("form"), self.place
        way = way_to_submit(self.services, act, place.form, place.id, workflow.id)
        return () if isinstance(way, Missing) else ahead(self.visit, workflow, way)

    def submit(self, workflow: Workflow) -> ResponseReturnValue:
        """Submit a record as it was sent."""
        act = self.visit.act("form", key=key_of(request.form))
        said = request.form.get("_opinion", "").strip() or None
        wish = Wish(remark=said, chosen=_chosen())
        answer = submit_approval(
            self.services, act, self.place.form, self.place.id, workflow.id, wish
        )
        if isinstance(answer, Settled):
            return self._done("submit")
        return self.ask_submit(workflow, self._wrong(answer, ("opinion",)))

    def ask_of(self, approval: str, verb: str, wrong: Wrong | None = None) -> ResponseReturnValue:
        """Ask the submitter whether to withdraw or to urge."""
        return self._plain(f"approval/{approval}/{verb}", verb, wrong)

    def do_of(self, approval: str, verb: str) -> ResponseReturnValue:
        """Withdraw or urge."""
        act = self.visit.act("form", key=key_of(request.form))
        said = request.form.get("_opinion", "").strip() or None
        if verb == "withdraw":
            answer = withdraw_approval(self.services, act, approval, said)
        else:
            answer = urge_approval(self.services, act, approval)
        if isinstance(answer, Settled):
            return self._done(verb)
        return self.ask_of(approval, verb, self._wrong(answer, ("opinion",)))

    def _plain(self, path: str, verb: str, wrong: Wrong | None) -> ResponseReturnValue:
        say = sayer(self.visit.locale)
        headings = {
            "withdraw": say("撤回申请"),
            "urge": say("催办"),
            "take_back": say("撤回我的处理"),
        }
        desk = self._desk(verb, wrong)
        icon = "bell" if verb == "urge" else "rotate"
        ask = {"label": say("撤回的原因"), "required": False} if verb == "withdraw" else None
        values = {
            **desk.frame(headings[verb], icon),
            "text": desk.say(MEANT[verb]),
            "action": f"{self.place.base}/{path}",
            "opinion": ask,
            "phrases": (),
        }
        return self._shown(values, wrong)

    def _desk(self, verb: str, wrong: Wrong | None) -> Desk:
        return Desk(
            services=self.services,
            easel=self.easel,
            visit=self.visit,
            verb=verb,
            wrong=wrong or Wrong(status=200),
        )

    def _choice(self, verb: Verb, task: TaskPreview | None) -> Choice:
        sent = request.form
        fills = task is not None and bool(task.edit) and verb in ("agree", "handle")
        return Choice(
            verb=verb,
            opinion=sent.get("_opinion", ""),
            submission=submitted(self.place.form, sent) if fills else None,
            chosen=_chosen(),
            people=tuple(filter(None, sent.getlist("_people"))),
            to=sent.get("_to") or None,
            resubmit=cast(Any, sent.get("_resubmit") or None),
            place="after" if sent.get("_place") == "after" else "before",
            signature=sent.get("_signature") or None,
            password=sent.get("_password") or None,
        )

    def _wrong(self, answer: Answer, shown: tuple[str, ...]) -> Wrong:
        if isinstance(answer, Missing | Settled):
            not_found()
        if isinstance(answer, Refusal):
            return with_headline(wrong_by_reasons(answer.reasons, frozenset(shown)))
        if isinstance(answer, Invalid):
            return with_headline(Wrong(beside=answer.complaints))
        if isinstance(answer, Denied):
            return Wrong(above=(answer.message,), status=403)
        changed = Message("其他人刚刚处理或修改了这条记录，请刷新后再试")
        return Wrong(above=(changed,), status=CONFLICT)

    def _done(self, verb: str) -> ResponseReturnValue:
        say = self._desk(verb, None).say
        note(say(DONE[verb]))
        after = request.form.get("after", "")
        there = after_deciding(self.services, self.visit, self.place.form, self.place.id, after)
        return moved_on(there)

    def _gone(self, wrong: Wrong | None) -> ResponseReturnValue:
        """Say that there is nothing to decide any more, and who was faster."""
        say = sayer(self.visit.locale)
        desk = self._desk("", wrong)
        values = {
            **desk.frame(say("不用再处理"), "info-circle"),
            "text": say("这项任务已经处理过或已收回，请刷新页面查看最新进度。"),
            "action": self.place.base,
            "shut": True,
            "phrases": (),
        }
        return self._shown(values, Wrong(status=409))

    def _shown(self, values: dict[str, Any], wrong: Wrong | None) -> ResponseReturnValue:
        form = self.place.form
        titles = record_titles(self.services, self.visit.act("form"), form, (self.place.id,))
        values |= {
            "app": form.app,
            "form": form,
            "base": self.place.base,
            "about": titles.get(self.place.id, ""),
        }
        status = wrong.status if wrong else 200
        if asked_by_module():
            html = show(self.services, self.visit, "approval/sheet.html", nav=None, **values)
            return part(html, UNPROCESSABLE if status == 403 else status)
        page = show(
            self.services, self.visit, "sheet_page.html", sheet="approval/sheet.html", **values
        )
        return page, status


def _chosen() -> dict[str, tuple[str, ...]]:
    sent = request.form
    return {
        name.removeprefix(CHOSEN): tuple(filter(None, sent.getlist(name)))
        for name in sent
        if name.startswith(CHOSEN)
    }


def _values(form: Form) -> Values:
    return submitted(form, request.form).values if request.method == "POST" else {}
