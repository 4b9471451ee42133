"""What does a package say about itself?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from engine.app import App
from engine.packages.broken import BrokenPackage
from engine.packages.scopes import Scopes, scopes_of
from engine.wording import Label, Message

FORMAT = 1
PLATFORM = "dougong"
"""What an app's `requires` calls the platform."""


class Publisher(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signs a package."""

    name: str
    key: str
    """Its public Ed25519 key, in hexadecimal digits."""


class Requires(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must be there before."""

    platform: str | None = None
    apps: dict[str, str] = {}


class PackedFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a package."""

    sha256: str
    size: int


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that the signature of a package stands for."""

    format: int
    app: str
    version: str
    label: Label
    description: Label | None = None
    icon: str
    publisher: Publisher | None = None
    requires: Requires
    scopes: Scopes
    files: dict[str, PackedFile]

    def bytes(self) -> bytes:
        """Return the one way to write it."""
        return msgspec.json.encode(self, order="sorted") + b"\n"


def manifest_of(app: App, files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest of an app's files, which nobody has signed yet."""
    said = app.definition
    wanted = {name: range_.replace(" ", "") for name, range_ in said.requires.items()}
    return Manifest(
        format=FORMAT,
        app=app.id,
        version=said.version,
        label=said.label,
        description=said.description,
        icon=said.icon,
        requires=Requires(platform=wanted.pop(PLATFORM, None), apps=wanted),
        scopes=scopes_of(app),
        files={name: _packed(content) for name, content in files.items()},
    )


def read_manifest(raw: bytes) -> Manifest:
    """Return the manifest that was written. Raises BrokenPackage."""
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        message = Message("应用包的清单读不出来，或版本太新")
        raise BrokenPackage("package.manifest", message) from error
    if manifest.format != FORMAT or manifest.bytes() != raw:
        message = Message("应用包的清单读不出来，或版本太新")
        raise BrokenPackage("package.manifest", message)
    return manifest


def check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Pass only exactly the files of the manifest. Raises BrokenPackage."""
    for name in sorted(manifest.files.keys() - files.keys()):
        message = Message("清单里的“{name}”不在应用包里", name=ascii(name)[1:-1])
        raise BrokenPackage("package.missing", message)
    for name in sorted(files.keys() - manifest.files.keys()):
        message = Message("应用包里的“{name}”不在清单里", name=name)
        raise BrokenPackage("package.unlisted", message)
    for name, content in files.items():
        if _packed(content) != manifest.files[name]:
            message = Message("“{name}”的内容和清单不符", name=name)
            raise BrokenPackage("package.hash", message)


def _packed(content: bytes) -> PackedFile:
    return PackedFile(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
