"""What must each input of a drawn form know about itself before a template shows it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_of
from functools import cached_property
from typing import Any

from markupsafe import Markup
from wtforms.form import BaseForm

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field, When
from engine.forms.plan import plan_of
from engine.typed.options import Option
from engine.wording import Label, Message, Said, words
from runtime.use_cases.name_values import target_of
from runtime.web.forms.drawing import PAGE, DrawnField, Row, Rows
from runtime.web.values.cells import Cells

FEW = 5
"""Up to so many options stand beside each other instead of in a list that opens."""

WIDE = frozenset(
    {"long_text", "rich_text", "lines", "file", "image", "signature", "address", "geo", "json"}
)


@dataclass(frozen=True)
class Pick:
    """What an id in an input stands for."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class State:
    """How one field behaves now."""

    visible: bool = True
    required: bool = False
    readonly: bool = False
    lacking: bool = False
    """It is needed now, is empty, and the author has words for that."""


@dataclass(frozen=True, kw_only=True)
class Wardrobe:
    """Everything that inputs are dressed with."""

    form: Form
    sight: Sight
    cells: Cells
    row: Mapping[str, Any]
    """The record as it would be saved now: what options and formulas look at."""
    states: Mapping[str, State]
    complaints: Mapping[str, tuple[Message, ...]]
    creatable: frozenset[tuple[str, str]] = frozenset()
    """Forms of which the visitor may make a new record in place."""
    mark: str = PAGE
    """How the HTML ids of the inputs begin."""
    rows: Mapping[str, Sequence[Mapping[str, State]]] = made_of(default_factory=dict)
    """How each cell of each row behaves now, by line field."""
    unsaid: frozenset[str] = frozenset()
    """Fields and cells whose words for being empty are for no page before they are due."""
    checks: Mapping[str, Sequence[tuple[str, Label]]] = made_of(default_factory=dict)
    """The checks that are made while typing, by the field at which they are shown."""
    standing: Mapping[str, Any] = made_of(default_factory=dict)
    """What counts in the record once an input is shut: the stored values, or the defaults."""
    seen: Mapping[str, Any] | None = None
    """The stored values as the visitor may see them; masked where the roles say so."""

    def said(self, key: str) -> tuple[str, ...]:
        """Return the complaints about a field in the visitor's language; one about several fields
        is said at the last of them too, as while typing."""
        whole = (one for one in self.complaints.get("", ()) if self._places.get(one) == key)
        messages = (*self.complaints.get(key, ()), *whole)
        return tuple(one.fill(self.cells.translate, self.cells.locale) for one in messages)

    @cached_property
    def _places(self) -> Mapping[Message, str]:
        """At which field each check is said that reads several."""
        order = list(self.form.fields)
        read = {
            Said(check.message): {path[0] for path in compiled.reads} & self.form.fields.keys()
            for check, compiled, _ in plan_of(self.form).checks
        }
        return {
            said: max(ids, key=order.index)
            for said, ids in read.items()
            if len(ids) > 1 and said not in self._typed
        }

    @cached_property
    def _typed(self) -> frozenset[Message]:
        return frozenset(Said(text) for checks in self.checks.values() for _, text in checks)

    def failed(self, key: str) -> frozenset[str]:
        """Return the checks shown at a field, made while typing too, that stand in the way now."""
        whole = self.complaints.get("", ())
        return frozenset(id_ for id_, text in self.checks.get(key, ()) if Said(text) in whole)


def dress(drawn: BaseForm, wardrobe: Wardrobe, ids: Iterable[str]) -> list[Any]:
    """Return the inputs of these fields, ready to be shown; hidden ones are left out."""
    dressed = []
    for id_ in ids:
        if id_ in wardrobe.sight.hidden:
            continue
        field = drawn[id_]
        _dress(field, wardrobe)
        dressed.append(field)
    return dressed


def may_type(wardrobe: Wardrobe, field: Field) -> bool:
    """Tell whether the visitor may ever type something into a field of this form."""
    shut = wardrobe.sight.readonly | wardrobe.sight.masked
    return field.settable and field.id not in shut and field.readonly is not True


def _dress(field: Any, wardrobe: Wardrobe) -> None:
    definition = field.definition
    field.mark = wardrobe.mark
    _behave(field, wardrobe.states.get(definition.id, State()), wardrobe, definition.id)
    field.checks = wardrobe.checks.get(definition.id, ())
    field.failed = wardrobe.failed(definition.id)
    field.editable = may_type(wardrobe, definition)
    field.full = definition.width == "full" or (definition.width is None and _is_wide(definition))
    field.complaints = wardrobe.said(definition.id)
    field.in_row = False
    if not field.editable:
        field.shown = _shown(wardrobe, definition)
    elif field.may_lock:
        shut = wardrobe.row if field.readonly else wardrobe.standing
        field.shown = wardrobe.cells.show(wardrobe.form, definition.id, shut.get(definition.id))
    if isinstance(field, Rows):
        _dress_rows(field, wardrobe)
    else:
        _dress_input(field, wardrobe)


def _behave(field: Any, state: State, wardrobe: Wardrobe, place: str) -> None:
    field.visible = state.visible
    field.required = state.required
    field.readonly = state.readonly
    field.lacking = state.lacking
    field.need = need_of(field.definition, wardrobe.cells.locale)
    if field.need and place in wardrobe.unsaid and not state.lacking:
        field.need = ""
    field.may_lock = isinstance(field.definition.readonly, str)


def need_of(field: Field, locale: str) -> str | None:
    """Return the author's words for a field that is needed under a condition and empty."""
    if not isinstance(field.required, When) or field.required.message is None:
        return None
    return words(field.required.message, locale)


