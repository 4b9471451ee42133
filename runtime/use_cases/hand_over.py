"""What does somebody who goes leave behind, and who takes it over?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.app import Form
from engine.definition.page import FilterDef
from engine.outcomes import Denied, Saved
from runtime.limits import HANDED_OVER_AT_ONCE
from runtime.services import Services
from runtime.store.departments import Department
from runtime.store.people import Person
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.list_records import BadQuestion, Wanted
from runtime.use_cases.named_in_apps import Named, named_in_apps
from runtime.use_cases.once import part_of
from runtime.use_cases.open_records import going_on, ids_of
from runtime.use_cases.stands_in_fields import Stands, stands_in_fields
from runtime.use_cases.take_over import lonely_roles
from runtime.use_cases.transfer_record import transfer_record
from runtime.use_cases.waiting_for_leaver import Waiting, approvals_of, to_dos_of


@dataclass(frozen=True, kw_only=True)
class Held:
    """How many records of a form somebody owns, and how many of those are not finished."""

    form: Form
    all: int
    open: int


@dataclass(frozen=True, kw_only=True)
class Left:
    """Everything that waits for somebody else once a person has gone."""

    held: tuple[Held, ...]
    heads: tuple[Department, ...]
    reports: tuple[Person, ...]
    to_dos: tuple[Task, ...] = ()
    approvals: tuple[Waiting, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    """Roles, as (app, role), that nobody else plays."""
    stands: tuple[Stands, ...] = ()
    """Fields of records in which they stand."""
    named: tuple[Named, ...] = ()
    successor: str | None = None
    """Who was named to take over."""

    def __bool__(self) -> bool:
        return bool(self.held or self.tasks or self.duties or self.named or self.stands)

    @property
    def tasks(self) -> int:
        """How much waits for them."""
        return len(self.to_dos) + len(self.approvals)

    @property
    def duties(self) -> int:
        """How much they answer for."""
        return len(self.heads) + len(self.reports) + len(self.roles)


def left_behind(services: Services, act: Act, person: str) -> Left:
    """Return the records that a person owns, forms with most unfinished work first, where else
    they stand in records, what waits for them, what they answer for, and where the apps name
    them."""
    held = (_held(services, act, form, person) for form in _forms(services))
    with services.store.reading() as unit:
        departments = unit.people.departments.tree()
        people = unit.people.list(limit=HANDED_OVER_AT_ONCE)
        to_dos, approvals = to_dos_of(unit, person), approvals_of(services, unit, person)
        roles = lonely_roles(services, unit, person)
        leaver, successor = unit.people.one(person), unit.successions.of(person)
    named = named_in_apps(services, leaver.login) if leaver else ()
    return Left(
        held=tuple(sorted((one for one in held if one.all), key=lambda one: (-one.open, -one.all))),
        heads=tuple(one for one in departments if one.head == person),
        reports=tuple(one for one in people if one.manager == person),
        to_dos=to_dos,
        approvals=tuple(one for one in approvals if one.with_ != successor),
        roles=roles,
        stands=stands_in_fields(services, act, person),
        named=tuple(one for one in named if one.kind == "decision" or successor is None),
        successor=successor,
    )


def hand_over(
    services: Services, act: Act, person: str, to: str, everything: bool = False
) -> tuple[int, int]:
    """Give what a person owns to another one, by default only what is not finished; each record
    by the rules of a single transfer. Return how many were given, and how many were not."""
    done = left = 0
    part = replace(act, door="bulk")
    for form in _forms(services):
        which = () if everything else going_on(form)
        wanted = Wanted(filters=(_owned(person), *which))
        for id_ in tuple(ids_of(services, act, form, wanted))[: HANDED_OVER_AT_ONCE - done]:
            outcome = transfer_record(services, part_of(part, id_), form, id_, to)
            given = isinstance(outcome, Saved)
            done, left = done + given, left + (not given)
    return done, left


def _forms(services: Services) -> Iterator[Form]:
    for app in list(services.apps.values()):
        yield from app.forms.values()


def _owned(person: str) -> FilterDef:
    return FilterDef(field="owner", op="=", value=person)


def _held(services: Services, act: Act, form: Form, person: str) -> Held:
    owned = (_owned(person),)
    every = _count(services, act, form, owned)
    going = _count(services, act, form, (*owned, *going_on(form))) if every else 0
    return Held(form=form, all=every, open=going)


def _count(services: Services, act: Act, form: Form, filters: tuple[FilterDef, ...]) -> int:
    groups = aggregate_records(services, act, form, Wanted(filters=filters), (), ("count",))
    if isinstance(groups, BadQuestion | Denied) or not groups:
        return 0
    found = groups[0]["count"]
    return found if isinstance(found, int) else 0
