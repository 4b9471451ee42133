"""How is shown what somebody leaves behind?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.definition.page import FilterDef
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.approvals import Approval
from runtime.store.tasks import Task
from runtime.use_cases.hand_over import Left
from runtime.use_cases.own_jobs import own_jobs
from runtime.use_cases.record_titles import record_titles
from runtime.use_cases.waiting_for_leaver import Waiting
from runtime.web.admin.job_words import shown_job
from runtime.web.language import translate
from runtime.web.lists.state import write_filter
from runtime.web.visit import Visit

SHOWN = 20
"""To-dos and approvals that are named one by one."""
READY = (Message("准备中"), "blue")
GIVEN = (Message("待接收"), "amber")
RECEIVED = (Message("已全部接收"), "green")
KINDS: Mapping[str, Message] = {"workflow": Message("审批流程"), "decision": Message("决策表")}


def left_shown(services: Services, visit: Visit, person: str, left: Left) -> dict[str, Any]:
    """Return what the page of somebody's hand-over shows."""
    return {
        "held": [*_held(services, visit, person, left)],
        "stands": [*_stands(services, visit, left)],
        "lists": [*_lists(services, visit, person)],
        "to_dos": [*to_dos_shown(visit, left.to_dos)],
        "approvals": [*approvals_shown(services, visit, person, left.approvals[:SHOWN])],
        "more": max(0, left.tasks - min(len(left.to_dos), SHOWN) - min(len(left.approvals), SHOWN)),
        "roles": [*_roles(services, visit, left)],
        "named": [
            {
                "label": words(one.label, visit.locale),
                "app": words(one.app.definition.label, visit.locale),
                "kind": _say(visit, KINDS[one.kind]),
                "by_itself": one.kind == "workflow",
            }
            for one in left.named
        ],
    }


def _held(services: Services, visit: Visit, person: str, left: Left) -> Iterator[dict[str, Any]]:
    owned = write_filter(FilterDef(field="owner", op="=", value=person))
    for one in left.held:
        yield {
            "label": words(one.form.definition.label, visit.locale),
            "app": words(services.apps[one.form.app].definition.label, visit.locale),
            "icon": one.form.definition.icon,
            "href": f"/a/{one.form.app}/{one.form.id}/?f={owned}",
            "all": one.all,
            "open": one.open,
        }


def _stands(services: Services, visit: Visit, left: Left) -> Iterator[dict[str, Any]]:
    for one in left.stands:
        form = one.seat.form
        yield {
            "path": one.seat.path,
            "label": " · ".join(words(label, visit.locale) for label in one.seat.labels),
            "form": words(form.definition.label, visit.locale),
            "app": words(services.apps[form.app].definition.label, visit.locale),
            "all": one.all,
            "open": one.open,
        }


def _lists(services: Services, visit: Visit, person: str) -> Iterator[dict[str, Any]]:
    with services.store.reading() as unit:
        found = unit.handovers.of_person(person)
        names = unit.people.names({one.successor for one in found})
        counts = {one.id: unit.handovers.counts(one.id) for one in found}
    for one in found:
        said, tone = READY
        if one.given_at is not None:
            said, tone = RECEIVED if one.ended_at else GIVEN
        yield {
            "href": f"/handovers/{one.id}",
            "coming": names.get(one.successor, ""),
            "counts": counts[one.id],
            "said": _say(visit, said),
            "tone": tone,
        }


def followed_shown(services: Services, visit: Visit, person: str) -> dict[str, Any]:
    """Return what became of the fields that were handed over last, and what stayed there."""
    jobs = own_jobs(services, visit.act())
    last = next((job for job in jobs if job.arguments.get("leaver") == person), None)
    if last is None:
        return {"followed": None, "kept": []}
    shown = replace(shown_job(services, last, visit.locale), link=None)
    return {"followed": shown, "kept": [*_kept(services, visit, last.result.get("left", ()))]}


def _kept(
    services: Services, visit: Visit, left: Iterable[tuple[str, str, str]]
) -> Iterator[dict[str, str]]:
    for app, name, id_ in left:
        form = services.form(app, name)
        if form is not None:
            titles = record_titles(services, visit.act(), form, (id_,))
            label = words(form.definition.label, visit.locale)
            yield {"title": titles.get(id_, ""), "form": label, "href": f"/a/{app}/{name}/{id_}"}


def to_dos_shown(visit: Visit, tasks: Sequence[Task]) -> Iterator[dict[str, Any]]:
    """Yield to-dos as they are listed."""
    for task in tasks[:SHOWN]:
        href = f"/a/{task.app}/{task.form}/{task.record}" if task.record else ""
        yield {"title": _say(visit, task.title), "href": href, "due": task.due}


def approvals_shown(
    services: Services, visit: Visit, person: str, waiting: Iterable[Waiting]
) -> Iterator[dict[str, Any]]:
    """Yield approvals that wait for somebody as they are listed."""
    found = tuple(waiting)
    titles = _titles(services, visit, [one.approval for one in found])
    with services.store.reading() as unit:
        names = unit.people.names({one.with_ for one in found})
    for one in found:
        approval = one.approval
        workflow = services.apps[approval.app].workflows.get(approval.workflow)
        yield {
            "title": words(workflow.definition.label, visit.locale) if workflow else "",
            "about": titles.get(approval.record, ""),
            "href": f"/a/{approval.app}/{approval.form}/{approval.record}#panel-approval",
            "with": "" if one.with_ == person else names.get(one.with_, ""),
        }


def _titles(services: Services, visit: Visit, approvals: Iterable[Approval]) -> Mapping[str, str]:
    records: dict[tuple[str, str], list[str]] = {}
    for one in approvals:
        records.setdefault((one.app, one.form), []).append(one.record)
    titles: dict[str, str] = {}
    for (app, name), ids in records.items():
        form = services.form(app, name)
        titles.update(record_titles(services, visit.act(), form, ids) if form else {})
    return titles


def _roles(services: Services, visit: Visit, left: Left) -> Iterator[tuple[str, str]]:
    for app, role in left.roles:
        definition = services.apps[app].definition
        label = next(one.label for one in definition.roles if one.id == role)
        yield words(label, visit.locale), words(definition.label, visit.locale)


def _say(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)
