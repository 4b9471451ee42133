"""Which numbers do a new record's automatic number fields get?"""

from __future__ import annotations

from engine.fields.auto_number import AutoNumber
from engine.record import Record, Values
from runtime.use_cases.reach import Work


def numbered(work: Work, record: Record, values: Values) -> Values:
    """Fill the automatic numbers; a number is drawn once and never given again."""
    fields = [field for field in work.form.fields.values() if isinstance(field, AutoNumber)]
    if not fields:
        return values
    department = work.unit.people.department(record.department) if record.department else None
    code = (department.code if department else None) or ""
    today = work.services.today(work.now)
    drawn = dict(values)
    for field in fields:
        key = f"{work.form.app}/{work.form.id}/{field.id}/{field.period(today, code)}"
        drawn[field.id] = field.number(work.unit.records.next_number(key), today, code)
    return drawn
