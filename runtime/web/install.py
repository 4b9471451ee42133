"""How do all pages become part of one web application?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Blueprint, Flask

from runtime.passwords import Passwords
from runtime.services import Services
from runtime.web import assets, home, showing
from runtime.web.admin import apps as apps_admin
from runtime.web.admin import calendar as calendar_admin
from runtime.web.admin import channels as channels_admin
from runtime.web.admin import connectors as connectors_admin
from runtime.web.admin import deliveries as deliveries_admin
from runtime.web.admin import gone_pages, job_pages, sample_pages, store_install, store_pages
from runtime.web.api import pages as api
from runtime.web.approvals import admin as approvals_admin
from runtime.web.approvals import link_pages, stand_in_pages
from runtime.web.approvals import pages as approval_pages
from runtime.web.errors import answer_errors
from runtime.web.filters import pages as filter_pages
from runtime.web.forms import choices, inputs, live
from runtime.web.forms import pages as form_pages
from runtime.web.forms.drawing import Drawings
from runtime.web.forms.view import Easel
from runtime.web.guard import admit_all
from runtime.web.imports import pages as import_pages
from runtime.web.inbox import batch as inbox_batch
from runtime.web.inbox import notice_pages
from runtime.web.inbox import pages as inbox_pages
from runtime.web.incoming import callback_pages, hook_pages
from runtime.web.lists import (
    board_pages,
    bulk_pages,
    export_pages,
    pool_pages,
    run_pages,
    search_pages,
    trash_pages,
    view_pages,
)
from runtime.web.lists import pages as list_pages
from runtime.web.lists import sheets as list_sheets
from runtime.web.people import admin as people_admin
from runtime.web.people import departments as departments_admin
from runtime.web.people import hand_over_pages, handover_list_pages, me_pages, sign_in
from runtime.web.publics import code_pages, outside_pages
from runtime.web.records import (
    act_pages,
    button_pages,
    convert_pages,
    document_pages,
    evidence_pages,
    file_pages,
    freeze_pages,
    gate_pages,
)
from runtime.web.records import pages as record_pages
from runtime.web.rules import pages as rule_pages
from runtime.web.rules import points_pages, routing_pages
from runtime.web.security import protect
from runtime.web.why import pages as why_pages

CHEAP = {"time_cost": 1, "memory_kib": 1024}
"""What a test can afford."""


def install(app: Flask, services: Services, more: Iterable[Blueprint] = ()) -> None:
    """Give an application all our pages and some more, each behind its guard. Raises Unguarded."""
    settings = services.settings
    app.secret_key = settings.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="notes",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        MAX_CONTENT_LENGTH=settings.max_upload + 1_048_576,
        MAX_FORM_MEMORY_SIZE=4 * 1_048_576,
        MAX_FORM_PARTS=5000,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    showing.equip(app)
    inputs.equip(app)
    for blueprint in (*_blueprints(services), *more):
        app.register_blueprint(blueprint)
    protect(app, services)
    answer_errors(app, services)
    admit_all(app, services, sign_in.sign_in_first)


def _blueprints(services: Services) -> Iterator[Blueprint]:
    passwords = Passwords(**CHEAP) if services.settings.cheap_passwords else Passwords()
    easel = Easel(services=services, drawings=Drawings())
    yield assets.pages()
    yield sign_in.pages(services, passwords)
    yield me_pages.pages(services, passwords)
    yield notice_pages.pages(services)
    yield link_pages.pages(services)
    yield from _open_blueprints(services)
    yield home.pages(services)
    yield search_pages.pages(services)
    yield people_admin.pages(services, passwords)
    yield from _admin_blueprints(services)
    yield from _list_blueprints(services, easel)
    yield import_pages.pages(services)
    yield board_pages.pages(services)
    yield trash_pages.pages(services)
    yield job_pages.pages(services)
    yield from _rule_blueprints(services)
    yield export_pages.pages(services)
    yield from _own_blueprints(services)
    yield from _record_blueprints(services, easel)


def _list_blueprints(services: Services, easel: Easel) -> Iterator[Blueprint]:
    yield list_pages.pages(services)
    yield list_sheets.pages(services)
    yield filter_pages.pages(services)
    yield view_pages.pages(services)
    yield bulk_pages.pages(services, easel)
    yield run_pages.pages(services)


def _open_blueprints(services: Services) -> Iterator[Blueprint]:
    """Yield what other programs call, which sign what they say."""
    yield callback_pages.pages(services)
    yield hook_pages.pages(services)
    yield outside_pages.pages(services)


def _rule_blueprints(services: Services) -> Iterator[Blueprint]:
    yield rule_pages.pages(services)
    yield freeze_pages.pages(services)
    yield code_pages.pages(services)
    yield points_pages.pages(services)
    yield routing_pages.pages(services)


def _admin_blueprints(services: Services) -> Iterator[Blueprint]:
    yield hand_over_pages.pages(services)
    yield handover_list_pages.pages(services)
    yield departments_admin.pages(services)
    yield apps_admin.pages(services)
    yield store_pages.pages(services)
    yield store_install.pages(services)
    yield gone_pages.pages(services)
    yield sample_pages.pages(services)
    yield approvals_admin.pages(services)
    yield channels_admin.pages(services)
    yield connectors_admin.pages(services)
    yield deliveries_admin.pages(services)
    yield calendar_admin.pages(services)


def _own_blueprints(services: Services) -> Iterator[Blueprint]:
    yield inbox_pages.pages(services)
    yield inbox_batch.pages(services)
    yield stand_in_pages.pages(services)


def _record_blueprints(services: Services, easel: Easel) -> Iterator[Blueprint]:
    yield form_pages.pages(services, easel)
    yield live.pages(services, easel)
    yield record_pages.pages(services)
    yield act_pages.pages(services)
    yield button_pages.pages(services, easel)
    yield document_pages.pages(services)
    yield pool_pages.pages(services)
    yield gate_pages.pages(services, easel)
    yield approval_pages.pages(services, easel)
    yield why_pages.pages(services)
    yield convert_pages.pages(services, easel)
    yield evidence_pages.pages(services)
    yield file_pages.pages(services)
    yield choices.pages(services)
    yield api.pages(services)
