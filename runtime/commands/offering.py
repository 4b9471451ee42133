"""How does a partner offer packages to others?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.wording import Message
from runtime.commands.packing import FILE, FOLDER, NEW_FILE, key_place
from runtime.commands.speaking import N_, lang, say, told

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
BY_KEY = N_("签索引的私钥；不写就用平时那把，没有就不签")


@click.command("publish", help=N_("把签过名的应用包放进市场文件夹，并更新索引"))
@click.argument("file", type=FILE)
@click.option("--to", type=NEW_FOLDER, required=True, help=N_("市场的文件夹"))
@click.option("--key", "key_file", type=NEW_FILE, help=BY_KEY)
@lang
def publish(file: Path, to: Path, key_file: Path | None, lang: str) -> None:
    """Lay a signed package into a store's folder, and build its index anew."""
    from engine.packages.package import open_package  # noqa: PLC0415 - keeps others quick
    from runtime.packages.folder import read_package  # noqa: PLC0415
    from runtime.packages.offering import publish as published  # noqa: PLC0415

    with told(lang):
        package = open_package(read_package(file))
        index = published(package, to, _key(key_file))
    _tell(to, len(index.apps), lang)


@click.group("store", help=N_("应用市场：一个任何网站都能提供的文件夹"))
def store() -> None:
    """A folder of packages that any web server can offer."""


@store.command("build", help=N_("检查市场文件夹里的每个包，重写索引、图标和图片"))
@click.argument("folder", type=FOLDER)
@click.option("--key", "key_file", type=NEW_FILE, help=BY_KEY)
@lang
def store_build(folder: Path, key_file: Path | None, lang: str) -> None:
    """Check every package in a store's folder and write its index, icons and pictures."""
    from runtime.packages.offering import build  # noqa: PLC0415 - keeps other commands quick

    with told(lang):
        index = build(folder, _key(key_file))
    _tell(folder, len(index.apps), lang)


def _key(given: Path | None) -> Ed25519PrivateKey | None:
    from runtime.packages.keys import read_key  # noqa: PLC0415 - keeps other commands quick

    place = key_place(given)
    return read_key(place) if given is not None or place.exists() else None


def _tell(folder: Path, count: int, lang: str) -> None:
    path = str(folder / "index.json")
    say(Message("{path}：{count} 个应用", path=path, count=count), lang)
