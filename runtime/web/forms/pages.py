"""How is a record made and edited in a form?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine.access.sight import sight_of
from engine.app import Form
from engine.forms.submission import read_typed
from engine.outcomes import Conflict, Denied, Invalid, Missing, Outcome, Refusal, Saved, Submission
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.create_record import create_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.preview_record import Preview, preview_change, preview_new
from runtime.use_cases.read_record import view_record
from runtime.web.answers import (
    CONFLICT,
    UNPROCESSABLE,
    asked_by_module,
    forbidden,
    form_at,
    in_panel,
    moved_on,
    not_found,
    part,
)
from runtime.web.forms.drawing import PAGE, PANEL
from runtime.web.forms.logic import Logic, auto_names, form_logic
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.typed import AUTO, as_typed, submitted, without_idle_rows
from runtime.web.forms.view import Complaints, Easel, Live, Typed
from runtime.web.guard import signed_in
from runtime.web.records.conflict_view import conflict_page, settled
from runtime.web.security import safe_next
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

NOT_COPIED = frozenset({"file", "image", "signature", "auto_number"})


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One form on its way to or from the browser."""

    form: Form
    id: str | None = None
    typed: Typed | None = None
    complaints: Complaints | None = None
    version: int | None = None

    @property
    def url(self) -> str:
        """Where the form is sent."""
        base = f"/a/{self.form.app}/{self.form.id}"
        return f"{base}/{self.id}/edit" if self.id else f"{base}/new"

    @property
    def back(self) -> str:
        """Where somebody goes who does not want to save."""
        base = f"/a/{self.form.app}/{self.form.id}/"
        return f"{base}{self.id}" if self.id else base


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the pages with forms."""
    blueprint = Blueprint("form", __name__)

    @blueprint.get("/a/<app>/<form>/new")
    @signed_in
    def new_record(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        sheet = Sheet(form=form_at(services, app, form))
        given = _prefilled(services, visit, sheet.form)
        return _drawn(services, easel, visit, sheet, given)

    @blueprint.post("/a/<app>/<form>/new")
    @signed_in
    def make_record(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        sheet = Sheet(form=found, typed=without_idle_rows(found, request.form))
        submission = submitted(sheet.form, request.form)
        if request.form.get("_do") == "redraw":
            return _drawn(services, easel, visit, sheet, submission)
        act = visit.act("form", key=key_of(request.form))
        outcome = create_record(services, act, sheet.form, submission)
        return _answered(services, easel, visit, sheet, outcome)

    @blueprint.get("/a/<app>/<form>/<id>/edit")
    @signed_in
    def edit_form(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        return _drawn(services, easel, visit, Sheet(form=form_at(services, app, form), id=id))

    @blueprint.post("/a/<app>/<form>/<id>/edit")
    @signed_in
    def change_record(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        typed = without_idle_rows(found, settled(request.form))
        version = typed.get("_version", type=int)
        sheet = Sheet(form=found, id=id, typed=typed, version=version)
        submission = submitted(sheet.form, typed)
        if typed.get("_do") == "redraw":
            return _drawn(services, easel, visit, sheet, submission)
        act = visit.act("form", key=key_of(typed))
        outcome = edit_record(services, act, sheet.form, id, submission, version)
        return _answered(services, easel, visit, sheet, outcome)

    return blueprint


def _prefilled(services: Services, visit: Visit, form: Form) -> Submission:
    given = {name: [text] for name, text in request.args.items() if not name.startswith("_")}
    if "_title" in request.args:
        given[form.definition.title] = [request.args["_title"]]
    known = {name: texts for name, texts in given.items() if name in form.fields}
    values = read_typed(form, {**known, "_fields": []}).values
    copied = _copied(services, visit, form, request.args.get("_copy"))
    return Submission(values={**copied, **values}, complaints={}, typed={})


def _copied(
    services: Services, visit: Visit, form: Form, original: str | None
) -> Mapping[str, Any]:
    if original is None:
        return {}
    record = view_record(services, visit.act("form"), form, original)
    if isinstance(record, Missing):
        return {}
    masked = sight_of(form, visit.person).masked  # stars are no value
    return {
        id_: value
        for id_, value in record.values.items()
        if (field := form.fields.get(id_))
        and id_ not in masked
        and field.settable
        and not field.unique
        and field.type not in NOT_COPIED
    }


def _drawn(
    services: Services,
    easel: Easel,
    visit: Visit,
    sheet: Sheet,
    submission: Submission | None = None,
) -> ResponseReturnValue:
    preview = _preview(services, visit, sheet, submission)
    if isinstance(preview, Missing):
        not_found()
    if isinstance(preview, Denied):
        forbidden()
    status = UNPROCESSABLE if sheet.complaints else 200
    return _page(services, easel, visit, sheet, preview), status


def _preview(
    services: Services, visit: Visit, sheet: Sheet, submission: Submission | None
) -> Preview | Denied | Missing:
    given = _only_writable(sheet.form, submission)
    act = visit.act("form")
    if sheet.id is None:
        return preview_new(services, act, sheet.form, given)
    return preview_change(services, act, sheet.form, sheet.id, given)


def _only_writable(form: Form, submission: Submission | None) -> Submission:
    values = submission.values if submission else {}
    kept = {id_: value for id_, value in values.items() if form.fields[id_].settable}
    return Submission(values=kept, complaints={}, typed=submission.typed if submission else {})


def _page(services: Services, easel: Easel, visit: Visit, sheet: Sheet, preview: Preview) -> Any:
    values = form_values(services, easel, visit, sheet, preview)
    if in_panel():
        html = show(services, visit, "form_panel.html", nav=None, **values, in_panel=True)
        return part(html)
    if asked_by_module():
        return part(show(services, visit, "form_body.html", nav=None, **values))
    return show(services, visit, "form.html", **values)


def form_values(
    services: Services, easel: Easel, visit: Visit, sheet: Sheet, preview: Preview
) -> dict[str, Any]:
    """Return what the templates of a form need."""
    logic = form_logic(services, visit, preview)
    live = Live(checks=logic.check_places(), unsaid=logic.unsaid())
    view = easel.view(visit, preview, sheet.typed, sheet.complaints, live)
    say = sayer(visit.locale)
    label = words(sheet.form.definition.label, visit.locale)
    heading = say("编辑{form}", form=label) if sheet.id else say("新建{form}", form=label)
    version = sheet.version or (preview.record.version if sheet.id else None)
    return {
        "app": sheet.form.app,
        "form": sheet.form,
        "heading": heading,
        "sections": view.sections,
        "pages": view.tabs,
        "mark": PANEL if in_panel() else PAGE,
        "logic": logic.text(),
        "auto": _auto(logic, sheet, preview),
        "summary": view.summary,
        "action": f"{sheet.url}{_asked()}",
        "cancel_url": _next(sheet.back),
        "live_url": f"/a/{sheet.form.app}/{sheet.form.id}/live",
        "draft_key": f"{visit.person.id}:{sheet.url}",
        "key": (sheet.typed or request.form).get("_key") or uuid4().hex,
        "version": version,
        "record_id": sheet.id,
        "submit_text": say("保存"),
        "may_repeat": sheet.id is None,
        "crumbs": [
            (words(services.apps[sheet.form.app].definition.label, visit.locale), None),
            (label, f"/a/{sheet.form.app}/{sheet.form.id}/"),
            (heading, None),
        ],
    }


def _auto(logic: Logic, sheet: Sheet, preview: Preview) -> str:
    """Return what still follows its default: as the browser said, or what nobody gave."""
    if sheet.typed is not None:
        return " ".join(sheet.typed.getlist(AUTO))
    return auto_names(logic, preview.given) if sheet.id is None else ""


def _answered(
    services: Services, easel: Easel, visit: Visit, sheet: Sheet, outcome: Outcome
) -> ResponseReturnValue:
    match outcome:
        case Saved(record=record):
            return _saved(services, visit, sheet, record.id, record.values)
        case Conflict() if sheet.typed is not None:
            html = conflict_page(services, visit, sheet.form, outcome, sheet.typed)
            return part(html, CONFLICT) if asked_by_module() else (html, CONFLICT)
        case Missing():
            not_found()
        case Denied(message=message):
            return _refused(services, easel, visit, sheet, {"": (message,)})
        case Refusal(reasons=reasons):
            said = tuple(reason.message for reason in reasons)
            return _refused(services, easel, visit, sheet, {"": said})
        case Invalid(complaints=complaints):
            return _refused(services, easel, visit, sheet, complaints)
    raise AssertionError(outcome)


def _refused(
    services: Services, easel: Easel, visit: Visit, sheet: Sheet, complaints: Complaints
) -> ResponseReturnValue:
    typed = sheet.typed if sheet.typed is not None else MultiDict[str, str]()
    again = replace(sheet, complaints=complaints)
    return _drawn(services, easel, visit, again, as_typed(sheet.form, typed))


def _saved(
    services: Services, visit: Visit, sheet: Sheet, id_: str, values: Mapping[str, Any]
) -> ResponseReturnValue:
    form = sheet.form
    say = sayer(visit.locale)
    title = values.get(form.definition.title)
    here = f"/a/{form.app}/{form.id}"
    if not request.form.get("_panel"):
        note(say("已保存"))
    if request.form.get("_do") == "again":
        return moved_on(f"{here}/new{_asked()}", id=id_)
    return moved_on(_next(f"{here}/{id_}"), id=id_, title=str(title or say("未命名")))


def _asked() -> str:
    """Return what a form was opened with, for where it is sent and for the next one like it."""
    kept = {name: text for name, text in request.args.items() if name not in ("_copy", "_title")}
    return f"?{urlencode(kept)}" if kept else ""


def _next(default: str) -> str:
    """Return where somebody came from who goes back there afterwards."""
    wanted = safe_next(request.args.get("_next"))
    return default if wanted == "/" else wanted


def said(messages: tuple[Message, ...], visit: Visit) -> list[str]:
    """Return messages in the visitor's language."""
    say = sayer(visit.locale)
    return [say(one.text, **one.args) for one in messages]
