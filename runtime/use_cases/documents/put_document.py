"""Where is a document put that was made, and how is it written down that it was?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.app import Document
from engine.documents.pieces import Sheet
from engine.fields.file import File
from engine.outcomes import Invalid, Missing
from engine.record import Record
from engine.wording import Message
from runtime.store.contents import Content
from runtime.use_cases.attach_evidence import Handed, hand_in
from runtime.use_cases.documents.wanted import Wish
from runtime.use_cases.reach import Work, reach
from runtime.use_cases.rules.acting import Failed
from runtime.use_cases.rules.changing import change
from runtime.use_cases.settling import settle_change, tell_of

MADE = "document_made"


def already_put(work: Work, record: str, job: str) -> bool:
    """Tell whether what this job makes stands on the record, as after a crash between the two."""
    events = work.unit.events.of_record(work.form, record, kinds=(MADE,), limit=100)
    return any(event.data.get("job") == job for event in events)


def put_document(
    work: Work, wish: Wish, sheet: Sheet, content: Content, name: str, job: str
) -> Message | None:
    """Put a file that a rule had made where the rule wants it, by the ways that people take too,
    and write it down; or say why it can't be put there. Raises Outrun."""
    reached = reach(work, wish.record)
    if isinstance(reached, Missing):
        return Message("记录已经不在了，文档没有保存")
    record = reached.record
    stored = work.unit.files.add(content, name, work.act.actor.id, work.now)
    if wish.into is not None:
        wrong = _into_field(work, record, wish.into, stored.id)
    elif wish.evidence is not None:
        wrong = _as_evidence(work, record, wish.evidence, stored.id)
    else:
        work.unit.files.put(work.form, record.id, "document", (stored.id,))
        wrong = None
    if wrong is not None:
        return wrong
    shown = [] if wish.into or wish.evidence else [stored.id]
    note_document(work, wish, sheet, {"files": shown, "name": stored.name, "job": job})
    return None


def note_document(work: Work, wish: Wish, sheet: Sheet, more: Mapping[str, Any]) -> None:
    """Write down who made which document of a record, with the texts that it took over."""
    record = work.unit.records.one(work.form, wish.record)
    if record is None:
        return
    used = [{"record": one["id"], "version": one["version"]} for one in sheet.used]
    data = {"document": wish.document, **more, **({"clauses": used} if used else {})}
    tell_of(work, record, MADE, {}, {"data": data, "reason": None})


def document_of(work: Work, wish: Wish) -> Document | None:
    """Return the document that is wanted, if the app still has it."""
    found = work.app.documents.get(wish.document)
    return found if found is not None and found.form == work.form.id else None


def _into_field(work: Work, record: Record, name: str, file: str) -> Message | None:
    field = work.form.fields.get(name)
    if not isinstance(field, File):
        return Message("字段“{field}”已经不在了，文档没有保存", field=name)
    before: Any = record.values.get(name) or ()
    came = change(work, record, {name: (*before, file)[-field.max_files :]})
    return came.message if isinstance(came, Failed) else None


def _as_evidence(work: Work, record: Record, item: str, file: str) -> Message | None:
    refused = hand_in(work, record, Handed(item=item, file=file))
    if isinstance(refused, Invalid):
        return next(message for messages in refused.complaints.values() for message in messages)
    _ = settle_change(work, record, record, "evidence_added", data={"item": item})
    return None
