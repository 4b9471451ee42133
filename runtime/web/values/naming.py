"""How do values get their names on a page?"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from engine.app import Form
from engine.record import Record
from runtime.services import Services
from runtime.use_cases.name_values import Names, Row, name_values
from runtime.web.language import translate
from runtime.web.values.cells import Cells
from runtime.web.visit import Visit


def cells_for(services: Services, visit: Visit, form: Form, records: Iterable[Record]) -> Cells:
    """Return what shows the values of these records, everything that they refer to named."""
    return cells_of_rows(services, visit, form, [record.row() for record in records])


def cells_of_rows(services: Services, visit: Visit, form: Form, rows: Iterable[Row]) -> Cells:
    """Return the same for rows that are no records yet."""
    names = name_values(services, visit.act("form"), form, rows)
    return cells_with(services, visit, form, names)


def cells_with(services: Services, visit: Visit, form: Form, names: Names) -> Cells:
    """Return what shows values whose names are known."""
    return Cells(
        app=services.apps[form.app],
        names=names,
        locale=visit.locale,
        translate=translate(visit.locale),
        zone=ZoneInfo(services.settings.zone),
    )
