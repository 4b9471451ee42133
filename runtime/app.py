"""How do all parts become one web application?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Flask

from runtime.jobs.along import work_along
from runtime.services import Services
from runtime.settings import Settings
from runtime.web import trials
from runtime.web.addresses import LateRule
from runtime.web.fresh_apps import notice_installations
from runtime.web.install import install
from runtime.workspace.open import open_workspace


def build_app(services: Services, more: Iterable[Blueprint] = ()) -> Flask:
    """Return the web application over the services, with pages of parts above the runtime; who
    tries an app gets the pages of the runtime over the workspace of the trial."""
    return _build(services, [*more, trials.pages(services, _build)])


def _build(services: Services, more: Iterable[Blueprint]) -> Flask:
    templates = Path(__file__).parent / "web" / "templates"
    app = Flask("runtime", template_folder=str(templates), static_folder=None)
    app.url_rule_class = LateRule
    install(app, services, more)
    return app


def create() -> Flask:
    """Return the web application of the workspace that the environment names."""
    services = open_workspace(Settings.from_environment())
    work_along(services)
    app = build_app(services)
    notice_installations(app, services)
    return app
