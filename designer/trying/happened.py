"""What happened by itself in a sandbox, and which part of the draft brought it about?"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import url_for

from designer.trying.scratch import Scratch
from engine.wording import Message, words
from runtime.store.connectors import Call
from runtime.store.events import Event
from runtime.store.notices import Notice
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.approvals.read_approval import step_of
from runtime.use_cases.rules.run_log import OneRun, people_in
from runtime.web.language import translate
from runtime.web.records.timeline import APPROVALS
from runtime.web.rules.view import Telling

MOST = 400
OF_ITSELF = frozenset({"automation", "system"})
CALLING = "call_webhook"
"""The kind of work that calls another program by its address."""
ALWAYS = frozenset({"approval.due", "approval.ended", "approval.cancelled", "approval.left"})


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened by itself."""

    at: datetime
    kind: str
    """`rule`, `message`, `approval`, `late` or `call`."""
    text: str
    why: str = ""
    more: tuple[str, ...] = ()
    url: str = ""
    """Where in the designer it is made."""
    tone: str = "blue"
    login: str = ""
    """Who was told, for what can be expected of a message."""
    said: str = ""
    """What they were told, as scenarios say it."""


@dataclass
class Happenings:
    """All that happened by itself since the beginning, by the step that it came after."""

    scratch: Scratch
    locale: str
    people: Mapping[str, str]
    """What people are called, by id."""
    titles: Mapping[str, str]
    """What records are called, by id."""
    by_step: dict[int, list[Happening]] = field(default_factory=dict)

    @cached_property
    def _began(self) -> list[datetime]:
        return [told.began for told in self.scratch.story.told]

    def gather(self) -> Mapping[int, list[Happening]]:
        """Return everything by the number of its step, in order."""
        story, app = self.scratch.story, self.scratch.app
        with self.scratch.world.services.store.reading() as unit:
            runs = unit.rule_runs.of_app(app.id, limit=MOST)
            notices = unit.notices.since(story.start, limit=MOST)
            events = unit.events.after(app.id, story.start, limit=MOST)
            calls = unit.jobs.of_kind(CALLING, limit=MOST)
            asked = {run.id: unit.connectors.of_run(run.id) for run in runs if _asks(run)}
        found = [
            *(self._rule(run, asked.get(run.id, {})) for run in runs if run.at > story.start),
            *(self._ask(one) for each in asked.values() for one in each.values()),
            *(self._message(one) for one in notices),
            *(self._approval(one) for one in events if _of_itself(one)),
            *self._late(),
            *(self._call(job.created_at, job.arguments) for job in calls),
        ]
        for one in sorted(found, key=lambda one: one.at):
            self.by_step.setdefault(self._step(one.at), []).append(one)
        return self.by_step

    def _step(self, at: datetime) -> int:
        return max(bisect.bisect_right(self._began, at) - 1, 0)

    def _say(self, message: Message) -> str:
        return message.fill(translate(self.locale), self.locale)

    def _rule(self, run: RuleRun, calls: Mapping[int, Call]) -> Happening:
        app = self.scratch.app
        known = {id_: self.people[id_] for id_ in people_in(run) if id_ in self.people}
        telling = Telling(self.scratch.world.services, app, self.locale, known)
        one = OneRun(
            app=app,
            rule=app.rules.get(run.rule),
            run=run,
            people=known,
            departments={},
            calls=calls,
        )
        said = Message(
            "规则“{rule}”触发：{record}", rule=telling.rule(run.rule), record=run.title or ""
        )
        return Happening(
            at=run.at,
            kind="rule",
            text=self._say(said),
            why=telling.reason(run),
            more=tuple(self._acted(step) for step in telling.steps(one)),
            url=url_for("flows.show_rule", app=app.id, rule=run.rule),
            tone=telling.state(run.state).tone,
        )

    def _acted(self, step: Any) -> str:
        said = [text for text, _ in step.did] or step.state.text
        return self._say(Message("{action}：{said}", action=step.title, said=said))

    def _message(self, one: Notice) -> Happening:
        logins = {actor.id: login for login, actor in self.scratch.world.people.items()}
        who = self.people.get(one.person, "")
        return Happening(
            at=one.at,
            kind="message",
            text=self._say(Message("会发消息给{who}：{text}", who=who, text=one.text)),
            tone="cyan",
            login=logins.get(one.person, ""),
            said=str(one.text),
        )

    def _approval(self, event: Event) -> Happening:
        app = self.scratch.app
        workflow = app.workflows.get(str(event.data.get("workflow", "")))
        label = words(workflow.definition.label, self.locale) if workflow else ""
        step = step_of(workflow, event.data.get("step")) if workflow else None
        at = words(step.label, self.locale) if step else ""
        did = self._say(APPROVALS[event.kind])
        title = self.titles.get(event.record or "", "")
        url = url_for("flows.show_workflow", app=app.id, workflow=workflow.id) if workflow else ""
        return Happening(
            at=event.at,
            kind="approval",
            text=" · ".join(part for part in (label, at, title) if part) + f" {did}",
            why=event.reason or "",
            url=url,
            tone="violet",
        )

    def _late(self) -> Iterator[Happening]:
        app = self.scratch.app
        for told in self.scratch.story.told:
            for late in told.late:
                form = app.forms[late.form]
                stage = form.stage(late.stage)
                named = {
                    "record": late.title,
                    "stage": words(stage.label, self.locale) if stage else late.stage,
                }
                red = late.mark == "red"
                text = (
                    Message("“{record}”在“{stage}”严重超时", **named)
                    if red
                    else Message("“{record}”在“{stage}”超过预计时间", **named)
                )
                yield Happening(
                    at=told.ended,
                    kind="late",
                    text=self._say(text),
                    url=url_for("flows.show_stages", app=app.id, form=late.form),
                    tone="red" if red else "amber",
                )

    def _call(self, at: datetime, given: Mapping[str, Any]) -> Happening:
        return self._sent(at, str(given["url"]), given["body"].get("values", {}))

    def _ask(self, call: Call) -> Happening:
        found = self.scratch.app.connectors.get(call.connector)
        name = words(found.definition.label, self.locale) if found else call.connector
        return self._sent(call.at, name, call.inputs)

    def _sent(self, at: datetime, address: str, values: Mapping[str, Any]) -> Happening:
        sent = tuple(f"{name}: {value}" for name, value in values.items())
        said = Message("会调用外部接口 {address}（试跑里没有真的调用）", address=address)
        return Happening(at=at, kind="call", text=self._say(said), more=sent, tone="grey")


def _asks(run: RuleRun) -> bool:
    """Tell whether a firing asks another system."""
    return any(step["type"] == "call_connector" for step in run.steps)


def _of_itself(event: Event) -> bool:
    if event.kind not in APPROVALS or "workflow" not in event.data:
        return False
    return event.kind in ALWAYS or event.door in OF_ITSELF
