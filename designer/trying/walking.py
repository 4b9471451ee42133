"""What does somebody do on the pages of a sandbox, and what of it does the story tell?"""

from __future__ import annotations

from datetime import timedelta

from flask import Request
from werkzeug.wrappers import Response

from designer.trying.acting import MOST_STEPS, keep, played
from designer.trying.asked import QUIET, Sent, asked_steps
from designer.trying.scratch import Scratch
from designer.trying.story import Told
from engine.definition.scenario import StepDef
from engine.wording import Message
from runtime.scenarios.passing import perform_due
from runtime.scenarios.run import BEAT
from runtime.scenarios.world import Named
from runtime.store.events import Event
from runtime.web.inside import Where
from runtime.web.visit import Visit

EVENTLESS = frozenset({"make", "give_handover", "receive_handover", "note_handover"})
"""What is done without a trace in the timeline."""
A_MOMENT = timedelta(microseconds=1)


def walk(visit: Visit, scratch: Scratch, asked: Request, path: str) -> Response | Message:
    """Answer as the workspace in a sandbox does to the person as whom one looks, and tell what
    they did; a message says why something can't be done in here."""
    if asked.method == "GET":
        return _answer(visit, scratch, asked, path)
    where = scratch.pages.where(path, asked.method)
    steps = asked_steps(Sent(scratch, where, asked.form)) if where else None
    if where is not None and steps is None and not _quiet(where, asked):
        return Message("这一步录不成场景，试跑里不做；请打开记录来做")
    if steps and len(scratch.story.told) + len(steps) > MOST_STEPS:
        return Message("这段试跑已经很长了，请重新开始")
    answer = _answer(visit, scratch, asked, path)
    if steps:
        _tell(scratch, steps, answer)
    return answer


def _quiet(where: Where, asked: Request) -> bool:
    return where.endpoint in QUIET or asked.form.get("_do") == "redraw"


def _answer(visit: Visit, scratch: Scratch, asked: Request, path: str) -> Response:
    person = scratch.world.people[scratch.story.who].id
    return scratch.pages.answer(visit, person, asked, path)


def _tell(scratch: Scratch, steps: list[StepDef], answer: Response) -> None:
    """Tell what was done; what was not done is played once more for its reasons."""
    world = scratch.world
    with world.services.store.reading() as unit:
        events = unit.events.after(scratch.app.id, world.clock.now - A_MOMENT)
    for step in steps:
        if not _done(step, events, answer):
            came = played(scratch, step)
            if isinstance(came, Told):
                keep(scratch, (*scratch.story.told, came))
            continue
        began = world.clock.now
        _call(scratch, step, events)
        perform_due(world)
        world.clock.now += BEAT
        keep(scratch, (*scratch.story.told, Told(step, began, world.clock.now)))


def _done(step: StepDef, events: tuple[Event, ...], answer: Response) -> bool:
    if any(getattr(step, verb) is not None for verb in EVENTLESS):
        return answer.status_code < 400
    return bool(events)


def _call(scratch: Scratch, step: StepDef, events: tuple[Event, ...]) -> None:
    """Call the records that a step has made by the names that it gives them."""
    names = scratch.world.names
    made = [one for one in events if one.kind == "created" and one.record]
    wanted = [(step.create.form, step.create.name)] if step.create else _made_by(scratch, step)
    for form, name in wanted:
        found = next((one for one in made if one.form == form), None)
        if found is not None and name is not None:
            made.remove(found)
            names[name] = Named(scratch.app.forms[form], str(found.record))


def _made_by(scratch: Scratch, step: StepDef) -> list[tuple[str, str | None]]:
    if step.convert is None:
        return []
    form = scratch.world.names[step.convert.record].form
    creates = next(one.creates for one in form.definition.conversions if one.id == step.convert.by)
    return [(each.form, step.convert.names.get(each.id or each.form)) for each in creates]
