"""How does a list become a file, with nothing in it that the person may not see?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from engine.app import Form
from engine.field import Field
from engine.outcomes import Denied
from engine.record import Record
from engine.wording import Message, words
from runtime.language import translate
from runtime.services import Services
from runtime.sheets.new_book import ENDINGS, new_book
from runtime.sheets.writing import About, Heading, NewBook, NewTable
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.store.query import Measure, NotAllowed, Query
from runtime.use_cases.act import Act
from runtime.use_cases.exporting import (
    Export,
    columns_wanted,
    query_for,
    refused,
    tables_wanted,
)
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import BadQuestion
from runtime.use_cases.name_values import name_values
from runtime.use_cases.plain_cells import PlainCells, heading, headings
from runtime.use_cases.reach import Work, begin

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Written:
    """The file is there."""

    count: int
    name: str


def write_export(
    services: Services, act: Act, export: Export, path: Path, progress: Progress
) -> Written | BadQuestion | Denied:
    """Write the file, as one moment of the database and the person's rights of now have it."""
    form = services.form(export.app, export.form)
    if form is None:
        return Denied(Message("没有找到，或您没有查看的权限"))
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        no = refused(work)
        if no:
            return no
        try:
            query = query_for(work, export)
            total = int(str(unit.query.aggregate(query, (), (Measure("count"),))[0]["count"]))
            count = _write(work, export, query, path, lambda done: progress(done, total))
        except (BadFilter, NotAllowed) as error:
            return BadQuestion(error.message)
    return Written(count=count, name=file_name(work, export))


def note_export(unit: Unit, services: Services, act: Act, export: Export, count: int) -> None:
    """Write down who took what, and how much of it."""
    now = services.now()
    asked = msgspec.to_builtins(export)
    happened = Event(
        id=new_id(now),
        at=now,
        kind="exported",
        app=export.app,
        form=export.form,
        actor=act.actor.id,
        door=export.door,
        data={"count": count, "format": export.format, "wanted": asked["wanted"]},
    )
    unit.events.add(happened)


def file_name(work: Work, export: Export) -> str:
    """Return what the file is called when it is downloaded."""
    label = words(work.form.definition.label, export.locale)
    moment = work.services.local(work.now).strftime("%Y%m%d-%H%M")
    return f"{label}_{moment}.{ENDINGS[export.format]}"


def _write(
    work: Work, export: Export, query: Query, path: Path, progress: Callable[[int], None]
) -> int:
    form, label = work.form, words(work.form.definition.label, export.locale)
    into = translate(export.locale)
    about = About(author=work.act.actor.name, title=label, made=work.services.local(work.now))
    columns = columns_wanted(work, export)
    book = new_book(path, export.format, about)
    sheet = book.table(label, headings(work.app, form, columns, export.locale, into))
    rows = _row_sheets(work, export, book)
    count = 0
    for records in _batches(work, query):
        cells = _cells(work, export, records)
        for record in records:
            sheet.row(cells.of_record(form, record, columns))
            for table in rows:
                table.write(cells, record)
        count += len(records)
        progress(count)
    book.close()
    return count


def _batches(work: Work, query: Query) -> Iterator[tuple[Record, ...]]:
    while True:
        page = work.unit.query.page(query)
        yield page.records
        if page.next is None:
            return
        query = replace(query, after=page.next)


def _cells(work: Work, export: Export, records: tuple[Record, ...]) -> PlainCells:
    rows = [record.row() for record in records]
    return PlainCells(
        app=work.app,
        names=name_values(work.services, work.act, work.form, rows),
        locale=export.locale,
        translate=translate(export.locale),
        zone=ZoneInfo(work.services.settings.zone),
    )


@dataclass(frozen=True, kw_only=True)
class RowSheet:
    """The rows of one sub-table of all records."""

    form: Form
    field: Field
    title: Field | None
    """What the record of a row is called by; None where the person may not know."""
    sheet: NewTable

    def write(self, cells: PlainCells, record: Record) -> None:
        """Write the rows of one record, each with what it belongs to."""
        rows: Any = record.values.get(self.field.id) or ()
        for row in rows:
            named = (
                [cells.cell(self.form, self.title, record.values.get(self.title.id))]
                if (self.title)
                else []
            )
            inner = [cells.cell(self.form, cell, row.get(cell.id)) for cell in cells_of(self.field)]
            self.sheet.row([record.id, *named, *inner])


def cells_of(field: Field) -> tuple[Field, ...]:
    """Return the fields of each row of a sub-table."""
    inner: tuple[Field, ...] = getattr(field, "fields", ())
    return inner


def _row_sheets(work: Work, export: Export, book: NewBook) -> list[RowSheet]:
    form, locale = work.form, export.locale
    name = form.definition.title
    title = None if name in work.sight.hidden else form.fields.get(name)
    made = []
    for field in tables_wanted(work, export):
        columns = [Heading(label=Message("记录标识").fill(translate(locale), locale))]
        columns += [heading(work.app, form, title, locale)] if title else []
        columns += [heading(work.app, form, cell, locale) for cell in cells_of(field)]
        sheet = book.table(words(field.label, locale), columns)
        made.append(RowSheet(form=form, field=field, title=title, sheet=sheet))
    return made
