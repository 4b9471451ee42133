"""How does somebody find records and colleagues by a few words?"""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from engine.wording import words
from runtime.services import Services
from runtime.use_cases.administer_people import departments_known, people_listed
from runtime.use_cases.search_records import Found, search_records
from runtime.web.guard import signed_in
from runtime.web.lists.view import title_of
from runtime.web.navigation import Link, Navigation, navigation
from runtime.web.showing import show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

SUGGESTED = 4
SHOWN = 10


def pages(services: Services) -> Blueprint:
    """Return the search page and the suggestions of the search box."""
    blueprint = Blueprint("search", __name__)

    @blueprint.get("/search")
    @signed_in
    def show_results(visit: Visit) -> ResponseReturnValue:
        asked = request.args.get("q", "").strip()
        return show(
            services,
            visit,
            "search/search.html",
            active="search",
            asked=asked,
            groups=_groups(services, visit, asked, SHOWN),
            places=_places(services, visit, asked),
            colleagues=_colleagues(services, asked),
        )

    @blueprint.get("/search/suggest")
    @signed_in
    def suggest(visit: Visit) -> ResponseReturnValue:
        asked = request.args.get("q", "").strip()
        return show(
            services,
            visit,
            "search/suggest.html",
            asked=asked,
            groups=_groups(services, visit, asked, SUGGESTED),
            places=_places(services, visit, asked),
            colleagues=_colleagues(services, asked),
        )

    return blueprint


def _places(services: Services, visit: Visit, asked: str) -> list[Link]:
    """Return the forms whose names contain what is asked for."""
    found = navigation(services, visit.person, visit.locale) if asked else Navigation()
    links = [link for entry in found.apps for group in entry.groups for link in group.links]
    return [link for link in links if asked.lower() in link.label.lower()][:SUGGESTED]


def _colleagues(services: Services, asked: str) -> list[dict[str, str]]:
    """Return people by name, login or initials, with where they work."""
    if not asked:
        return []
    departments = {each.id: each.name for each in departments_known(services)}
    return [
        {
            "name": person.name,
            "meta": " · ".join(
                text for text in (departments.get(person.department or ""), person.post) if text
            ),
        }
        for person in people_listed(services, asked, None, True)[:SUGGESTED]
    ]


def _groups(services: Services, visit: Visit, asked: str, most: int) -> list[dict[str, Any]]:
    if not asked:
        return []
    found = search_records(services, visit.act(), asked, most)
    return [_group(services, visit, asked, each) for each in found]


def _group(services: Services, visit: Visit, asked: str, found: Found) -> dict[str, Any]:
    form = found.form
    cells = cells_for(services, visit, form, found.records)
    subtitle = form.definition.subtitle
    return {
        "id": f"{form.app}-{form.id}",
        "label": words(form.definition.label, visit.locale),
        "icon": form.definition.icon,
        "more": f"/a/{form.app}/{form.id}/" if found.more else None,
        "asked": asked,
        "hits": [
            {
                "href": f"/a/{form.app}/{form.id}/{record.id}",
                "title": _marked(title_of(form, record, cells), asked),
                "meta": _marked(cells.text(form, subtitle, record.values.get(subtitle)), asked)
                if subtitle
                else "",
                "stage": cells.cell(form, "stage", record.stage) if record.stage else "",
                "owner": cells.text(form, "owner", record.owner),
            }
            for record in found.records
        ],
    }


def _marked(text: str, asked: str) -> Markup:
    """Return a text with what was asked for made visible in it."""
    parts = re.split(f"({re.escape(asked)})", text, flags=re.IGNORECASE)
    drawn = (
        Markup("<mark>{}</mark>").format(part) if n % 2 else escape(part)
        for n, part in enumerate(parts)
    )
    return Markup("").join(drawn)
