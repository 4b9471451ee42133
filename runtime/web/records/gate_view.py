"""What stands between a record and a stage, as a card and as a sheet to fill in?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.app import Form
from engine.definition.stage import EvidenceDef, StageDef
from engine.outcomes import Reason
from engine.record import Facts, StoredFile
from engine.stages.advance import gates_between, may_override
from engine.stages.evidence import WAITING, Judged, accepted_types, judge
from engine.stages.gate import asked_for
from engine.stages.moves import Kind, kind_of_move, needs_reason
from engine.wording import Message, words
from runtime.use_cases.read_record import Reading
from runtime.web.forms.inputs import endings
from runtime.web.showing import sayer
from runtime.web.values.cells import Cells
from runtime.web.visit import Visit

PHOTOS = frozenset({"photo", "screenshot", "signature"})


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One file that was handed in, and how it stands."""

    id: str
    file: StoredFile
    said: str
    fault: bool
    bad: bool
    """The fault will not go away by waiting."""
    may_review: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to hand in."""

    id: str
    label: str
    rule: str
    at_least: int
    good: int
    pieces: tuple[Piece, ...]
    accept: str
    camera: bool
    located: bool
    near: str
    kept: tuple[StoredFile, ...] = ()
    position: str = ""
    complaints: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Enough pieces count."""
        return self.good >= self.at_least


def items_of(visit: Visit, reading: Reading, target: StageDef, cells: Cells) -> tuple[Item, ...]:
    """Return the evidence that the gates on the way ask for."""
    facts = reading.facts
    found: dict[str, Item] = {}
    for stage, side, _ in gates_between(reading.form, facts.record, target):
        for item in asked_for(reading.form, stage, side, facts):
            found[item.id] = _item(visit, reading, item, cells)
    return tuple(found.values())


def _item(visit: Visit, reading: Reading, item: EvidenceDef, cells: Cells) -> Item:
    judged = judge(item, reading.facts)
    return Item(
        id=item.id,
        label=words(item.label, visit.locale),
        rule=_rule(visit, item),
        at_least=item.at_least,
        good=sum(1 for one in judged if one.fault is None),
        pieces=tuple(_piece(visit, reading, item, one, cells) for one in judged),
        accept=endings(accepted_types(item)),
        camera=item.kind in PHOTOS,
        located=item.within is not None,
        near=_near(item, reading.facts),
    )


def _rule(visit: Visit, item: EvidenceDef) -> str:
    say = sayer(visit.locale)
    parts = [say("至少 {n} 份", n=item.at_least)]
    types = accepted_types(item)
    if types:
        parts.append(" / ".join(types))
    if item.fresh:
        parts.append(say("进入本阶段后提交的"))
    if not item.reuse:
        parts.append(say("未用于其他记录"))
    if item.within is not None:
        parts.append(say("在 {n} 米以内拍摄", n=item.within.metres))
    if item.expires is not None:
        parts.append(say("{n} 天内有效", n=item.expires.days))
    if item.review:
        parts.append(say("需要审核"))
    extra = words(item.help, visit.locale)
    return " · ".join([*([extra] if extra else []), *parts])


def _near(item: EvidenceDef, facts: Facts) -> str:
    if item.within is None:
        return ""
    *steps, last = item.within.of.split(".")
    row: Mapping[str, Any] = facts.row
    for step in steps:
        row = row.get(f"{step}.") or {}
    place = row.get(last)
    return f"{place['latitude']},{place['longitude']}" if place else ""


def _piece(
    visit: Visit, reading: Reading, item: EvidenceDef, judged: Judged, cells: Cells
) -> Piece:
    piece, fault = judged.piece, judged.fault
    say = sayer(visit.locale)
    who = cells.names.people.get(piece.added_by or "", "")
    when = cells.moment(piece.added_at)
    status = fault.fill(cells.translate, cells.locale) if fault else _accepted(say, piece.verdict)
    return Piece(
        id=piece.id,
        file=piece.file,
        said=" · ".join(text for text in (status, who, when) if text),
        fault=fault is not None,
        bad=fault is not None and fault != WAITING,
        may_review=_may_review(visit, reading, item, piece.added_by, piece.verdict),
    )


def _accepted(say: Any, verdict: str | None) -> str:
    return str(say("已通过审核") if verdict == "accepted" else say("有效"))


def _may_review(
    visit: Visit, reading: Reading, item: EvidenceDef, added_by: str | None, verdict: str | None
) -> bool:
    actor = visit.person
    roles = actor.roles_in(reading.form.app)
    return bool(item.review and item.review in roles and added_by != actor.id and verdict is None)


def gate_card(visit: Visit, reading: Reading, cells: Cells) -> dict[str, Any] | None:
    """Return what the card of missing things shows, None where there is no next stage."""
    if reading.next is None:
        return None
    items = items_of(visit, reading, reading.next, cells)
    told = [_said(reason, cells) for reason in reading.missing if reason.kind != "evidence"]
    return {
        "stage": words(reading.next.label, visit.locale),
        "count": len(reading.missing),
        "reasons": told,
        "evidence": items,
    }


def gate_sheet(
    visit: Visit,
    reading: Reading,
    target: StageDef,
    reasons: Sequence[Reason],
    cells: Cells,
) -> dict[str, Any]:
    """Return what the sheet asks for, the inputs aside: reasons, evidence, what the button says."""
    say = sayer(visit.locale)
    kind = kind_of_move(reading.form, reading.record, target)
    label = words(target.label, visit.locale)
    short = {reason.subject for reason in reasons if reason.kind == "evidence"}
    evidence = [one for one in items_of(visit, reading, target, cells) if one.id in short]
    needs = kind is not None and needs_reason(reading.form, reading.record, kind)
    overrides = may_override(reading.form, reading.facts, target) and bool(reasons)
    conditions = [
        _said(reason, cells)
        for reason in reasons
        if reason.kind in ("condition", "access") or _out_of_order(reason)
    ]
    return {
        "to": target.id,
        "stage": label,
        "kind": kind.value if kind else "none",
        "count": sum(1 for reason in reasons if not _no_reason(reason)),
        "conditions": conditions,
        "evidence": evidence,
        "unfillable": bool(conditions),
        "needs_reason": needs,
        "may_override": overrides,
        "reason_label": say("越过关卡的原因") if overrides and not needs else say("原因"),
        "button": _button(say, kind, label, bool(reasons)),
        "refused": "",
        "said": [],
        "reason": "",
    }


def _said(reason: Reason, cells: Cells) -> dict[str, str]:
    return {"text": reason.message.fill(cells.translate, cells.locale), "rule": reason.rule}


def _out_of_order(reason: Reason) -> bool:
    return reason.kind == "order" and reason.subject != "reason"


def _no_reason(reason: Reason) -> bool:
    return reason.kind == "order" and reason.subject == "reason"


def _button(say: Any, kind: Kind | None, label: str, short: bool) -> str:
    if kind is Kind.BACK:
        return str(say("退回到“{stage}”", stage=label))
    if kind is Kind.ASIDE:
        return str(say("转为“{stage}”", stage=label))
    return str(say("补齐并推进") if short else say("推进到“{stage}”", stage=label))


def missing_fields(form: Form, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Return the fields that the reasons name, in the order of the form."""
    named = {reason.subject for reason in reasons if reason.kind == "field"}
    return tuple(id_ for id_ in form.fields if id_ in named)


def told(messages: Sequence[Message], cells: Cells) -> list[str]:
    """Return messages in the visitor's language."""
    return [one.fill(cells.translate, cells.locale) for one in messages]
