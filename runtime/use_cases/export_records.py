"""How does a list become a file, with nothing in it that the person may not see?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from engine.field import Field
from engine.outcomes import Denied
from engine.record import Record
from engine.wording import Message, words
from runtime.language import translate
from runtime.services import Services
from runtime.sheets.new_book import ENDINGS, new_book
from runtime.sheets.writing import About, Cell, NewBook, NewTable
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.store.query import Measure, NotAllowed, Query
from runtime.use_cases.act import Act
from runtime.use_cases.exporting import (
    BATCH,
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
            # Whatever of it the person may no longer ask for is refused before a file is begun.
            unit.query.page(query)
            total = int(str(unit.query.aggregate(query, (), (Measure("count"),))[0]["count"]))
            book, count = _written(work, export, query, path, lambda done: progress(done, total))
        except (BadFilter, NotAllowed) as error:
            return BadQuestion(error.message)
    # To finish a large file takes longer than a transaction may rest.
    book.close()
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


def _written(
    work: Work, export: Export, query: Query, path: Path, progress: Callable[[int], None]
) -> tuple[NewBook, int]:
    form, label = work.form, words(work.form.definition.label, export.locale)
    about = About(author=work.act.actor.name, title=label, made=work.services.local(work.now))
    columns = columns_wanted(work, export)
    cells = _cells(work, export)
    book = new_book(path, export.format, about)
    sheet = book.table(label, headings(work.app, form, columns, export.locale, cells.translate))
    of_record, rows = cells.columns(form, columns), _row_sheets(work, export, book, cells)
    count = 0
    for records in work.unit.query.batches(query, BATCH):
        named = (record.row() for record in records)
        cells.names = name_values(work.services, work.act, form, named)
        for record in records:
            sheet.row(of_record(record))
            for table in rows:
                table.write(record)
        count += len(records)
        progress(count)
    return book, count


def _cells(work: Work, export: Export) -> PlainCells:
    return PlainCells(
        app=work.app,
        locale=export.locale,
        translate=translate(export.locale),
        zone=ZoneInfo(work.services.settings.zone),
    )


@dataclass(frozen=True, kw_only=True)
class RowSheet:
    """The rows of one sub-table of all records."""

    field: str
    of_record: Callable[[Record], list[Cell]]
    """What each row says of the record that it belongs to."""
    of_row: tuple[tuple[str, Callable[[Any], Cell]], ...]
    sheet: NewTable

    def write(self, record: Record) -> None:
        """Write the rows of one record."""
        rows: Any = record.values.get(self.field) or ()
        belongs = self.of_record(record) if rows else []
        for row in rows:
            self.sheet.row([*belongs, *(draw(row.get(name)) for name, draw in self.of_row)])


def _row_sheets(
    work: Work, export: Export, book: NewBook, cells: PlainCells
) -> tuple[RowSheet, ...]:
    form, locale = work.form, export.locale
    title = form.definition.title
    whose = ("id",) if title in work.sight.hidden else ("id", title)
    made = []
    for field in tables_wanted(work, export):
        inner: tuple[Field, ...] = getattr(field, "fields", ())
        told = headings(work.app, form, whose, locale, cells.translate)
        told += [heading(work.app, form, cell, locale) for cell in inner]
        table = RowSheet(
            field=field.id,
            of_record=cells.columns(form, whose),
            of_row=tuple((cell.id, cells.of_field(form, cell)) for cell in inner),
            sheet=book.table(words(field.label, locale), told),
        )
        made.append(table)
    return tuple(made)
