"""Which records of a list were picked: some one by one, or all that it shows?"""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request

from engine.app import Form
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.list_records import list_records
from runtime.web.lists.everything import ALL
from runtime.web.lists.pages import state_of
from runtime.web.visit import Visit


def picked(services: Services, visit: Visit, form: Form) -> list[str]:
    """Return the records that a sheet is asked for, as many as one command may be about."""
    if ALL not in request.args:
        return request.args.getlist("id")[:MOST_AT_ONCE]
    wanted = state_of(services, visit, form).wanted((), MOST_AT_ONCE)
    found = list_records(services, visit.act(), form, replace(wanted, after=None, total=False))
    if not isinstance(found, Page):
        abort(400)
    return [record.id for record in found.records]
