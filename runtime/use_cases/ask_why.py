"""Why does a record look as it does: what did each rule and each right decide, and from what?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.access.designing import may_design
from engine.app import App, Form
from engine.definition.page import ViewDef
from engine.filter import Where
from engine.outcomes import Denied, Missing
from engine.record import Actor, Record
from engine.why.parts import Part, parts_of
from engine.why.rights import Ground, grounds
from engine.why.subjects import Subject, subjects
from engine.wording import Label, Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter, where_of
from runtime.use_cases.list_records import BadQuestion, bad_question
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: one rule, or all; for oneself, or for somebody else; of a filter, too."""

    subject: str | None = None
    person: str | None = None
    feel: str | None = None


EVERYTHING = Asked()


def ask_why(
    services: Services, act: Act, form: Form, id_: str, asked: Asked = EVERYTHING
) -> Why | Missing | Denied | BadQuestion:
    """Return what the rules decided, or one of them, or a filter in FEEL; for another person
    only to those who may design the app."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        seen = unit.query.one(form, work.sight, act.actor, work.env, id_)
        if isinstance(reached, Missing) or seen is None:
            return Missing()
        author = may_design(work.app, act.actor)
        person = unit.people.actor(asked.person) if asked.person else act.actor
        if person is None:
            return Missing()
        if person.id != act.actor.id and not author:
            return Denied(Message("只有可以设计这个应用的人才能替别人查看原因"))
        decided = begin(services, unit, replace(act, actor=person), form)
        try:
            filters = tuple(_filters(work, decided, reached, asked.feel))
        except BadFilter as error:
            return bad_question(error)
        return Why(
            app=work.app,
            form=form,
            record=seen,
            person=person,
            answers=tuple(
                one
                for one in (*_answers(work, decided, reached, asked.subject), *filters)
                if asked.subject in (None, one.subject.id)
            ),
            rights=tuple(_rights(work, decided, reached)) if asked.subject is None else (),
            author=author,
        )


def _answers(work: Work, decided: Work, reached: Reached, subject: str | None) -> Iterator[Answer]:
    seen = SeenPaths(work, reached.row)
    for one in subjects(work.app, work.form).values():
        if subject in (None, one.id) and (not one.field or seen.may_see((one.field,))):
            explained = one.compiled.explain(reached.row, decided.env)
            yield Answer(one, parts_of(explained, seen.may_see))


def _filters(work: Work, decided: Work, reached: Reached, feel: str | None) -> Iterator[Answer]:
    """Yield whether the record is in each view of the list, and in a filter that is given."""
    form, seen = work.form, SeenPaths(work, reached.row)
    wheres: list[tuple[str, Label | Message, Where, str | None]] = [
        (f"view:{view.id}", view.label, view.where, None)
        for view in form.definition.list.views
        if view.where and _is_offered(work, view)
    ]
    if feel and feel.strip():
        wheres.append(("view:", Message("筛选条件"), (), feel))
    for id_, label, where, text in wheres:
        for compiled in where_of(work.app, form, where, feel=text):
            explained = compiled.explain(reached.row, decided.env)
            yield Answer(
                Subject(
                    id=id_,
                    group="view",
                    label=label,
                    compiled=compiled,
                    at=work.app.at("forms", form.id, "list", "views", id_.partition(":")[2]),
                ),
                parts_of(explained, seen.may_see, verdict=False),
            )


def _is_offered(work: Work, view: ViewDef) -> bool:
    actor = work.act.actor
    return actor.admin or not view.roles or bool(actor.roles_in(work.app.id) & set(view.roles))


def _rights(work: Work, decided: Work, reached: Reached) -> Iterator[Granted]:
    seen = SeenPaths(work, reached.row)
    for ground in grounds(work.app, work.form, decided.act.actor, reached.row, decided.env):
        part = None
        if ground.compiled is not None:
            part = parts_of(ground.compiled.explain(reached.row, decided.env), seen.may_see)
        yield Granted(ground, part)
    yield from _by_tasks(decided, reached.record.id)


def _by_tasks(decided: Work, id_: str) -> Iterator[Granted]:
    """Yield the tasks of approvals that let the person see the record."""
    entrusted = decided.act.actor.entrusted.get((decided.form.app, decided.form.id))
    if entrusted is None or id_ not in entrusted.ids:
        return
    for task in decided.unit.tasks.of_record(id_):
        copied = task.kind == "cc" and task.state == "done"
        if task.person == decided.act.actor.id and task.approval and (copied or task.open):
            scope = "copy" if copied else "task"
            yield Granted(
                Ground(right="rows", role="", label=task.title, scope=scope, holds=True), None
            )
