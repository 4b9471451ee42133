"""Where are the documents of a form designed, and looked at before they are published?"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from designer.documents.preview import preview_of
from designer.documents.view import (
    document_url,
    document_values,
    file_of,
    list_values,
)
from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.flows.edits import Target
from designer.flows.framing import draws_list, draws_one, list_page, page_of, scene_at
from designer.flows.values import Scene
from designer.forms.previews import records_offered
from designer.views import VIEWS
from engine.app import Document
from engine.documents.logo import LARGEST, logo_of, written
from engine.editing.draft import Draft
from engine.editing.edits import AnyEdit, Remove, Set
from engine.wording import Message
from runtime.services import Services
from runtime.web.answers import not_found, part
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages on which documents are designed."""
    VIEWS.update(
        documents=draws_list("design/documents_part.html", list_values),
        document=draws_one(
            "design/document_part.html", lambda app, id_: app.documents.get(id_), document_values
        ),
    )
    blueprint = Blueprint("papers", __name__, url_prefix="/design", template_folder="../templates")
    _add_preview(blueprint, services)

    @blueprint.get("/<app>/<form>/documents")
    @designer
    def show_documents(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        scene = scene_at(services, visit, app, form)
        return list_page(scene, visit, form, "documents", list_values)

    @blueprint.get("/<app>/documents/<document>")
    @designer
    def show_document(visit: Visit, app: str, document: str) -> ResponseReturnValue:
        draft, found = _found(services, app, document)
        scene = Scene(services, draft, visit.locale, (file_of(document),))
        values = {
            **document_values(scene, found),
            "list_url": f"/design/{app}/{found.form}/documents",
            "preview_url": f"{document_url(app, document)}/preview",
            "records": records_offered(services, visit, draft.app.forms[found.form]),
        }
        return page_of(scene, visit, found.form, ("documents", "document", document), values)

    @blueprint.post("/<app>/documents/<document>/logo")
    @designer
    def take_logo(visit: Visit, app: str, document: str) -> ResponseReturnValue:
        _, found = _found(services, app, document)
        wrong = _kept(services, visit, found)
        if wrong is not None:
            note(wrong.fill(translate(visit.locale), visit.locale), "red")
        return redirect(document_url(app, document), 303)

    return blueprint


def _add_preview(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/documents/<document>/preview")
    @designer
    def preview(visit: Visit, app: str, document: str) -> ResponseReturnValue:
        draft, found = _found(services, app, document)
        record = request.args.get("record", "")
        shown = preview_of(services, visit.act(), draft, found, record)
        problem = shown.problem.fill(translate(visit.locale), visit.locale) if shown.problem else ""
        values = {"pages": shown.pages, "more": shown.more, "problem": problem}
        return part(show(services, visit, "design/document_preview.html", nav=None, **values))


def _found(services: Services, app: str, document: str) -> tuple[Draft, Document]:
    draft = open_draft(services, app)
    return draft, draft.app.documents.get(document) or not_found()


def _kept(services: Services, visit: Visit, document: Document) -> Message | None:
    """Put the picture that was sent into the draft, or take the one there away."""
    sent = request.files.get("file")
    target: Target = (file_of(document.id), "logo")
    edit: AnyEdit = Remove(target=target)
    if sent is not None and sent.filename:
        text = written(sent.stream.read(LARGEST + 1))
        found = logo_of(text)
        if isinstance(found, Message):
            return found
        edit = Set(target=target, value=text)
    rev = open_held(services, document.app).head.rev
    done = edit_draft(services, visit.person, document.app, rev, [edit])
    if isinstance(done, Edited):
        note(sayer(visit.locale)("标志已更新，可以撤销"))
        return None
    return Message("刚刚有人改过这个文档，请再上传一次")
