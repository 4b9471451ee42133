"""Which decision table do a few sentences about routing come to, and whom would it have chosen?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.access.designing import may_design
from engine.app import App, Form
from engine.decisions import decide
from engine.expressions import Kind
from engine.loading.load import load_app
from engine.outcomes import Denied, Missing
from engine.problems import BrokenApp
from engine.routing_words import (
    Clause,
    FieldWords,
    PersonWords,
    Unclear,
    Vocabulary,
    understood,
)  # fmt: skip
from engine.wording import Message, words
from runtime.services import Services
from runtime.store import Unit
from runtime.store.query import Query
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Work, begin

NOT_YOURS = Message("只有应用的设计者和管理员可以修改分派")
SAMPLE = 10
CHOICES = ("select", "radio")


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What sentences about routing were understood to mean."""

    form: Form
    clauses: tuple[Clause, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    decision: str = ""
    """The file of the decision table."""
    routing: str = ""
    """What the form says then."""
    sample: tuple[tuple[str, str, int | None], ...] = ()
    """The newest records that the asker sees: id, title, and the clause that fits."""


def say_routing(
    services: Services, act: Act, app_id: str, form_id: str, text: str
) -> Spoken | Denied | Missing:
    """Return what the sentences mean, or what is unclear in them; nothing is changed."""
    app = services.app(app_id)
    form = app.forms.get(form_id) if app else None
    if app is None or form is None:
        return Missing()
    if not may_design(app, act.actor):
        return Denied(NOT_YOURS)
    if not text.strip():
        return Spoken(form=form)
    with services.store.reading() as unit:
        clauses, unclear = understood(text, _vocabulary(unit, form))
        if unclear:
            return Spoken(form=form, clauses=clauses, unclear=unclear)
        id_ = f"{form.id}_by_words"
        decision = "\n".join(_decision(id_, form, clauses)) + "\n"
        files = unit.packages.files(app.id)
        work = begin(services, unit, act, form)
        sample = tuple(_sample(work, files, id_, decision))
    routing = f"routing: {{decision: {id_}}}\n"
    return Spoken(form=form, clauses=clauses, decision=decision, routing=routing, sample=sample)


def _vocabulary(unit: Unit, form: Form) -> Vocabulary:
    fields = tuple(
        FieldWords(
            id=field.id,
            label=words(field.label, "zh"),
            number=field.feel_type().kind is Kind.NUMBER,
            options=tuple(
                (option.id, words(option.label, "zh"))
                for option in (getattr(field, "options", ()) if field.type in CHOICES else ())
            ),
        )
        for field in form.fields.values()
    )
    departments = unit.people.departments.names()
    people = tuple(
        PersonWords(
            login=one.login,
            name=one.name,
            department=departments.get(one.department or "", ""),
        )
        for one in unit.people.list(limit=10_000)
        if one.active
    )
    return Vocabulary(fields=fields, people=people)


def _decision(id_: str, form: Form, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Yield the lines of the file; what stands in quotes is JSON, which YAML reads too."""
    inputs = {one.field.id: one.field.label for clause in clauses for one in clause.asked}
    inputs = inputs or {
        form.definition.title: words(form.fields[form.definition.title].label, "zh")
    }
    yield f"decision: {id_}"
    yield f"label: {_quoted(words(form.definition.label, 'zh') + '分派')}"
    yield f"form: {form.id}"
    yield "policy: first"
    if clauses[-1].asked:
        yield "partial: true"
    yield "inputs:"
    for field, label in inputs.items():
        yield f"  - {{id: {field}, label: {_quoted(label)}}}"
    yield "outputs:"
    yield "  - {id: person, label: 负责人}"
    yield "rules:"
    for clause in clauses:
        cells = {one.field.id: one.cell for one in clause.asked}
        when = ", ".join(_quoted(cells.get(field, "-")) for field in inputs)
        then = _quoted(json.dumps([one.login for one in clause.people]))
        yield f"  - {{when: [{when}], then: [{then}]}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _sample(
    work: Work, files: Mapping[str, bytes], id_: str, decision: str
) -> Iterator[tuple[str, str, int | None]]:
    trial = _loaded(files, id_, decision)
    found = trial.decisions.get(id_) if trial else None
    if found is None:
        return
    query = Query(
        form=work.form,
        sight=work.sight,
        actor=work.act.actor,
        env=work.env,
        sort=("-created_at",),
        limit=SAMPLE,
    )
    ids = [one.id for one in work.unit.query.page(query).records]
    titles = work.unit.query.titles(work.form, work.sight, work.act.actor, work.env, ids)
    for record_id in ids:
        record = work.unit.records.one(work.form, record_id)
        if record is not None:
            row = work.unit.records.row(work.form, record, found.reads)
            rules = decide(found.table, row, work.env).rules
            yield record_id, titles.get(record_id, ""), rules[0] if rules else None


def _loaded(files: Mapping[str, bytes], id_: str, decision: str) -> App | None:
    try:
        return load_app({**files, f"decisions/{id_}.yaml": decision.encode()})
    except BrokenApp:
        return None
