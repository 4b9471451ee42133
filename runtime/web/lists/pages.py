"""How does somebody look at the records of a form as a list?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.outcomes import Denied
from engine.wording import words
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records
from runtime.use_cases.pools.claim_record import may_claim
from runtime.use_cases.rules.buttons import buttons_above
from runtime.web.filters.bar import chips_of
from runtime.web.filters.words import label_of
from runtime.web.guard import signed_in, wants_a_part
from runtime.web.lists.everything import everything_of
from runtime.web.lists.left import left_words, with_left
from runtime.web.lists.state import ListState, View, read_state
from runtime.web.lists.tabs import in_feel_of, tabs_of
from runtime.web.lists.view import (
    columns_shown,
    fields_needed,
    head_of,
    rows_of,
    sorted_by,
    sorts_of,
    standing_of,
    total_text,
)
from runtime.web.showing import show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

PER_PAGE = 20
MOST_COUNTED_TABS = 8
NOTHING = Page(records=(), next=None, total=0, total_is_exact=True)


def pages(services: Services) -> Blueprint:
    """Return the list pages of all forms."""
    blueprint = Blueprint("lists", __name__)

    @blueprint.get("/a/<app>/<form>/")
    @signed_in
    def show_list(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        sight = sight_of(found, visit.person)
        if sight.rows.none:
            abort(403)
        state = state_of(services, visit, found)
        part = wants_a_part(request)
        values = _values(services, visit, found, sight, state)
        return show(
            services, visit, "list/card.html" if part else "list/list.html", part=part, **values
        )

    @blueprint.get("/a/<app>/<form>/counts")
    @signed_in
    def show_counts(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        tabs = tabs_of(services, visit, found)[:MOST_COUNTED_TABS]
        counted = [(tab.id, _count(services, visit, found, tab)) for tab in tabs]
        counts = [(id_, text) for id_, text in counted if text]
        return show(services, visit, "list/counts.html", counts=counts)

    return blueprint


def _count(services: Services, visit: Visit, form: Form, tab: View) -> str:
    wanted = Wanted(feel=tab.feel or None, columns=(), limit=1)
    page = list_records(services, visit.act(), form, wanted)
    if not isinstance(page, Page) or page.total is None:
        return ""
    return f"{page.total:,}" if page.total_is_exact else f"{page.total:,}+"


def form_or_404(services: Services, app: str, form: str) -> Form:
    """Return a form of an installed app; 404 if there is none."""
    found = services.form(app, form)
    if found is None:
        abort(404)
    return found


def state_of(services: Services, visit: Visit, form: Form) -> ListState:
    """Return how the address asks to look at a list of a form."""
    in_feel = in_feel_of(services.apps[form.app], form)
    state = read_state(request.args, tabs_of(services, visit, form), in_feel)
    return with_left(services, visit, form, state)


def _values(
    services: Services, visit: Visit, form: Form, sight: Sight, state: ListState
) -> Mapping[str, Any]:
    columns = columns_shown(form, state, sight)
    by = sorted_by(form, state.order)
    wanted = state.wanted(fields_needed(form, columns, by, sight), PER_PAGE)
    outcome = list_records(services, visit.act(), form, wanted)
    page = outcome if isinstance(outcome, Page) else NOTHING
    cells = cells_for(services, visit, form, page.records)
    standing = partial(standing_of, form, by=by, cells=cells, now=services.now())
    sorts, sort_text = sorts_of(form, columns, state, visit.locale)
    return {
        **place_of(services, visit, form, sight),
        "state": state,
        "views": tabs_of(services, visit, form),
        "columns": head_of(form, columns, state, visit.locale),
        "rows": rows_of(form, page, columns, cells, standing),
        "sorted_by": label_of(form, by, visit.locale),
        "chips": chips_of(services, visit, form, state),
        "left": left_words(state),
        "sorts": sorts,
        "sort_text": sort_text,
        "total_text": total_text(page, visit.locale),
        "everything": everything_of(page, state),
        "next_cursor": page.next,
        "previous_cursor": page.previous,
        "problem": outcome.message if isinstance(outcome, BadQuestion | Denied) else None,
        "hidden": _hidden(state),
    }


def place_of(services: Services, visit: Visit, form: Form, sight: Sight) -> dict[str, Any]:
    """Return what list and board both say about where one is and what one may do."""
    base = f"/a/{form.app}/{form.id}"
    app = services.apps[form.app]
    label = words(form.definition.label, visit.locale)
    rights = rights_of(form, sight)
    buttons = buttons_above(app, form, sight, visit.person)
    return {
        "app": form.app,
        "active": form.id,
        "form": form,
        "label": label,
        "crumbs": [(words(app.definition.label, visit.locale), f"/?app={app.id}"), (label, None)],
        "new_url": f"{base}/new" if sight.create else None,
        "trash_url": f"{base}/trash" if not sight.delete.none else None,
        "pool_url": f"{base}/pool" if may_claim(form, visit.person) else None,
        "board_url": f"{base}/board" if form.pipelines else None,
        "can": {**rights, "bulk": rights["bulk"] or bool(buttons)},
        "buttons": buttons,
        "urls": {
            "list": f"{base}/",
            "counts": f"{base}/counts",
            "filter": f"{base}/filter",
            "columns": f"{base}/columns",
            "save_view": f"{base}/views/new",
            "views": f"{base}/views",
            "bulk": f"{base}/bulk",
            "import": f"{base}/import",
        },
    }


def rights_of(form: Form, sight: Sight) -> dict[str, bool]:
    """Return what the person may do with some records of the form at least."""
    rights = {
        "edit": not sight.edit.none,
        "advance": bool(form.pipelines) and not sight.advance.none,
        "transfer": not sight.transfer.none,
        "delete": not sight.delete.none,
        "export": sight.export,
    }
    more = {"bulk": any(rights.values()), "save_view": True, "import": sight.bring_in}
    return {**rights, **more}


def _hidden(state: ListState) -> list[tuple[str, str]]:
    """Return the rest of the address, which the list's own search box sends along."""
    return parse_qsl(state.query(search="")[1:], keep_blank_values=True)
