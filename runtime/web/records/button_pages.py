"""How does somebody press a button that an app's rule waits for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine.access.sight import sight_of
from engine.app import Form, Rule
from engine.forms.submission import read_typed
from engine.outcomes import Conflict, Denied, Invalid, Missing, Outcome, Submission
from engine.rules.triggers.button import Button
from engine.wording import Message, words
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.use_cases.preview_record import Preview, preview_change
from runtime.use_cases.read_record import view_record
from runtime.use_cases.record_titles import record_titles
from runtime.use_cases.rules.buttons import button_of, buttons_above
from runtime.use_cases.rules.press_button import NOTHING, press_button, press_for_each
from runtime.use_cases.sweeps.sweep import Sweep
from runtime.web.answers import (
    UNPROCESSABLE,
    asked_by_module,
    forbidden,
    form_at,
    moved_on,
    not_found,
    part,
)
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.view import Easel
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.lists.picked import picked
from runtime.web.lists.sweeps import begun, for_everything, typed_for
from runtime.web.records.act_pages import CHANGED
from runtime.web.records.ask_sheet import complaints_of
from runtime.web.records.outcome_words import told_apart
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the question before a button does its work, and the work, for one and for many."""
    blueprint = Blueprint("buttons", __name__)

    @blueprint.get("/a/<app>/<form>/<id>/press/<rule>")
    @signed_in
    def ask_before(visit: Visit, app: str, form: str, id: str, rule: str) -> ResponseReturnValue:
        pressing = _found(easel, visit, form_at(services, app, form), rule)
        if isinstance(view_record(services, visit.act(), pressing.form, id), Missing):
            not_found()
        return pressing.question(id)

    @blueprint.post("/a/<app>/<form>/<id>/press/<rule>")
    @signed_in
    def press(visit: Visit, app: str, form: str, id: str, rule: str) -> ResponseReturnValue:
        return _found(easel, visit, form_at(services, app, form), rule).pressed(id)

    @blueprint.get("/a/<app>/<form>/bulk/press/<rule>")
    @signed_in
    def ask_before_many(visit: Visit, app: str, form: str, rule: str) -> ResponseReturnValue:
        return _above(easel, visit, form_at(services, app, form), rule).question_of_many()

    @blueprint.post("/a/<app>/<form>/bulk/press/<rule>")
    @signed_in
    def press_many(visit: Visit, app: str, form: str, rule: str) -> ResponseReturnValue:
        return _above(easel, visit, form_at(services, app, form), rule).pressed_for_many()

    return blueprint


def _found(easel: Easel, visit: Visit, form: Form, rule_id: str) -> _Pressing:
    found = button_of(easel.services.apps[form.app], form, rule_id)
    return _Pressing(easel, visit, form, *found) if found else not_found()


def _above(easel: Easel, visit: Visit, form: Form, rule_id: str) -> _Pressing:
    pressing = _found(easel, visit, form, rule_id)
    app, sight = easel.services.apps[form.app], sight_of(form, visit.person)
    offered = buttons_above(app, form, sight, visit.person)
    return pressing if pressing.rule in offered else forbidden()


