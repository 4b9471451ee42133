"""Which apps and forms does a person find in the navigation?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.access.designing import may_design
from engine.access.sight import sight_of
from engine.app import App, Form
from engine.record import Actor
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.publics.links import may_make_codes
from runtime.use_cases.rules.freezing import may_look
from runtime.use_cases.rules.points import may_see_points

USUAL_TONE = "blue"


@dataclass(frozen=True, kw_only=True)
class Link:
    """One form in a menu."""

    id: str
    label: str
    icon: str
    tone: str
    href: str
    new: str | None
    """Where one is made, for those who may."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Forms that belong together."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One app."""

    id: str
    label: str
    icon: str
    tone: str
    href: str
    groups: tuple[Group, ...]
    designable: bool = False
    """The person may see what the app is made of."""
    lifts: bool = False
    """The person may look at what is frozen in it."""
    scored: bool = False
    """People collect points in it."""
    ruled: bool = False
    """The app has rules."""
    coded: bool = False
    """The person may make codes by which people outside fill in forms."""


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """All that the shell shows around a page."""

    apps: tuple[Entry, ...] = ()
    current: Entry | None = None
    waiting: int = 0

    @property
    def groups(self) -> tuple[Group, ...]:
        """The side navigation: that of the app one is in, or of the only one there is."""
        if self.current:
            return self.current.groups
        return self.apps[0].groups if len(self.apps) == 1 else ()


def navigation(
    services: Services, actor: Actor, locale: str, app: str | None = None, waiting: int = 0
) -> Navigation:
    """Return every app in which the person sees or makes anything."""
    found = (_entry(each, actor, locale) for each in services.apps.values())
    apps = tuple(entry for entry in found if entry)
    current = next((entry for entry in apps if entry.id == app), None)
    return Navigation(apps=apps, current=current, waiting=waiting)


def _entry(app: App, actor: Actor, locale: str) -> Entry | None:
    groups = tuple(_groups(app, actor, locale))
    if not groups:
        return None
    return Entry(
        id=app.id,
        label=words(app.definition.label, locale),
        icon=app.definition.icon,
        tone=app.definition.colour or USUAL_TONE,
        href=f"/?app={app.id}",
        groups=groups,
        designable=may_design(app, actor),
        ruled=bool(app.rules),
        lifts=may_look(app, actor),
        coded=may_make_codes(app, actor),
        scored=may_see_points(app, actor),
    )


def _groups(app: App, actor: Actor, locale: str) -> Iterator[Group]:
    roles = actor.roles_in(app.id)
    for menu in app.definition.menu:
        if menu.roles and not actor.admin and not roles & set(menu.roles):
            continue
        forms = (app.forms[id_] for id_ in menu.forms if id_ in app.forms)
        links = tuple(link for form in forms if (link := _link(form, actor, locale)))
        if links:
            yield Group(label=words(menu.label, locale), links=links)


def _link(form: Form, actor: Actor, locale: str) -> Link | None:
    sight = sight_of(form, actor)
    if sight.rows.none and not sight.create:
        return None
    return Link(
        id=form.id,
        label=words(form.definition.label, locale),
        icon=form.definition.icon,
        tone=form.definition.colour or USUAL_TONE,
        href=f"/a/{form.app}/{form.id}/",
        new=f"/a/{form.app}/{form.id}/new" if sight.create else None,
    )
