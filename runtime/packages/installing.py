"""What does a person wish who installs an app from a store?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.app import App
from engine.packages.package import Package
from engine.wording import Message
from runtime.packages.install import AGREED, hindrances, origin_of
from runtime.packages.plan import EDITED, plan_install, served
from runtime.services import Services
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


def bring(
    services: Services, package: Package, wishes: Wishes, person: str | None
) -> tuple[Message, ...]:
    """Install a package as it was wished, or say why not; what was changed here is kept."""
    plan = plan_install(services, package)
    decided = {AGREED: "asked"} if wishes.agreed else {}
    left = [one for one in hindrances(plan, decided) if one.code != EDITED]
    if left:
        return tuple(one.message for one in left)
    try:
        origin = origin_of(services, plan, decided)
        done = upgrade_app(services, served(package.files), origin=origin, person=person)
    except ValueError as error:
        return (Message("安装没有成功：{why}", why=str(error)),)
    if isinstance(done, Undecided | NotMerged):
        return (Message("新版本和本地修改碰到一起，请先在设计器里逐项选择"),)
    _grant(services, done.app, wishes)
    return _demo(services, done.app) if wishes.demo else ()


def _grant(services: Services, app: App, wishes: Wishes) -> None:
    known = {role.id for role in app.definition.roles}
    wanted: dict[str, list[str]] = {}
    for role, people in wishes.roles.items():
        for person in people if role in known else ():
            wanted.setdefault(person, []).append(role)
    with services.store.unit() as unit:
        for person, roles in wanted.items():
            actor = unit.people.actor(person)
            if actor is not None:
                unit.people.roles.set_for(
                    "person", person, app.id, [*actor.roles.get(app.id, ()), *roles]
                )


def _demo(services: Services, app: App) -> tuple[Message, ...]:
    try:
        with services.store.unit() as unit:
            install_demo(services, unit, app)
    except (BadDemoData, KeyError) as bad:
        return (Message("应用已安装，示例数据没有装上：{why}", why=str(bad)),)
    return ()
