"""Which way will a record go when it is submitted, and an approval from where it stands?"""

from __future__ import annotations

from engine.app import Form
from engine.approvals import from_data
from engine.approvals.preview import Stop, preview
from engine.outcomes import Missing
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Course, course_of, facts_of, workflow_of
from runtime.use_cases.reach import begin, reach

Way = tuple[Stop, ...]


def way_to_submit(
    services: Services, act: Act, form: Form, id_: str, workflow: str
) -> Way | Missing:
    """Return the steps of a record that the actor would submit, with those who are asked."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached, known = reach(work, id_), workflow_of(work.app, form, workflow)
        if isinstance(reached, Missing) or known is None:
            return Missing()
        course = Course(work=work, workflow=known, record=reached.record)
        facts = facts_of(course, act.actor)
        return facts if isinstance(facts, Missing) else preview(known, facts)


def way_on(services: Services, act: Act, approval: str) -> Way:
    """Return the steps that are still ahead of an approval, if everybody agrees; none when it has
    ended."""
    with services.store.reading() as unit:
        known = unit.approvals.one(approval)
        course = course_of(services, unit, act, known) if known else Missing()
        if isinstance(course, Missing) or known is None or known.state != "running":
            return ()
        facts = facts_of(course, act.actor)
        if isinstance(facts, Missing):
            return ()
        stops = preview(course.workflow, facts, from_data(known.run))
        return tuple(stop for stop in stops if stop.ahead)
