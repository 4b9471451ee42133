"""Which step of a scenario is meant by what somebody clicked in a sandbox?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from werkzeug.datastructures import MultiDict

from designer.trying.scratch import Scratch
from designer.trying.values import typed_values
from engine.app import Form
from engine.definition.scenario import (
    AdvanceStep,
    AttachStep,
    CommentStep,
    ConvertStep,
    CreateStep,
    EditStep,
    OwnStep,
    PressStep,
    RecordStep,
    ReviewStep,
    StepDef,
    SubmitStep,
    TaskStep,
    ThenApproval,
    ThenDef,
    TransferStep,
)
from runtime.scenarios.world import Named, World

Typed = MultiDict[str, str]
SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
"""By how much the clock can be moved."""
LONGEST_NAME = 47
TASKS = ("agree", "refuse", "give_back", "hand_in", "handle", "acknowledge")


def asked_step(scratch: Scratch, typed: Typed) -> StepDef | None:
    """Return the step that was asked for, None if there is no such thing."""
    who, verb = scratch.story.who, typed.get("verb", "")
    world, named = scratch.world, scratch.world.names.get(typed.get("record", ""))
    if verb == "create":
        form = world.app.forms.get(typed.get("form", ""))
        return StepDef(who=who, create=_create(world, form, typed)) if form else None
    wish = _WISHES.get(verb)
    if wish is None or named is None:
        return None
    return StepDef(who=who, **{verb: wish(scratch, named, typed)})


def asked_expectation(scratch: Scratch, typed: Typed) -> ThenDef | None:
    """Return what is expected of a record, None if there is no such thing."""
    what, value = typed.get("what", ""), typed.get("value", "").strip()
    named = scratch.world.names.get(typed.get("record", ""))
    if named is None:
        return None
    match what:
        case "stage" if named.form.stage(value):
            return ThenDef(stage=value)
        case "owner" if value in scratch.world.people:
            return ThenDef(owner=value)
        case "hidden" if value in named.form.fields:
            return ThenDef(hidden=(value,))
        case "approval":
            people = tuple(one for one in typed.getlist("waiting") if one in scratch.world.people)
            state: Any = value or None
            workflow = typed.get("workflow") or None
            waiting = people if state == "running" else None
            return ThenDef(approval=ThenApproval(workflow=workflow, state=state, waiting=waiting))
        case _ if what in named.form.fields:
            return ThenDef(values={what: _meant(scratch, named.form, what, value)})
    return None


def _meant(scratch: Scratch, form: Form, id_: str, text: str) -> Any:
    read = typed_values(scratch.world, form, None, MultiDict({f"v-{id_}": text}))
    return read.get(id_, text or None)


def _create(world: World, form: Form, typed: Typed) -> CreateStep:
    values = typed_values(world, form, None, typed)
    return CreateStep(form=form.id, name=_free_name(world, form.id), values=values)


def _free_name(world: World, base: str) -> str:
    names = (f"{base[: LONGEST_NAME - 4]}_{number}" for number in count(1))
    return next(name for name in names if name not in world.names)


def _edit(scratch: Scratch, named: Named, typed: Typed) -> EditStep:
    with scratch.world.services.store.reading() as unit:
        before = unit.records.one(named.form, named.id)
    values = typed_values(scratch.world, named.form, before, typed)
    return EditStep(record=typed["record"], values=values)


def _advance(scratch: Scratch, named: Named, typed: Typed) -> AdvanceStep:
    reason = typed.get("reason", "").strip() or None
    return AdvanceStep(record=typed["record"], to=typed.get("to") or None, reason=reason)


def _attach(scratch: Scratch, named: Named, typed: Typed) -> AttachStep:
    names = typed.get("file", "").replace("，", ",").split(",")
    files = tuple(name.strip() for name in names if name.strip()) or ("sample.pdf",)
    return AttachStep(record=typed["record"], item=typed.get("item", ""), files=files)


def _review(scratch: Scratch, named: Named, typed: Typed) -> ReviewStep:
    return ReviewStep(
        record=typed["record"],
        item=typed.get("item", ""),
        verdict="accepted" if typed.get("verdict") == "accepted" else "rejected",
        reason=typed.get("reason") or None,
    )


def _convert(scratch: Scratch, named: Named, typed: Typed) -> ConvertStep:
    by = typed.get("by", "")
    made = [
        (each.id or each.form, each.form)
        for one in named.form.definition.conversions
        if one.id == by
        for each in one.creates
    ]
    names: dict[str, str] = {}
    for key, form in made:
        names[key] = _free_name(scratch.world, f"{form}_new{len(names) or ''}")
    return ConvertStep(record=typed["record"], by=by, names=names)


def _task(scratch: Scratch, named: Named, typed: Typed) -> TaskStep:
    return TaskStep(
        record=typed["record"],
        workflow=typed.get("workflow") or None,
        step=typed.get("step") or None,
        opinion=typed.get("opinion", "").strip() or None,
    )


def _record(scratch: Scratch, named: Named, typed: Typed) -> RecordStep:
    return RecordStep(record=typed["record"])


def _transfer(scratch: Scratch, named: Named, typed: Typed) -> TransferStep:
    return TransferStep(record=typed["record"], to=typed.get("to", scratch.story.who))


def _comment(scratch: Scratch, named: Named, typed: Typed) -> CommentStep:
    return CommentStep(record=typed["record"], text=typed.get("text", "").strip())


def _press(scratch: Scratch, named: Named, typed: Typed) -> PressStep:
    return PressStep(record=typed["record"], button=typed.get("button", ""))


def _submit(scratch: Scratch, named: Named, typed: Typed) -> SubmitStep:
    return SubmitStep(record=typed["record"], workflow=typed.get("workflow", ""))


def _withdraw(scratch: Scratch, named: Named, typed: Typed) -> OwnStep:
    return OwnStep(record=typed["record"], workflow=typed.get("workflow") or None)


_WISHES: Mapping[str, Callable[[Scratch, Named, Typed], Any]] = {
    "edit": _edit,
    "advance": _advance,
    "attach": _attach,
    "review": _review,
    "convert": _convert,
    "transfer": _transfer,
    "comment": _comment,
    "press": _press,
    "submit": _submit,
    "withdraw": _withdraw,
    "delete": _record,
    **dict.fromkeys(TASKS, _task),
}
"""What can be done with a record of a sandbox."""
