"""Why does a record look as it does: what did each rule and each right decide, and from what?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.access.designing import may_design
from engine.app import App, Form
from engine.outcomes import Denied, Missing
from engine.record import Actor, Record
from engine.why.parts import Part, parts_of
from engine.why.rights import Ground, grounds
from engine.why.subjects import Subject, subjects
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.seen_paths import SeenPaths


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule decided, with the values that its parts saw."""

    subject: Subject
    part: Part


@dataclass(frozen=True, slots=True)
class Granted:
    """What one grant decided; the parts of its expression, if it is one."""

    ground: Ground
    part: Part | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything that was decided about one record for one person."""

    app: App
    form: Form
    record: Record
    """As the one who asks may see it."""
    person: Actor
    """For whom it was decided."""
    answers: tuple[Answer, ...]
    rights: tuple[Granted, ...]
    author: bool
    """Whether the one who asks may see the lines of the app's files."""


def ask_why(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    *,
    subject: str | None = None,
    person: str | None = None,
) -> Why | Missing | Denied:
    """Return what the rules decided, or one of them; for another person only to those who may
    design the app."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        seen = unit.query.one(form, work.sight, act.actor, work.env, id_)
        if isinstance(reached, Missing) or seen is None:
            return Missing()
        author = may_design(work.app, act.actor)
        asked = unit.people.actor(person) if person else act.actor
        if asked is None:
            return Missing()
        if asked.id != act.actor.id and not author:
            return Denied(Message("只有可以设计这个应用的人才能替别人查看原因"))
        decided = begin(services, unit, replace(act, actor=asked), form)
        return Why(
            app=work.app,
            form=form,
            record=seen,
            person=asked,
            answers=tuple(_answers(work, decided, reached, subject)),
            rights=tuple(_rights(work, decided, reached)) if subject is None else (),
            author=author,
        )


def _answers(work: Work, decided: Work, reached: Reached, subject: str | None) -> Iterator[Answer]:
    seen = SeenPaths(work, reached.row)
    for one in subjects(work.app, work.form).values():
        if subject in (None, one.id) and (not one.field or seen.may_see((one.field,))):
            explained = one.compiled.explain(reached.row, decided.env)
            yield Answer(one, parts_of(explained, seen.may_see))


def _rights(work: Work, decided: Work, reached: Reached) -> Iterator[Granted]:
    seen = SeenPaths(work, reached.row)
    for ground in grounds(work.app, work.form, decided.act.actor, reached.row, decided.env):
        part = None
        if ground.compiled is not None:
            part = parts_of(ground.compiled.explain(reached.row, decided.env), seen.may_see)
        yield Granted(ground, part)
