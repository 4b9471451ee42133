"""How does an app's folder become a package, and a package an app again?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.app import App
from engine.loading.load import load_app
from engine.packages.archive import write_archive
from engine.packages.broken import BrokenPackage
from engine.packages.manifest import Manifest, Publisher, check_files, manifest_of, read_manifest
from engine.packages.names import MANIFEST, SIGNATURE, belongs, check_names, is_picture
from engine.packages.reading import MAX_BYTES, MAX_ENTRIES, read_archive
from engine.packages.signing import check_signature, public_key, signature_of
from engine.wording import Message

BIGGEST_PICTURE = 2 * 1_048_576
_PICTURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "webp": b"RIFF"}


@dataclass(frozen=True, eq=False)
class Package:
    """A package of which everything was checked."""

    manifest: Manifest
    files: Mapping[str, bytes]
    app: App
    signature: bytes | None = None

    @property
    def publisher(self) -> Publisher | None:
        """Who signed it; None: nobody did."""
        return self.manifest.publisher

    def bytes(self) -> bytes:
        """Return the package as a file; the same for the same content."""
        signed = {SIGNATURE: self.signature} if self.signature is not None else {}
        return write_archive({MANIFEST: self.manifest.bytes(), **signed, **self.files})


def pack(files: Mapping[str, bytes]) -> Package:
    """Return the package of an app's files, unsigned; files that are none of an app's stay out.

    Raises BrokenApp, or BrokenPackage where the app itself is sound.
    """
    chosen = {name: files[name] for name in sorted(files) if belongs(name)}
    check_names(chosen)
    _check_limits(chosen)
    _check_pictures(chosen)
    app = load_app(chosen)
    return Package(manifest_of(app, chosen), chosen, app)


def sign(package: Package, name: str, key: Ed25519PrivateKey) -> Package:
    """Return the package with a publisher's signature, in place of any other."""
    publisher = Publisher(name=name, key=public_key(key))
    manifest = msgspec.structs.replace(package.manifest, publisher=publisher)
    return Package(manifest, package.files, package.app, signature_of(manifest, key))


def open_package(data: bytes) -> Package:
    """Return the package that a file is.

    Raises BrokenPackage if it was made or changed by anything but `pack` and `sign`, BrokenApp if
    the app in it is unsound.
    """
    held = read_archive(data)
    if MANIFEST not in held:
        raise BrokenPackage("package.no_manifest", Message("应用包里没有清单 manifest.json"))
    manifest = read_manifest(held.pop(MANIFEST))
    signature = held.pop(SIGNATURE, None)
    check_signature(manifest, signature)
    check_files(manifest, held)
    _check_pictures(held)
    app = load_app(held)
    said = msgspec.structs.replace(manifest, publisher=None)
    if said.bytes() != manifest_of(app, held).bytes():
        message = Message("清单和应用自己写的不一致：名称、版本、依赖或所需权限")
        raise BrokenPackage("package.claims", message)
    return Package(manifest, held, app, signature)


def _check_limits(files: Mapping[str, bytes]) -> None:
    if len(files) > MAX_ENTRIES - 2:
        message = Message("应用包里的文件太多，最多 {limit} 个", limit=MAX_ENTRIES)
        raise BrokenPackage("package.count", message)
    if sum(map(len, files.values())) > MAX_BYTES * 9 // 10:
        message = Message("应用包太大，最多 {limit} MiB", limit=MAX_BYTES // 1_048_576)
        raise BrokenPackage("package.size", message)


def _check_pictures(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        if not is_picture(name):
            continue
        begins = _PICTURES[name.rpartition(".")[2]]
        if len(content) > BIGGEST_PICTURE or not content.startswith(begins):
            message = Message("“{name}”不是图片，或超过 2 MiB", name=name)
            raise BrokenPackage("package.picture", message)
