"""What does a rule have in hand that goes off for no record, but for a figure of many?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.app import Form
from engine.record import Record
from runtime.store import Unit


def figure_of(unit: Unit, form: Form, given: Mapping[str, Any], now: datetime) -> Record:
    """Return what stands for a record where a rule goes off for a figure: nothing but whose it
    is, and the figure as texts show it."""
    person = unit.people.one(str(given["person"])) if given["person"] else None
    nothing = no_record(form, now)
    return replace(
        nothing,
        owner=person.id if person else None,
        department=person.department if person else None,
        values={**nothing.values, "value": given["value"]},
    )


def no_record(form: Form, now: datetime) -> Record:
    """Return what stands for a record where a rule is about none."""
    return Record(
        app=form.app,
        form=form.id,
        id="",
        version=0,
        owner=None,
        department=None,
        pipeline=None,
        stage=None,
        stage_entered_at=None,
        created_at=now,
        created_by=None,
        updated_at=now,
        updated_by=None,
        last_activity_at=now,
        values=dict.fromkeys(form.fields),
    )
