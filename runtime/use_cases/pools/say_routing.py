"""Which decision table do a few sentences about routing come to, and whom would it have chosen?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    Heard,
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
    clauses, unclear = hear_routing(services, form, text)
    if unclear:
        return Spoken(form=form, clauses=clauses, unclear=unclear)
    id_ = name_of_table(form)
    decision = "\n".join(_written(table_of(form, clauses))) + "\n"
    with services.store.reading() as unit:
        files = unit.packages.files(app.id)
        work = begin(services, unit, act, form)
        sample = tuple(_sample(work, files, id_, decision))
    inside = ", ".join(f"{key}: {value}" for key, value in routing_of(form).items())
    routing = f"routing: {{{inside}}}\n"
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


def hear_routing(services: Services, form: Form, text: str) -> Heard:
    """Return what the sentences mean by the labels of a form and the names of people."""
    with services.store.reading() as unit:
        return understood(text, _vocabulary(unit, form))


def name_of_table(form: Form) -> str:
    """Return what the table is called that sentences come to."""
    return f"{form.id}_by_words"


def table_of(form: Form, clauses: tuple[Clause, ...]) -> dict[str, Any]:
    """Return the decision table that the sentences come to, as it stands in its file."""
    inputs = {one.field.id: one.field.label for clause in clauses for one in clause.asked}
    inputs = inputs or {
        form.definition.title: words(form.fields[form.definition.title].label, "zh")
    }
    return {
        "decision": name_of_table(form),
        "label": f"{words(form.definition.label, 'zh')}分派",
        "form": form.id,
        "policy": "first",
        **({"partial": True} if clauses[-1].asked else {}),
        "inputs": [{"id": field, "label": label} for field, label in inputs.items()],
        "outputs": [{"id": "person", "label": "负责人"}],
        "rules": [_row(clause, tuple(inputs)) for clause in clauses],
    }


def routing_of(form: Form) -> dict[str, Any]:
    """Return the routing of a form by that table; without a pool, what nobody is given stays with
    its maker."""
    otherwise = {} if form.definition.pool else {"otherwise": "maker"}
    return {"decision": name_of_table(form), **otherwise}


def _row(clause: Clause, inputs: tuple[str, ...]) -> dict[str, Any]:
    cells = {one.field.id: one.cell for one in clause.asked}
    people = json.dumps([one.login for one in clause.people])
    return {"when": [cells.get(field, "-") for field in inputs], "then": [people]}


def _written(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the file; what stands in quotes is JSON, which YAML reads too."""
    for key, value in table.items():
        if isinstance(value, list):
            yield f"{key}:"
            for item in value:
                inside = ", ".join(f"{name}: {_quoted(one)}" for name, one in item.items())
                yield f"  - {{{inside}}}"
        else:
            plain = key in ("decision", "form", "policy")
            yield f"{key}: {value if plain else _quoted(value)}"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
