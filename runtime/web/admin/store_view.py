"""What do the pages of the app store say about an app?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.app import App
from engine.packages.index import Entry
from engine.packages.package import Package
from engine.packages.scopes import needs_consent
from engine.packages.signing import fingerprint
from engine.wording import LOCALES, Label, Message, words
from runtime.market.catalogue import Offering
from runtime.market.checking import checks_of
from runtime.packages.plan import EDITED, PUBLISHER, UNSIGNED, InstallPlan
from runtime.services import Services
from runtime.store.origins import Origin
from runtime.store.package_checks import PackageCheck
from runtime.web.visit import Visit

KINDS = {
    "form": ("forms", Message("{n} 个表单")),
    "workflow": ("rubber-stamp", Message("{n} 个审批")),
    "rule": ("bolt", Message("{n} 条规则")),
    "decision": ("table", Message("{n} 张决策表")),
    "document": ("file-text", Message("{n} 个文档模板")),
    "connector": ("world", Message("{n} 个连接器")),
    "scenario": ("test-pipe", Message("{n} 个场景")),
}
HAN = re.compile("[\u3400-\u9fff]")
ASKED = {
    "hosts": ("send", Message("会把数据发送到这些外部地址")),
    "connectors": ("world", Message("会连接这些系统，读写其中的数据")),
    "incoming": ("bolt", Message("这些规则可以由其他系统触发")),
    "public_pages": ("users-group", Message("这些页面不用登录就能打开和填写")),
    "designing": ("tools", Message("这些角色可以修改应用本身")),
}
SHIPPED = ("shield-check", "green", Message("随平台提供"))
KNOWN = ("shield-check", "green", Message("和已安装的版本是同一个发布者"))
SIGNED = ("shield-check", "blue", Message("签名有效"))
OTHER = ("alert-triangle", "red", Message("换了发布者"))
NOBODY = ("alert-triangle", "amber", Message("没有签名"))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One app of a store, in a person's language."""

    id: str
    source: str | None
    """Named in addresses where it is not what the catalogue shows."""
    label: str
    description: str
    icon: str
    picture: str | None
    publisher: str
    trust: tuple[str, str, Message]
    version: str
    installed: str | None
    newer: bool
    """A later version than the installed one is offered."""
    contents: tuple[tuple[str, Message], ...]
    """A symbol, and how many things of a kind it holds."""
    check: PackageCheck | None
    """What came of its scenarios here."""
    scenarios: int


def catalogue_shown(
    services: Services, visit: Visit, offerings: Iterable[Offering], typed: str = ""
) -> list[Shown]:
    """Return the apps of a catalogue in which what was typed occurs, as it shows them."""
    found = list(offerings)
    checks = checks_of(services, [one.latest.sha256 for one in found])
    all_ = [shown(services, visit, one, checks) for one in found]
    wanted = typed.casefold().split()
    return [one for one in all_ if all(word in _text(one) for word in wanted)]


def shown(
    services: Services, visit: Visit, found: Offering, checks: Mapping[str, PackageCheck]
) -> Shown:
    """Return an app as the catalogue shows it."""
    entry, there = found.entry, services.apps.get(found.entry.app)
    installed = there.definition.version if there else None
    with services.store.reading() as unit:
        origin = unit.origins.one(entry.app) if there else None
    return Shown(
        id=entry.app,
        source=found.source.id if found.source.id not in ("shelf", "wheel") else None,
        label=words(entry.label, visit.locale),
        description=words(entry.description, visit.locale),
        icon=entry.icon,
        picture=entry.icon_file,
        publisher=entry.publisher.name,
        trust=trust(found, entry, origin),
        version=found.latest.version,
        installed=installed,
        newer=installed is not None and found.newer(installed),
        contents=tuple(
            (symbol, Message(counted.text, n=entry.contents[name]))
            for name, (symbol, counted) in KINDS.items()
            if entry.contents.get(name)
        ),
        check=checks.get(found.latest.sha256),
        scenarios=entry.scenarios,
    )


def changes_said(changes: str, locale: str) -> tuple[str, ...]:
    """Return the lines of what is new, without marks of lists; where each thing is said in two
    languages only those that a reader of the language wants."""
    lines = [line.strip().lstrip("-*").strip() for line in changes.splitlines()]
    told = [line for line in lines if line]
    wanted = [line for line in told if bool(HAN.search(line)) == (locale == LOCALES[0])]
    return tuple(wanted or told)


def trust(found: Offering, entry: Entry, origin: Origin | None) -> tuple[str, str, Message]:
    """Return who vouches for an app: a symbol, a colour and the words."""
    key = entry.publisher.key
    pinned = origin.key if origin else None
    if pinned is not None and not found.shipped:
        return KNOWN if pinned == key else OTHER
    if found.shipped:
        return SHIPPED
    return SIGNED if key else NOBODY


def _text(one: Shown) -> str:
    return f"{one.label} {one.description} {one.publisher} {one.id}".casefold()


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What installing an app means, in a person's language."""

    fingerprint: str
    asked: tuple[tuple[str, Message, tuple[str, ...]], ...]
    consent: bool
    roles: tuple[tuple[str, str, str], ...]
    """Id, name and what it is for."""
    demo: int
    """So many demo records."""
    obstacles: tuple[Message, ...]
    """What nobody can decide against."""
    unsigned: bool
    """Somebody must say that it comes from where they think."""
    another: Message | None
    """It is signed by another one than before: somebody must say why that is right."""


DECIDED = (UNSIGNED, PUBLISHER, EDITED)


def offered(visit: Visit, package: Package, plan: InstallPlan, *, shipped: bool) -> Offered:
    """Return what the page of an app says before it is installed."""
    publisher = package.publisher
    codes = {one.code: one.message for one in plan.obstacles}
    return Offered(
        fingerprint=fingerprint(publisher.key) if publisher else "",
        asked=tuple(_asked(package, visit.locale)),
        consent=needs_consent(plan.asked),
        roles=tuple(
            (role.id, words(role.label, visit.locale), words(role.help, visit.locale))
            for role in package.app.definition.roles
        ),
        demo=sum(map(len, package.app.data.values())),
        obstacles=tuple(one.message for one in plan.obstacles if one.code not in DECIDED),
        unsigned=UNSIGNED in codes and not shipped,
        another=codes.get(PUBLISHER),
    )


def _asked(package: Package, locale: str) -> Iterator[tuple[str, Message, tuple[str, ...]]]:
    for name, (symbol, kind) in ASKED.items():
        found = getattr(package.manifest.scopes, name)
        if found:
            yield symbol, kind, tuple(_called(package.app, name, one, locale) for one in found)


def _called(app: App, name: str, id_: str, locale: str) -> str:
    """Return what people call a thing that an app asks for."""
    label: Label = id_
    if name == "connectors" and id_ in app.connectors:
        label = app.connectors[id_].definition.label
    elif name == "incoming" and id_ in app.rules:
        label = app.rules[id_].definition.label
    elif name == "public_pages" and id_ in app.publics:
        label = app.publics[id_].definition.label
    elif name == "designing":
        label = next(role.label for role in app.definition.roles if role.id == id_)
    return words(label, locale)
