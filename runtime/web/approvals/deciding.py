"""What does the sheet ask on which somebody decides about a record?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from flask import request
from markupsafe import Markup

from engine.definition.workflow import ApproveStep
from engine.outcomes import Missing, Reason
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.approvals.preview_task import Choosing, TaskPreview, said_of
from runtime.use_cases.name_values import name_people
from runtime.use_cases.own_phrases import own_phrases
from runtime.use_cases.timeline import timeline
from runtime.web.approvals.next_one import BOXES
from runtime.web.approvals.view import VERBS
from runtime.web.forms.dressing import Pick
from runtime.web.forms.view import Easel
from runtime.web.language import translate
from runtime.web.records.timeline import Change, changes_since
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

CHOSEN = "_chosen-"
RESUBMITS: Mapping[str, Message] = {
    "all": Message("全部重新审批"),
    "straight": Message("改好后直接回到我这里"),
    "changed": Message("只由所看内容有改动的人重新审批"),
}
ASKS: Mapping[str, Message] = {
    "agree": Message("审批意见"),
    "refuse": Message("不同意的原因"),
    "return": Message("退回原因"),
    "transfer": Message("转交说明"),
    "add_signer": Message("加签说明"),
    "ask_opinion": Message("想问什么"),
    "opine": Message("您的意见"),
    "handle": Message("办理说明"),
    "resubmit": Message("改了什么"),
}
"""What is to be written, by what is done; nothing where nothing is said."""
WITH_OPINION = frozenset(("opine",))
SIGNED = frozenset(("agree", "add_signer"))
PROVED = frozenset(("agree", "refuse", "return", "add_signer"))


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What was wrong with the last answer: beside an input by its name, or above all."""

    beside: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    above: tuple[Message, ...] = ()
    status: int = 422


@dataclass(frozen=True)
class Fact:
    """One field of the record."""

    label: str
    shown: Markup


