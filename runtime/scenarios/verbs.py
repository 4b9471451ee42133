"""What does a person do in a step, and what comes of it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from engine.app import Form
from engine.definition.scenario import (
    AdvanceStep,
    AttachStep,
    CheckStep,
    CommentStep,
    ConvertStep,
    CreateStep,
    EditStep,
    ListStep,
    RecordStep,
    ReviewStep,
    StepDef,
    TransferStep,
)
from engine.outcomes import Missing, Saved
from runtime.limits import LONGEST_PAGE
from runtime.scenarios import approving, filling, handing, papers, pooling, ruling, telling_rules
from runtime.scenarios.done import Done, Turn
from runtime.scenarios.done import named as _named
from runtime.scenarios.passing import pass_time
from runtime.scenarios.values import Unplayable, meant, submission, upload
from runtime.scenarios.world import Named, World
from runtime.use_cases.act import Act
from runtime.use_cases.advance_record import Step, advance_record, what_is_missing
from runtime.use_cases.attach_evidence import Handed, attach_evidence, review_evidence
from runtime.use_cases.bulk import bulk_advance, bulk_delete, bulk_edit, bulk_transfer
from runtime.use_cases.comment_record import Remark, comment_record
from runtime.use_cases.convert_record import Converted, Extra, convert_record, definition_of
from runtime.use_cases.create_record import create_record
from runtime.use_cases.delete_record import delete_record, restore_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.read_record import read_record
from runtime.use_cases.transfer_record import transfer_record


def perform(world: World, step: StepDef) -> Done:
    """Play a step through the use case of its verb. Raises Unplayable."""
    if step.elapse is not None:
        pass_time(world, step.elapse)
        return Done(None)
    if step.who is None or step.who not in world.people:
        raise Unplayable(step.who)
    for verb, play in PLAYS.items():
        wish = getattr(step, verb)
        if wish is not None:
            act = world.act(step.who, step.door, getattr(wish, "reason", None))
            return play(Turn(world, act, step.door == "bulk"), wish)
    raise Unplayable(step.who)


def _create(turn: Turn, wish: CreateStep) -> Done:
    form = turn.world.app.forms[wish.form]
    given = submission(turn.world, turn.act, form, wish.values)
    outcome = create_record(turn.world.services, turn.act, form, given)
    if not isinstance(outcome, Saved):
        return Done(outcome)
    named = Named(form, outcome.record.id)
    if wish.name:
        turn.world.names[wish.name] = named
    return Done(outcome, named)


def _edit(turn: Turn, wish: EditStep) -> Done:
    record = _named(turn, wish.record)
    given = submission(turn.world, turn.act, record.form, wish.values)
    if turn.in_bulk:
        return _only(record, bulk_edit(*_with(turn, record.form), (record.id,), given))
    return Done(edit_record(*_with(turn, record.form), record.id, given, None), record)


def _advance(turn: Turn, wish: AdvanceStep) -> Done:
    record = _named(turn, wish.record)
    if turn.in_bulk:
        return _only(record, bulk_advance(*_with(turn, record.form), (record.id,), wish.to))
    step = Step(
        target=wish.to,
        submission=submission(turn.world, turn.act, record.form, wish.values),
        evidence=tuple(
            Handed(item=item, file=upload(turn.world, turn.act, name))
            for item, names in wish.files.items()
            for name in names
        ),
        override=wish.override,
    )
    return Done(advance_record(*_with(turn, record.form), record.id, step), record)


def _check(turn: Turn, wish: CheckStep) -> Done:
    record = _named(turn, wish.record)
    return Done(what_is_missing(*_with(turn, record.form), record.id, wish.to), record)


def _attach(turn: Turn, wish: AttachStep) -> Done:
    record = _named(turn, wish.record)
    outcome: object = None
    for name in wish.files:
        handed = Handed(item=wish.item, file=upload(turn.world, turn.act, name), **_position(wish))
        outcome = attach_evidence(*_with(turn, record.form), record.id, handed)
        if not isinstance(outcome, Saved):
            break
    return Done(outcome, record)


def _position(wish: AttachStep) -> Mapping[str, Any]:
    if wish.position is None:
        return {}
    where = wish.position
    return {"latitude": Decimal(str(where.latitude)), "longitude": Decimal(str(where.longitude))}


def _review(turn: Turn, wish: ReviewStep) -> Done:
    record = _named(turn, wish.record)
    with turn.world.services.store.reading() as unit:
        pieces = [one for one in unit.evidence.of(record.form, record.id) if one.item == wish.item]
    if not pieces:
        return Done(Missing(), record)
    newest = max(pieces, key=lambda piece: (piece.added_at, piece.id))
    given = _with(turn, record.form)
    return Done(review_evidence(*given, record.id, newest.id, wish.verdict), record)


def _transfer(turn: Turn, wish: TransferStep) -> Done:
    record = _named(turn, wish.record)
    owner = turn.world.people[wish.to].id
    if turn.in_bulk:
        return _only(record, bulk_transfer(*_with(turn, record.form), (record.id,), owner))
    return Done(transfer_record(*_with(turn, record.form), record.id, owner), record)


def _convert(turn: Turn, wish: ConvertStep) -> Done:
    record = _named(turn, wish.record)
    outcome = convert_record(
        *_with(turn, record.form), record.id, wish.by, _extra(turn, record, wish)
    )
    if isinstance(outcome, Converted):
        for made, name in wish.names.items():
            new = outcome.made[made]
            turn.world.names[name] = Named(turn.world.app.forms[new.form], new.id)
    return Done(outcome, record)


def _extra(turn: Turn, record: Named, wish: ConvertStep) -> Extra:
    """Return what is filled in for the new records."""
    world, definition = turn.world, definition_of(record.form, wish.by)
    forms = {step.id or step.form: step.form for step in definition.creates} if definition else {}
    return Extra(
        submissions={
            key: submission(world, turn.act, world.app.forms[forms[key]], values)
            for key, values in wish.values.items()
        }
    )


def _comment(turn: Turn, wish: CommentStep) -> Done:
    record = _named(turn, wish.record)
    people = tuple(turn.world.people[login].id for login in wish.mentions)
    given = _with(turn, record.form)
    remark = Remark(text=wish.text, mentions=people)
    return Done(comment_record(*given, record.id, remark), record)


def _delete(turn: Turn, wish: RecordStep) -> Done:
    record = _named(turn, wish.record)
    if turn.in_bulk:
        return _only(record, bulk_delete(*_with(turn, record.form), (record.id,)))
    return Done(delete_record(*_with(turn, record.form), record.id), record)


def _restore(turn: Turn, wish: RecordStep) -> Done:
    record = _named(turn, wish.record)
    return Done(restore_record(*_with(turn, record.form), record.id), record)


def _read(turn: Turn, wish: RecordStep) -> Done:
    record = _named(turn, wish.record)
    return Done(read_record(*_with(turn, record.form), record.id), record)


def _list(turn: Turn, wish: ListStep) -> Done:
    form = turn.world.app.forms[wish.form]
    views = {view.id: view for view in form.definition.list.views}
    view = views.get(wish.view or "")
    shown = view.where if view else ()
    feel = shown if isinstance(shown, str) else None
    chips = (*(() if isinstance(shown, str) else shown), *wish.where)
    wanted = Wanted(
        filters=tuple(_filter(turn.world, form, chip) for chip in chips),
        feel=feel,
        sort=view.sort if view else (),
        search=wish.search,
        limit=LONGEST_PAGE,
    )
    return Done(list_records(*_with(turn, form), wanted))


def _filter(world: World, form: Form, chip: Any) -> Any:
    field = form.fields.get(chip.field)
    people = world.people
    if chip.field in ("owner", "created_by", "updated_by") and chip.value in people:
        return type(chip)(field=chip.field, op=chip.op, value=people[chip.value].id)
    return type(chip)(field=chip.field, op=chip.op, value=meant(world, field, chip.value))


def _with(turn: Turn, form: Form) -> tuple[Any, Act, Form]:
    return turn.world.services, turn.act, form


def _only(record: Named, results: tuple[tuple[str, object], ...]) -> Done:
    return Done(results[0][1], record)


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {
    "create": _create,
    "edit": _edit,
    "advance": _advance,
    "check": _check,
    "attach": _attach,
    "review": _review,
    "transfer": _transfer,
    "convert": _convert,
    "comment": _comment,
    **approving.PLAYS,
    **pooling.PLAYS,
    **ruling.PLAYS,
    **telling_rules.PLAYS,
    **filling.PLAYS,
    **papers.PLAYS,
    **handing.PLAYS,
    "delete": _delete,
    "restore": _restore,
    "read": _read,
    "list": _list,
}
"""How each verb is played."""
