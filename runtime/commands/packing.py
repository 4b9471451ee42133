"""How does a partner pack and sign an app?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.wording import Message, words
from runtime.commands.speaking import N_, complain, lang, say, told

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("pack", help=N_("把应用文件夹打成包；同样的文件夹得到同样的字节"))
@click.argument("folder", type=FOLDER)
@click.option("--out", type=NEW_FILE, required=True, help=N_("写到哪个文件"))
@lang
def pack(folder: Path, out: Path, lang: str) -> None:
    """Pack an app's folder; the same folder gives the same bytes."""
    from engine.packages.package import pack as packed  # noqa: PLC0415 - keeps other commands quick
    from runtime.packages.folder import package_files, write_whole  # noqa: PLC0415

    with told(lang):
        package = packed(package_files(folder))
    write_whole(out, package.bytes())
    said = package.manifest
    message = Message(
        "{app} {version}：{count} 个文件，已写入 {out}；发布前请用 dougong app sign 签名",
        app=said.app,
        version=said.version,
        count=len(package.files),
        out=str(out),
    )
    say(message, lang)


@click.command("sign", help=N_("给应用包签名，别人就改不了；还没有私钥会先生成一把"))
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=NEW_FILE, help=N_("私钥文件；不写就用平时那把"))
@click.option("--publisher", help=N_("以什么名义；不写就用应用里的发布者"))
@click.option("--out", type=NEW_FILE, help=N_("写到哪里；不写就写回原文件"))
@lang
def sign(
    file: Path, key_file: Path | None, publisher: str | None, out: Path | None, lang: str
) -> None:
    """Sign a package with your key, so that nobody else can change it; the first time, make one."""
    from engine.packages.package import open_package  # noqa: PLC0415
    from engine.packages.package import sign as signed  # noqa: PLC0415
    from runtime.packages.folder import read_package, write_whole  # noqa: PLC0415
    from runtime.packages.keys import read_key  # noqa: PLC0415

    place = key_place(key_file)
    with told(lang):
        package = open_package(read_package(file))
        if key_file is None and not place.exists():
            _make(place, lang)
        key = read_key(place)
    name = publisher or package.app.definition.publisher
    if not name:
        complain(Message("请用 --publisher 写明发布者名称"), lang)
        sys.exit(1)
    done = signed(package, name, key)
    write_whole(out or file, done.bytes())
    _tell_signed(str(out or file), name, words(done.manifest.label, lang), lang)
    _tell_key(done.manifest.publisher.key if done.manifest.publisher else "", lang)


def _tell_signed(file: str, name: str, label: str, lang: str) -> None:
    message = Message("{file}：“{label}”已由“{name}”签发", file=file, label=label, name=name)
    say(message, lang)


@click.group("key", help=N_("给应用包签名的私钥"))
def key() -> None:
    """The key that your packages are signed with."""


@key.command("new", help=N_("生成私钥；请另存一份，丢了就不能再发布更新"))
@click.option("--out", type=NEW_FILE, help=N_("放在哪里；不写就放在工作区里"))
@lang
def key_new(out: Path | None, lang: str) -> None:
    """Make a key; keep a copy of the file in a safe place: without it nobody takes your updates."""
    place = key_place(out)
    if place.exists():
        complain(Message("{path} 已经有一把私钥，不会覆盖", path=str(place)), lang)
        sys.exit(1)
    _make(place, lang)


@key.command("show", help=N_("显示公钥，以及供人核对的指纹"))
@click.option("--key", "key_file", type=NEW_FILE, help=N_("私钥文件；不写就用平时那把"))
@lang
def key_show(key_file: Path | None, lang: str) -> None:
    """Print the public half of your key, and the fingerprint that people compare."""
    from engine.packages.signing import public_key  # noqa: PLC0415 - keeps other commands quick
    from runtime.packages.keys import read_key  # noqa: PLC0415

    place = key_place(key_file)
    with told(lang):
        public = public_key(read_key(place))
    click.echo(public)
    _tell_key(public, lang)


def _make(place: Path, lang: str) -> None:
    from engine.packages.signing import public_key  # noqa: PLC0415 - keeps other commands quick
    from runtime.packages.keys import new_key  # noqa: PLC0415

    public = public_key(new_key(place))
    say(Message("私钥写在 {path}，请妥善备份：丢了就不能再发布更新", path=str(place)), lang)
    _tell_key(public, lang)


def _tell_key(public: str, lang: str) -> None:
    from engine.packages.signing import fingerprint  # noqa: PLC0415 - keeps other commands quick

    say(Message("公钥指纹 {fingerprint}", fingerprint=fingerprint(public)), lang)


def key_place(given: Path | None) -> Path:
    """Return where the key lies that was asked for, or the usual one."""
    from runtime.packages.keys import usual_place  # noqa: PLC0415 - keeps other commands quick
    from runtime.settings import Settings  # noqa: PLC0415

    return given or usual_place(Settings.from_environment().home)
