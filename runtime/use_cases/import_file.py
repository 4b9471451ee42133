"""What happens when somebody brings a sheet, and what is in it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import msgspec

from engine.app import Form
from engine.fields.lines import Lines
from engine.imports.matching import head_row, plain, proposed
from engine.imports.plan import ImportPlan, LinesPlan
from engine.imports.targets import Target, keys_of, targets_of
from engine.outcomes import Denied, Invalid, Missing
from engine.record import StoredFile
from engine.wording import LOCALES, Message
from runtime.language import translate
from runtime.limits import IMPORT_BYTES
from runtime.services import Services
from runtime.sheets.books import Book, Row, Sheet, Unreadable
from runtime.sheets.opening import open_book
from runtime.store import Unfit, Unit
from runtime.store.ids import new_id
from runtime.store.imports import ImportRun
from runtime.use_cases.act import Act
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import Work, begin

LOOKED_AT = 12
"""Rows that are read to tell what the columns are."""
SAMPLES = 3
REASON = Message("错误原因")
REASON_HEADINGS = frozenset(REASON.fill(translate(locale)) for locale in LOCALES)
"""What the last column of a sheet of errors is called; it is no data."""
GONE = Message("文件已不在，请重新上传")
PLACE = "import"
"""Where the file stands: on no record, so that nobody can open it."""


Received = ImportRun | Invalid | Denied | Missing


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One column of a sheet."""

    at: int
    text: str
    samples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SheetHead:
    """What the first rows of a sheet say."""

    name: str
    head: int
    """The number of the row with the headings."""
    columns: tuple[Heading, ...]


@dataclass(frozen=True, kw_only=True)
class Inside:
    """What somebody sees of a file before it is taken in."""

    run: ImportRun
    sheets: tuple[SheetHead, ...]
    targets: dict[str, Target]
    keys: tuple[str, ...]
    """Targets by which records that are there can be found."""
    plan: ImportPlan
    """As chosen, or as proposed."""


def receive_sheet(
    services: Services, act: Act, form: Form, name: str, stream: BinaryIO
) -> Received:
    """Keep a file that is to be brought in, with a proposal for its columns."""
    with services.store.reading() as unit:
        if not begin(services, unit, act, form).sight.bring_in:
            return no_right(form)
    stored = services.store.files.put(stream, min(IMPORT_BYTES, services.settings.max_upload))
    if isinstance(stored, Unfit):
        return Invalid({"file": (stored.message,)})

    def file_of(unit: Unit) -> StoredFile | None:
        return unit.files.add(stored, name, act.actor.id, services.now())

    return _received(services, act, form, stored.sha256, file_of)


def receive_upload(services: Services, act: Act, form: Form, file: str) -> Received:
    """Do the same with a file that the actor uploaded before, and that stands nowhere yet."""
    with services.store.reading() as unit:
        stored = unit.files.one(file)
    if stored is None or stored.uploaded_by != act.actor.id:
        return Invalid({"file": (GONE,)})
    by = act.actor.id
    return _received(services, act, form, stored.sha256, lambda unit: unit.files.fresh(file, by))


def _received(
    services: Services,
    act: Act,
    form: Form,
    sha256: str,
    file_of: Callable[[Unit], StoredFile | None],
) -> Received:
    plan = _proposed(services, act, form, sha256)
    if not isinstance(plan, ImportPlan):
        return plan
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        trace: Trace[Received, ImportRun] = Trace(
            left=lambda outcome: outcome.id if isinstance(outcome, ImportRun) else None,
            found=lambda known: unit.imports.one(known) or Missing(),
        )
        outcome = once_for_key(unit, act, work.now, trace, lambda: _new_run(work, plan, file_of))
        if not isinstance(outcome, ImportRun):
            unit.rollback()
        return outcome


def _proposed(
    services: Services, act: Act, form: Form, sha256: str
) -> ImportPlan | Invalid | Denied:
    """Look into the file before anything is held open for writing: that may take a while."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if not work.sight.bring_in:
            return no_right(form)
        try:
            return _proposal(work, open_book(services.store.files.path(sha256)))
        except Unreadable as refused:
            return Invalid({"file": (refused.message,)})


def _new_run(
    work: Work, plan: ImportPlan, file_of: Callable[[Unit], StoredFile | None]
) -> Received:
    form, unit = work.form, work.unit
    file = file_of(unit)
    if file is None:
        return Invalid({"file": (GONE,)})
    run = ImportRun(
        id=new_id(work.now),
        app=form.app,
        form=form.id,
        person=work.act.actor.id,
        file=file.id,
        name=file.name,
        plan=msgspec.to_builtins(plan, str_keys=True),
        created_at=work.now,
    )
    unit.files.put(form, run.id, PLACE, (file.id,))
    unit.imports.add(run)
    return run


def look_inside(
    services: Services, act: Act, form: Form, id_: str, sheet: str | None = None
) -> Inside | Missing | Invalid:
    """Return the columns of a file with what they are thought to be; another sheet than the one
    chosen is proposed anew."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        run = own_run(work, id_)
        if run is None:
            return Missing()
        try:
            book = book_of(services, unit, run)
            sheets = tuple(_head(work, one) for one in book.sheets)
            plan = plan_of_run(run)
            if sheet is not None and sheet != plan.sheet and book.sheet(sheet) is not None:
                plan = _proposal(work, book, sheet)
        except Unreadable as refused:
            return Invalid({"file": (refused.message,)})
        return Inside(
            run=run,
            sheets=sheets,
            targets=targets_of(form, work.sight),
            keys=keys_of(form, work.sight),
            plan=plan,
        )


