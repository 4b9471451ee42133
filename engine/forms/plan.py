"""What of a form is looked at in each save, put together once?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from engine.app import Form, Logic, Need
from engine.definition.stage import ConditionDef
from engine.expressions import Compiled
from engine.field import Field, NotAcceptable, Storage
from engine.fields.formula import Formula
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup
from engine.record import Value


@dataclass(frozen=True, kw_only=True)
class Part:
    """The fields of a record, or the cells of the rows of one line field, with their logic."""

    fields: Mapping[str, Field]
    fixed: Mapping[str, Value]
    """Defaults that stand in the YAML as values."""
    defaults: tuple[tuple[Field, Compiled], ...]
    lookups: tuple[Lookup, ...]
    visible: tuple[tuple[str, Compiled], ...]
    required: tuple[tuple[Field, Need], ...]
    contextual: tuple[Field, ...]
    choices: tuple[tuple[Field, Compiled], ...]
    """References of which only some records may be chosen."""
    readonly: Mapping[str, Compiled | None]


@dataclass(frozen=True, kw_only=True)
class LinesPart:
    """One line field with what its rows ask for."""

    field: Lines
    rows: Part


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that a save of a form looks at."""

    record: Part
    lines: tuple[LinesPart, ...]
    sections: tuple[tuple[Compiled, tuple[str, ...]], ...]
    """Sections that can be hidden, with their fields."""
    checks: tuple[tuple[ConditionDef, Compiled, str], ...]
    """Each with the field that it is about, or an empty text."""
    formulas: tuple[tuple[str | None, Formula, Compiled], ...]
    """Each after what it reads; of the rows of the line field that is named, or the record's."""
    line_fields: Mapping[str, LinesPart]
    links: tuple[str, ...]
    """Fields with several records: expressions count none of them as 0, not as unknown."""


_MOST_KEPT = 2_000
_kept: OrderedDict[int, tuple[Form, Plan]] = OrderedDict()
_lock = Lock()


def plan_of(form: Form) -> Plan:
    """Return the plan of a form; the same form gives the same plan."""
    found = _kept.get(id(form))
    if found is not None and found[0] is form:
        return found[1]
    made = _planned(form)
    with _lock:
        # The form is kept with it, so that its identity can't be given to another one.
        _kept[id(form)] = (form, made)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _planned(form: Form) -> Plan:
    logic = form.logic
    lines = tuple(
        LinesPart(field=one, rows=_part(one.cells, logic.lines.get(id_, Logic())))
        for id_, one in form.fields.items()
        if isinstance(one, Lines)
    )
    return Plan(
        record=_part(form.fields, logic),
        lines=lines,
        sections=tuple(_sections(form)),
        checks=tuple(_checks(form)),
        formulas=tuple(_formulas(form)),
        line_fields={part.field.id: part for part in lines},
        links=tuple(id_ for id_, one in form.fields.items() if one.storage is Storage.LINKS),
    )


def _part(fields: Mapping[str, Field], logic: Logic) -> Part:
    settable = {id_: one for id_, one in fields.items() if one.settable}
    return Part(
        fields=fields,
        fixed=dict(_fixed(settable)),
        defaults=tuple(
            (settable[id_], compiled) for id_, compiled in logic.defaults.items() if id_ in settable
        ),
        lookups=tuple(one for one in fields.values() if isinstance(one, Lookup)),
        visible=tuple((id_, compiled) for id_, compiled in logic.visible.items() if id_ in fields),
        required=tuple(
            (settable[id_], need) for id_, need in logic.required.items() if id_ in settable
        ),
        contextual=tuple(one for one in settable.values() if one.contextual),
        choices=tuple(
            (settable[id_], compiled) for id_, compiled in logic.choices.items() if id_ in settable
        ),
        readonly=logic.readonly,
    )


def _fixed(fields: Mapping[str, Field]) -> Iterator[tuple[str, Value]]:
    for id_, one in fields.items():
        if one.default is None or one.storage is Storage.LINES:
            continue
        try:
            value = one.fixed_default
        except NotAcceptable:
            continue
        if value is not None:
            yield id_, value


def _sections(form: Form) -> Iterator[tuple[Compiled, tuple[str, ...]]]:
    for section in form.definition.sections:
        compiled = form.logic.visible.get(f"section:{section.id}")
        if compiled is not None:
            yield compiled, tuple(one.id for one in section.fields)


def _checks(form: Form) -> Iterator[tuple[ConditionDef, Compiled, str]]:
    for check in form.definition.checks:
        compiled = form.logic.checks.get(check.id)
        if compiled is not None:
            about = {path[0] for path in compiled.reads} & form.fields.keys()
            yield check, compiled, about.pop() if len(about) == 1 else ""


def _formulas(form: Form) -> Iterator[tuple[str | None, Formula, Compiled]]:
    logic = form.logic
    order = logic.formula_order or (
        *((id_, cell) for id_, rows in logic.lines.items() for cell in rows.formulas),
        *((id_,) for id_ in logic.formulas),
    )
    for path in order:
        around = path[0] if len(path) > 1 else None
        lines = form.fields.get(around) if around else None
        fields = lines.cells if isinstance(lines, Lines) else form.fields
        compiled = (logic.lines[around] if around else logic).formulas[path[-1]]
        one = fields.get(path[-1])
        if isinstance(one, Formula):
            yield around, one, compiled
