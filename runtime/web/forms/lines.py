"""How do the rows of a line field look where they are only shown?"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from engine.app import Form
from engine.field import Field
from engine.wording import words
from runtime.web.values.cells import Cells

NUMBERS = frozenset({"money", "number", "integer", "percent", "formula"})

TABLE = Markup(
    '<div class="table-scroll" tabindex="0" role="group" aria-label="{label}">'
    '<table class="table table--stack"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
    "</table></div>{totals}"
)


def lines_table(cells: Cells, form: Form, field: Field, value: Any) -> Markup:
    """Return the rows as a table that becomes cards on the phone, with the totals below."""
    columns = getattr(field, "fields", ())
    return TABLE.format(
        label=words(field.label, cells.locale),
        heads=Markup("").join(_head(cells, column) for column in columns),
        rows=Markup("").join(_row(cells, form, columns, row) for row in value),
        totals=_totals(cells, field, value),
    )


def _head(cells: Cells, column: Field) -> Markup:
    return Markup('<th scope="col"{}>{}</th>').format(
        _numeric(column), words(column.label, cells.locale)
    )


def _row(cells: Cells, form: Form, columns: tuple[Field, ...], row: Any) -> Markup:
    drawn = [
        Markup('<td data-label="{}"{}>{}</td>').format(
            words(column.label, cells.locale),
            _numeric(column),
            cells.of_field(form, column, row.get(column.id)),
        )
        for column in columns
    ]
    return Markup("<tr>{}</tr>").format(Markup("").join(drawn))


def _numeric(column: Field) -> Markup:
    return Markup(' class="num"') if column.type in NUMBERS else Markup("")


def _totals(cells: Cells, field: Any, value: Any) -> Markup:
    sums = field.sums(value)
    if not sums:
        return Markup("")
    pairs = [
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            words(field.cells[id_].label, cells.locale),
            field.cells[id_].show(total, cells.locale),
        )
        for id_, total in sums.items()
    ]
    return Markup('<dl class="line-totals">{}</dl>').format(Markup("").join(pairs))
