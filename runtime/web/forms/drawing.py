"""How is a form of definitions drawn, with WTForms carrying the texts that the engine judges?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import Field as WtField
from wtforms.form import BaseForm

from engine.app import Form
from engine.field import Field
from engine.record import Value

Inputs: TypeAlias = dict[str, Any]
"""Unbound WTForms fields by name."""

PAGE, PANEL = "in", "panel-in"
"""How the HTML ids of inputs begin: a form in a panel stands over a page with a form of its own."""

ROW_ID = "id"
"""The hidden input of a row of a line field."""


class DrawnField(WtField):  # type: ignore[misc]  # wtforms has no types
    """One input: what is typed in it, and how it is to be shown now."""

    def __init__(self, definition: Field, **given: Any) -> None:
        super().__init__(label=definition.id, **given)
        self.definition = definition
        self.texts: tuple[str, ...] = ()
        self.mark = PAGE
        self.complaints: tuple[str, ...] = ()
        self.visible = True
        self.required = False
        self.readonly = False
        self.editable = True
        """False: shown only, and never sent."""
        self.shown: Markup | None = None
        self.picked: tuple[Any, ...] = ()
        """What the ids among the texts stand for."""

    def process_data(self, value: Value) -> None:
        """Take a stored value."""
        self.texts = written(self.definition, value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take what came from a browser, as it is."""
        self.texts = tuple(valuelist)

    def under(self, name: str) -> None:
        """Put a name before the input's, where several forms are drawn into one."""
        self.name: str = f"{name}.{self.name}"

    @property
    def text(self) -> str:
        """The one text of an input that has one."""
        return self.texts[0] if self.texts else ""

    @property
    def html_id(self) -> str:
        """What labels and messages refer to."""
        return html_id(self.name, self.mark)


class RowMark(WtField):  # type: ignore[misc]  # wtforms has no types
    """The lasting id of a row, carried along unseen."""

    text = ""

    def process_data(self, value: object) -> None:
        """Take the stored id."""
        self.text = str(value or "")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the id that came back."""
        self.text = valuelist[0] if valuelist else ""


class Row(BaseForm):  # type: ignore[misc]  # wtforms has no types
    """The inputs of one row; found by name only, so that a field may have any id."""


class Rows(WtField):  # type: ignore[misc]  # wtforms has no types
    """A line field: rows of inputs, and one empty row to make more of."""

    def __init__(self, definition: Any, cells: Inputs, **given: Any) -> None:
        super().__init__(label=definition.id, **given)
        self.definition = definition
        self.cells = cells
        self.rows: list[Row] = []
        self.blank: Row | None = None
        self.mark = PAGE
        self.complaints: tuple[str, ...] = ()
        self.visible = True
        self.required = False
        self.readonly = False
        self.editable = True
        self.shown: Markup | None = None

    def process(
        self, formdata: MultiDict[str, str] | None, data: Any = None, extra_filters: Any = None
    ) -> None:
        """Take the rows that came, or else the stored ones."""
        if formdata is None:
            stored = data if isinstance(data, Sequence) else ()
            self.rows = [self._row(number, row) for number, row in enumerate(stored)]
            return
        numbers = {int(found[1]) for key in formdata if (found := self._pattern.match(key))}
        self.rows = [self._row(number, {}, formdata) for number in sorted(numbers)]

    @property
    def html_id(self) -> str:
        """What labels and messages refer to."""
        return html_id(self.name, self.mark)

    def under(self, name: str) -> None:
        """Put a name before the input's and those of its rows."""
        self.name: str = f"{name}.{self.name}"
        for row in filter(None, [*self.rows, self.blank]):
            for cell in row:
                cell.name = f"{name}.{cell.name}"

    def empty_row(self, defaults: Mapping[str, Any]) -> Row:
        """The row that the page copies when one is added."""
        return self._row("__n__", defaults)

    @property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"{re.escape(self.name)}-(\d{{1,6}})-")

    def _row(
        self,
        number: int | str,
        stored: Mapping[str, Any],
        typed: MultiDict[str, str] | None = None,
    ) -> Row:
        row = Row(self.cells, prefix=f"{self.name}-{number}-")
        row.process(typed, data=stored)
        row.number = number
        return row


class Drawings:
    """The WTForms inputs of the forms, put together once per version of a form."""

    def __init__(self) -> None:
        # By identity: a form that was upgraded is another object. It is kept beside its inputs,
        # so that its identity is not given to anything else.
        self._known: dict[int, tuple[Form, Inputs]] = {}

    def draw(
        self, form: Form, values: Mapping[str, Any], typed: MultiDict[str, str] | None = None
    ) -> BaseForm:
        """Return the inputs of a form with stored values, or with what was typed over them."""
        drawn = BaseForm(self._inputs(form))
        drawn.process(None, data=values)
        if typed is not None:
            type_over(drawn, typed)
        return drawn

    def _inputs(self, form: Form) -> Inputs:
        known = self._known.get(id(form))
        if known is None or known[0] is not form:
            self._known = {
                key: pair
                for key, pair in self._known.items()
                if (pair[0].app, pair[0].id) != (form.app, form.id)
            }
            known = (form, inputs_of(form.fields.values()))
            self._known[id(form)] = known
        return known[1]


def type_over(drawn: BaseForm, typed: MultiDict[str, str]) -> None:
    """Put what was typed into the inputs that were sent; the others keep what is stored."""
    named = {name for text in typed.getlist("_fields") for name in text.split()}
    for field in drawn:
        rows = isinstance(field, Rows) and any(key.startswith(f"{field.name}-") for key in typed)
        if field.name in typed or field.name in named or rows:
            field.process(typed)


def inputs_of(fields: Iterable[Field]) -> Inputs:
    """Return the unbound inputs of some definitions."""
    return {field.id: _input(field) for field in fields}


def _input(field: Field) -> Any:
    if field.type != "lines":
        return DrawnField(definition=field)
    cells = {ROW_ID: RowMark(), **inputs_of(getattr(field, "fields", ()))}
    return Rows(definition=field, cells=cells)


def html_id(name: str, mark: str = PAGE) -> str:
    """Return the HTML id of the input with a name; a complaint's key points to the same."""
    return f"{mark}-{name.replace('.', '-')}"


def written(field: Field, value: Value) -> tuple[str, ...]:
    """Return the texts that stand in the inputs of a stored value."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return (field.write(value),)
