"""Who is meant by the words of a workflow?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from engine.approvals.course import Course
from engine.approvals.facts import Organisation
from engine.definition.workflow import Of, WhoDef

MOST_LEVELS = 50
"""No organisation is deeper; a circle of managers ends here at the latest."""


def found(
    course: Course, who: tuple[WhoDef, ...], key: str, step: str = "", late: str | None = None
) -> tuple[str, ...]:
    """Return the active people that are named, each once, in order; for who left, who took over.
    `key` points to their expressions; `late` is the person whom `approver` means."""
    organisation = course.facts.organisation
    people = (
        organisation.successor(person) or person
        for at, one in enumerate(who)
        for person in _named(course, one, f"{key}/{at}", step, late)
    )
    return tuple(dict.fromkeys(one for one in people if organisation.active(one)))


def keepers(course: Course) -> tuple[str, ...]:
    """Return who steps in when nobody else is found."""
    own = found(course, course.workflow.definition.keepers, "keepers")
    return own or course.facts.organisation.administrators()


def managers(organisation: Organisation, person: str) -> Iterator[str]:
    """Yield the active managers above a person, the nearest first; a circle ends it."""
    seen = {person}
    above = organisation.manager(person)
    for _ in range(MOST_LEVELS):
        if above is None or above in seen:
            return
        seen.add(above)
        if organisation.active(above):
            yield above
        above = organisation.manager(above)


def heads(organisation: Organisation, person: str) -> Iterator[str]:
    """Yield the active heads of a person's department and of those above it."""
    department = organisation.department(person)
    seen: set[str] = set()
    while department is not None and department not in seen:
        seen.add(department)
        head = organisation.head(department)
        if head is not None and organisation.active(head):
            yield head
        department = organisation.parent(department)


def _named(course: Course, who: WhoDef, key: str, step: str, late: str | None) -> Iterable[str]:
    organisation = course.facts.organisation
    if who.person is not None:
        return _maybe(organisation.by_login(who.person))
    if who.role is not None:
        return organisation.of_role(who.role)
    if who.head is not None:
        return _nth(heads(organisation, _of(course, who.head, late)), who.above)
    if who.manager is not None:
        return _nth(managers(organisation, _of(course, who.manager, late)), who.above)
    if who.chain is not None:
        return _chain(course, who, key, _of(course, who.chain, late))
    if who.field is not None:
        return _people_in(_read(course, who.field))
    if who.chosen is not None:
        return course.run.chosen.get(step, ())
    return _people_in(course.value(f"{key}/feel"))


def _of(course: Course, whose: Of, late: str | None) -> str:
    owner = course.row.get("owner")
    if whose == "owner" and isinstance(owner, str):
        return owner
    if whose == "approver" and late is not None:
        return late
    return course.run.submitter


def _chain(course: Course, who: WhoDef, key: str, person: str) -> Iterator[str]:
    amount = course.value(f"{key}/covers") if who.covers is not None else None
    above = managers(course.facts.organisation, person)
    for level, manager in enumerate(above, start=1):
        if level > who.levels:
            break
        yield manager
        if amount is not None and may_decide(course, manager, amount):
            return
    if amount is not None:
        # Nobody in the chain may decide on so much: whoever keeps the workflow must.
        yield from keepers(course)[:1]


def may_decide(course: Course, person: str, amount: object) -> bool:
    """Tell whether a person's limit covers an amount."""
    roles = course.facts.organisation.roles(person)
    own = [limit.up_to for limit in course.workflow.definition.limits if limit.role in roles]
    if not isinstance(amount, Decimal | int):
        return False
    return any(limit is None or amount <= limit for limit in own)


def _read(course: Course, path: str) -> object:
    here = course.row
    *through, last = path.split(".")
    for name in through:
        here = here.get(f"{name}.") or {}
    return here.get(last)


def _people_in(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(one for one in value if isinstance(one, str))
    return ()


def _nth(people: Iterator[str], above: int) -> tuple[str, ...]:
    for at, person in enumerate(people):
        if at == above:
            return (person,)
    return ()


def _maybe(person: str | None) -> tuple[str, ...]:
    return () if person is None else (person,)
