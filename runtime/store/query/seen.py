"""Which fields of a form does a person see, lookups by what they show included?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runtime.store.query.asked import Query
from runtime.store.query.selecting import Selection

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def fields_seen(unit: Unit, query: Query) -> tuple[str, ...]:
    """Return the fields that a question without columns of its own is answered with."""
    return Selection(unit, replace(query, columns=None)).wanted
