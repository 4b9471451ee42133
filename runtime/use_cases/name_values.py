"""What do the ids among some values stand for, as far as the actor may know?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_of
from typing import Any

from engine.access.sight import sight_of
from engine.app import App, Form
from engine.field import Field
from engine.record import StoredFile
from engine.sources import source_of
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.naming import rule_names

FILES = frozenset({"file", "image", "signature"})
LINKS = frozenset({"reference", "reference_list"})

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names by id; what the actor may not know is left out."""

    people: Mapping[str, str] = made_of(default_factory=dict)
    departments: Mapping[str, str] = made_of(default_factory=dict)
    records: Mapping[tuple[str, str, str], str] = made_of(default_factory=dict)
    """Titles by app, form and id."""
    files: Mapping[str, StoredFile] = made_of(default_factory=dict)


Wanted = dict[tuple[str, ...], set[str]]
_SYSTEM: Mapping[str, tuple[str, ...]] = {
    "owner": ("person",),
    "created_by": ("person",),
    "updated_by": ("person",),
    "department": ("department",),
}


def name_values(
    services: Services, act: Act, form: Form, rows: Iterable[Row], files: Iterable[str] = ()
) -> Names:
    """Look up everything that some rows of a form refer to, each kind in one question."""
    with services.store.reading() as unit:
        return names_within(begin(services, unit, act, form), rows, files)


def names_within(work: Work, rows: Iterable[Row], files: Iterable[str] = ()) -> Names:
    """Do the same inside an act."""
    wanted: Wanted = defaultdict(set)
    wanted[("file",)].update(files)
    kinds, cells = _kinds(work.services.apps[work.form.app], work.form)
    for row in rows:
        _look_into(row, kinds, wanted)
        for id_, inner in cells.items():
            lines = row.get(id_)
            for line in lines if isinstance(lines, tuple | list) else ():
                _look_into(line, inner, wanted)
    return _found(work, wanted)


def _found(work: Work, wanted: Wanted) -> Names:
    unit = work.unit
    people = wanted[("person",)]
    return Names(
        people={
            **unit.people.names(people),
            **_rules_among(work.services, work.act, people),
            **unit.public_links.labels(people),
        },
        departments={
            id_: name
            for id_, name in unit.people.departments.names().items()
            if id_ in wanted[("department",)]
        }
        if wanted[("department",)]
        else {},
        records=dict(_titles(work, wanted)),
        files=dict(_files(work, wanted[("file",)])),
    )


def _files(work: Work, ids: set[str]) -> Iterator[tuple[str, StoredFile]]:
    actor = work.act.actor
    for id_, file in work.unit.files.by_ids(ids).items():
        # Somebody outside may write any id into a page: only their own uploads have a name there.
        if actor.outside is None or file.uploaded_by == actor.uploads_as:
            yield id_, file


def _rules_among(services: Services, act: Act, ids: set[str]) -> Mapping[str, str]:
    if not any(id_.startswith("rule:") for id_ in ids):
        return {}
    return {k: v for k, v in rule_names(services, act.actor.locale).items() if k in ids}


def name_people(services: Services, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the names of people, those who left included."""
    with services.store.reading() as unit:
        return unit.people.names(ids)


Kind = tuple[str, ...]


def _kinds(app: App, form: Form) -> tuple[dict[str, Kind], dict[str, dict[str, Kind]]]:
    """Return what the ids in each field are ids of, and the same for the cells of its rows."""
    fields: dict[str, Kind] = dict(_SYSTEM)
    cells: dict[str, dict[str, Kind]] = {}
    for id_, field in form.fields.items():
        if field.type == "lines":
            cells[id_] = {
                cell.id: kind
                for cell in getattr(field, "fields", ())
                if (kind := _kind(form, source_of(app, form, cell)))
            }
        elif kind := _kind(form, source_of(app, form, field)):
            fields[id_] = kind
    return fields, cells


def _look_into(row: Row, kinds: Mapping[str, Kind], wanted: Wanted) -> None:
    for id_, kind in kinds.items():
        value = row.get(id_)
        if value:
            wanted[kind].update(
                map(str, value) if isinstance(value, tuple | list) else (str(value),)
            )


def _kind(form: Form, field: Field) -> tuple[str, ...] | None:
    if field.type in ("person", "department"):
        return (field.type,)
    if field.type in FILES:
        return ("file",)
    return ("record", *target_of(form, field)) if field.type in LINKS else None


def target_of(form: Form, field: Field) -> tuple[str, str]:
    """Return the app and the form that a reference field points to."""
    app, _, to = str(getattr(field, "to", "")).rpartition(".")
    return app or form.app, to


def _titles(work: Work, wanted: Wanted) -> Iterator[tuple[tuple[str, str, str], str]]:
    for kind, ids in wanted.items():
        if kind[0] != "record":
            continue
        _, app, name = kind
        form = work.services.form(app, name)
        if form is None:
            continue
        sight = sight_of(form, work.act.actor)
        titles = work.unit.query.titles(form, sight, work.act.actor, work.env, ids)
        for id_, title in titles.items():
            yield (app, name, id_), title
