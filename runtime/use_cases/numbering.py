"""Which numbers do a new record's automatic number fields get?"""

from __future__ import annotations

from engine.fields.auto_number import AutoNumber
from engine.record import Record, Values
from runtime.use_cases.reach import Work


def numbered(work: Work, record: Record, values: Values) -> Values:
    """Fill the automatic numbers; a number is drawn once and never given again."""
    drawn = dict(values)
    for id_, field in work.form.fields.items():
        if isinstance(field, AutoNumber):
            code = _department_code(work, record) if field.uses_department else ""
            key = f"{work.form.app}/{work.form.id}/{id_}/{field.period(work.env.today, code)}"
            drawn[id_] = field.number(
                work.unit.records.next_number(key), work.env.today, code
            )
    return drawn


def _department_code(work: Work, record: Record) -> str:
    department = work.unit.people.department(record.department or "")
    return department.code if department else ""
