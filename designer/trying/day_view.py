"""What does the page of a sandbox show?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.trying.asked import SPANS
from designer.trying.happened import Happening, Happenings
from designer.trying.records import Eyes, Shown, call_by_id, eyes_of, sentences_of
from designer.trying.scratch import Scratch
from designer.trying.sentences import STATES
from designer.trying.values import AskRows, asks_of
from engine.access.sight import sight_of
from engine.app import App, Form
from engine.wording import words
from runtime.web.visit import Visit

Args = Mapping[str, str]


def day_values(visit: Visit, scratch: Scratch, args: Args) -> dict[str, Any]:
    """Return what the template of a sandbox that is ready needs."""
    eyes = eyes_of(scratch, visit)
    call_by_id(scratch, args.get("form", ""), args.get("record", ""))
    shown = eyes.record(args.get("record", ""))
    forms = eyes.forms()
    form = _form(forms, shown, args.get("form", ""))
    lines = eyes.lines(form) if form else []
    asks = _asks(eyes, form, shown, args)
    return {
        "now": scratch.world.services.local(scratch.world.clock.now),
        "spans": list(SPANS),
        "people": _people(scratch.world.people, scratch.app, visit.locale),
        "who": eyes.login,
        "seen": shown,
        "form_seen": form,
        "forms_seen": forms,
        "lines": lines,
        "asks": asks if isinstance(asks, list) else None,
        "asked_new": "new" in args,
        "is_rows": lambda one: isinstance(one, AskRows),
        "states": STATES,
        "may_create": bool(form and sight_of(form, eyes.visit.person).create),
        "names": {login: one.name for login, one in scratch.world.people.items()},
        **_chosen(eyes, shown),
        "timeline": _timeline(visit, scratch),
    }


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


def _form(forms: list[Form], shown: Shown | None, wanted: str) -> Form | None:
    if shown is not None:
        return shown.form
    return next((form for form in forms if form.id == wanted), forms[0] if forms else None)


def _asks(eyes: Eyes, form: Form | None, shown: Shown | None, args: Args) -> Any:
    world, locale = eyes.scratch.world, eyes.visit.locale
    if shown is not None and "edit" in args:
        id_ = world.names[shown.name].id
        return asks_of(world, eyes.act, shown.form, id_, locale)
    if form is not None and "new" in args:
        return asks_of(world, eyes.act, form, None, locale)
    return None


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
