"""How does a rule give its record to somebody?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.outcomes import Invalid, Saved
from engine.rules.actions.assign import Assign
from engine.wording import Message
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed, Outrun, first_of
from runtime.use_cases.rules.people import people_of
from runtime.use_cases.transfer_record import transfer_in


def perform(doing: Doing, action: Assign) -> Came:
    """Choose whose turn it is, and hand the record over."""
    people = people_of(doing, action.to)
    chosen = _chosen(doing, action, people)
    if chosen is None:
        return Failed(
            Message("人人手上都已满 {most} 条", most=action.most or 0)
            if people
            else Message("没有可以分配的人")
        )
    outcome = transfer_in(doing.work, doing.record.id, chosen)
    match outcome:
        case Saved(record=record):
            return Did(told={"people": [chosen], "record": record.id}, record=record)
        case Invalid(complaints=complaints):
            return first_of(complaints)
    raise Outrun


def _chosen(doing: Doing, action: Assign, people: tuple[str, ...]) -> str | None:
    if action.pick == "first" and action.most is None:
        return next(iter(people), None)
    holding = _holding(doing, people)
    free = [one for one in people if action.most is None or holding[one][0] < action.most]
    if action.pick == "first":
        return next(iter(free), None)
    return min(free, key=lambda one: holding[one], default=None)


def _holding(doing: Doing, people: tuple[str, ...]) -> Mapping[str, tuple[int, str]]:
    """Return how many records people have under way, and when they got the latest."""
    return doing.work.unit.rule_runs.holding(doing.work.form, people, doing.record.id)