def own_run(work: Work, id_: str) -> ImportRun | None:
    """Return an import of the form that the actor may look at: one's own, as long as the right
    lasts; administrators see all."""
    run = work.unit.imports.one(id_)
    if run is None or (run.app, run.form) != (work.form.app, work.form.id):
        return None
    actor = work.act.actor
    return run if work.sight.bring_in and (actor.admin or run.person == actor.id) else None


def plan_of_run(run: ImportRun) -> ImportPlan:
    """Return what was chosen for a file."""
    return msgspec.convert(_lists(run.plan), ImportPlan, strict=False)


def book_of(services: Services, unit: Unit, run: ImportRun) -> Book:
    """Return the sheets of an import. Raises Unreadable."""
    stored = unit.files.one(run.file)
    if stored is None:
        raise Unreadable(GONE)
    return open_book(services.store.files.path(stored.sha256))


def arguments_of(run: ImportRun) -> dict[str, str]:
    """Return what is left for later with work on an import."""
    return {"run": run.id, "app": run.app, "form": run.form, "file": run.name}


def no_right(form: Form) -> Denied:
    """Say that somebody may not import."""
    return Denied(Message("您没有导入“{form}”的权限", form=form.definition.label))


def _lists(plan: object) -> object:
    return msgspec.json.decode(msgspec.json.encode(plan))


def _proposal(work: Work, book: Book, sheet: str | None = None) -> ImportPlan:
    targets = targets_of(work.form, work.sight)
    actor = work.act.actor
    last = work.unit.imports.remembered(actor.id, work.form.app, work.form.id)
    settable = {id_: one for id_, one in targets.items() if one.kind != "key" and id_ != "id"}
    heads = [_head(work, sheet) for sheet in book.sheets]
    first = next((one for one in heads if one.columns and sheet in (None, one.name)), None)
    if first is None:
        raise Unreadable(Message("表格是空的"))
    columns = proposed(_headings(first), settable, last)
    lines = {}
    for head in heads:
        line = _line_of(work.form, head.name)
        if head is not first and line is not None:
            found = _lines_plan(first, head, line, targets)
            if found is not None:
                lines[line.id] = found
    if lines:
        columns = {at: id_ for at, id_ in columns.items() if id_.split(".")[0] not in lines}
    return ImportPlan(sheet=first.name, head=first.head, columns=columns, lines=lines)


def _lines_plan(
    first: SheetHead, head: SheetHead, line: Lines, targets: dict[str, Target]
) -> LinesPlan | None:
    cells = {
        id_.partition(".")[2]: one
        for id_, one in targets.items()
        if one.lines is not None and one.lines.id == line.id
    }
    parents = {plain(heading.text): heading.at for heading in first.columns if heading.text}
    key = next((one for one in head.columns if plain(one.text) in parents), None)
    if key is None:
        return None
    columns = {at: id_ for at, id_ in proposed(_headings(head), cells, {}).items() if at != key.at}
    return LinesPlan(
        sheet=head.name,
        key=key.at,
        parent=parents[plain(key.text)],
        head=head.head,
        columns=columns,
    )


def _line_of(form: Form, name: str) -> Lines | None:
    for field in form.fields.values():
        if isinstance(field, Lines):
            label = field.label
            texts = (label,) if isinstance(label, str) else tuple(label.values())
            if plain(name) in {plain(field.id), *map(plain, texts)}:
                return field
    return None


def _head(work: Work, sheet: Sheet) -> SheetHead:
    rows: list[Row] = list(islice(sheet.rows(), LOOKED_AT))
    if not rows:
        return SheetHead(name=sheet.name, head=1, columns=())
    at = head_row([row.cells for row in rows[:5]], targets_of(work.form, work.sight))
    below = rows[at + 1 :]
    width = max(len(row.cells) for row in rows[at:])
    columns = tuple(
        Heading(at=n, text=rows[at].cell(n), samples=_samples(below, n)) for n in range(width)
    )
    return SheetHead(
        name=sheet.name,
        head=rows[at].number,
        columns=tuple(one for one in columns if one.text or one.samples),
    )


def _samples(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    texts = dict.fromkeys(row.cell(at)[:60] for row in rows if row.cell(at))
    return tuple(texts)[:SAMPLES]


def _headings(head: SheetHead) -> list[str]:
    texts = {one.at: one.text for one in head.columns if one.text not in REASON_HEADINGS}
    return [texts.get(at, "") for at in range(max(texts, default=-1) + 1)]
