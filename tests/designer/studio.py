"""Both shipped apps and their people, with the pages of the designer, served for browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from designer.app import build_app
from engine.app import Form
from runtime.services import Services
from tests.shipped import serving, shipped_workspace


@dataclass(frozen=True)
class Studio:
    """A served workspace without records."""

    url: str
    services: Services

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form of every app."""
        apps = self.services.apps.values()
        return tuple(form for app in apps for form in app.forms.values())

    def pages_of(self, form: Form) -> list[str]:
        """Return the addresses of all pages about a form; a field of each type is chosen once."""
        base = f"/design/{form.app}/{form.id}"
        return [
            base,
            *(f"{base}/{tab}" for tab in ("stages", "access", "lists")),
            *self._flows_of(form, base),
        ]

    def _flows_of(self, form: Form, base: str) -> list[str]:
        """Return the lists of approvals and rules where there are any, and one of each."""
        app = self.services.apps[form.app]
        kinds = {
            "workflows": [one.id for one in app.workflows.values() if one.form == form.id],
            "rules": [one.id for one in app.rules.values() if one.form == form.id],
        }
        found = []
        for kind, own in kinds.items():
            tab = "approvals" if kind == "workflows" else kind
            found += [f"{base}/{tab}", f"/design/{form.app}/{kind}/{own[0]}"] if own else []
        return found


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """Make the workspace and serve it until the block ends."""
    with shipped_workspace(folder) as services, serving(build_app(services)) as url:
        yield Studio(url, services)
