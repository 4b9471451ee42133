"""Which stored totals does a change of a record touch, and what are they now?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.app import Form
from engine.record import Record

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True)
class Touched:
    """A record whose stored total was worked out anew."""

    form: Form
    id: str


class Rollups:
    """The totals that records keep over the records that point to them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def refresh(
        self, form: Form, changed: Record | None, before: Record | None
    ) -> tuple[Touched, ...]:
        """Work out every total over this form's records that the change touches."""
        return ()
