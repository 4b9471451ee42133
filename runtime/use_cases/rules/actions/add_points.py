"""How does a rule book points?"""

from __future__ import annotations

from decimal import Decimal

from engine.rules.actions.add_points import AddPoints
from runtime.store.points import Booked
from runtime.use_cases.rules.acting import Came, Did, Doing
from runtime.use_cases.rules.people import people_of
from runtime.use_cases.rules.texts import said_to

CENT = Decimal("0.01")


def perform(doing: Doing, action: AddPoints) -> Came:
    """Book them for each person, once for this occasion."""
    value = doing.value("points")
    points = Decimal(value).quantize(CENT) if value is not None else Decimal(0)
    people = people_of(doing, action.to) if points else ()
    for person in people:
        booked = Booked(
            key=f"{doing.key}:{person}",
            app=doing.work.app.id,
            ledger=action.ledger,
            person=person,
            points=points,
            text=said_to(doing, action.text, person),
            rule=doing.rule.id,
            form=doing.work.form.id,
            record=doing.record.id or None,
            at=doing.work.now,
        )
        doing.work.unit.points.book(booked)
    return Did(told={"people": list(people), "points": str(points)})
