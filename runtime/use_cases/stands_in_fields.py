"""In which fields of records does a person stand, beside being their owner?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.app import Form
from engine.field import Field
from engine.fields.lines import Lines
from engine.fields.person import Person
from engine.outcomes import Denied
from engine.record import Record
from engine.wording import Label
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.list_records import BadQuestion, Wanted
from runtime.use_cases.open_records import going_on


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A field in which a person can stand: of the record, or of the rows of one of its tables."""

    form: Form
    field: str
    cell: str | None = None

    @property
    def path(self) -> str:
        """What it is called where it is sent: `app.form.field`, with the cell of a table."""
        return ".".join(filter(None, (self.form.app, self.form.id, self.field, self.cell)))

    @property
    def labels(self) -> tuple[Label, ...]:
        """What people call it, the table before its column."""
        field = self.form.fields[self.field]
        if self.cell is None or not isinstance(field, Lines):
            return (field.label,)
        return field.label, field.cells[self.cell].label

    def wanted(self, person: str, *, everything: bool, **more: Any) -> Wanted:
        """Return the question for the records in which a person stands here."""
        asked = f'{self.field} = "{person}"'
        if self.cell is not None:
            asked = f'some row in {self.field} satisfies row.{self.cell} = "{person}"'
        filters = () if everything else going_on(self.form)
        return Wanted(feel=asked, filters=filters, **more)

    def value_with(self, record: Record, person: str, to: str) -> Any:
        """Return the value of the field with somebody else in the place of a person."""
        if self.cell is None:
            return to
        rows: Any = record.values.get(self.field) or ()
        return tuple(
            {**row, self.cell: to} if row.get(self.cell) == person else row for row in rows
        )


@dataclass(frozen=True, kw_only=True)
class Stands:
    """In how many records a person stands at one seat, and in how many that are not finished."""

    seat: Seat
    all: int
    open: int


def seats(services: Services) -> Iterator[Seat]:
    """Return every field of every form in which a person can be chosen."""
    for app in list(services.apps.values()):
        for form in app.forms.values():
            yield from _of_form(form)


def seats_at(services: Services, paths: Iterable[str]) -> tuple[Seat, ...]:
    """Return those of the paths that are there."""
    wanted = set(paths)
    return tuple(seat for seat in seats(services) if seat.path in wanted)


def stands_in_fields(services: Services, act: Act, person: str) -> tuple[Stands, ...]:
    """Return where a person stands, by form and field; where there is most to do first."""
    found = [_counted(services, act, seat, person) for seat in seats(services)]
    return tuple(sorted((one for one in found if one.all), key=lambda one: (-one.open, -one.all)))


def _of_form(form: Form) -> Iterator[Seat]:
    for id_, field in form.fields.items():
        if isinstance(field, Lines):
            cells = (cell.id for cell in field.fields if _chosen(cell))
            yield from (Seat(form=form, field=id_, cell=cell) for cell in cells)
        elif _chosen(field):
            yield Seat(form=form, field=id_)


def _chosen(field: Field) -> bool:
    return isinstance(field, Person) and field.settable


def _counted(services: Services, act: Act, seat: Seat, person: str) -> Stands:
    every = _count(services, act, seat.form, seat.wanted(person, everything=True))
    going = 0
    if every:
        going = _count(services, act, seat.form, seat.wanted(person, everything=False))
    return Stands(seat=seat, all=every, open=going)


def _count(services: Services, act: Act, form: Form, wanted: Wanted) -> int:
    groups = aggregate_records(services, act, form, wanted, (), ("count",))
    if isinstance(groups, BadQuestion | Denied) or not groups:
        return 0
    found = groups[0]["count"]
    return found if isinstance(found, int) else 0
