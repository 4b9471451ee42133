"""Which way will a record go when it is submitted, and to whom?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import Form, Workflow
from runtime.services import Services
from runtime.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """One step that is still to come."""

    label: str
    how: str
    names: str
    trouble: bool = False
    """Nobody is found there."""


def path_ahead(
    services: Services, visit: Visit, form: Form, id_: str, workflow: Workflow
) -> tuple[Ahead, ...]:
    """Return the steps that a record will go through, with the names of those who are asked."""
    return ()
