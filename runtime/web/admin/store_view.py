"""What do the pages of the app store say about an app?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.packages.index import Entry
from engine.packages.package import Package
from engine.packages.scopes import Scopes, needs_consent
from engine.packages.signing import fingerprint
from engine.packages.versions import parts
from engine.wording import Message, words
from runtime.packages.plan import EDITED, PUBLISHER, InstallPlan
from runtime.services import Services
from runtime.web.visit import Visit

ASKED = {
    "hosts": Message("向外部主机发送数据"),
    "connectors": Message("连接其他系统"),
    "incoming": Message("接收其他系统的消息"),
    "public_pages": Message("无需登录的公开页面"),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One app of a store, in a person's language."""

    id: str
    label: str
    description: str
    icon: str
    picture: str | None
    publisher: str
    version: str
    installed: str | None
    newer: bool
    """A later version than the installed one is offered."""
    forms: int
    scenarios: int


def shown(services: Services, visit: Visit, entry: Entry) -> Shown:
    """Return an app as the catalogue shows it."""
    there = services.apps.get(entry.app)
    installed = there.definition.version if there else None
    latest = entry.versions[0].version
    return Shown(
        id=entry.app,
        label=words(entry.label, visit.locale),
        description=words(entry.description, visit.locale),
        icon=entry.icon,
        picture=entry.icon_file,
        publisher=entry.publisher.name,
        version=latest,
        installed=installed,
        newer=installed is not None and parts(latest) > parts(installed),
        forms=entry.forms,
        scenarios=entry.scenarios,
    )


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What installing an app means, in a person's language."""

    fingerprint: str
    asked: tuple[tuple[Message, tuple[str, ...]], ...]
    consent: bool
    roles: tuple[tuple[str, str, str], ...]
    """Id, name and what it is for."""
    demo: int
    """So many demo records."""
    obstacles: tuple[Message, ...]


def offered(visit: Visit, package: Package, plan: InstallPlan) -> Offered:
    """Return what the page of an app says before it is installed."""
    publisher = package.publisher
    return Offered(
        fingerprint=fingerprint(publisher.key) if publisher else "",
        asked=_asked(package.manifest.scopes),
        consent=needs_consent(plan.asked),
        roles=tuple(
            (role.id, words(role.label, visit.locale), words(role.help, visit.locale))
            for role in package.app.definition.roles
        ),
        demo=sum(map(len, package.app.data.values())),
        obstacles=tuple(one.message for one in plan.obstacles if one.code not in (EDITED,)),
    )


def _asked(scopes: Scopes) -> tuple[tuple[Message, tuple[str, ...]], ...]:
    found = ((kind, getattr(scopes, name)) for name, kind in ASKED.items())
    return tuple((kind, names) for kind, names in found if names)


def another_publisher(plan: InstallPlan) -> bool:
    """Tell whether the key is another one than before, which the command line decides about."""
    return any(one.code == PUBLISHER for one in plan.obstacles)
