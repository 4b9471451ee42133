"""How do an app's demo records come into a workspace?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.access.sight import SEES_ALL
from engine.app import App, Form
from engine.definition.data import DemoPooled, DemoRow
from engine.field import Field
from engine.forms.submission import read_json
from engine.moments import day, is_moment, moment
from engine.outcomes import Invalid, Submission
from engine.record import Actor, Record
from runtime.services import Services
from runtime.store import Unit
from runtime.store.samples import Sample
from runtime.use_cases.act import Act
from runtime.use_cases.checking import worked_out
from runtime.use_cases.create_record import Placement, blank
from runtime.use_cases.numbering import numbered
from runtime.use_cases.pools.release_record import to_pool
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.settling import settle_change, settle_new
from runtime.workspace.demo_approvals import NotInApproval, begin_approval
from runtime.workspace.demo_extras import add_comments, add_evidence, stand_in

BY_ITSELF = Actor(id="rule", name="规则", admin=True)
"""As whom a record is taken back that nobody looked after."""
LINKS = frozenset({"reference", "reference_list"})


class BadDemoData(Exception):
    """A demo record that the app's own rules refuse; says which and why."""


@dataclass
class Loading:
    """One run: what was made so far, and who is who."""

    services: Services
    unit: Unit
    app: App
    now: datetime
    people: Mapping[str, Actor]
    departments: Mapping[str, str]
    """Ids by code."""
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    later: list[tuple[str, str, str, Any]] = field(default_factory=list)
    """(form, row, field, raw): references to rows that come later."""
    submitted: list[tuple[Form, DemoRow, str]] = field(default_factory=list)
    """What is in approval, with its id."""


Rows = Iterable[tuple[Form, DemoRow]]
Ids = dict[tuple[str, str], str]
"""The ids of records by their form and what the rows call them."""


def install_demo(services: Services, unit: Unit, app: App) -> Ids:
    """Make every demo record of an app, each noted as one, and return their ids. Raises
    BadDemoData."""
    ids = _made(_begin(services, unit, app, {}, people_by_login(unit)), _in_order(app))
    for form in app.forms.values():
        mine = [id_ for (name, _), id_ in ids.items() if name == form.id]
        unit.samples.note(
            Sample(record=id_, app=app.id, form=form.id, version=one.version, at=services.now())
            for id_, one in unit.records.many(form, mine).items()
        )
    return ids


def add_rows(
    services: Services, app: App, rows: Rows, known: Ids, people: Mapping[str, Actor] | None = None
) -> Ids:
    """Make a record of each row, checked like any other, in one transaction; rows may name those
    that are known. Return the ids of all. Raises BadDemoData.

    Whoever knows the `people` by their logins already saves asking for them.
    """
    with services.store.unit() as unit:
        people = people or people_by_login(unit)
        return _made(_begin(services, unit, app, dict(known), people), rows)


def _made(run: Loading, rows: Rows) -> Ids:
    for form, row in rows:
        _make(run, form, row)
    _tie_up(run)
    _begin_approvals(run)
    return run.ids


def people_by_login(unit: Unit) -> dict[str, Actor]:
    """Return everybody with the rights of this moment."""
    found = {person.login: unit.people.actor(person.id) for person in unit.people.list()}
    return {login: actor for login, actor in found.items() if actor}


def _begin(
    services: Services, unit: Unit, app: App, ids: Ids, people: Mapping[str, Actor]
) -> Loading:
    return Loading(
        services,
        unit,
        app,
        now=services.now()
        .astimezone(ZoneInfo(services.settings.zone))
        .replace(second=0, microsecond=0),
        people=people,
        departments={one.code: one.id for one in unit.people.departments.tree() if one.code},
        ids=ids,
    )


def _in_order(app: App) -> Iterator[tuple[Form, DemoRow]]:
    done: set[str] = set()

    def visit(id_: str) -> Iterator[tuple[Form, DemoRow]]:
        if id_ in done or id_ not in app.forms:
            return
        done.add(id_)
        form = app.forms[id_]
        for wanted in form.fields.values():
            if wanted.type in LINKS:
                yield from visit(str(getattr(wanted, "to", "")).rpartition(".")[2])
        for row in app.data.get(id_, ()):
            yield form, row

    for form_id in app.forms:
        yield from visit(form_id)


def _make(run: Loading, form: Form, row: DemoRow) -> None:
    owner = run.people.get(row.owner or "") or next(iter(run.people.values()))
    created = moment(row.created_at, run.now) if row.created_at else run.now
    work = _work(run, form, owner, created)
    raw = {id_: _resolved(run, form, row, id_, value) for id_, value in row.values.items()}
    submission = read_json(form, {id_: value for id_, value in raw.items() if value is not None})
    submission = _with_files(run, form, row, submission, created)
    record = _placed(
        run, row, blank(work, submission.values, Placement(owner=owner, pipeline=row.pipeline))
    )
    derived = worked_out(work, None, record, submission.values)
    complaints = {**derived.complaints, **submission.complaints}
    if complaints:
        raise BadDemoData(_words(form, row, Invalid(complaints)))
    record = replace(record, values=numbered(work, record, derived.values))
    record = settle_new(work, record)
    run.ids[form.id, row.id] = record.id
    add_evidence(work, record, row, run.people, run.now)
    add_comments(work, record, row, run.people, run.now)
    if row.in_pool is not None:
        _put_into_pool(run, form, row.in_pool, record.id)
    if row.approval is not None:
        run.submitted.append((form, row, record.id))


