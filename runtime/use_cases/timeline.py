"""What happened to a record, as far as the actor may know?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.outcomes import Missing
from engine.record import Record
from runtime.services import Services
from runtime.store import Event
from runtime.store.query import Query
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import Work, begin, reach

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Related:
    """A record of another form that belongs into the timeline of this one."""

    form: Form
    record: Record


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Events, newest first, and the related records that arrived."""

    events: tuple[Event, ...]
    related: tuple[Related, ...]
    more: bool


def timeline(
    services: Services, act: Act, form: Form, id_: str, before: str | None = None
) -> Timeline | Missing:
    """Return a record's events without what the actor may not see in them."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if isinstance(reach(work, id_), Missing):
            return Missing()
        events = unit.events.of_record(form, id_, before=before, limit=MOST + 1)
        seen = tuple(visible_event(work.sight, event) for event in events[:MOST])
        related = _related(work, id_) if before is None else ()
        return Timeline(events=seen, related=related, more=len(events) > MOST)


def visible_event(sight: Sight, event: Event) -> Event:
    """Return the event without changes of fields that are hidden or masked for the actor."""
    shut = sight.hidden | sight.masked
    if not shut.intersection(event.changes):
        return event
    changes: Mapping[str, Any] = {
        id_: change for id_, change in event.changes.items() if id_ not in shut
    }
    return replace(event, changes=changes)


def _related(work: Work, id_: str) -> tuple[Related, ...]:
    found: list[Related] = []
    for related in work.form.definition.related:
        other = work.app.forms[related.form]
        if not related.timeline:
            continue
        sight = sight_of(other, work.act.actor)
        if sight.rows.none or related.by in sight.hidden | sight.masked:
            continue
        there = begin(work.services, work.unit, work.act, other)
        page = work.unit.query.page(_pointing_here(there, related.by, id_))
        found += [Related(form=other, record=record) for record in page.records]
    found.sort(key=lambda one: one.record.created_at, reverse=True)
    return tuple(found)


def _pointing_here(work: Work, by: str, id_: str) -> Query:
    return query_of(work, Wanted(only={by: id_}, sort=("-created_at",), total=False))