def _is_wide(field: Field) -> bool:
    return field.type in WIDE


def _shown(wardrobe: Wardrobe, field: Field) -> Markup:
    seen = (
        wardrobe.seen if wardrobe.seen is not None and field.id in wardrobe.sight.masked else None
    )
    value = (seen if seen is not None else wardrobe.row).get(field.id)
    return wardrobe.cells.show(wardrobe.form, field.id, value)


def _dress_input(field: DrawnField, wardrobe: Wardrobe) -> None:
    definition = field.definition
    field.several = definition.multiple
    field.options = _options(definition, field.texts, wardrobe.row)
    field.as_radios = _as_radios(definition, field)
    field.asks_both = getattr(definition, "ask", "switch") == "question"
    field.labelled = _has_one_input(definition, field)
    field.suggestions = getattr(definition, "suggestions", ())
    field.picked = _picked(wardrobe, definition, field.texts)
    field.source, field.create, field.narrowed_by = _where_to_look(wardrobe, definition)
    field.near = ""


def _options(field: Field, chosen: tuple[str, ...], row: Mapping[str, Any]) -> list[Option]:
    offered = getattr(field, "offered", None)
    if offered is None:
        return []
    options = list(offered(row))
    known = {one.id for one in options}
    # What was chosen before stays choosable, though it is not offered any more.
    options += [
        one for one in getattr(field, "options", ()) if one.id in chosen and one.id not in known
    ]
    return options


def _as_radios(definition: Field, field: DrawnField) -> bool:
    if definition.type != "select" or field.in_row or getattr(definition, "allow_other", False):
        return False
    return getattr(definition, "style", "") == "buttons" or len(field.options) <= FEW


def _has_one_input(definition: Field, field: DrawnField) -> bool:
    if definition.type == "select":
        return not field.as_radios
    return definition.type == "yes_no" and not field.asks_both


def _picked(wardrobe: Wardrobe, field: Field, texts: tuple[str, ...]) -> tuple[Any, ...]:
    names = wardrobe.cells.names
    ids = tuple(text for text in texts if text)
    match field.type:
        case "person":
            return tuple(Pick(id_, names.people.get(id_, "")) for id_ in ids)
        case "department":
            return tuple(Pick(id_, names.departments.get(id_, "")) for id_ in ids)
        case "reference" | "reference_list":
            app, to = target_of(wardrobe.form, field)
            unknown = wardrobe.cells.say("无权查看")
            return tuple(Pick(id_, names.records.get((app, to, id_), unknown)) for id_ in ids)
        case "file" | "image" | "signature":
            return tuple(names.files[id_] for id_ in ids if id_ in names.files)
        case _:
            return ()


def _where_to_look(wardrobe: Wardrobe, field: Field) -> tuple[str, str, str]:
    if field.type not in ("reference", "reference_list"):
        return "", "", ""
    app, to = target_of(wardrobe.form, field)
    form = wardrobe.form
    source = f"/a/{app}/{to}/choices?_for={form.app}.{form.id}.{field.id}"
    may = getattr(field, "add", False) and (app, to) in wardrobe.creatable
    create = f"/a/{app}/{to}/new" if may else ""
    return source, create, " ".join(getattr(field, "match", {}).values())


def filled_rows(field: Rows) -> list[Row]:
    """Return the rows in which something stands: those that are read, in the same order."""
    return [row for row in field.rows if any(_holds_something(cell) for cell in row)]


def _holds_something(cell: Any) -> bool:
    return isinstance(cell, DrawnField) and any(text.strip() for text in cell.texts)


def _dress_rows(field: Rows, wardrobe: Wardrobe) -> None:
    definition = field.definition
    field.columns = definition.fields
    stored = wardrobe.row.get(definition.id) or ()
    field.totals = _totals(definition, stored, wardrobe.cells.locale)
    filled = [row.number for row in filled_rows(field)]
    worked_out = dict(zip(filled, stored, strict=False))
    states = dict(zip(filled, wardrobe.rows.get(definition.id, ()), strict=False))
    part = plan_of(wardrobe.form).line_fields.get(definition.id)
    field.blank = field.empty_row(part.rows.fixed if part else {})
    for index, row in enumerate([*field.rows, field.blank]):
        for cell in row:
            if isinstance(cell, DrawnField):
                place = f"{definition.id}.{index}"
                state = _cell_state(cell, states.get(row.number))
                _behave(cell, state, wardrobe, f"{definition.id}.{cell.definition.id}")
                _dress_cell(cell, wardrobe, place, worked_out.get(row.number, {}))


def _totals(definition: Any, rows: Any, locale: str) -> list[tuple[str, str]]:
    sums = definition.sums(rows)
    return [
        (words(definition.cells[id_].label, locale), definition.cells[id_].show(total, locale))
        for id_, total in sums.items()
    ]


def _cell_state(cell: DrawnField, row: Mapping[str, State] | None) -> State:
    definition = cell.definition
    return row[definition.id] if row else State(required=definition.required is True)


def _dress_cell(cell: DrawnField, wardrobe: Wardrobe, place: str, row: Mapping[str, Any]) -> None:
    definition = cell.definition
    cell.in_row = True
    cell.mark = wardrobe.mark
    cell.editable = definition.settable and definition.readonly is not True
    cell.complaints = wardrobe.said(f"{place}.{definition.id}")
    _dress_input(cell, wardrobe)
    if not cell.editable or cell.may_lock:
        value = row.get(definition.id)
        cell.shown = escape_shown(definition, value, wardrobe.cells.locale)


def escape_shown(field: Field, value: Any, locale: str) -> Markup:
    """Return a worked out value of a row as text."""
    return Markup("{}").format("" if value is None else field.show(value, locale))
