"""Which names may the expressions of each form use, and of which types are they?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from engine.definition.decision import DecisionDef
from engine.expressions import (
    ANY,
    DATETIME,
    INTEGER,
    TEXT,
    Kind,
    Scope,
    Type,
    choice,
    lines,
    list_of,
    reference,
    row,
)  # fmt: skip
from engine.field import Field, Storage
from engine.loading.asked_tables import AskedTable
from engine.loading.outline import Outline, Outlines

PERSON = {"id": TEXT, "name": TEXT, "number": TEXT, "department": reference("department")}
DEPARTMENT = {"id": TEXT, "name": TEXT}
RECORD = "record"
"""What a row of a line field calls the record that it belongs to."""

DEEPEST = 3
"""So many references may be followed, one behind the other."""


def system_types(form: Outline) -> dict[str, Type]:
    """Return the types of what every record has besides the form's fields."""
    person = reference("person")
    return {
        "id": TEXT,
        "version": INTEGER,
        "owner": person,
        "department": reference("department"),
        "pipeline": choice(tuple(pipeline.id for pipeline in form.pipelines)),
        "stage": choice(form.stage_ids),
        "stage_entered_at": DATETIME,
        "created_at": DATETIME,
        "created_by": person,
        "updated_at": DATETIME,
        "updated_by": person,
        "last_activity_at": DATETIME,
        "deleted_at": DATETIME,
    }


def lines_name(form: str, field: str) -> str:
    """Return what the rows of a line field are called among the forms of a scope."""
    return f"{form}.{field}"


class Scopes:
    """The scopes of all forms of an app."""

    def __init__(
        self,
        names: Outlines,
        former: Scopes | None = None,
        tables: tuple[DecisionDef, ...] = (),
    ) -> None:
        self._names = names
        self._former = former
        self._tables = tables
        self._made: dict[str, Scope] = {}

    @cached_property
    def forms(self) -> Mapping[str, Mapping[str, Type]]:
        """The fields that paths can point to, by form."""
        found, former, self._former = self._found(), self._former, None
        if former is None or former.forms != found or former._tables != self._tables:
            return found
        # The same scopes again: what was compiled in them is known by their identity.
        self._made = former._made
        return former.forms

    def _found(self) -> Mapping[str, Mapping[str, Type]]:
        found: dict[str, Mapping[str, Type]] = {"person": PERSON, "department": DEPARTMENT}
        for form in self._names.placed():
            found[form.id] = {**self._types(form, form.fields), **system_types(form)}
            for field in form.fields.values():
                if field.storage is Storage.LINES:
                    own = {"id": TEXT, RECORD: row(form.id)}
                    cells = self._types(form, cells_of(field))
                    found[lines_name(form.id, field.id)] = {**cells, **own}
        return found

    def of_form(self, form: Outline) -> Scope:
        """Return the scope of the expressions of a form."""
        return self._scope(form.id)

    def of_tables(self, form: Outline) -> Scope:
        """Return the scope of the cells of a form's decision tables, which ask no other table."""
        return self._without_tables(form.id)

    def of_lines(self, form: Outline, field: Field) -> Scope:
        """Return the scope of the expressions of a line field's rows."""
        return self._scope(lines_name(form.id, field.id))

    def _scope(self, name: str) -> Scope:
        # One object per form: expressions that were compiled are kept by the scope's identity.
        forms = self.forms
        if name not in self._made:
            asked = self.decisions
            self._made[name] = Scope(names=forms[name], forms=forms, decisions=asked)
        return self._made[name]

    def _without_tables(self, name: str) -> Scope:
        forms, key = self.forms, f"{name}#"
        if key not in self._made:
            self._made[key] = Scope(names=forms[name], forms=forms)
        return self._made[key]

    @cached_property
    def decisions(self) -> Mapping[str, AskedTable]:
        """The decision tables that expressions may ask, by their ids."""
        return {
            table.decision: AskedTable(table, self._without_tables(table.form))
            for table in self._tables
            if table.form in self.forms
        }

    def _types(self, form: Outline, fields: Mapping[str, Field]) -> dict[str, Type]:
        return {id_: self._type(form, fields, field) for id_, field in fields.items()}

    def _type(self, form: Outline, fields: Mapping[str, Field], field: Field) -> Type:
        if field.storage is Storage.LINES:
            return lines(lines_name(form.id, field.id))
        if field.storage is Storage.LINKS:
            return list_of(TEXT)
        if field.type == "lookup":
            return self._looked_up(fields, field)
        return field.feel_type()

    def _looked_up(self, fields: Mapping[str, Field], field: Field) -> Type:
        """Return the type of the field over there; an id found there points no further."""
        for _ in range(DEEPEST):
            through = fields.get(str(getattr(field, "by", "")))
            other = self._names.of(str(getattr(through, "to", "")))
            found = other.fields.get(str(getattr(field, "field", ""))) if other else None
            if other is None or found is None or found.storage is Storage.LINES:
                return ANY
            if found.type != "lookup":
                plain = self._type(other, other.fields, found)
                return TEXT if plain.is_reference else plain
            fields, field = other.fields, found
        return ANY


def cells_of(field: Field) -> Mapping[str, Field]:
    """Return the fields of the rows of a line field."""
    return {cell.id: cell for cell in getattr(field, "fields", ())}


def fits(field: Type, given: Type) -> bool:
    """Tell if an expression of one type can fill a field of another."""
    if Kind.ANY in (field.kind, given.kind) or given.kind is Kind.NULL:
        return True
    if field.kind is Kind.LIST and given.kind is Kind.LIST:
        return fits(field.item or ANY, given.item or ANY)
    same_form = None in (field.form, given.form) or field.form == given.form
    options = set(given.options or ()) <= set(field.options or given.options or ())
    return field.kind is given.kind and same_form and options
