"""May this record move to that stage, and what is it then?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC

from engine.app import App, Form
from engine.definition.stage import GateDef, StageDef
from engine.outcomes import Reason, Refusal
from engine.record import Facts, Record
from engine.stages.gate import Side, missing
from engine.stages.moves import Kind, kind_of_move, needs_reason, next_stage
from engine.wording import Message


@dataclass(frozen=True, kw_only=True)
class Move:
    """A move that may be made; `passed_over` are the reasons that an override set aside."""

    record: Record
    kind: Kind
    passed_over: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Where somebody wants a record to go; without a target, to the next stage."""

    target: str | None = None
    reason: str | None = None
    override: bool = False


def decide(
    app: App, form: Form, facts: Facts, wish: Wish, further: tuple[Reason, ...] = ()
) -> Move | Refusal:
    """Apply the order of the stages and their gates, and `further` reasons beside those of the
    gates. Changes nothing."""
    target = form.stage(wish.target) if wish.target else next_stage(form, facts.record)
    kind = kind_of_move(form, facts.record, target) if target else None
    if target is None or kind is None:
        return Refusal((_out_of_order(form, facts.record, target),))
    shut = with_further(what_is_missing(app, form, facts, target), further)
    unexplained = _unexplained(form, facts, kind, wish)
    if not shut and not unexplained:
        return Move(record=_moved(facts, target), kind=kind)
    may = bool(shut) and may_override(form, facts, target)
    if may and wish.override and wish.reason and not unexplained:
        return Move(record=_moved(facts, target), kind=kind, passed_over=shut)
    if may and wish.override and not wish.reason:
        unexplained = (_no_reason(Message("请写明越过关卡的原因")),)
    return Refusal((*shut, *unexplained), may_override=may)


def what_is_missing(app: App, form: Form, facts: Facts, target: StageDef) -> tuple[Reason, ...]:
    """Return every reason of the gates between the record's stage and the target."""
    return tuple(
        reason
        for stage, side, _ in gates_between(form, facts.record, target)
        for reason in missing(app, form, stage, side, facts)
    )


def with_further(gates: tuple[Reason, ...], further: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Add further reasons, but none about what the gates speak of already."""
    said = {reason.subject for reason in gates}
    return (*gates, *(reason for reason in further if reason.subject not in said))


def gates_between(
    form: Form, record: Record, target: StageDef
) -> tuple[tuple[StageDef, Side, GateDef], ...]:
    """Return the gates that a move passes: out of the path only the target's own, forwards the
    one that is left as well; back needs none."""
    here = form.stage(record.stage)
    kind = kind_of_move(form, record, target)
    if here is None or kind in (None, Kind.BACK):
        return ()
    entry: tuple[StageDef, Side, GateDef] = (target, "entry", target.entry)
    if kind is Kind.FORWARD:
        return ((here, "gate", here.gate), entry)
    return (entry,)


def _moved(facts: Facts, target: StageDef) -> Record:
    # Rules see the day where the workspace is; what is kept is in UTC.
    entered = facts.now.astimezone(UTC)
    return replace(facts.record, stage=target.id, stage_entered_at=entered)


def may_override(form: Form, facts: Facts, target: StageDef) -> bool:
    """Tell whether the actor plays a role that may pass every gate on the way though it is shut."""
    roles = facts.actor.roles_in(form.app)
    gates = gates_between(form, facts.record, target)
    shut = [gate for _, _, gate in gates if gate != GateDef()]
    return all(roles.intersection(gate.override) for gate in shut)


def _unexplained(form: Form, facts: Facts, kind: Kind, wish: Wish) -> tuple[Reason, ...]:
    if wish.reason or not needs_reason(form, facts.record, kind):
        return ()
    if kind is Kind.ASIDE:
        return (_no_reason(Message("请写明原因")),)
    return (_no_reason(Message("请写明退回的原因")),)


def _no_reason(message: Message) -> Reason:
    return Reason(kind="order", subject="reason", message=message)


def _out_of_order(form: Form, record: Record, target: StageDef | None) -> Reason:
    here = form.stage(record.stage)
    if here is None:
        message = Message("这张表单没有阶段")
    elif target is None:
        message = Message("“{here}”之后没有下一阶段", here=here.label)
    elif target.id == here.id:
        message = Message("已经在“{here}”阶段", here=here.label)
    else:
        message = _not_there(form, record, here, target)
    return Reason(kind="order", subject="stage", message=message)


def _not_there(form: Form, record: Record, here: StageDef, target: StageDef) -> Message:
    follows = next_stage(form, record)
    if follows is None:
        return Message("不能从“{here}”到“{there}”", here=here.label, there=target.label)
    return Message(
        "阶段不能跳过：不能从“{here}”直接到“{there}”，下一阶段是“{next}”",
        here=here.label,
        there=target.label,
        next=follows.label,
    )