def _put_into_pool(run: Loading, form: Form, pooled: DemoPooled, id_: str) -> None:
    """Take the record from its owner as it happens in life: given up, or taken back by itself."""
    by = run.people.get(pooled.by or "")
    work = _work(run, form, by or BY_ITSELF, moment(pooled.since, run.now))
    act = replace(work.act, reason=pooled.reason, door="form" if by else "automation")
    record = run.unit.records.one(form, id_)
    assert record is not None
    to_pool(replace(work, act=act), record, "released" if by else "recycled")


def _begin_approvals(run: Loading) -> None:
    for form, row, id_ in run.submitted:
        record = run.unit.records.one(form, id_)
        owner = run.people.get(row.owner or "") or next(iter(run.people.values()))
        if record is not None:
            try:
                begin_approval(_work(run, form, owner, run.now), record, row, run.people)
            except NotInApproval as why:
                raise BadDemoData(f"{form.id}/{row.id}: {why}") from why


def _work(run: Loading, form: Form, actor: Actor, at: datetime) -> Work:
    work = begin(run.services, run.unit, Act(actor=actor, door="system", unheard=True), form)
    return replace(work, sight=SEES_ALL, now=at)


def _placed(run: Loading, row: DemoRow, record: Record) -> Record:
    stage = row.stage or record.stage
    entered = moment(row.stage_entered_at, run.now) if row.stage_entered_at else None
    active = moment(row.last_activity_at, run.now) if row.last_activity_at else entered
    return replace(
        record,
        stage=stage,
        stage_entered_at=entered or record.stage_entered_at,
        last_activity_at=active or record.last_activity_at,
    )


def _resolved(run: Loading, form: Form, row: DemoRow, id_: str, value: Any) -> Any:
    field_ = form.fields[id_]
    if field_.type in LINKS:
        return _linked(run, form, row, field_, value)
    if field_.type == "lines":
        cells = {cell.id: cell for cell in getattr(field_, "fields", ())}
        return [
            {name: _one(run, form, row, cells[name], cell) for name, cell in line.items()}
            for line in value
        ]
    return _one(run, form, row, field_, value)


def _one(run: Loading, form: Form, row: DemoRow, field_: Field, value: Any) -> Any:
    if field_.type in LINKS:
        return _linked(run, form, row, field_, value)
    if isinstance(value, list):
        return [_one(run, form, row, field_, item) for item in value]
    if field_.type == "person":
        return run.people[value].id
    if field_.type == "department":
        return run.departments[value]
    if isinstance(value, str) and is_moment(value):
        if field_.type == "date":
            return day(value, run.now).isoformat()
        if field_.type == "datetime":
            return moment(value, run.now).replace(microsecond=0).isoformat()
    return value


def _linked(run: Loading, form: Form, row: DemoRow, field_: Field, value: Any) -> Any:
    to = str(getattr(field_, "to", "")).rpartition(".")[2]
    if isinstance(value, list):
        return [run.ids[to, key] for key in value if (to, key) in run.ids]
    if (to, value) in run.ids:
        return run.ids[to, value]
    run.later.append((form.id, row.id, field_.id, value))
    return None


def _with_files(
    run: Loading, form: Form, row: DemoRow, submission: Submission, at: datetime
) -> Submission:
    values = dict(submission.values)
    for id_, value in row.values.items():
        if form.fields[id_].type in ("file", "image", "signature"):
            owner = run.people.get(row.owner or "") or next(iter(run.people.values()))
            names = value if isinstance(value, list) else [value]
            values[id_] = tuple(
                stand_in(run.services, run.unit, name, owner.id, at) for name in names
            )
    complaints = {id_: why for id_, why in submission.complaints.items() if id_ not in values}
    return replace(submission, values=values, complaints=complaints)


def _tie_up(run: Loading) -> None:
    for form_id, row_id, field_id, key in run.later:
        form = run.app.forms[form_id]
        to = str(getattr(form.fields[field_id], "to", "")).rpartition(".")[2]
        record = run.unit.records.one(form, run.ids[form_id, row_id])
        if record is None:
            continue
        owner = next(iter(run.people.values()))
        values = {**record.values, field_id: run.ids[to, key]}
        settle_change(_work(run, form, owner, run.now), record, replace(record, values=values))


def _words(form: Form, row: DemoRow, invalid: Invalid) -> str:
    lines = [f"{name}: {message}" for name, why in invalid.complaints.items() for message in why]
    return f"{form.id}/{row.id}: " + "; ".join(lines)
