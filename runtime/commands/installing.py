"""What is asked and said while an app is installed from the command line?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import click

from engine.app import App
from engine.loading.load import load_app
from engine.packages.broken import BrokenPackage
from engine.packages.package import open_package
from engine.packages.scopes import Scopes, needs_consent
from engine.packages.signing import fingerprint
from engine.wording import Message
from runtime.commands.speaking import complain, say, told
from runtime.language import translate
from runtime.packages.folder import read_package
from runtime.packages.install import AGREED, hindrances, install_package, origin_of
from runtime.packages.plan import (
    EDITED,
    PUBLISHER,
    UNSIGNED,
    InstallPlan,
    Obstacle,
    plan_install,
    requirements,
    served,
)
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.demo_data import install_demo
from runtime.workspace.open import open_workspace
from runtime.workspace.packages import files_of
from runtime.workspace.upgrade import NotMerged, Undecided, Upgraded, upgrade_app

Given: TypeAlias = Mapping[str, str | bool | None]
"""Options as they were given."""
KINDS = {
    "hosts": Message("向外部主机发送数据"),
    "connectors": Message("连接其他系统"),
    "incoming": Message("接收其他系统的消息"),
    "public_pages": Message("无需登录的公开页面"),
    "roles": Message("可以授予的角色"),
    "designing": Message("可以修改这个应用的角色"),
}


def install_from(source: Path, lang: str, demo: bool, decided: Given) -> None:
    """Install an app, its demo records too if they are wanted, and say what was installed."""
    services = open_workspace(Settings.from_environment())
    with told(lang):
        if source.is_dir():
            installed = _from_folder(services, source, lang)
        else:
            installed = _from_package(services, source, _decisions(decided), lang)
    definition = installed.definition
    say(Message("“{label}”{version} 已安装（{id}）", label=definition.label, id=installed.id,
                version=definition.version), lang)  # fmt: skip
    if demo:
        with services.store.unit() as unit:
            count = len(install_demo(services, unit, installed))
        say(Message("  · 示例数据 {count} 条", count=count), lang)


def _decisions(given: Given) -> dict[str, str]:
    by_option = {
        "yes": AGREED, "unsigned": UNSIGNED, "new_publisher": PUBLISHER, "lose_edits": EDITED,
    }  # fmt: skip
    return {code: str(given[name]) for name, code in by_option.items() if given[name]}


def _from_folder(services: Services, folder: Path, lang: str) -> App:
    files = files_of(folder)
    app = load_app(files)
    _stop(tuple(requirements(services.apps, app)), lang)
    return _brought(upgrade_app(services, files), app.id, lang)


def _from_package(services: Services, file: Path, decided: dict[str, str], lang: str) -> App:
    plan = plan_install(services, open_package(read_package(file)))
    _introduce(plan, lang)
    # Whoever names a file in a script has chosen it; what an upgrade asks for more is another
    # matter.
    nobody_there = plan.installed is None and not sys.stdin.isatty()
    if AGREED not in decided and needs_consent(plan.asked):
        question = Message("同意这些权限并安装？").fill(translate(lang), lang)
        if nobody_there or (sys.stdin.isatty() and click.confirm(question)):
            decided[AGREED] = "asked"
    left = tuple(one for one in hindrances(plan, decided) if one.code != EDITED)
    _stop(left, lang)
    try:
        if EDITED in decided:
            return install_package(services, plan, decided)
        origin, files = origin_of(services, plan, decided), served(plan.package.files)
        done = upgrade_app(services, files, origin=origin)
        return _brought(done, origin.app, lang)
    except ValueError as error:
        message = Message("安装没有成功：{why}", why=str(error))
        raise BrokenPackage("install.meanwhile", message) from error


def _brought(done: Upgraded | Undecided | NotMerged, app: str, lang: str) -> App:
    """Return what was installed with what was changed here; say it and stop if that waits."""
    if isinstance(done, Upgraded):
        if done.kept:
            say(Message("本地的修改都保留了"), lang)
        return done.app
    n = len(done.conflicts)
    message = Message(
        "有 {n} 处本地修改和新版本碰到一起，请在 /design/{app}/conflicts 逐项选择；还没有升级",
        n=n, app=app,
    )  # fmt: skip
    complain(message, lang)
    for problem in done.problems if isinstance(done, NotMerged) else ():
        complain(problem.message, lang)
    complain(_WAYS[EDITED], lang)
    sys.exit(1)


def _introduce(plan: InstallPlan, lang: str) -> None:
    said = plan.package.manifest
    message = Message("“{label}” {version}", label=said.label, version=said.version)
    say(message, lang)
    if said.publisher:
        message = Message(
            "由“{name}”签发，公钥指纹 {fingerprint}",
            name=said.publisher.name,
            fingerprint=fingerprint(said.publisher.key),
        )
        say(message, lang)
    _tell_scopes(plan.asked, lang)


def _tell_scopes(scopes: Scopes, lang: str) -> None:
    for name, kind in KINDS.items():
        wanted = getattr(scopes, name)
        if wanted:
            say(Message("  · {kind}：{names}", kind=kind, names=list(wanted)), lang)


def _stop(obstacles: tuple[Obstacle, ...], lang: str) -> None:
    for one in obstacles:
        complain(Message("{why} [{code}]", why=one.message, code=one.code), lang)
    for code, way in _WAYS.items():
        if code in {one.code for one in obstacles}:
            complain(way, lang)
    if obstacles:
        sys.exit(1)


_WAYS = {
    UNSIGNED: Message("确认来源可靠时，加 --unsigned 安装"),
    PUBLISHER: Message("向发布者核实过新的公钥后，加 --new-publisher 并写明理由"),
    EDITED: Message("要放弃本地修改，加 --lose-edits"),
    "install.scopes": Message("同意时加 --yes"),
}
