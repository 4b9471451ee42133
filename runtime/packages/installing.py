"""What does a person wish who installs an app from a store?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.app import App
from engine.packages.package import Package
from engine.wording import Message
from runtime.packages.install import AGREED, hindrances, origin_of
from runtime.packages.plan import EDITED, UNSIGNED, plan_install, served
from runtime.services import Services
from runtime.store import Unit
from runtime.workspace.demo_data import BadDemoData, install_demo
from runtime.workspace.upgrade import NotMerged, Undecided, upgrade_app


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was chosen before."""

    agreed: bool
    """To what it asks for."""
    demo: bool
    """Its demo records are wanted."""
    roles: Mapping[str, tuple[str, ...]]
    """Who gets which role."""
    decided: Mapping[str, str] = field(default_factory=dict)
    """What was decided against an obstacle, by its code, with the reason."""
    shipped: bool = False
    """It came along with the platform: nobody else need sign it."""


@dataclass(frozen=True)
class Waits:
    """Nothing was installed yet: somebody must decide what the new version and local edits both
    changed."""


def decided_in(wishes: Wishes) -> dict[str, str]:
    """Return what was decided against obstacles, and agreed to."""
    decided = dict(wishes.decided)
    decided |= {AGREED: "asked"} if wishes.agreed else {}
    return decided | ({UNSIGNED: "shipped"} if wishes.shipped else {})


def bring(
    services: Services, package: Package, wishes: Wishes, person: str | None
) -> tuple[Message, ...] | Waits:
    """Install a package as it was wished, roles and demo records in the same transaction, or say
    why not, and nothing is changed. What was edited here is kept. Safe to be called again."""
    plan = plan_install(services, package)
    decided = decided_in(wishes)
    left = [one for one in hindrances(plan, decided) if one.code != EDITED]
    if left:
        return tuple(one.message for one in left)
    id_ = package.manifest.app

    def along(unit: Unit) -> None:
        app = unit.store.apps[id_]
        _grant(unit, app, wishes)
        if wishes.demo and not unit.samples.of(id_):
            install_demo(replace(services, apps={**services.apps, id_: app}), unit, app)

    try:
        origin = origin_of(services, plan, decided)
        files = served(package.files)
        done = upgrade_app(services, files, origin=origin, person=person, also=along)
    except (BadDemoData, KeyError) as bad:
        return (Message("示例数据装不上，所以没有安装：{why}", why=str(bad)),)
    except ValueError as error:
        return (Message("安装没有成功：{why}", why=str(error)),)
    return Waits() if isinstance(done, Undecided | NotMerged) else ()


def _grant(unit: Unit, app: App, wishes: Wishes) -> None:
    known = {role.id for role in app.definition.roles}
    wanted: dict[str, list[str]] = {}
    for role, people in wishes.roles.items():
        for person in people if role in known else ():
            wanted.setdefault(person, []).append(role)
    for person, roles in wanted.items():
        actor = unit.people.actor(person)
        if actor is not None:
            mine = dict.fromkeys([*sorted(actor.roles.get(app.id, ())), *roles])
            unit.people.roles.set_for("person", person, app.id, list(mine))
