"""How is a document made in a scenario, and does it say what it should?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.definition.scenario import MakeStep, ThenDocument
from engine.wording import Message
from runtime.scenarios.done import Done, Turn, named
from runtime.scenarios.world import Named, World
from runtime.store.jobs import Job
from runtime.use_cases.documents.ask_document import ask_document
from runtime.use_cases.documents.put_document import MADE


def _make(turn: Turn, wish: MakeStep) -> Done:
    record = named(turn, wish.record)
    outcome = ask_document(turn.world.services, turn.act, record.form, record.id, wish.document)
    return Done(outcome, record)


def document_differences(world: World, wanted: ThenDocument, record: Named) -> Iterator[Message]:
    """Yield what the last document of a record is or says otherwise."""
    with world.services.store.reading() as unit:
        events = unit.events.of_record(record.form, record.id, kinds=(MADE,), limit=1)
        job = unit.jobs.one(str(events[0].data.get("job"))) if events else None
    came = str(events[0].data.get("document")) if events else "—"
    if came != wanted.document or job is None:
        yield Message("应生成文档 {wanted}，实际 {came}", wanted=wanted.document, came=came)
        return
    yield from _said(job, wanted)


def _said(job: Job, wanted: ThenDocument) -> Iterator[Message]:
    text = str(job.result.get("says", ""))
    for line in wanted.says:
        if line not in text:
            yield Message("文档里没有“{line}”", line=line)
    for line in wanted.hides:
        if line in text:
            yield Message("文档里不应有“{line}”", line=line)


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {"make": _make}
