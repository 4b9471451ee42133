"""What does the page of a sandbox show?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.trying.happened import Happening, Happenings
from designer.trying.records import Eyes, Shown, eyes_of, sentences_of
from designer.trying.scratch import Scratch
from designer.trying.sentences import STATES
from engine.access.sight import sight_of
from engine.app import App
from engine.wording import words
from runtime.web.visit import Visit


def day_values(visit: Visit, scratch: Scratch, at: str) -> dict[str, Any]:
    """Return what the template of a sandbox that is ready needs; `at` is where somebody is in
    it."""
    eyes = eyes_of(scratch, visit)
    shown = _shown(eyes, at)
    return {
        "now": scratch.world.services.local(scratch.world.clock.now),
        "people": _people(scratch.world.people, scratch.app, visit.locale),
        "who": scratch.story.who,
        "at": at,
        "inside": f"{scratch.pages.prefix}{at}",
        "prefix": scratch.pages.prefix,
        "seen": shown,
        "states": STATES,
        "names": {login: one.name for login, one in scratch.world.people.items()},
        **_chosen(eyes, shown),
        "timeline": _timeline(visit, scratch),
    }


def first_place(visit: Visit, scratch: Scratch) -> str:
    """Return the list of the first form of which the person sees something, or can make some."""
    app, person = scratch.app, eyes_of(scratch, visit).visit.person
    menu = [id_ for group in app.definition.menu for id_ in group.forms if id_ in app.forms]
    for id_ in (*menu, *app.forms):
        sight = sight_of(app.forms[id_], person)
        if sight.create or not sight.rows.none:
            return f"/a/{app.id}/{id_}/"
    return "/"


def _shown(eyes: Eyes, at: str) -> Shown | None:
    """Return the record on whose page somebody is."""
    where = eyes.scratch.pages.where(at)
    names = where.names if where else {}
    form = eyes.scratch.app.forms.get(names.get("form", ""))
    return eyes.record(form, names["id"]) if form and "id" in names else None


def _chosen(eyes: Eyes, shown: Shown | None) -> dict[str, Any]:
    """Return what can be expected of a record's stage and owner, and what they are."""
    if shown is None:
        return {}
    people = eyes.scratch.world.people
    logins = {actor.id: login for login, actor in people.items()}
    return {
        "stage_choices": [
            (stage.id, words(stage.label, eyes.visit.locale))
            for stage in shown.form.stages.values()
        ],
        "owner_login": logins.get(shown.reading.record.owner or "", ""),
    }


def _people(people: Mapping[str, Any], app: App, locale: str) -> list[tuple[str, str]]:
    """Return who can be looked as: those with a role in the app, with what they are."""
    labels = {role.id: words(role.label, locale) for role in app.definition.roles}
    between = "、" if locale == "zh" else ", "
    found = []
    for login, actor in people.items():
        roles = between.join(labels[id_] for id_ in sorted(actor.roles_in(app.id)) if id_ in labels)
        if roles or actor.admin:
            found.append((login, f"{actor.name} · {roles}" if roles else actor.name))
    return found or [(login, actor.name) for login, actor in people.items()]


def _timeline(visit: Visit, scratch: Scratch) -> list[dict[str, Any]]:
    """Return the steps, latest first, each with what followed from it by itself."""
    say, titles = sentences_of(scratch, visit.locale)
    people = {actor.id: actor.name for actor in scratch.world.people.values()}
    found = Happenings(scratch, visit.locale, people, titles).gather()
    steps = []
    for number, told in enumerate(scratch.story.told):
        steps.append(
            {
                "number": number,
                "at": scratch.world.services.local(told.began),
                "text": say.step(told.step),
                "then": list(say.then(told.step)),
                "came": told.came,
                "differs": told.differs,
                "clock": told.step.elapse is not None,
                "found": [
                    (one, scratch.world.services.local(one.at).strftime("%m-%d %H:%M"))
                    for one in found.get(number, [])
                ],
                "messages": _messages(found.get(number, [])),
            }
        )
    return steps[::-1]


def _messages(found: list[Happening]) -> dict[str, list[str]]:
    """Return what each person was told, as a scenario says it."""
    told: dict[str, list[str]] = {}
    for one in found:
        if one.kind == "message":
            told.setdefault(one.login, []).append(one.said)
    return told
