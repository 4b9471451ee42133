"""What stands in a document of a record, if this person may make it now?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.app import Document
from engine.definition.document import DocumentDef
from engine.documents.logo import logo_of
from engine.documents.pieces import Picture, Sheet
from engine.documents.reader import Reader, Unmakeable
from engine.outcomes import Denied, Missing
from engine.record import Actor
from engine.wording import Message, words
from runtime.store.files import proper_name
from runtime.use_cases.documents.reading import Maker, RecordReader
from runtime.use_cases.documents.sights import made_by_rule, reading_sight
from runtime.use_cases.reach import Reached, Work, reach

NUMBERED = Message("第 {page} 页 / 共 {pages} 页")


@dataclass(frozen=True)
class Composed:
    """A document that is ready to be set, and what its file is called."""

    sheet: Sheet
    name: str


def compose(work: Work, document: Document, id_: str) -> Composed | Denied | Missing:
    """Return the document of a record, with nothing in it that the maker may not see."""
    work = replace(work, sight=reading_sight(work.form, work.act.actor))
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    return refused(work, document, reached) or _composed(work, document, reached)


def refused(work: Work, document: Document, reached: Reached) -> Denied | None:
    """Return why the person may not make this document of the record now."""
    label = document.definition.label
    if not may_make(work.act.actor, document):
        return Denied(Message("您没有生成“{document}”的权限", document=label))
    only_if = document.definition.only_if
    if only_if is None or document.logic[f"if {only_if}"].holds(reached.row, work.env):
        return None
    return Denied(Message("这条记录现在还不能生成“{document}”", document=label))


def may_make(actor: Actor, document: Document) -> bool:
    """Tell whether a document is for somebody with the roles of this person, or is made by a
    rule, which its author wrote."""
    roles = frozenset(document.definition.roles)
    free = not roles or actor.admin or made_by_rule(actor)
    return free or bool(roles & actor.roles_in(document.app))


def _composed(work: Work, document: Document, reached: Reached) -> Composed | Denied | Missing:
    actor, record = work.act.actor, reached.record
    seen = work.unit.query.one(work.form, work.sight, actor, work.env, record.id)
    if seen is None:
        return Missing()
    reader = RecordReader(
        work=work,
        document=document,
        record=seen,
        row=reached.row,
        maker=maker_of(work),
        locale=document.definition.language,
        used=[],
    )
    try:
        return _filled(reader)
    except Unmakeable as why:
        return Denied(why.message)


def maker_of(work: Work) -> Maker:
    """Return what documents tell of who makes them."""
    actor = work.act.actor
    person = None if made_by_rule(actor) else work.unit.people.one(actor.id)
    return Maker(actor.name, (person.number or person.login) if person else "")


def _filled(reader: RecordReader) -> Composed:
    definition = reader.document.definition
    sheet = replace(sheet_of(reader, definition), used=tuple(reader.used))
    called = reader.fill(definition.file_name) or f"{sheet.title} {_title_of(reader)}"
    return Composed(sheet, proper_name(f"{called.strip()}.pdf", "pdf"))


def sheet_of(reader: Reader, definition: DocumentDef) -> Sheet:
    """Return a document filled in with what a reader reads. Raises Unmakeable."""
    page = definition.page
    pieces = tuple(
        piece
        for block in definition.blocks
        if block.only_if is None or reader.holds(block.only_if)
        for piece in block.drawn(reader)
    )
    return Sheet(
        title=words(definition.label, reader.locale),
        pieces=pieces,
        locale=reader.locale,
        size=page.size,
        landscape=page.landscape,
        margin=page.margin,
        header=reader.fill(page.header),
        footer=reader.fill(page.footer),
        numbered=reader.say(NUMBERED) if page.numbers else "",
        watermark=reader.fill(definition.watermark),
        logo=_logo(definition.logo),
    )


def _logo(text: str | None) -> Picture | None:
    found = logo_of(text) if text else None
    return found if isinstance(found, Picture) else None


def _title_of(reader: RecordReader) -> str:
    shown = reader.field(reader.work.form.definition.title)
    return shown.text if shown else ""
