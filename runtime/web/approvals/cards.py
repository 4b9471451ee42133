"""Which approvals stand on the page of a record, and what can be submitted there?"""

from __future__ import annotations

from typing import Any

from flask import request

from engine.outcomes import Missing
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.approvals.read_approval import Seen, approvals_of
from runtime.use_cases.inbox import see_tasks
from runtime.use_cases.read_record import Reading
from runtime.web.approvals.next_one import QUEUE, next_of
from runtime.web.approvals.view import Drawer
from runtime.web.visit import Visit

LOCKED = frozenset({"edit", "advance", "delete", "transfer"})
NONE: dict[str, Any] = {
    "approvals": (),
    "submits": (),
    "decide": None,
    "in_queue": False,
    "shut": frozenset(),
    "locked": "",
}


def approval_values(services: Services, visit: Visit, reading: Reading) -> dict[str, Any]:
    """Return what the record page shows of approvals; nothing where its form has none."""
    form, record = reading.form, reading.record
    workflows = [one for one in reading.app.workflows.values() if one.form == form.id]
    found = approvals_of(services, visit.act("form"), form, record.id) if workflows else ()
    if isinstance(found, Missing) or not workflows:
        return NONE
    see_tasks(services, visit.act("form"), [own.task for seen in found for own in seen.own])
    base = f"/a/{form.app}/{form.id}/{record.id}"
    queued = "task" in request.args
    drawer = Drawer(services=services, visit=visit, base=base, after=QUEUE if queued else "")
    cards = tuple(drawer.card(seen) for seen in found)
    following = next_of(services, visit, record.id) if queued else None
    return {
        "approvals": cards,
        "submits": _submits(visit, reading, found, base),
        "decide": next((card for card in cards if card.mine), None),
        **_locks(visit, found),
        "in_queue": queued and not any(card.mine for card in cards),
        "waiting_next": following,
        "waiting_more": following.waiting if following else 0,
    }


def _locks(visit: Visit, found: tuple[Seen, ...]) -> dict[str, Any]:
    """Return what nobody does while somebody decides: a button that would only be refused is
    no help."""
    locks = [seen for seen in found if seen.approval.locks]
    whole = any(seen.approval.locks is True for seen in locks)
    shut = LOCKED if whole else LOCKED - {"edit"}
    names = [words(seen.workflow.definition.label, visit.locale) for seen in locks]
    return {"shut": shut if locks else frozenset(), "locked": "、".join(names)}


def _submits(
    visit: Visit, reading: Reading, found: tuple[Seen, ...], base: str
) -> list[dict[str, str]]:
    if "edit" not in reading.may or reading.record.deleted_at is not None:
        return []
    running = {seen.workflow.id for seen in found if seen.approval.state == "running"}
    roles = visit.person.roles_in(reading.app.id)
    return [
        {"href": f"{base}/submit/{one.id}", "label": words(one.definition.label, visit.locale)}
        for one in reading.app.workflows.values()
        if one.form == reading.form.id
        and one.id not in running
        and one.definition.start.button
        and (not one.definition.start.roles or roles & set(one.definition.start.roles))
    ]
