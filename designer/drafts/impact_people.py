"""Who would see more or less of a form if a draft were published?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from designer.drafts.met import MOST_LISTED, Item, Met, listed
from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.record import SYSTEM_FIELDS, Actor
from engine.wording import Message
from runtime.store.query import Measure
from runtime.store.query.asked import Query
from runtime.use_cases.reach import Work

MOST_PEOPLE = 5_000
MOST_COUNTED = 20
"""For so many people the records are counted that they see before and after."""


@dataclass
class _Compared:
    gain: list[Actor] = field(default_factory=list)
    lose: list[Actor] = field(default_factory=list)
    part: Message | None = None


def people_met(work: Work, form: Form) -> Iterator[Met]:
    """Yield the people who gain sight of a form, and those who lose it."""
    found = _compared(work, form)
    label = form.definition.label
    if found.gain:
        message = Message(
            "{n} 人会在“{form}”看到更多：{names}",
            n=len(found.gain), form=label, names=[one.name for one in found.gain[:8]],
        )  # fmt: skip
        yield listed("people", message, _items(work, form, found.gain), len(found.gain), found.part)
    if found.lose:
        message = Message(
            "{n} 人会在“{form}”看到更少：{names}",
            n=len(found.lose), form=label, names=[one.name for one in found.lose[:8]],
        )  # fmt: skip
        yield listed("people", message, _items(work, form, found.lose), len(found.lose), found.part)


def _compared(work: Work, form: Form) -> _Compared:
    found = _Compared()
    both = frozenset(form.fields) & frozenset(work.form.fields)
    people = work.unit.people.list(limit=MOST_PEOPLE + 1)
    if len(people) > MOST_PEOPLE:
        found.part = Message("人太多，只比较了其中 {n} 人", n=MOST_PEOPLE)
    for person in people[:MOST_PEOPLE]:
        actor = work.unit.people.actor(person.id)
        if actor is None:
            continue
        before, after = sight_of(work.form, actor), sight_of(form, actor)
        if (_seen(both, after) - _seen(both, before)) or _wider(after, before):
            found.gain.append(actor)
        if (_seen(both, before) - _seen(both, after)) or _wider(before, after):
            found.lose.append(actor)
    return found


def _items(work: Work, form: Form, people: Sequence[Actor]) -> Iterator[Item]:
    for at, actor in enumerate(people[:MOST_LISTED]):
        yield Item(actor.name, more=_counts(work, form, actor) if at < MOST_COUNTED else "")


def _counts(work: Work, form: Form, actor: Actor) -> Message | str:
    """Return how many records somebody sees before and after; nothing if that can't be asked of
    the records as they are."""
    after = sight_of(form, actor)
    known = {*work.form.fields, *SYSTEM_FIELDS, "user"}
    if any(path[0] not in known for one in after.rows.expressions for path in one.reads):
        return ""
    was, will = (_count(work, actor, sight) for sight in (sight_of(work.form, actor), after))
    return Message("{was} → {will} 条记录", was=was, will=will)


def _count(work: Work, actor: Actor, sight: Sight) -> int:
    if sight.rows.none:
        return 0
    query = Query(form=work.form, sight=sight, actor=actor, env=work.env)
    found = work.unit.query.aggregate(query, (), (Measure("count"),))
    return int(str(found[0]["count"])) if found else 0


def _seen(fields: frozenset[str], sight: Sight) -> frozenset[str]:
    """Return those of some fields that somebody reads in full."""
    hidden = sight.hidden | sight.masked
    return frozenset() if sight.rows.none else fields - hidden


def _wider(one: Sight, other: Sight) -> bool:
    """Tell if somebody sees records by one right that the other does not reach."""
    return not other.rows.all and bool(_reach(one) - _reach(other))


def _reach(sight: Sight) -> set[str]:
    rows = sight.rows
    steps = [("all", rows.all), ("tree", rows.tree), ("department", rows.department)]
    names = [*(name for name, _ in steps), "own"]
    widest = next((at for at, (_, given) in enumerate(steps) if given), 3 if rows.own else 4)
    return {*names[widest:], *(one.text for one in rows.expressions)}
