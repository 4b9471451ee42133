"""What is frozen in an app, and what happens when somebody lifts it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.access.designing import may_design
from engine.access.sight import sight_of
from engine.app import App, Form
from engine.outcomes import Denied, Invalid, Missing
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store import Event
from runtime.store.freezes import Frozen
from runtime.store.ids import new_id
from runtime.use_cases.act import Act, env_of
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import Work, begin

NOT_YOURS = Message("只有能解除冻结的人和应用的设计者可以查看")
MAY_NOT_LIFT = Message("您没有解除这项冻结的权限")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is frozen in an app, and what was lately."""

    app: App
    frozen: tuple[Frozen, ...]
    ended: tuple[Frozen, ...]
    liftable: frozenset[str]
    """Those that the reader may lift."""
    names: Mapping[str, str]
    """People, and records as far as the reader may see them, by id."""


def may_look(app: App, actor: Actor) -> bool:
    """Tell whether somebody finds the page of what is frozen."""
    roles = {role for actions in app.freezers.values() for one in actions for role in one.lifted_by}
    return bool(app.freezers) and (may_design(app, actor) or bool(roles & actor.roles_in(app.id)))


def may_lift(app: str, actor: Actor, frozen: Frozen) -> bool:
    """Tell whether somebody may lift one freeze."""
    return actor.admin or bool(set(frozen.lifted_by) & actor.roles_in(app))


def what_is_frozen(services: Services, act: Act, app_id: str) -> Standing | Denied | Missing:
    """Return what is frozen in an app and what was, for those who may lift or design."""
    app = services.app(app_id)
    if app is None:
        return Missing()
    if not may_look(app, act.actor):
        return Denied(NOT_YOURS)
    with services.store.reading() as unit:
        frozen = unit.freezes.of_app(app.id, ended=False)
        ended = unit.freezes.of_app(app.id, ended=True, limit=50)
        every = (*frozen, *ended)
        people = {one.subject for one in every if one.by is None}
        names = dict(unit.people.names({*people, *(one.ended_by or "" for one in every)}))
        for form in {form.id: form for one in every if (form := subject_form(app, one))}.values():
            ids = {one.subject for one in every if subject_form(app, one) == form}
            env = env_of(services, act, app.id, services.now())
            sight = sight_of(form, act.actor)
            names |= unit.query.titles(form, sight, act.actor, env, ids)
    return Standing(
        app=app,
        frozen=frozen,
        ended=ended,
        liftable=frozenset(one.id for one in frozen if may_lift(app.id, act.actor, one)),
        names=names,
    )


def subject_form(app: App, frozen: Frozen) -> Form | None:
    """Return the form of the record that something is frozen for."""
    there = app.forms.get(frozen.form)
    field = there.fields.get(frozen.by or "") if there else None
    return app.forms.get(getattr(field, "to", "")) if field else None


def lift_freeze(
    services: Services, act: Act, id_: str, reason: str | None
) -> Frozen | Denied | Invalid | Missing:
    """Lift one freeze, with a reason, and write it into the history of the record."""
    with services.store.unit() as unit:
        trace: Trace[Frozen | Denied | Invalid | Missing, Frozen] = Trace(
            left=lambda came: came.id if isinstance(came, Frozen) else None,
            found=lambda left: unit.freezes.one(left) or Missing(),
        )
        frozen = unit.freezes.one(id_)
        form = services.form(frozen.app, frozen.form) if frozen else None
        if frozen is None or form is None:
            return Missing()
        work = begin(services, unit, act, form)
        return once_for_key(unit, act, work.now, trace, lambda: _lifted(work, frozen, reason))


def _lifted(work: Work, frozen: Frozen, reason: str | None) -> Frozen | Denied | Invalid | Missing:
    if not may_lift(work.app.id, work.act.actor, frozen):
        return Denied(MAY_NOT_LIFT) if may_look(work.app, work.act.actor) else Missing()
    if not reason or not reason.strip():
        return Invalid({"reason": (Message("请写明解除的原因"),)})
    lift_in(work, frozen, reason.strip())
    return work.unit.freezes.one(frozen.id) or Missing()


def lift_in(work: Work, frozen: Frozen, reason: str | None) -> bool:
    """Lift it inside a transaction that is open already; False if it was lifted before."""
    done = work.unit.freezes.lift(frozen.id, work.act.actor.id, reason, work.now)
    if done:
        told_of(work, frozen, "unfrozen", reason)
    return done


def told_of(work: Work, frozen: Frozen, kind: str, reason: str | None = None) -> None:
    """Write into the history of the record that something is frozen for it, or no more."""
    form = subject_form(work.app, frozen)
    if form is None:
        return
    record = work.unit.records.one(form, frozen.subject, deleted=True)
    event = Event(
        id=new_id(work.now),
        at=work.now,
        app=form.app,
        form=form.id,
        record=frozen.subject,
        version=record.version if record else None,
        kind=kind,
        actor=work.act.actor.id,
        door=work.act.door,
        reason=reason or str(frozen.reason),
        data={"freeze": frozen.id, "form": frozen.form},
        cause=work.act.cause,
        depth=work.act.depth,
    )
    work.unit.events.add(event)
