"""What are some records called?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.app import Form
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin


def record_titles(
    services: Services, act: Act, form: Form, ids: Iterable[str]
) -> Mapping[str, str]:
    """Return the titles of those records that the actor sees."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        titles: Mapping[str, str] = unit.query.titles(
            form, work.sight, act.actor, work.env, tuple(ids)
        )
        return titles
