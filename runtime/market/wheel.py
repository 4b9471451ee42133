"""Which apps come along with the platform itself?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.loading.files import look
from engine.loading.folder import MANIFEST
from engine.loading.load import load_app
from engine.packages.broken import BrokenPackage
from engine.packages.contents import contents_of
from engine.packages.index import FORMAT as INDEX_FORMAT
from engine.packages.index import Entry, Index, Offer, changes_in
from engine.packages.manifest import PLATFORM, Publisher, Requires, manifest_of
from engine.packages.names import ICON, PICTURE
from engine.packages.package import Package
from engine.packages.scopes import Scopes
from engine.wording import LOCALES, Label, Message
from runtime.packages.folder import package_files
from runtime.workspace.packages import digest, examples, shipped


@dataclass(frozen=True)
class Wheel:
    """The apps that were installed with the platform: nothing is fetched, nobody else is asked."""

    id: str = "wheel"

    def index(self) -> Index:
        """Return what is offered."""
        return Index(format=INDEX_FORMAT, apps=tuple(map(_entry, _folders())))

    def package(self, offer: Offer) -> Package:
        """Return one that is offered, as it lies there. Raises BrokenPackage if it is gone."""
        for folder in _folders():
            files = _files(folder)
            if digest(files) == offer.sha256:
                return _packed(offer.sha256, folder)
        raise BrokenPackage("shelf.package", Message("应用包“{file}”不在这里了", file=offer.file))

    def picture(self, name: str) -> bytes | None:
        """Return a picture of an app; None if there is none."""
        kind, _, rest = name.partition("/")
        app, _, file = rest.partition("/")
        folder = next((one for one in _folders() if _app(_files(one)) == app), None)
        if kind != "pictures" or folder is None:
            return None
        held = _files(folder)
        return held.get(file) if file == ICON else held.get(f"pictures/{file}")


def _folders() -> tuple[Path, ...]:
    return (*shipped().values(), *examples().values())


@cache
def _files(folder: Path) -> Mapping[str, bytes]:
    return package_files(folder)


@cache
def _packed(_: str, folder: Path) -> Package:
    files = _files(folder)
    app = load_app(files, checked=True)
    return Package(manifest_of(app, files), files, app)


def _app(files: Mapping[str, bytes]) -> str:
    return str(_said(files)["app"])


def _said(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    data = look(MANIFEST, files[MANIFEST].decode("utf-8-sig")).sources[0].data
    assert isinstance(data, dict)
    return data


def _translated(files: Mapping[str, bytes]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give what the app says of itself in other languages, without reading the whole app."""
    for locale in LOCALES[1:]:
        name = f"locales/{locale}.yaml"
        if name in files:
            data = look(name, files[name].decode("utf-8-sig")).sources[0].data
            assert isinstance(data, dict)
            yield locale, data.get("texts", {}).get("app", {})


def _label(said: Label | None, name: str, told: Mapping[str, Mapping[str, Any]]) -> Label | None:
    if not isinstance(said, str):
        return said
    others = {locale: str(texts[name]) for locale, texts in told.items() if texts.get(name)}
    return {LOCALES[0]: said, **others}


@cache
def _entry(folder: Path) -> Entry:
    files = _files(folder)
    said, counted = _said(files), contents_of(files)
    wanted = {str(name): str(range_) for name, range_ in said.get("requires", {}).items()}
    app, version = str(said["app"]), str(said["version"])
    told = dict(_translated(files))
    offer = Offer(
        version=version,
        file=f"packages/{app}-{version}.zip",
        sha256=digest(files),
        size=sum(map(len, files.values())),
        requires=Requires(platform=wanted.pop(PLATFORM, None), apps=wanted),
        scopes=Scopes(),
        changes=changes_in(files.get("CHANGELOG.md", b"").decode("utf-8", "replace"), version),
    )
    pictures = sorted(name for name in files if PICTURE.fullmatch(name))
    return Entry(
        app=app,
        label=_label(said["label"], "label", told) or app,
        description=_label(said.get("description"), "description", told),
        about=files.get("README.md", b"").decode("utf-8", "replace"),
        icon=str(said.get("icon", "apps")),
        icon_file=f"pictures/{app}/{ICON}" if ICON in files else None,
        pictures=tuple(f"pictures/{app}/{name.partition('/')[2]}" for name in pictures),
        publisher=Publisher(name=str(said.get("publisher", "")), key=""),
        forms=counted.get("form", 0),
        scenarios=counted.get("scenario", 0),
        contents=dict(counted),
        versions=(offer,),
    )
