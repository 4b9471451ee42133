"""What does an app ask for outside of its own records?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from engine.app import App
from engine.rules.actions.webhook import Webhook
from engine.rules.triggers.webhook import CalledIn


class Scopes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever installs an app agrees to."""

    hosts: tuple[str, ...] = ()
    """Other machines that it tells something."""
    connectors: tuple[str, ...] = ()
    """Other systems that it works with."""
    incoming: tuple[str, ...] = ()
    """Rules that other systems can set off."""
    public_pages: tuple[str, ...] = ()
    """Pages that anybody with their link can fill in without signing in."""
    roles: tuple[str, ...] = ()
    """Roles that people can be given."""
    designing: tuple[str, ...] = ()
    """Roles whose people may change the app itself."""


def scopes_of(app: App) -> Scopes:
    """Return what the definitions of an app ask for, each kind in order."""
    return Scopes(
        hosts=_ordered(_hosts(app)),
        connectors=_ordered(app.connectors),
        incoming=_ordered(
            id_ for id_, rule in app.rules.items() if isinstance(rule.definition.on, CalledIn)
        ),
        public_pages=_ordered(app.publics),
        roles=_ordered(role.id for role in app.definition.roles),
        designing=_ordered(role.id for role in app.definition.roles if role.design),
    )


def grown(before: Scopes, after: Scopes) -> Scopes:
    """Return what is asked for now and was not before."""
    new = {
        name: tuple(one for one in getattr(after, name) if one not in getattr(before, name))
        for name in Scopes.__struct_fields__
    }
    return Scopes(**new)


def needs_consent(scopes: Scopes) -> bool:
    """Tell whether something is asked for that reaches out of the workspace, or lets others in."""
    return bool(scopes.hosts or scopes.connectors or scopes.incoming or scopes.public_pages)


def _hosts(app: App) -> Iterator[str]:
    for rule in app.rules.values():
        for action in rule.definition.do:
            if isinstance(action, Webhook):
                yield _host(action.url)
    for connector in app.connectors.values():
        if connector.definition.url is not None:
            yield _host(connector.definition.url)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().rpartition("@")[2]


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
