"""Which documents can somebody make of a record, and how do they ask for one?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import App, Document, Form
from engine.outcomes import Denied, Missing
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store.jobs import OPEN
from runtime.use_cases.act import Act
from runtime.use_cases.documents.compose import may_make, refused
from runtime.use_cases.documents.wanted import KIND, Wish, left_wish
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import Reached, Work, begin, reach

MOST_AT_ONCE = 5
"""Documents of one person that wait or are made at the same time."""


@dataclass(frozen=True)
class Asked:
    """The document is on its way."""

    job: str


def documents_for(app: App, form: Form, actor: Actor) -> tuple[Document, ...]:
    """Return the documents of a form that somebody may make at all."""
    return tuple(
        one for one in app.documents.values() if one.form == form.id and may_make(actor, one)
    )


def documents_now(work: Work, reached: Reached) -> tuple[Document, ...]:
    """Return those that can be made of this record now."""
    offered = documents_for(work.app, work.form, work.act.actor)
    return tuple(one for one in offered if refused(work, one, reached) is None)


def ask_document(
    services: Services, act: Act, form: Form, id_: str, document_id: str
) -> Asked | Denied | Missing:
    """Leave a document to be made at once in the background, for the person alone: it holds what
    this person sees of the record."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        document = work.app.documents.get(document_id)
        if document is None or document.form != form.id:
            return Missing()
        trace: Trace[Asked | Denied | Missing, Asked] = Trace(
            left=lambda outcome: outcome.job if isinstance(outcome, Asked) else None,
            found=Asked,
        )
        return once_for_key(unit, act, work.now, trace, lambda: _asked(work, document, id_))


def _asked(work: Work, document: Document, id_: str) -> Asked | Denied | Missing:
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    no = refused(work, document, reached)
    if no is not None:
        return no
    person, jobs = work.act.actor.id, work.unit.jobs
    if len(jobs.of_person(person, (KIND,), states=OPEN)) >= MOST_AT_ONCE:
        return Denied(Message("您已有 {n} 个文档正在生成，请等它们完成", n=MOST_AT_ONCE))
    wish = Wish(
        app=work.form.app, form=work.form.id, record=id_, document=document.id, door=work.act.door
    )
    return Asked(jobs.save(KIND, left_wish(wish), work.now, person=person))
