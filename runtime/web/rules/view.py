"""How is it told what a rule did, and why?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from engine.app import App, Rule
from engine.rules.catalog import ACTIONS
from engine.sources import field_at, said_again
from engine.typed.anything import shown
from engine.wording import words
from runtime.language import translate
from runtime.services import Services
from runtime.store.connectors import Call
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.rules.naming import rule_names
from runtime.use_cases.rules.run_log import OneRun, RunLog
from runtime.web.admin.connector_view import shown_state
from runtime.web.records.timeline import DID
from runtime.web.showing import sayer

TONES = {
    "done": "green",
    "waiting": "blue",
    "failed": "red",
    "stopped": "amber",
    "left_out": "grey",
}


class Telling:
    """Words for the firings of an app's rules, in one language."""

    def __init__(
        self, services: Services, app: App, locale: str, people: Mapping[str, str]
    ) -> None:
        self._services, self._app, self._locale = services, app, locale
        self._say: Callable[..., str] = sayer(locale)
        self._people = {**rule_names(services, locale), **people}

    def state(self, state: str) -> SimpleNamespace:
        """Return how something ended, in a word and a colour."""
        text = {
            "done": self._say("完成"),
            "waiting": self._say("等待对方回答"),
            "failed": self._say("失败"),
            "stopped": self._say("已制止"),
            "left_out": self._say("条件不成立，略过"),
        }[state]
        return SimpleNamespace(text=text, tone=TONES[state])

    def rule(self, id_: str) -> str:
        """Return what a rule is called; one that is gone, by its id."""
        rule = self._app.rules.get(id_)
        return words(rule.definition.label, self._locale) if rule else id_

    def reason(self, run: RuleRun) -> str:
        """Say why a rule went off."""
        if "event" in run.reason:
            return self._event(run)
        rule = self._app.rules.get(run.rule)
        since = self._when(str(run.reason.get("since", "")))
        if rule is None:
            return since
        trigger = rule.definition.on
        title = trigger.title.get(self._locale, trigger.type)
        if trigger.type == "threshold":
            last = str(run.reason.get("until", ""))
            return self._say("{trigger}：{since} 至 {last}", trigger=title, since=since, last=last)
        if trigger.type in ("silent", "overdue"):
            return self._say("{trigger}，自 {since} 起", trigger=title, since=since)
        if trigger.type in ("date", "evidence_expired"):
            return self._say(
                "{trigger}：{since}（{days}）",
                trigger=title,
                since=since,
                days=self._days(int(run.reason.get("number", 0))),
            )
        return self._say("{trigger}：{since}", trigger=title, since=since)

    def _days(self, number: int) -> str:
        if number == 0:
            return self._say("当天")
        if number < 0:
            return self._say("提前 {n} 天", n=-number)
        return self._say("过后 {n} 天", n=number)

    def _event(self, run: RuleRun) -> str:
        kind = DID.get(str(run.reason["event"]))
        done = self._say(kind.text) if kind else str(run.reason["event"])
        who = self._people.get(str(run.reason.get("by")), self._say("系统"))
        changed = [self.field(run.form, id_) for id_ in run.reason.get("changed", ())]
        if not changed or run.reason["event"] == "created":
            return self._say("{who}{done}", who=who, done=done)
        listed = ("、" if self._locale == "zh" else ", ").join(changed[:6])
        return self._say("{who}{done}（{fields}）", who=who, done=done, fields=listed)

    def field(self, form: str, path: str) -> str:
        """Return what a field is called; of what references point to, the reference comes first."""
        found = self._app.forms.get(form)
        head, _, rest = path.partition(".")
        field = found.fields.get(head) if found else None
        label = words(field.label, self._locale) if field else self._system(head)
        to = str(getattr(field, "to", ""))
        if not rest or to not in self._app.forms:
            return label
        return self._say("{reference}的{field}", reference=label, field=self.field(to, rest))

    def _system(self, name: str) -> str:
        return {
            "stage": self._say("阶段"),
            "value": self._say("数值"),
            "owner": self._say("负责人"),
            "department": self._say("部门"),
        }.get(name, name)

    def _when(self, text: str) -> str:
        if "T" not in text:
            return date.fromisoformat(text).isoformat() if text else ""
        return f"{self._services.local(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"

    def facts(self, one: OneRun) -> list[tuple[str, str]]:
        """Return what the condition looked at: each field, and what it held."""
        return [
            (self.field(one.run.form, path), self._shown(one, path, value))
            for path, value in one.run.facts.items()
        ]

    def _shown(self, one: OneRun, path: str, value: Any) -> str:
        if value is None:
            return self._say("空")
        called = self._people.get(str(value)) or one.departments.get(str(value))
        form = self._app.forms.get(one.run.form)
        if called or form is None:
            return called or str(value)
        stage = form.stage(str(value)) if path == "stage" else None
        if stage is not None:
            return words(stage.label, self._locale)
        field = field_at(self._app, form, path)
        text = said_again(field, value, self._locale) if field else None
        return text or shown(value, self._locale)

    def steps(self, one: OneRun) -> Iterator[SimpleNamespace]:
        """Yield each action: what it is, how it ended, what it did; those still to be done too."""
        for number, step in enumerate(one.run.steps):
            call = one.calls.get(number)
            yield SimpleNamespace(
                title=self._action(str(step["type"])),
                state=shown_state(call, self._locale) if call else self.state(str(step["state"])),
                did=[
                    *self._did(one.run, step.get("told", {})),
                    *(self._asked(call) if call else ()),
                ],
            )
        done = len(one.run.steps)
        for action in one.rule.definition.do[done:] if one.rule else ():
            later = one.run.state == "waiting"
            text = self._say("收到回答后执行") if later else self._say("没有执行")
            waiting = SimpleNamespace(text=text, tone="grey")
            yield SimpleNamespace(title=self._action(action.type), state=waiting, did=[])

    def _asked(self, call: Call) -> Iterator[tuple[str, str | None]]:
        found = self._app.connectors.get(call.connector)
        operation = found.operation(call.operation) if found else None
        name = words(found.definition.label, self._locale) if found else call.connector
        what = words(operation.label, self._locale) if operation else call.operation
        yield f"{name} · {what}", None
        if call.status is not None:
            told = {"status": call.status, "n": call.milliseconds, "tries": call.tries}
            yield self._say("状态码 {status}，用时 {n} 毫秒，第 {tries} 次", **told), None
        if call.problem is not None:
            yield call.problem.fill(translate(self._locale), self._locale), None
        if call.words:
            yield call.words, None

    def _action(self, word: str) -> str:
        known = ACTIONS.get(word)
        return known.title.get(self._locale, word) if known else word

    def _did(self, run: RuleRun, told: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
        people = [self._people.get(id_, id_) for id_ in told.get("people", ())]
        if "people" in told:
            listed = ("、" if self._locale == "zh" else ", ").join(people)
            yield listed or self._say("没有人"), None
        if "changed" in told:
            fields = [self.field(run.form, id_) for id_ in told["changed"]]
            listed = ("、" if self._locale == "zh" else ", ").join(fields)
            yield listed or self._say("没有变化"), None
        if "stage" in told:
            form = self._app.forms[run.form]
            stage = form.stage(str(told["stage"]))
            yield words(stage.label, self._locale) if stage else str(told["stage"]), None
        form_id = str(told.get("form", ""))
        if form_id in self._app.forms:
            label = words(self._app.forms[form_id].definition.label, self._locale)
            ids = [told["record"]] if "record" in told else list(told.get("records", ()))
            for id_ in ids[:10]:
                yield label, f"/a/{self._app.id}/{form_id}/{id_}"

    def line(self, run: RuleRun) -> SimpleNamespace:
        """Return one firing as a list shows it."""
        return SimpleNamespace(
            id=run.id,
            url=f"/rules/{self._app.id}/runs/{run.id}",
            rule=self.rule(run.rule),
            title=run.title or "",
            record=f"/a/{self._app.id}/{run.form}/{run.record}" if run.record else "",
            reason=self.reason(run),
            state=self.state(run.state),
            at=self._services.local(run.at).strftime("%Y-%m-%d %H:%M"),
            milliseconds=run.milliseconds,
        )


def rules_of(telling: Telling, log: RunLog, locale: str) -> list[SimpleNamespace]:
    """Return the rules of an app as a list shows them."""
    return [_rule(telling, log, rule, locale) for rule in log.app.rules.values()]


def _rule(telling: Telling, log: RunLog, rule: Rule, locale: str) -> SimpleNamespace:
    definition = rule.definition
    counts = log.counts.get(rule.id, {})
    return SimpleNamespace(
        id=rule.id,
        label=words(definition.label, locale),
        form=words(log.app.forms[rule.form].definition.label, locale),
        trigger=definition.on.title.get(locale, definition.on.type),
        actions=list(
            dict.fromkeys(action.title.get(locale, action.type) for action in definition.do)
        ),
        condition=definition.only_if or "",
        paused=definition.paused,
        replays=definition.on.replays,
        counts={state: count for state, count in counts.items() if count},
        url=f"/rules/{log.app.id}?rule={rule.id}",
        test=f"/rules/{log.app.id}/{rule.id}/test",
    )
