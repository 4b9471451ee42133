"""How does an administrator install an app: who uses it, with which records, agreeing to what?"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.packages.broken import BrokenPackage
from engine.packages.package import Package
from engine.problems import BrokenApp
from engine.wording import Message
from runtime.market.catalogue import Offering
from runtime.market.installing import start_install
from runtime.packages.install import hindrances, origin_of
from runtime.packages.installing import Wishes, decided_in
from runtime.packages.local_edits import count_local_edits
from runtime.packages.plan import EDITED, PUBLISHER, UNSIGNED, InstallPlan, plan_install, served
from runtime.services import Services
from runtime.web.admin.store_pages import WHERE, found_at, place_of, why
from runtime.web.admin.store_view import catalogue_shown, offered
from runtime.web.answers import UNPROCESSABLE
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit
from runtime.workspace.upgrade import offer_upgrade

ROLE = "role-"


def pages(services: Services) -> Blueprint:
    """Return the page on which an app is installed or brought up to date."""
    blueprint = Blueprint("store_install", __name__)

    @blueprint.get(f"{WHERE}/<id>/install")
    @administrator
    def ask(visit: Visit, id: str) -> ResponseReturnValue:
        return _page(services, visit, found_at(services, id))

    @blueprint.post(f"{WHERE}/<id>/install")
    @administrator
    def install(visit: Visit, id: str) -> ResponseReturnValue:
        found = found_at(services, id)
        wishes = _wishes(found)
        try:
            plan = plan_install(services, found.package())
        except (BrokenPackage, BrokenApp):
            return redirect(place_of(found), 303)
        left = _left(plan, wishes)
        if left:
            return _page(services, visit, found, left)
        if plan.installed and request.form.get("look"):
            files = served(plan.package.files)
            offer_upgrade(services, files, origin_of(services, plan, decided_in(wishes)))
            return redirect(f"/design/{id}/conflicts", 303)
        start_install(services, visit.person, found, wishes)
        return redirect(place_of(found), 303)

    return blueprint


def _wishes(found: Offering) -> Wishes:
    given = request.form
    decided = {code: given[code].strip() for code in (UNSIGNED, PUBLISHER) if given.get(code)}
    return Wishes(
        agreed=bool(given.get("agreed")),
        demo=bool(given.get("demo")),
        roles={
            name.removeprefix(ROLE): tuple(filter(None, given.getlist(name)))
            for name in given
            if name.startswith(ROLE)
        },
        decided=decided,
        shipped=found.shipped,
    )


def _left(plan: InstallPlan, wishes: Wishes) -> tuple[Message, ...]:
    left = hindrances(plan, decided_in(wishes))
    return tuple(one.message for one in left if one.code != EDITED)


def _page(
    services: Services, visit: Visit, found: Offering, wrong: tuple[Message, ...] = ()
) -> ResponseReturnValue:
    package: Package
    try:
        package = found.package()
    except (BrokenPackage, BrokenApp) as broken:
        note(sayer(visit.locale)("现在不能安装：{why}", why=why(broken)), "red")
        return redirect(place_of(found), 303)
    plan = plan_install(services, package)
    (each,) = catalogue_shown(services, visit, [found])
    there = services.apps.get(found.entry.app)
    with services.store.reading() as unit:
        edited = there is not None and any(count_local_edits(unit, there))
        people = [(one.id, one.name) for one in unit.people.list() if one.active]
    html = show(
        services, visit, "admin/store_install.html", active="store", each=each, people=people,
        about=offered(visit, package, plan, shipped=found.shipped), wrong=wrong,
        back=place_of(found), phone_title=each.label, chosen=request.form, edited=edited,
    )  # fmt: skip
    return html, UNPROCESSABLE if wrong else 200
