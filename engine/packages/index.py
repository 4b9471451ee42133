"""Which packages does a store offer?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from engine.packages.broken import BrokenPackage
from engine.packages.contents import contents_of
from engine.packages.manifest import Publisher, Requires
from engine.packages.names import ICON, PICTURE
from engine.packages.package import Package
from engine.packages.scopes import Scopes
from engine.packages.signing import public_key
from engine.packages.versions import parts
from engine.wording import Label, Message

FORMAT = 1
PURPOSE = b"dougong index 1\n"
NOBODY = Publisher(name="", key="")
"""Who publishes what nobody signed."""


class Offer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of an app."""

    version: str
    file: str
    sha256: str
    size: int
    requires: Requires
    scopes: Scopes
    changes: str = ""
    """What its author says is new."""


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One app, as its latest version describes it."""

    app: str
    label: Label
    description: Label | None = None
    about: str = ""
    """Its README."""
    icon: str
    icon_file: str | None = None
    pictures: tuple[str, ...] = ()
    publisher: Publisher
    forms: int
    scenarios: int
    contents: dict[str, int] = {}
    """How many things of each kind it holds."""
    versions: tuple[Offer, ...]
    """The latest first."""


class Index(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a store offers."""

    format: int
    key: str | None = None
    """Whose signature stands beside it."""
    apps: tuple[Entry, ...]

    def bytes(self) -> bytes:
        """Return the one way to write it."""
        return msgspec.json.encode(self, order="sorted") + b"\n"


def place_of(package: Package) -> str:
    """Return where a package lies in the folder of a store."""
    return f"packages/{package.manifest.app}-{package.manifest.version}.zip"


def index_of(packages: Iterable[Package]) -> Index:
    """Return the index of packages. Raises BrokenPackage if one is unsigned, or if two publishers
    claim the same app."""
    by_app: dict[str, list[Package]] = {}
    for package in packages:
        by_app.setdefault(package.manifest.app, []).append(package)
    for each in by_app.values():
        _check_publisher(each)
    return Index(format=FORMAT, apps=tuple(entry_of(by_app[app]) for app in sorted(by_app)))


def pictures_of(package: Package) -> Mapping[str, bytes]:
    """Return what there is to look at of a package, by its place in the folder of a store."""
    app = package.manifest.app
    found = {f"icons/{app}.png": package.files[ICON]} if ICON in package.files else {}
    for name, content in package.files.items():
        if PICTURE.fullmatch(name):
            found[f"pictures/{app}/{name.removeprefix('pictures/')}"] = content
    return found


def sign_index(index: Index, key: Ed25519PrivateKey) -> tuple[Index, bytes]:
    """Return the index with its publisher's key, and the signature that stands beside it."""
    signed = msgspec.structs.replace(index, key=public_key(key))
    return signed, key.sign(PURPOSE + signed.bytes()).hex().encode() + b"\n"


def read_index(raw: bytes, signature: bytes | None = None) -> Index:
    """Return the index that was written; if it names a key, that signed it. Raises
    BrokenPackage."""
    wrong = BrokenPackage("index.form", Message("应用市场的目录读不出来，或被改动过"))
    try:
        index = msgspec.json.decode(raw, type=Index)
        if index.format != FORMAT or index.bytes() != raw:
            raise wrong
        if index.key is not None:
            given = bytes.fromhex((signature or b"").decode("ascii"))
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(index.key))
            key.verify(given, PURPOSE + raw)
    except (ValueError, RecursionError, InvalidSignature) as error:
        raise wrong from error
    return index


def _check_publisher(packages: list[Package]) -> None:
    app = packages[0].manifest.app
    if any(package.publisher is None for package in packages):
        message = Message("“{app}”的应用包没有签名，不能发布", app=app)
        raise BrokenPackage("index.unsigned", message)
    if len({package.publisher.key for package in packages if package.publisher}) > 1:
        message = Message("“{app}”的几个版本由不同的私钥签发", app=app)
        raise BrokenPackage("index.publishers", message)


def entry_of(packages: list[Package]) -> Entry:
    """Return what there is to know of an app by its packages."""
    packages.sort(key=lambda package: parts(package.manifest.version), reverse=True)
    latest = packages[0]
    said = latest.manifest
    places = sorted(pictures_of(latest))
    return Entry(
        app=said.app,
        label=said.label,
        description=said.description,
        about=_text(latest, "README.md"),
        icon=said.icon,
        icon_file=next((place for place in places if place.startswith("icons/")), None),
        pictures=tuple(place for place in places if place.startswith("pictures/")),
        publisher=said.publisher or NOBODY,
        forms=len(latest.app.forms),
        scenarios=len(latest.app.scenarios),
        contents=dict(contents_of(latest.files)),
        versions=tuple(map(_offer, packages)),
    )


def _offer(package: Package) -> Offer:
    said, content = package.manifest, package.bytes()
    return Offer(
        version=said.version,
        file=place_of(package),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        requires=said.requires,
        scopes=said.scopes,
        changes=changes_in(_text(package, "CHANGELOG.md"), said.version),
    )


def _text(package: Package, name: str) -> str:
    return package.files.get(name, b"").decode("utf-8", "replace")


def changes_in(history: str, version: str) -> str:
    """Return what a history of changes says under the heading of a version."""
    heading = re.compile(rf"^#+\s*\[?v?{re.escape(version)}\]?(\s.*)?$", re.MULTILINE)
    found = heading.search(history)
    if found is None:
        return ""
    return re.split(r"^#+\s", history[found.end() :], maxsplit=1, flags=re.MULTILINE)[0].strip()
