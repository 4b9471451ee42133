"""How is it told on a page that nothing new may be made?"""

from __future__ import annotations

from types import SimpleNamespace

from runtime.use_cases.read_record import Reading
from runtime.use_cases.rules.freezing import may_lift
from runtime.use_cases.rules.frozen import why_frozen
from runtime.web.language import translate
from runtime.web.visit import Visit


def frozen_lines(visit: Visit, reading: Reading) -> list[SimpleNamespace]:
    """Return what is frozen for a record, with where it is lifted by those who may."""
    lines = []
    for one in reading.frozen:
        form = reading.app.forms.get(one.form)
        if form is not None:
            text = why_frozen(form, one).fill(translate(visit.locale), visit.locale)
            liftable = may_lift(reading.app.id, visit.person, one)
            href = f"/freezes/{reading.app.id}/{one.id}/lift" if liftable else None
            lines.append(SimpleNamespace(text=text, href=href))
    return lines
