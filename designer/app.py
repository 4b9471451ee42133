"""How do the runtime and the designer become one web application?"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

from designer import edit_pages, jobs, pages
from designer.decisions import pages as decision_pages
from designer.documents import pages as document_pages
from designer.flows import pages as flow_pages
from designer.flows import routing_pages
from designer.folder import FOLDER, write_on_publishing
from designer.forms import retype_pages
from designer.outside import pages as outside_pages
from designer.panels import ask_pages
from designer.publishing import pages as publish_pages
from designer.publishing import upgrade_pages
from designer.trying import pages as trying_pages
from runtime.app import build_app as build_runtime
from runtime.jobs.along import work_along
from runtime.services import Services
from runtime.settings import Settings
from runtime.web.fresh_apps import notice_installations
from runtime.workspace.open import open_workspace


def build_app(services: Services) -> Flask:
    """Return the web application over the services: everything that people use."""
    own = [pages, edit_pages, publish_pages, upgrade_pages, flow_pages, decision_pages, ask_pages]
    own += [outside_pages, document_pages, trying_pages, routing_pages, retype_pages]
    return build_runtime(services, [one.pages(services) for one in own])


def create() -> Flask:
    """Return the web application of the workspace that the environment names."""
    services = open_workspace(Settings.from_environment())
    work_along(services, jobs)
    app = build_app(services)
    notice_installations(app, services)
    if FOLDER in os.environ:
        write_on_publishing(app, services, Path(os.environ[FOLDER]))
    return app
