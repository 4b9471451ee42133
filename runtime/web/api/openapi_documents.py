"""Which addresses do the documents of an app have for programs?"""

from __future__ import annotations

from typing import Any

from engine.app import Document, Form
from engine.wording import words
from runtime.web.api.openapi_paths import ID, JOB, KEY, operation

Json = dict[str, Any]


def document_paths(form: Form, document: Document, locale: str) -> Json:
    """Return the path at which one document of a form's records is asked for."""
    name = f"{form.app}.{form.id}"
    summary = words(document.definition.label, locale)
    ids = f"{name}.documents.{document.id}"
    path = f"/api/v1/apps/{form.app}/forms/{form.id}/records/{{id}}/documents/{document.id}"
    return {path: {"post": operation(name, ids, summary, 202, JOB, {"parameters": [ID, KEY]})}}
