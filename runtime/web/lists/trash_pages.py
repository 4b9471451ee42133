"""Which records of a form were deleted, and how do they come back?"""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.wording import words
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.list_records import Wanted, list_records
from runtime.web.guard import signed_in
from runtime.web.lists.pages import form_or_404, place_of
from runtime.web.lists.view import title_of, total_text
from runtime.web.showing import sayer, show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

PER_PAGE = 50


def pages(services: Services) -> Blueprint:
    """Return the recycle bins of all forms."""
    blueprint = Blueprint("trash", __name__)

    @blueprint.get("/a/<app>/<form>/trash")
    @signed_in
    def show_trash(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        found = form_or_404(services, app, form)
        sight = sight_of(found, visit.person)
        if sight.delete.none:
            abort(403)
        wanted = Wanted(
            deleted=True,
            sort=("-updated_at",),
            limit=PER_PAGE,
            after=request.args.get("after"),
        )
        page = list_records(services, visit.act(), found, wanted)
        if not isinstance(page, Page):
            abort(400)
        cells = cells_for(services, visit, found, page.records)
        place = place_of(services, visit, found, sight)
        say = sayer(visit.locale)
        rows = [
            {
                "id": record.id,
                "title": title_of(found, record, cells),
                "owner": cells.cell(found, "owner", record.owner),
                "when": cells.cell(found, "deleted_at", record.deleted_at),
                "restore": f"/a/{app}/{form}/{record.id}/restore",
            }
            for record in page.records
        ]
        here = (words(found.definition.label, visit.locale), place["urls"]["list"])
        place["crumbs"] = [place["crumbs"][0], here, (say("回收站"), None)]
        return show(
            services,
            visit,
            "list/trash.html",
            **place,
            rows=rows,
            total_text=total_text(page, visit.locale),
            next_cursor=page.next,
        )

    return blueprint
