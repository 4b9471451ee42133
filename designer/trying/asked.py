"""Which step of a story is it that somebody sends from a page of a sandbox?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from werkzeug.datastructures import MultiDict

from designer.trying.scratch import Scratch
from designer.trying.values import spoken
from engine.app import Form
from engine.definition.scenario import (
    AdvanceStep,
    AttachStep,
    CommentStep,
    ConvertStep,
    CreateStep,
    EditStep,
    GiveStep,
    LiftStep,
    MakeStep,
    NoteStep,
    OwnStep,
    Position,
    PressStep,
    ReceiveStep,
    RecordStep,
    ReleaseStep,
    ReviewStep,
    StepDef,
    SubmitStep,
    TaskStep,
    TransferStep,
)
from engine.record import Record
from runtime.scenarios.approving import VERBS
from runtime.scenarios.world import Named, World
from runtime.web.forms.typed import submitted
from runtime.web.inside import Where
from runtime.web.records.convert_pages import part_of
from runtime.web.records.gate_pages import EVIDENCE, POSITION, handed_at

Typed = MultiDict[str, str]
LONGEST_NAME = 47
BY_ID = "r_"
"""What the names of records begin with that no scenario can name."""
TASKS: Mapping[str, str] = {verb: step for step, verb in VERBS.items()}
"""What a step calls that which pages call by a verb."""
CHOSEN = "_chosen-"


@dataclass(frozen=True)
class Sent:
    """What a page of a sandbox sent."""

    scratch: Scratch
    where: Where
    typed: Typed

    @property
    def world(self) -> World:
        """The workspace that is tried."""
        return self.scratch.world

    @cached_property
    def form(self) -> Form:
        """The form that the address names."""
        return self.scratch.app.forms[self.where.names["form"]]

    @property
    def record(self) -> str:
        """What steps call the record that the address names."""
        return name_of(self.world, self.form, self.where.names["id"])

    def text(self, name: str) -> str | None:
        """Return what was typed, None for nothing."""
        return self.typed.get(name, "").strip() or None

    def values(self, form: Form, before: Record | None, typed: Typed) -> dict[str, Any]:
        """Return what was typed into a form and is not there already, as scenarios say it."""
        read = submitted(form, typed)
        found: dict[str, Any] = {}
        for id_, field in form.fields.items():
            if not field.settable or (id_ not in read.values and id_ not in read.typed):
                continue
            now = spoken(self.world, field, before.values.get(id_)) if before else None
            raw = (read.typed.get(id_) or ("",))[0]
            came = spoken(self.world, field, read.values[id_]) if id_ in read.values else raw
            if came != now and (came or now):
                found[id_] = came
        return found

    def before(self) -> Record | None:
        """Return the record that the address names as it is."""
        with self.world.services.store.reading() as unit:
            return unit.records.one(self.form, self.where.names["id"])

    def logins(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the logins of people."""
        known = {actor.id: login for login, actor in self.world.people.items()}
        return tuple(known[id_] for id_ in ids if id_ in known)

    def files(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return what files are called."""
        with self.world.services.store.reading() as unit:
            found = unit.files.by_ids(ids)
        return tuple(found[id_].name for id_ in ids if id_ in found)

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return who is to decide at steps that leave the choice."""
        given = {name: self.typed.getlist(name) for name in self.typed if name.startswith(CHOSEN)}
        return {name.removeprefix(CHOSEN): self.logins(ids) for name, ids in given.items()}


def asked_steps(sent: Sent) -> list[StepDef] | None:
    """Return what is to be done, None if it is nothing that a story tells."""
    if sent.typed.get("_do") == "redraw":
        return None
    wish = WISHES.get(sent.where.endpoint)
    return list(wish(sent)) if wish else None


def name_of(world: World, form: Form, id_: str) -> str:
    """Return what steps call a record; one without a name gets one for here."""
    known = world.called(id_)
    if known != id_:
        return known
    name = f"{BY_ID}{id_}"
    world.names[name] = Named(form, id_)
    return name


def free_name(world: World, base: str) -> str:
    """Return a name for a new record that no other has."""
    names = (f"{base[: LONGEST_NAME - 4]}_{number}" for number in count(1))
    return next(name for name in names if name not in world.names)


def _step(sent: Sent, verb: str, wish: Any, *, board: bool = False) -> StepDef:
    door: Any = "board" if board else "form"
    given: dict[str, Any] = {verb: wish}
    return StepDef(who=sent.scratch.story.who, door=door, **given)


def _create(sent: Sent) -> Iterator[StepDef]:
    values = sent.values(sent.form, None, sent.typed)
    name = free_name(sent.world, sent.form.id)
    yield _step(sent, "create", CreateStep(form=sent.form.id, name=name, values=values))


def _edit(sent: Sent) -> Iterator[StepDef]:
    values = sent.values(sent.form, sent.before(), sent.typed)
    if values:
        yield _step(sent, "edit", EditStep(record=sent.record, values=values))


def _advance(sent: Sent) -> Iterator[StepDef]:
    typed = sent.typed
    files = {
        name.removeprefix(EVIDENCE): sent.files([one for one in typed.getlist(name) if one])
        for name in typed
        if name.startswith(EVIDENCE) and any(typed.getlist(name))
    }
    wish = AdvanceStep(
        record=sent.record,
        to=sent.text("_to"),
        values=sent.values(sent.form, sent.before(), typed),
        files=files,
        reason=sent.text("_reason"),
        override=typed.get("_override") == "yes",
    )
    yield _step(sent, "advance", wish, board=typed.get("_door") == "board")


def _attach(sent: Sent) -> Iterator[StepDef]:
    ids = sent.typed.getlist("file")
    if not ids:
        return
    item = sent.typed.get("item", "")
    text = sent.typed.get("position") or sent.typed.get(f"{POSITION}{item}", "")
    at = handed_at(item, ids[0], text)
    position = None
    if at.latitude is not None and at.longitude is not None:
        position = Position(latitude=float(at.latitude), longitude=float(at.longitude))
    wish = AttachStep(record=sent.record, item=item, files=sent.files(ids), position=position)
    yield _step(sent, "attach", wish)


def _review(sent: Sent) -> Iterator[StepDef]:
    with sent.world.services.store.reading() as unit:
        piece = unit.evidence.one(sent.where.names["piece"])
    if piece is None:
        return
    verdict: Any = "accepted" if sent.typed.get("verdict") == "accepted" else "rejected"
    reason = sent.text("reason")
    wish = ReviewStep(record=sent.record, item=piece.item, verdict=verdict, reason=reason)
    yield _step(sent, "review", wish)


def _convert(sent: Sent) -> Iterator[StepDef]:
    by, world = sent.where.names["conversion"], sent.world
    creates = [
        each for one in sent.form.definition.conversions if one.id == by for each in one.creates
    ]
    names: dict[str, str] = {}
    values: dict[str, dict[str, Any]] = {}
    for each in creates:
        key = each.id or each.form
        names[key] = free_name(world, f"{each.form}_new{len(names) or ''}")
        typed = part_of(sent.typed, key)
        given = sent.values(world.app.forms[each.form], None, typed) if typed else {}
        values |= {key: given} if given else {}
    wish = ConvertStep(record=sent.record, by=by, names=names, values=values)
    yield _step(sent, "convert", wish)


def _press(sent: Sent) -> Iterator[StepDef]:
    rule = sent.where.names["rule"]
    ask = getattr(sent.scratch.app.rules[rule].definition.on, "ask", ())
    kept = [(k, t) for k, t in sent.typed.items(multi=True) if k.split("-")[0] in ask]
    values = sent.values(sent.form, sent.before(), MultiDict(kept))
    yield _step(sent, "press", PressStep(record=sent.record, button=rule, values=values))


def _task(sent: Sent) -> Iterator[StepDef]:
    verb, typed = sent.where.names["verb"], sent.typed
    with sent.world.services.store.reading() as unit:
        task = unit.tasks.one(sent.where.names["task"])
        approval = unit.approvals.one(task.approval) if task and task.approval else None
    if task is None or approval is None:
        return
    fills = verb in ("agree", "handle")
    to = typed.get("_to") or None
    signature = sent.files([typed["_signature"]]) if typed.get("_signature") else ()
    wish = TaskStep(
        record=sent.record,
        workflow=approval.workflow,
        step=task.step,
        opinion=sent.text("_opinion"),
        values=sent.values(sent.form, sent.before(), typed) if fills else {},
        chosen=sent.chosen(),
        people=sent.logins(typed.getlist("_people")),
        to=next(iter(sent.logins([to or ""])), to),
        resubmit=typed.get("_resubmit") or None,  # type: ignore[arg-type]  # as the page offers it
        place="after" if typed.get("_place") == "after" else "before",
        signature=next(iter(signature), None),
    )
    yield _step(sent, TASKS[verb], wish)


def _own(sent: Sent) -> Iterator[StepDef]:
    with sent.world.services.store.reading() as unit:
        approval = unit.approvals.one(sent.where.names["approval"])
    if approval is None:
        return
    wish = OwnStep(record=sent.record, workflow=approval.workflow, reason=sent.text("_opinion"))
    yield _step(sent, sent.where.names["verb"], wish)


def _submit(sent: Sent) -> Iterator[StepDef]:
    wish = SubmitStep(
        record=sent.record,
        workflow=sent.where.names["workflow"],
        remark=sent.text("_opinion"),
        chosen=sent.chosen(),
    )
    yield _step(sent, "submit", wish)


def _transfer(sent: Sent) -> Iterator[StepDef]:
    for to in sent.logins([sent.typed.get("owner", "")]):
        reason = sent.text("reason")
        yield _step(sent, "transfer", TransferStep(record=sent.record, to=to, reason=reason))


def _comment(sent: Sent) -> Iterator[StepDef]:
    mentions = sent.logins(sent.typed.getlist("mentions"))
    text = sent.text("text") or ""
    yield _step(sent, "comment", CommentStep(record=sent.record, text=text, mentions=mentions))


def _release(sent: Sent) -> Iterator[StepDef]:
    yield _step(sent, "release", ReleaseStep(record=sent.record, reason=sent.text("reason")))


def _make(sent: Sent) -> Iterator[StepDef]:
    document = sent.where.names["document"]
    yield _step(sent, "make", MakeStep(record=sent.record, document=document))


def _lift(sent: Sent) -> Iterator[StepDef]:
    with sent.world.services.store.reading() as unit:
        frozen = unit.freezes.one(sent.where.names["freeze"])
    form = sent.scratch.app.forms.get(frozen.form or "") if frozen else None
    if frozen is not None and form is not None and frozen.record is not None:
        name = name_of(sent.world, form, frozen.record)
        yield _step(sent, "lift", LiftStep(record=name, reason=sent.text("reason")))


def _plain(verb: str) -> Callable[[Sent], Iterator[StepDef]]:
    def wish(sent: Sent) -> Iterator[StepDef]:
        yield _step(sent, verb, RecordStep(record=sent.record))

    return wish


def _of_list(sent: Sent) -> str | None:
    """Return whose hand-over the address is about."""
    with sent.world.services.store.reading() as unit:
        found = unit.handovers.one(sent.where.names["id"])
    return next(iter(sent.logins([found.person])), None) if found else None


def _listed(sent: Sent, record: str) -> str | None:
    for form in sent.scratch.app.forms.values():
        with sent.world.services.store.reading() as unit:
            if unit.records.one(form, record) is not None:
                return name_of(sent.world, form, record)
    return None


def _note(sent: Sent) -> Iterator[StepDef]:
    of, record = _of_list(sent), _listed(sent, sent.where.names["record"])
    if of and record:
        text = sent.text("note") or ""
        yield _step(sent, "note_handover", NoteStep(of=of, record=record, text=text))


def _give(sent: Sent) -> Iterator[StepDef]:
    if of := _of_list(sent):
        yield _step(sent, "give_handover", GiveStep(of=of))


def _receive(sent: Sent) -> Iterator[StepDef]:
    of, chosen = _of_list(sent), sent.typed.getlist("record")
    for name in [_listed(sent, one) for one in chosen] or [None]:
        if of:
            yield _step(sent, "receive_handover", ReceiveStep(of=of, record=name))


WISHES: Mapping[str, Callable[[Sent], Iterator[StepDef]]] = {
    "form.make_record": _create,
    "form.change_record": _edit,
    "gate.advance": _advance,
    "evidence.hand_in": _attach,
    "evidence.judge": _review,
    "convert.convert": _convert,
    "buttons.press": _press,
    "approvals.do_task": _task,
    "approvals.do_own": _own,
    "approvals.submit": _submit,
    "acts.transfer": _transfer,
    "acts.comment": _comment,
    "acts.delete": _plain("delete"),
    "acts.restore": _plain("restore"),
    "pools.claim": _plain("claim"),
    "pools.release": _release,
    "documents.make": _make,
    "freezes.lift": _lift,
    "handovers.write_note": _note,
    "handovers.give": _give,
    "handovers.receive": _receive,
}
"""What the pages can do that a story tells, by the name of the view."""
QUIET = frozenset(
    {"live.live", "filters.set_filter", "filters.check_filter", "lists.set_columns", "files.take",
     "views.keep_view", "views.overwrite_view", "views.set_settings", "views.drop_view",
     "notices.read_all", "notices.read_one"}
)  # fmt: skip
"""What changes nothing that a story would tell."""