@dataclass(frozen=True)
class _Pressing:
    """One person and one button."""

    easel: Easel
    visit: Visit
    form: Form
    rule: Rule
    button: Button

    @property
    def services(self) -> Services:
        return self.easel.services

    @property
    def here(self) -> str:
        return f"/a/{self.form.app}/{self.form.id}/"

    @property
    def label(self) -> str:
        return words(self.button.label or self.rule.definition.label, self.visit.locale)

    def question(
        self, id_: str, outcome: Invalid | Denied | Conflict | None = None
    ) -> ResponseReturnValue:
        """Ask what is to be asked, with what was wrong with the last answer."""
        base = f"{self.here}{id_}"
        values = {
            **self._sheet(base, f"{base}/press/{self.rule.id}"),
            "inputs": self._inputs(id_, outcome),
            "complaints": self._said(outcome),
        }
        status = UNPROCESSABLE if outcome else 200
        services, visit, sheet = self.services, self.visit, "press_sheet.html"
        if asked_by_module():
            return part(show(services, visit, sheet, nav=None, **values), status)
        return show(services, visit, "sheet_page.html", sheet=sheet, **values), status

    def pressed(self, id_: str) -> ResponseReturnValue:
        """Do it, and say so, or say what was in the way."""
        act = self.visit.act("form", key=key_of(request.form))
        given = self._given()
        outcome = press_button(self.services, act, self.form, id_, self.rule.id, given)
        if isinstance(outcome, Missing):
            not_found()
        if isinstance(outcome, Invalid | Denied | Conflict):
            return self.question(id_, outcome)
        note(sayer(self.visit.locale)("已完成：{button}", button=self.label))
        seen = view_record(self.services, self.visit.act(), self.form, id_)
        return moved_on(self.here if isinstance(seen, Missing) else f"{self.here}{id_}")

    def question_of_many(self, problem: Message | None = None) -> str:
        """Ask once for all that were picked."""
        found = picked(self.services, self.visit, self.form)
        if not found.ids:
            not_found()
        action = f"{self.here}bulk/press/{self.rule.id}{found.query}"
        return show(
            self.services,
            self.visit,
            "list/bulk_press.html",
            **self._sheet(self.here, action),
            picked=found,
            problem=problem,
            titles=record_titles(self.services, self.visit.act(), self.form, found.ids),
            inputs=self._inputs(found.ids[0]),
        )

    def pressed_for_many(self) -> ResponseReturnValue:
        """Do it for each, and say what came of it."""
        if for_everything():
            return self._begun()
        ids = request.form.getlist("id")[:MOST_AT_ONCE]
        act = self.visit.act("bulk", key=key_of(request.form))
        given = self._given()
        results = press_for_each(self.services, act, self.form, ids, self.rule.id, given)
        titles = record_titles(self.services, self.visit.act(), self.form, ids)
        done, left = told_apart(self.form, results, titles, self.visit.locale)
        return show(
            self.services,
            self.visit,
            "list/bulk_results.html",
            **self._sheet(self.here, self.here),
            deed="press",
            done=done,
            left=left,
            list_url=self.here,
        )

    def _begun(self) -> ResponseReturnValue:
        sweep = Sweep(
            app=self.form.app,
            form=self.form.id,
            deed="press",
            rule=self.rule.id,
            typed=typed_for(*self.button.ask),
        )
        answer = begun(self.services, self.visit, self.form, sweep)
        if isinstance(answer, Message):
            return self.question_of_many(answer), UNPROCESSABLE
        return answer

    def _sheet(self, base: str, action: str) -> dict[str, Any]:
        confirm = self.button.confirm
        return {
            "app": self.form.app,
            "form": self.form,
            "active": self.form.id,
            "heading": self.label,
            "text": words(confirm, self.visit.locale) if confirm else "",
            "button": self.label,
            "base": base,
            "action": action,
        }

    def _inputs(self, id_: str, outcome: Outcome | None = None) -> tuple[Any, ...]:
        if not self.button.ask:
            return ()
        given = self._given() if outcome else NOTHING
        preview = preview_change(self.services, self.visit.act("form"), self.form, id_, given)
        if not isinstance(preview, Preview):
            forbidden()
        typed = MultiDict(request.form) if outcome else None
        complaints = outcome.complaints if isinstance(outcome, Invalid) else None
        return self.easel.inputs(self.visit, preview, self.button.ask, typed, complaints)

    def _said(self, outcome: Outcome | None) -> list[str]:
        """Return what stands above the question; what is said of an input stands at it."""
        if isinstance(outcome, Conflict):
            messages: tuple[Message, ...] = (CHANGED,)
        elif isinstance(outcome, Invalid):
            asked = self.button.ask
            rest = {key: said for key, said in outcome.complaints.items() if key not in asked}
            messages = complaints_of(Invalid(rest))
        else:
            messages = complaints_of(outcome) if isinstance(outcome, Denied) else ()
        locale = self.visit.locale
        return [one.fill(translate(locale), locale) for one in messages]

    def _given(self) -> Submission:
        asked = self.button.ask
        return read_typed(self.form, typed_for(*asked)) if asked else NOTHING
