"""How is a form of a draft drawn, though nothing of it is in the database yet?"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from wtforms.form import BaseForm

from engine.app import App
from runtime.services import Services
from runtime.use_cases.live_rules import live_rules
from runtime.use_cases.name_values import Names, name_values
from runtime.use_cases.preview_record import Preview
from runtime.web.forms.drawing import Drawings
from runtime.web.forms.logic import Logic
from runtime.web.forms.view import Easel, FormView, Live
from runtime.web.language import translate
from runtime.web.values.cells import Cells
from runtime.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class DraftEasel(Easel):
    """Draws a form of a draft: names come from what is installed, the rest from the draft."""

    app: App

    def cells(self, visit: Visit, preview: Preview, drawn: BaseForm) -> Cells:
        """Return what names the ids among the values, as far as they point somewhere installed."""
        installed = self.services.form(preview.form.app, preview.form.id)
        names = Names()
        if installed is not None:
            known = {id_: preview.record.values.get(id_) for id_ in installed.fields}
            names = name_values(self.services, visit.act(), installed, (known,))
        return Cells(
            app=self.app,
            names=names,
            locale=visit.locale,
            translate=translate(visit.locale),
            zone=ZoneInfo(self.services.settings.zone),
        )


def drawn_preview(
    services: Services, visit: Visit, app: App, preview: Preview
) -> tuple[FormView, Logic]:
    """Return the form as it is drawn, with the logic that the browser works out by itself."""
    rules = live_rules(services, visit.person, preview.form)
    logic = Logic(preview=preview, rules=rules, known={}, locale=visit.locale)
    easel = DraftEasel(services=services, drawings=Drawings(), app=app)
    live = Live(checks=logic.check_places(), unsaid=logic.unsaid())
    return easel.view(visit, preview, live=live), logic
