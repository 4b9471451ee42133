"""What happens when somebody hands in evidence, and when somebody judges it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.app import Form
from engine.definition.stage import EvidenceDef
from engine.outcomes import Denied, Invalid, Missing, Saved
from engine.record import Record
from engine.stages.evidence import accepted_types
from engine.wording import Message
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.once import once
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.settling import settle_change


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A file handed in for an item of a gate, with where it was taken."""

    item: str
    file: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    expires_on: date | None = None


Attached = Saved | Invalid | Denied | Missing
Verdict = Literal["accepted", "rejected"]


def attach_evidence(services: Services, act: Act, form: Form, id_: str, handed: Handed) -> Attached:
    """Add a file to a record's evidence, with its event."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: _attach(work, id_, handed))


def _attach(work: Work, id_: str, handed: Handed) -> Attached:
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    refused = _not_allowed(work, reached) or hand_in(work, reached.record, handed)
    if refused is not None:
        return refused
    return _settled(work, reached.record, "evidence_added", {"item": handed.item})


def hand_in(work: Work, record: Record, handed: Handed) -> Invalid | None:
    """Add the file inside an open transaction, or say why it can't be."""
    item = item_of(work.form, handed.item)
    stored = work.unit.files.fresh(handed.file, work.act.actor.id)
    if item is None or stored is None:
        return Invalid({handed.item: (Message("这份文件不存在或已被使用，请重新上传"),)})
    types = accepted_types(item)
    if types and stored.type not in types:
        message = Message("文件类型是 {type}，应为 {types}", type=stored.type, types=list(types))
        return Invalid({handed.item: (message,)})
    work.unit.evidence.add(
        work.form, record.id, new_id(work.now), handed, work.now, work.act.actor.id
    )
    return None


def review_evidence(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    piece: str,
    verdict: Verdict,
) -> Attached:
    """Accept or reject one piece; a rejection needs a reason, and nobody judges their own."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: _review(work, id_, piece, verdict))


def _review(work: Work, id_: str, piece: str, verdict: Verdict) -> Attached:
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    found = next((e for e in work.unit.evidence.of(work.form, id_) if e.id == piece), None)
    item = item_of(work.form, found.item) if found else None
    if found is None or item is None:
        return Missing()
    refused = _may_not_judge(work, item, found.added_by, verdict)
    if refused is not None:
        return refused
    work.unit.evidence.judge(piece, verdict, work.act.actor.id, work.now, work.act.reason)
    data = {"item": found.item, "verdict": verdict, "file": found.file.name}
    return _settled(work, reached.record, "evidence_reviewed", data)


def item_of(form: Form, id_: str) -> EvidenceDef | None:
    """Return the evidence item of any gate of the form."""
    for stage in form.stages.values():
        for gate in (stage.gate, stage.entry):
            for item in gate.evidence:
                if item.id == id_:
                    return item
    return None


def _not_allowed(work: Work, reached: Reached) -> Denied | None:
    may = work.within(work.sight.edit, reached.row) or work.within(work.sight.advance, reached.row)
    return None if may else Denied(Message("您没有为这条记录提交凭证的权限"))


def _may_not_judge(
    work: Work, item: EvidenceDef, added_by: str | None, verdict: str
) -> Denied | Invalid | None:
    actor = work.act.actor
    if item.review is None or item.review not in actor.roles_in(work.form.app):
        return Denied(Message("您没有审核这项凭证的权限"))
    if added_by == actor.id:
        return Denied(Message("不能审核自己提交的凭证"))
    if verdict == "rejected" and not work.act.reason:
        return Invalid({"reason": (Message("请写明退回的原因"),)})
    return None


def _settled(work: Work, record: Record, kind: str, data: dict[str, str]) -> Saved | Missing:
    saved = settle_change(work, record, record, kind, data=data)
    return Saved(saved) if saved else Missing()
