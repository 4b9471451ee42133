"""How does an administrator find apps in a store, and install them?"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engine.packages.broken import BrokenPackage
from engine.packages.index import Entry, Index
from engine.problems import BrokenApp
from engine.wording import Message, words
from runtime.effects.opening import doors_of
from runtime.packages.installing import Wishes, bring
from runtime.packages.plan import plan_install
from runtime.packages.shelf import Shelf
from runtime.services import Services
from runtime.web.admin.store_view import offered, shown
from runtime.web.answers import UNPROCESSABLE, moved_on, not_found
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

WHERE = "/admin/store"
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def pages(services: Services) -> Blueprint:
    """Return the pages of the app store."""
    blueprint = Blueprint("store", __name__)
    place = services.settings.store
    shelf = Shelf(place, doors_of(services.settings).outbound) if place else None

    @blueprint.get(WHERE)
    @administrator
    def show_store(visit: Visit) -> ResponseReturnValue:
        index, problem = _index(shelf)
        apps = [shown(services, visit, entry) for entry in index.apps] if index else []
        return show(
            services, visit, "admin/store.html", active="store",
            apps=apps, problem=problem, place=place,
        )  # fmt: skip

    @blueprint.get(f"{WHERE}/<id>")
    @administrator
    def show_app(visit: Visit, id: str) -> ResponseReturnValue:
        return _page(services, visit, *_found(shelf, id))

    @blueprint.post(f"{WHERE}/<id>")
    @administrator
    def install_app(visit: Visit, id: str) -> ResponseReturnValue:
        here, entry = _found(shelf, id)
        wishes = Wishes(
            agreed=bool(request.form.get("agreed")),
            demo=bool(request.form.get("demo")),
            roles={
                name.removeprefix("role-"): tuple(filter(None, request.form.getlist(name)))
                for name in request.form
                if name.startswith("role-")
            },
        )
        try:
            wrong = bring(services, here.package(entry.versions[0]), wishes, visit.person.id)
        except (BrokenPackage, BrokenApp) as broken:
            wrong = (_why(broken),)
        if wrong:
            return _page(services, visit, here, entry, wrong), UNPROCESSABLE
        say = sayer(visit.locale)
        note(say("“{label}”已安装", label=words(entry.label, visit.locale)))
        return moved_on(f"{WHERE}/{id}")

    @blueprint.get(f"{WHERE}/pictures/<path:name>")
    @administrator
    def show_picture(visit: Visit, name: str) -> ResponseReturnValue:
        found = shelf.picture(name) if shelf else None
        if found is None:
            not_found()
        response = Response(found, mimetype=TYPES[name.rpartition(".")[2]])
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response

    return blueprint


def _index(shelf: Shelf | None) -> tuple[Index | None, Message | None]:
    if shelf is None:
        return None, None
    try:
        return shelf.index(), None
    except BrokenPackage as broken:
        return None, broken.message


def _found(shelf: Shelf | None, id_: str) -> tuple[Shelf, Entry]:
    index, _ = _index(shelf)
    entry = next((one for one in index.apps if one.app == id_), None) if index else None
    if shelf is None or entry is None:
        not_found()
    return shelf, entry


def _page(
    services: Services, visit: Visit, shelf: Shelf, entry: Entry, wrong: tuple[Message, ...] = ()
) -> str:
    about = None
    try:
        package = shelf.package(entry.versions[0])
        about = offered(visit, package, plan_install(services, package))
    except (BrokenPackage, BrokenApp) as broken:
        wrong = (*wrong, _why(broken))
    with services.store.reading() as unit:
        people = [(one.id, one.name) for one in unit.people.list() if one.active]
    return show(
        services, visit, "admin/store_app.html", active="store", entry=entry,
        each=shown(services, visit, entry), about=about, wrong=wrong, people=people,
    )  # fmt: skip


def _why(broken: BrokenPackage | BrokenApp) -> Message:
    return broken.message if isinstance(broken, BrokenPackage) else broken.problems[0].message
