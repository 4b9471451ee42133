"""How does somebody walk through a trial: the usual pages, on a workspace that is thrown away?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from flask import Blueprint, Flask, redirect, request
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engine.record import Actor
from engine.wording import words
from runtime.jobs.kind import Kind
from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from runtime.market.trials import (
    KEPT,
    Trial,
    end_trial,
    open_trial,
    personas,
    take_place,
    trial_of,
)
from runtime.services import Services
from runtime.web.answers import not_found
from runtime.web.guard import administrator
from runtime.web.inside import Inside
from runtime.web.visit import Visit

MOST_OPEN = 6
"""Trials that one process keeps at hand; others are opened again when somebody goes on."""
AT_ONCE = 40
"""So many things follow from one act in a trial, at most."""
SAFE = frozenset({"GET", "HEAD"})

Build: TypeAlias = Callable[[Services, Iterable[Blueprint]], Flask]


@dataclass(frozen=True)
class Opened:
    """One trial that this process serves."""

    services: Services
    inside: Inside
    playing: tuple[Actor, ...]

    def answer(self, visit: Visit, trial: Trial, path: str) -> ResponseReturnValue:
        """Answer a request as the pages of the trial do, to whom the visitor is in there, and do
        what follows from it by itself."""
        known = {one.id for one in self.playing}
        who = trial.who if trial.who in known else self.playing[0].id
        answer = self.inside.answer(visit, who, request, f"/{path}")
        if request.method not in SAFE:
            workshop = Workshop(services=self.services, kinds=_indoors())
            for _ in range(AT_ONCE):
                if not workshop.run_next():
                    break
        return answer


@dataclass
class Trials:
    """The trials that this process has at hand."""

    services: Services
    build: Build
    _opened: OrderedDict[str, Opened] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, visit: Visit, id_: str) -> tuple[Trial, Opened] | None:
        """Return a trial of the visitor, opened; None if it is over or somebody else's."""
        trial = trial_of(self.services, id_)
        if trial is None or trial.person != visit.person.id:
            return None
        with self._lock:
            known = self._opened.get(id_)
            if known is None:
                known = self._opened[id_] = self._open(trial)
            self._opened.move_to_end(id_)
            while len(self._opened) > MOST_OPEN:
                self._opened.popitem(last=False)[1].services.store.close()
        return trial, known

    def leave(self, trial: Trial) -> None:
        """Throw a trial away."""
        with self._lock:
            known = self._opened.pop(trial.id, None)
        if known is not None:
            known.services.store.close()
        end_trial(self.services, trial.id)

    def _open(self, trial: Trial) -> Opened:
        services = open_trial(self.services, trial)
        playing = personas(services, trial.app)
        app = self.build(services, [_telling(services, trial, playing)])
        return Opened(services, Inside(app, services, f"/trial/{trial.id}"), playing)


def pages(services: Services, build: Build) -> Blueprint:
    """Return the pages of trials; `build` makes the application of each."""
    blueprint = Blueprint("trials", __name__)
    trials = Trials(services, build)

    @blueprint.before_request
    def read_before_forms() -> None:
        request.get_data()

    @blueprint.route("/trial/<id>/", methods=["GET", "POST"])
    @blueprint.route("/trial/<id>/<path:path>", methods=["GET", "POST"])
    @administrator
    def walk(visit: Visit, id: str, path: str = "") -> ResponseReturnValue:
        found = trials.of(visit, id)
        if found is None:
            not_found()
        trial, opened = found
        return opened.answer(visit, trial, path)

    @blueprint.post("/trials/<id>/as")
    @administrator
    def be_somebody(visit: Visit, id: str) -> ResponseReturnValue:
        found = trials.of(visit, id)
        if found is None:
            not_found()
        take_place(services, found[0], request.form.get("person", ""))
        return redirect(f"/trial/{id}/", 303)

    @blueprint.post("/trials/<id>/leave")
    @administrator
    def leave(visit: Visit, id: str) -> ResponseReturnValue:
        found = trials.of(visit, id)
        if found is None:
            return redirect("/admin/store", 303)
        trials.leave(found[0])
        return redirect(f"/admin/store/{found[0].app}", 303)

    return blueprint


def _telling(services: Services, trial: Trial, playing: Iterable[Actor]) -> Blueprint:
    """Let every page in a trial say that it is one, and whose place can be taken."""
    blueprint = Blueprint("trial", __name__)
    roles = {role.id: role.label for role in services.apps[trial.app].definition.roles}

    def people(locale: str) -> list[tuple[str, str]]:
        return [(one.id, _told(one, one.roles_in(trial.app), locale)) for one in playing]

    def _told(one: Actor, mine: frozenset[str], locale: str) -> str:
        said = [words(label, locale) for role, label in roles.items() if role in mine]
        return f"{one.name} · {' / '.join(said)}"

    @blueprint.record
    def tell(state: BlueprintSetupState) -> None:
        told = {"id": trial.id, "label": trial.label, "people": people, "until": trial.begun + KEPT}
        state.app.jinja_env.globals["trial"] = told

    return blueprint


def _indoors() -> dict[str, Kind]:
    """Return the kinds of work of which nothing leaves the workspace; what does is left lying."""
    return {id_: kind for id_, kind in kinds().items() if not kind.outward}
