"""May a package be installed here, and what does whoever installs it agree to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version as version_of

import msgspec

from engine.app import App
from engine.packages.manifest import PLATFORM, Manifest
from engine.packages.package import Package
from engine.packages.scopes import Scopes, grown
from engine.packages.signing import fingerprint
from engine.packages.versions import parts, satisfies
from engine.wording import Message
from runtime.services import Services
from runtime.store.origins import Origin
from runtime.workspace.packages import digest


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Why a package is not installed, or not unless somebody says that it shall be."""

    code: str
    message: Message


UNSIGNED, PUBLISHER, EDITED = "install.unsigned", "install.publisher", "install.edited"
"""What a person with the right to it may decide against."""


@dataclass(frozen=True, kw_only=True)
class InstallPlan:
    """What installing a package would mean."""

    package: Package
    installed: str | None
    """The version that is there now."""
    asked: Scopes
    """What it asks for that was not agreed to before."""
    obstacles: tuple[Obstacle, ...]
    origin: Origin | None
    """Where it came from when this was found out."""


def served(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that a workspace keeps of a package: what is only read before is left."""
    return {name: content for name, content in files.items() if name.endswith(".yaml")}


def plan_install(services: Services, package: Package) -> InstallPlan:
    """Say what installing a package means; nothing is changed."""
    app = package.manifest.app
    with services.store.reading() as unit:
        known, origin = unit.packages.one(app), unit.origins.one(app)
        files = unit.packages.files(app) if known else {}
    agreed = msgspec.convert(origin.scopes, Scopes) if origin else Scopes()
    obstacles = [
        *_of_publisher(package, origin, there=known is not None),
        *_of_version(package.manifest, known.version if known else None),
        *requirements(services.apps, package.app),
        *_of_edits(origin, files, package),
    ]
    return InstallPlan(
        package=package,
        installed=known.version if known else None,
        asked=grown(agreed, package.manifest.scopes),
        obstacles=tuple(obstacles),
        origin=origin,
    )


def requirements(apps: Mapping[str, App], app: App) -> Iterator[Obstacle]:
    """Yield what an app needs and does not find here, and who needs another version of it."""
    for name, wanted in app.definition.requires.items():
        there = version_of(PLATFORM) if name == PLATFORM else _version(apps, name)
        if there is None:
            message = Message("需要先安装应用“{name}” {wanted}", name=name, wanted=wanted)
            yield Obstacle(code="install.requires", message=message)
        elif not satisfies(there, wanted):
            message = Message(
                "需要“{name}” {wanted}，这里是 {there}", name=name, wanted=wanted, there=there
            )
            yield Obstacle(code="install.requires", message=message)
    for other in apps.values():
        wanted = other.definition.requires.get(app.id, "")
        if other.id != app.id and wanted and not satisfies(app.definition.version, wanted):
            label = other.definition.label
            message = Message("应用“{label}”需要它的 {wanted} 版本", label=label, wanted=wanted)
            yield Obstacle(code="install.required_by", message=message)


def _version(apps: Mapping[str, App], name: str) -> str | None:
    return apps[name].definition.version if name in apps else None


def _of_publisher(package: Package, origin: Origin | None, *, there: bool) -> Iterator[Obstacle]:
    publisher = package.publisher
    if publisher is None:
        message = Message("这个应用包没有签名，不知道出自谁手")
        pinned = origin is not None and origin.key is not None
        yield Obstacle(code=PUBLISHER if pinned else UNSIGNED, message=message)
        return
    if origin is None or origin.key is None:
        if there and origin is None:
            message = Message(
                "应用“{label}”不是从应用包安装的，现在的应用包由“{publisher}”签发",
                label=package.manifest.label,
                publisher=publisher.name,
            )
            yield Obstacle(code=PUBLISHER, message=message)
        return
    if origin.key != publisher.key:
        message = Message(
            "这个应用一直由“{before}”签发（{old}），这个包却由“{now}”签发（{new}）",
            before=origin.publisher,
            old=fingerprint(origin.key),
            now=publisher.name,
            new=fingerprint(publisher.key),
        )
        yield Obstacle(code=PUBLISHER, message=message)


def _of_version(manifest: Manifest, there: str | None) -> Iterator[Obstacle]:
    if there is not None and parts(manifest.version) < parts(there):
        message = Message(
            "已安装 {there}，不能退回 {version}", there=there, version=manifest.version
        )
        yield Obstacle(code="install.downgrade", message=message)


def _of_edits(
    origin: Origin | None, files: Mapping[str, bytes], package: Package
) -> Iterator[Obstacle]:
    now = digest(files)
    edited = origin is not None and now not in (origin.digest, digest(served(package.files)))
    if edited:
        message = Message("这个应用在本地改过，直接安装会丢掉这些修改")
        yield Obstacle(code=EDITED, message=message)
