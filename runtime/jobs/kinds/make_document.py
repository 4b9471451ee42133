"""How is a document made in the background?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO

from engine.app import Form
from engine.documents.pieces import Sheet, text_of
from engine.documents.typesetting import typeset
from engine.outcomes import Missing
from engine.wording import Message
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.printing.press import Printed, print_pages
from runtime.store import Unfit, Unit
from runtime.use_cases.act import Act
from runtime.use_cases.documents.compose import Composed, compose
from runtime.use_cases.documents.put_document import (
    already_put,
    document_of,
    note_document,
    put_document,
)
from runtime.use_cases.documents.wanted import Wish, read_wish
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.acting import Outrun, act_of

GONE = Message("文档或记录已经不在了")
LONGEST = 20_000
"""Characters of its text that are kept with the job."""
TRIES = 5
"""How often a document is put anew when others keep changing the record."""


def work(task: Task) -> Ended:
    """Read the record, set the pages outside of every transaction, then keep what came of it."""
    wish = read_wish(task.arguments)
    form = task.services.form(wish.app, wish.form)
    act = _act(task, wish)
    if form is None or act is None:
        return GaveUp(GONE)
    composed = _composed(task, act, form, wish)
    if not isinstance(composed, Composed):
        return composed
    task.progress(0)
    printed = print_pages(typeset(composed.sheet), task.job.created_at)
    if not isinstance(printed, Printed):
        return GaveUp(printed.message)
    data = printed.pages[0]
    if wish.rule is None:
        return _for_person(task, act, form, wish, composed, data)
    return _for_rule(task, act, form, wish, composed, data)


def _act(task: Task, wish: Wish) -> Act | None:
    if wish.rule is None:
        return task.act(wish.door)
    app = task.services.app(wish.app)
    rule = app.rules.get(wish.rule) if app else None
    return replace(act_of(rule, None), cause=wish.cause, depth=wish.depth) if rule else None


def _composed(task: Task, act: Act, form: Form, wish: Wish) -> Composed | Ended:
    with task.services.store.reading() as unit:
        there = begin(task.services, unit, act, form)
        document = document_of(there, wish)
        if document is None:
            return GaveUp(GONE)
        if wish.rule is not None and already_put(there, wish.record, task.job.id):
            return Finished({})
        composed = compose(there, document, wish.record)
    if isinstance(composed, Composed):
        return composed
    return GaveUp(GONE if isinstance(composed, Missing) else composed.message)


def _for_person(
    task: Task, act: Act, form: Form, wish: Wish, composed: Composed, data: bytes
) -> Ended:
    """Keep it as the file of the job: it holds what this person sees, and nobody else opens it."""
    path = task.file("pdf")
    path.write_bytes(data)
    result = {"file": path.name, "name": composed.name, "size": len(data)}
    noted = partial(_noted, task, act, form, wish, composed.sheet)
    return Finished({**result, "says": text_of(composed.sheet)[:LONGEST]}, also=noted)


def _noted(task: Task, act: Act, form: Form, wish: Wish, sheet: Sheet, unit: Unit) -> None:
    note_document(begin(task.services, unit, act, form), wish, sheet, {"job": task.job.id})


def _for_rule(
    task: Task, act: Act, form: Form, wish: Wish, composed: Composed, data: bytes
) -> Ended:
    kept = task.services.store.files.put(BytesIO(data), len(data))
    if isinstance(kept, Unfit):
        return GaveUp(kept.message)
    for _ in range(TRIES):
        try:
            with task.services.store.unit() as unit:
                there = begin(task.services, unit, act, form)
                with unit.step() as step:
                    wrong = put_document(
                        there, wish, composed.sheet, kept, composed.name, task.job.id
                    )
                    if wrong is not None:
                        step.undo()
        except Outrun:
            continue
        return GaveUp(wrong) if wrong else Finished({"says": text_of(composed.sheet)[:LONGEST]})
    raise Outrun


KIND = Kind(work=work, tries=4)