NOTHING = Wrong(status=200)
MOST_FACTS = 8
LOOK_BELOW = Message("还没有完成，请看下面标出的地方")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a sheet is drawn with: for one visitor and one thing that is done."""

    services: Services
    easel: Easel
    visit: Visit
    verb: str
    wrong: Wrong = NOTHING

    def sheet(self, task: TaskPreview) -> dict[str, Any]:
        """Return everything that the sheet shows."""
        step = task.own.step
        approve = step if isinstance(step, ApproveStep) else None
        text, icon = VERBS.get(self.verb, (Message("撤回我的处理"), "rotate"))
        label = words(step.label, self.visit.locale) if step else ""
        return {
            **self.frame(self.say(text), icon),
            "step": label,
            "workflow": words(task.workflow, self.visit.locale),
            "help": words(getattr(step, "help", None), self.visit.locale),
            "question": task.seat.question or "",
            "asked_by": task.asked_by or "",
            "inputs": self._inputs(task),
            "choosing": self._choosing(task.choosing) if self._forward else (),
            "opinion": self._opinion(approve),
            "phrases": list(self._phrases(approve)),
            "signs": bool(approve and approve.signature and self.verb in SIGNED),
            "password": bool(approve and approve.password and self.verb in PROVED),
            "backs": self._backs(task) if self.verb == "return" else (),
            "resubmits": self._resubmits(task) if self.verb == "return" else (),
            "asks_person": self.verb == "transfer",
            "asks_people": self.verb in ("add_signer", "ask_opinion"),
            "place": request.form.get("_place", "before") if self.verb == "add_signer" else "",
            "changes": self._changes(task) if self.verb in ("agree", "handle") else (),
            "facts": self._facts(task) if request.values.get("after") in BOXES else (),
        }

    def frame(self, heading: str, icon: str) -> dict[str, Any]:
        """Return what stands on every sheet: heading, complaints, pickers of people."""
        return {
            "heading": heading,
            "symbol": icon,
            "verb": self.verb,
            "above": [self.say(one) for one in self.wrong.above],
            "beside": {
                name: [self.say(one) for one in messages]
                for name, messages in self.wrong.beside.items()
            },
            "typed": request.form,
            "after": request.values.get("after", ""),
            "person": self._picker("_to", (request.form.get("_to", ""),)),
            "people": self._picker("_people", request.form.getlist("_people")),
        }

    @property
    def _forward(self) -> bool:
        return self.verb in ("agree", "handle", "resubmit")

    def _inputs(self, task: TaskPreview) -> tuple[Any, ...]:
        if self.verb not in ("agree", "handle") or not task.edit:
            return ()
        ids = tuple(id_ for id_ in task.preview.form.fields if id_ in task.edit)
        typed = request.form if request.method == "POST" else None
        inputs = self.easel.inputs(self.visit, task.preview, ids, typed, self.wrong.beside)
        need = set(getattr(task.own.step, "need", ()))
        for one in inputs:
            one.visible, one.required = True, one.required or one.name in need
        return tuple(one for one in inputs if one.editable)

    def _choosing(self, found: Sequence[Choosing]) -> tuple[SimpleNamespace, ...]:
        return tuple(self.choice(one) for one in found)

    def choice(self, one: Choosing) -> SimpleNamespace:
        """Return the choice of the people of a later step: boxes to tick, or a search."""
        name = f"{CHOSEN}{one.step}"
        chosen = request.form.getlist(name)
        wrong = self.wrong.beside.get(f"chosen:{one.step}", ())
        return SimpleNamespace(
            name=name,
            label=words(one.label, self.visit.locale),
            people=one.people,
            chosen=chosen,
            picker=self._picker(name, chosen),
            wrong=[self.say(message) for message in wrong],
        )

    def _opinion(self, step: ApproveStep | None) -> dict[str, Any] | None:
        asked = ASKS.get(self.verb)
        if asked is None:
            return None
        needed = self.verb in WITH_OPINION or bool(step and self.verb in step.opinion)
        return {"label": self.say(asked), "required": needed}

    def _phrases(self, step: ApproveStep | None) -> Iterator[str]:
        if self.verb not in ("agree", "refuse", "return", "opine"):
            return
        for label in step.phrases if step and self.verb == "agree" else ():
            yield words(label, self.visit.locale)
        for phrase in own_phrases(self.services, self.visit.act()):
            yield phrase.text

    def _backs(self, task: TaskPreview) -> list[tuple[str, str]]:
        return [(place, self.say(said_of(label))) for place, label in task.backs]

    def _resubmits(self, task: TaskPreview) -> list[tuple[str, str]]:
        back = getattr(task.own.step, "back", None)
        return [(one, self.say(RESUBMITS[one])) for one in (back.resubmit if back else ())]

    def _changes(self, task: TaskPreview) -> tuple[Change, ...]:
        """Return what has changed since the same person decided here before."""
        if task.before is None or task.before.ended_at is None:
            return ()
        form, record = task.preview.form, task.preview.record
        told = timeline(self.services, self.visit.act(), form, record.id)
        if isinstance(told, Missing):
            return ()
        return changes_since(self.services, self.visit, form, told, task.before.ended_at)

    def _facts(self, task: TaskPreview) -> list[Fact]:
        """Return what the record says, for who decides without having opened it."""
        seen, form = task.preview.stored, task.preview.form
        if seen is None or self.verb not in ("agree", "refuse", "handle"):
            return []
        hidden = task.preview.sight.hidden
        columns = form.definition.list.columns or tuple(form.fields)
        wanted = getattr(task.own.step, "sees", ()) or columns
        ids = [id_ for id_ in wanted if id_ in form.fields and id_ not in hidden]
        cells = cells_for(self.services, self.visit, form, (seen,))
        return [
            Fact(words(form.fields[id_].label, self.visit.locale), cells.show(form, id_, value))
            for id_ in ids
            if (value := seen.values.get(id_)) is not None and id_ not in task.edit
        ][:MOST_FACTS]

    def _picker(self, name: str, ids: Sequence[str]) -> SimpleNamespace:
        names = name_people(self.services, tuple(filter(None, ids)))
        picked = tuple(Pick(id_, names[id_]) for id_ in ids if id_ in names)
        return SimpleNamespace(
            name=name,
            html_id=f"in{name.replace(':', '-')}",
            text=picked[0].id if picked else "",
            picked=picked,
            definition=SimpleNamespace(placeholder=None, help=None),
            complaints=(),
            required=True,
            in_row=False,
        )

    def say(self, message: Message) -> str:
        """Return a message in the visitor's language."""
        return message.fill(translate(self.visit.locale), self.visit.locale)


def wrong_by_reasons(reasons: Sequence[Reason], shown: frozenset[str]) -> Wrong:
    """Sort the reasons of a refusal: beside the inputs that the sheet has, the others above."""
    beside: dict[str, tuple[Message, ...]] = {}
    above: list[Message] = []
    for reason in reasons:
        if reason.subject in shown or reason.subject.startswith("chosen:"):
            beside[reason.subject] = (*beside.get(reason.subject, ()), reason.message)
        else:
            above.append(reason.message)
    return Wrong(beside=beside, above=tuple(above))


def with_headline(wrong: Wrong) -> Wrong:
    """Put a word above everything, so that who looks at the top knows that it was not done."""
    return wrong if wrong.above else replace(wrong, above=(LOOK_BELOW,))
