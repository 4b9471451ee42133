"""What does the list page show of a form, as the templates want it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field
from engine.record import Record
from engine.wording import words
from runtime.store.query import Page
from runtime.web.filters.words import label_of
from runtime.web.lists.state import ListState
from runtime.web.showing import sayer
from runtime.web.values.cells import Cells

NUMBERS = frozenset({"number", "integer", "money", "percent"})
MOST_SORTS = 8
DAYS = frozenset({"date", "datetime"})
FIGURES = frozenset({"money", "number"})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the table."""

    id: str
    label: str
    number: bool
    title: bool
    sorted: str | None
    sort_href: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One record, as a row of the table and as a card of the phone."""

    id: str
    href: str
    title: str
    cells: tuple[Markup, ...]
    figure: str
    subtitle: str
    subtitle_icon: str
    stage: Markup
    owner: str
    standing: str
    """What the list is sorted by, or else when it was changed last."""


def columns_shown(form: Form, state: ListState, sight: Sight) -> tuple[str, ...]:
    """Return the fields that are columns: chosen, else the view's, else the form's."""
    chosen = state.columns or state.view.columns or form.definition.list.columns or _usual(form)
    known = {*form.fields, *_usual_system(form), "created_by", "updated_by", "created_at"}
    known |= {"last_activity_at", "pipeline", "department"}
    return tuple(id_ for id_ in chosen if id_.split(".")[0] in known - sight.hidden)


def sorted_by(form: Form, order: Sequence[str]) -> str:
    """Return the field that a list is sorted by, in the first place."""
    order = order or form.definition.list.sort or ("-updated_at",)
    return order[0].removeprefix("-")


def fields_needed(form: Form, columns: Sequence[str], by: str, sight: Sight) -> tuple[str, ...]:
    """Return the columns and what the cards of the phone show besides."""
    more = [form.definition.title, form.definition.subtitle, figure_of(form, columns)]
    more += [
        "owner",
        "updated_at",
        by if "." not in by else None,
        *(["stage"] if form.pipelines else []),
    ]
    wanted = dict.fromkeys((*columns, *(each for each in more if each)))
    return tuple(id_ for id_ in wanted if id_ not in sight.hidden)


def head_of(
    form: Form, columns: Sequence[str], state: ListState, locale: str
) -> tuple[Column, ...]:
    """Return the head of the table, with what a click on each column sorts by."""
    return tuple(_column(form, id_, state, locale) for id_ in columns)


def rows_of(
    form: Form, page: Page, columns: Sequence[str], cells: Cells, standing: Callable[[Record], str]
) -> tuple[Row, ...]:
    """Return the records of a page, each with where it stands in the order."""
    figure = figure_of(form, columns)
    return tuple(
        replace(_row(form, record, columns, figure, cells), standing=standing(record))
        for record in page.records
    )


def standing_of(form: Form, record: Record, by: str, cells: Cells, now: datetime) -> str:
    """Return what a list is sorted by: the date or the size tells why one looks. By anything
    else, the day of the last change."""
    value = record.row().get(by)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return short_figure(cells.text(form, by, value))
    field = form.fields.get(by)
    if value is None and field is not None and (is_number(field) or field.type in DAYS):
        return ""
    if not isinstance(value, date):
        value = record.updated_at
    day = cells.moment(value)[:10] if isinstance(value, datetime) else value.isoformat()
    return day.removeprefix(cells.moment(now)[:5])


def figure_of(form: Form, columns: Sequence[str]) -> str | None:
    """Return the number that stands out on a card: the first amount among the columns."""
    for id_ in (*columns, form.definition.board.total or ""):
        field = form.fields.get(id_)
        if field is not None and field.type in FIGURES:
            return id_
    return None


def total_text(page: Page, locale: str) -> str:
    """Return how many there are in all, `10,000+` where counting further would take long."""
    say = sayer(locale)
    if page.total is None:
        return ""
    number = f"{page.total:,}" if page.total_is_exact else f"{page.total:,}+"
    return say("{n} 条", n=number)


def sorts_of(
    form: Form, columns: Sequence[str], state: ListState, locale: str
) -> tuple[list[dict[str, Any]], str]:
    """Return the entries of the sort menu, and what it is sorted by now."""
    say = sayer(locale)
    offered = dict.fromkeys(("updated_at", "created_at", *columns))
    entries: list[dict[str, Any]] = []
    now = state.order[0] if state.order else ""
    text = ""
    for id_ in [id_ for id_ in offered if can_sort(form, id_)][:MOST_SORTS]:
        for key, down in ((f"-{id_}", True), (id_, False)):
            way = say("降序") if down else say("升序")
            entry = {
                "text": f"{label_of(form, id_, locale)} {way}",
                "href": state.query(sort=key),
                "down": down,
                "on": key == now,
            }
            entries.append(entry)
            if key == now:
                text = str(entry["text"])
    return entries, text


def is_number(field: Field) -> bool:
    """Tell whether the values of a field stand right-aligned under each other."""
    return field.type in NUMBERS or getattr(field, "result", None) in NUMBERS


def can_sort(form: Form, id_: str) -> bool:
    """Tell whether a list can be put in the order of a field."""
    if id_ in form.fields:
        return form.fields[id_].sortable
    return "." not in id_


def _usual(form: Form) -> tuple[str, ...]:
    title, subtitle = form.definition.title, form.definition.subtitle
    return tuple(each for each in (title, subtitle, *_usual_system(form)) if each)


def _usual_system(form: Form) -> tuple[str, ...]:
    return (*(("stage",) if form.pipelines else ()), "owner", "updated_at")


def _column(form: Form, id_: str, state: ListState, locale: str) -> Column:
    order = state.order[0] if state.order else ""
    direction = {id_: "up", f"-{id_}": "down"}.get(order)
    field = form.fields.get(id_)
    return Column(
        id=id_,
        label=label_of(form, id_, locale),
        number=field is not None and is_number(field),
        title=id_ == form.definition.title,
        sorted=direction,
        sort_href=state.query(sort=id_ if direction == "down" else f"-{id_}")
        if can_sort(form, id_)
        else None,
    )


def _row(
    form: Form, record: Record, columns: Sequence[str], figure: str | None, cells: Cells
) -> Row:
    row = record.row()
    subtitle = _subtitle_of(form, columns)
    return Row(
        id=record.id,
        href=f"/a/{form.app}/{form.id}/{record.id}",
        title=title_of(form, record, cells),
        cells=tuple(_cell(form, record, id_, cells) for id_ in columns),
        figure=short_figure(cells.text(form, figure, row.get(figure))) if figure else "",
        subtitle=cells.text(form, subtitle, row.get(subtitle)) if subtitle else "",
        subtitle_icon=symbol_of(cells, form, subtitle),
        stage=cells.cell(form, "stage", record.stage) if record.stage else Markup(),
        owner=cells.text(form, "owner", record.owner),
        standing="",
    )


def short_figure(text: str) -> str:
    """Return an amount without its empty cents: on a card only the size of it matters."""
    return text.removesuffix(".00")


def _subtitle_of(form: Form, columns: Sequence[str]) -> str | None:
    """Return what stands below the name on a card: what the record belongs to says the most."""
    for id_ in columns:
        if id_ in form.fields and form.fields[id_].type == "reference":
            return id_
    return form.definition.subtitle


def title_of(form: Form, record: Record, cells: Cells) -> str:
    """Return what a record is called; one without a name is called by its form."""
    title = cells.text(form, form.definition.title, record.values.get(form.definition.title))
    return title or words(form.definition.label, cells.locale)


def _cell(form: Form, record: Record, id_: str, cells: Cells) -> Markup:
    if id_ == form.definition.title:
        return Markup("{}").format(title_of(form, record, cells))
    return cells.cell(form, id_, record.row().get(id_))


def symbol_of(cells: Cells, form: Form, id_: str | None) -> str:
    """Return the icon of the form that a reference field points to, if it is one."""
    field = form.fields.get(id_ or "")
    to = str(getattr(field, "to", "")).rpartition(".")[2]
    target = cells.app.forms.get(to)
    return target.definition.icon if target else ""
