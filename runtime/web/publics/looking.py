"""How does the page of a public form look to who designs it, before anybody has a link?"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.app import Public
from engine.outcomes import Submission
from runtime.services import Services
from runtime.store.public_links import PublicLink
from runtime.use_cases.publics.opening import Opened
from runtime.use_cases.publics.sending import preview_sending
from runtime.web.forms.drawing import Drawings
from runtime.web.forms.view import Easel
from runtime.web.publics.asked_form import AskedForms
from runtime.web.publics.saying import said_of
from runtime.web.showing import show
from runtime.web.visit import Visit


@dataclass(frozen=True)
class Looker:
    """Draws pages that can't be sent."""

    forms: AskedForms = field(default_factory=AskedForms)
    drawings: Drawings = field(default_factory=Drawings)

    def look(self, services: Services, visit: Visit, public: Public) -> str:
        """Return the page as somebody outside would see it first, in the designer's language."""
        opened = Opened(
            link=_nobodys(services, public),
            public=public,
            form=services.apps[public.app].forms[public.form],
        )
        nothing = Submission(values={}, complaints={}, typed={})
        preview = self.forms.cut(public, preview_sending(services, opened, nothing))
        actor = opened.act(visit.locale).actor
        outside = Visit(request_id=visit.request_id, locale=visit.locale, actor=actor)
        view = Easel(services=services, drawings=self.drawings).view(outside, preview)
        return show(
            services,
            outside,
            "public/looked.html",
            nav=None,
            inputs=[one for section in view.sections for one in section.inputs],
            **said_of(opened, visit.locale),
        )


def _nobodys(services: Services, public: Public) -> PublicLink:
    return PublicLink(
        id="", key="", app=public.app, public=public.id, label="", owner=None,
        made_at=services.now(),
    )  # fmt: skip
