"""How does a sheet become an app: its columns fields, its rows records?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from msgspec import structs

from designer.beginning.apps import FormWish, Wish, begin_app
from designer.beginning.sheet_guess import (
    FIRST,
    LOOKED_AT,
    Column,
    columns_of,
    fields_of,
    heading_row,
    title_of,
)
from designer.forms.seeds import OWN, WHOLE, Seed
from engine.app import App, Form
from engine.record import Actor
from engine.wording import Message
from runtime.limits import IMPORT_BYTES
from runtime.services import Services
from runtime.sheets.books import Unreadable
from runtime.sheets.opening import open_book
from runtime.store import Unfit
from runtime.store.imports import ImportRun
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import plan_of_run, receive_upload
from runtime.use_cases.import_moves import bring_plan

GONE = Message("文件已不在，请重新上传")
NO_HEADINGS = Message("表格里没有列名，要有一行写每一列的名称")
NOTHING = Message("至少要带进一列")
BASICS = "基本信息"
LISTED = 7
"""So many columns stand in the list."""


@dataclass(frozen=True, kw_only=True)
class SheetFound:
    """What is in a sheet that was brought."""

    file: str
    name: str
    head: int
    """The number of the row that names the columns."""
    columns: tuple[Column, ...]
    rows: int
    title: int


def keep_sheet(services: Services, actor: Actor, name: str, stream: BinaryIO) -> str | Message:
    """Keep a file, and return its id; or say why it can't be read."""
    most = min(IMPORT_BYTES, services.settings.max_upload)
    content = services.store.files.put(stream, most)
    if isinstance(content, Unfit):
        return content.message
    with services.store.unit() as unit:
        stored = unit.files.add(content, name, actor.id, services.now())
    found = look_into(services, actor, stored.id)
    return found if isinstance(found, Message) else stored.id


def look_into(services: Services, actor: Actor, file: str) -> SheetFound | Message:
    """Return the columns of a file that the person brought."""
    with services.store.reading() as unit:
        stored = unit.files.one(file)
    if stored is None or stored.uploaded_by != actor.id:
        return GONE
    try:
        book = open_book(services.store.files.path(stored.sha256))
        sheet = book.sheets[0] if book.sheets else None
        rows = list(islice(sheet.rows(), LOOKED_AT + FIRST)) if sheet else []
    except Unreadable as refused:
        return refused.message
    cells = [row.cells for row in rows]
    at = heading_row(cells)
    below = [row for row in cells[at + 1 :] if any(row)]
    columns = columns_of(cells[at], below) if rows else ()
    if not columns:
        return NO_HEADINGS
    return SheetFound(
        file=file, name=stored.name, head=rows[at].number, columns=columns, rows=len(below),
        title=title_of(columns),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SheetWish:
    """What is to be made of a sheet."""

    app: Wish
    form: FormWish
    types: Mapping[int, str]
    """What each column that is kept is taken as, by its place."""


def begin_from_sheet(
    services: Services, actor: Actor, found: SheetFound, wish: SheetWish, locale: str
) -> tuple[App, ImportRun | None] | Message:
    """Install an app with one form of the columns that were kept, and begin to take the rows in.
    Without an import nobody may bring anything: the rows can be brought later."""
    types = wish.types
    kept = [replace(one, type=types[one.at]) for one in found.columns if one.at in types]
    if not kept:
        return NOTHING
    app = begin_app(services, actor, wish.app, locale, _form(wish.form, kept))
    with services.store.reading() as unit:
        now_may = unit.people.actor(actor.id)
    if now_may is None:
        return app, None
    made = next(iter(app.forms.values()))
    return app, _taken_in(services, Act(actor=now_may, door="import"), made, found, kept)


def _taken_in(
    services: Services, act: Act, form: Form, found: SheetFound, kept: list[Column]
) -> ImportRun | None:
    run = receive_upload(services, act, form, found.file)
    if not isinstance(run, ImportRun):
        return None
    # The fields were made of the columns: which belongs to which need not be guessed.
    ids = (str(field["id"]) for field in fields_of(kept))
    columns = {one.at: id_ for one, id_ in zip(kept, ids, strict=True)}
    plan = structs.replace(plan_of_run(run), head=found.head, columns=columns)
    begun = bring_plan(services, act, form, run.id, plan)
    return begun if isinstance(begun, ImportRun) else run


def _form(wish: FormWish, columns: list[Column]) -> Seed:
    fields = fields_of(columns)
    title = fields[title_of(columns)]["id"]
    return {
        "form": wish.id,
        "label": wish.label,
        "icon": wish.icon,
        "colour": wish.colour,
        "title": title,
        "sections": [{"id": "basics", "label": BASICS, "fields": fields}],
        "access": {"manager": WHOLE, "member": OWN},
        "list": {"columns": [field["id"] for field in fields[:LISTED]]},
    }
