"""What would a document of the draft look like, made of a record that is there or of none?"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

import msgspec

from designer.documents.sample import SampleReader
from engine.app import Document, Form
from engine.documents.pieces import Sheet
from engine.documents.reader import Unmakeable
from engine.documents.typesetting import typeset
from engine.editing.draft import Draft
from engine.outcomes import Denied, Missing
from engine.wording import Message
from runtime.printing.press import Printed, print_pages
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.documents.compose import Composed, compose, sheet_of
from runtime.use_cases.reach import begin

MOST_PAGES = 6


@dataclass(frozen=True)
class Preview:
    """The pages as addresses of pictures, or why there are none."""

    pages: tuple[str, ...] = ()
    more: int = 0
    problem: Message | None = None


def preview_of(
    services: Services, act: Act, draft: Draft, document: Document, record: str
) -> Preview:
    """Set the pages; nothing is kept and nothing is written down."""
    sheet = _sheet(services, act, draft, document, record)
    if not isinstance(sheet, Sheet):
        return Preview(problem=sheet)
    printed = print_pages(typeset(sheet), services.now(), "svg")
    if not isinstance(printed, Printed):
        return Preview(problem=printed.message)
    shown = printed.pages[:MOST_PAGES]
    pages = tuple(f"data:image/svg+xml;base64,{base64.b64encode(one).decode()}" for one in shown)
    return Preview(pages, len(printed.pages) - len(shown))


def _sheet(
    services: Services, act: Act, draft: Draft, document: Document, record: str
) -> Sheet | Message:
    form = draft.app.forms[document.form]
    installed = services.form(document.app, document.form)
    if not record or installed is None:
        return _sampled(draft, form, document)
    # The columns are those of the installed form; what only the draft has is empty.
    known = {id_: one for id_, one in form.fields.items() if id_ in installed.fields}
    reads = installed.logic.reads | {path for path in document.reads if path[0] in known}
    there = replace(installed, logic=replace(installed.logic, reads=reads))
    with services.store.reading() as unit:
        found = compose(begin(services, unit, act, there), _always(document), record)
    if isinstance(found, Composed):
        return found.sheet
    return found.message if isinstance(found, Denied) else _gone(found)


def _gone(found: Missing) -> Message:
    return Message("这条记录已经不在了，请换一条")


def _always(document: Document) -> Document:
    """Let a designer look at what can't be made yet."""
    return replace(document, definition=msgspec.structs.replace(document.definition, only_if=None))


def _sampled(draft: Draft, form: Form, document: Document) -> Sheet | Message:
    reader = SampleReader(draft.app, form, document.definition.language)
    try:
        return sheet_of(reader, document.definition)
    except Unmakeable as why:
        return why.message
