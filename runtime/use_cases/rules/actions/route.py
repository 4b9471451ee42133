"""How does a rule give its record to somebody else?"""

from __future__ import annotations

from engine.rules.actions.route import Route
from engine.wording import Message
from runtime.use_cases.pools.route_record import route_in
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed


def perform(doing: Doing, action: Route) -> Came:
    """Give it to whoever is first in line but for whoever holds it; the log says why."""
    routing = doing.work.form.definition.routing
    if routing is None:
        return Failed(Message("没有可以分配的人"))
    record = route_in(doing.work, doing.record, routing, without=doing.record.owner)
    people = [record.owner] if record.owner else []
    return Did(told={"people": people, "record": record.id}, record=record)
