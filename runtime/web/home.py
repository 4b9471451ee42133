"""What does somebody see first, and where do they go from there?"""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from runtime.services import Services
from runtime.web import setup_pages
from runtime.web.guard import signed_in
from runtime.web.home_view import Workbench
from runtime.web.navigation import navigation
from runtime.web.setup_pages import checklists
from runtime.web.showing import show
from runtime.web.visit import Visit

SHOWN = 6


def pages(services: Services) -> Blueprint:
    """Return the workbench and the pages of the phone's tabs."""
    blueprint = Blueprint("home", __name__)
    setup_pages.add(blueprint, services)

    @blueprint.get("/")
    @signed_in
    def show_home(visit: Visit) -> ResponseReturnValue:
        app = request.args.get("app")
        bench = Workbench(services=services, visit=visit, app=app if app in services.apps else None)
        doing = bench.doing()
        return show(
            services,
            visit,
            "home/home.html",
            active="home",
            app=bench.app,
            greeting=bench.greeting(),
            setup=list(checklists(services, visit, bench.apps())),
            figures=bench.figures(),
            lists=bench.lists(),
            doing=doing[:SHOWN],
            waiting=len(doing),
            recent=bench.recent(),
        )

    @blueprint.get("/menu")
    @signed_in
    def show_menu(visit: Visit) -> ResponseReturnValue:
        return show(services, visit, "home/menu.html", active="menu")

    @blueprint.get("/new")
    @signed_in
    def choose_new(visit: Visit) -> ResponseReturnValue:
        found = navigation(services, visit.person, visit.locale)
        makers = [
            (entry.label, [link for group in entry.groups for link in group.links if link.new])
            for entry in found.apps
        ]
        offered = [(label, links) for label, links in makers if links]
        return show(services, visit, "home/new.html", active="new", offered=offered)

    return blueprint
