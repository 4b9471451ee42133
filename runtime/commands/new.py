"""How does a partner begin an app?"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from engine.wording import Message
from runtime.commands.speaking import N_, complain, lang, say

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
ID = re.compile(r"[a-z][a-z0-9_]{0,47}")


@click.command("new", help=N_("写一个完整的小应用作为开头；没给的会问"))
@click.argument("folder", type=NEW_FOLDER)
@click.option("--id", "id_", help=N_("应用标识：小写字母、数字、下划线"))
@click.option("--label", help=N_("应用名称"))
@click.option("--publisher", help=N_("发布者"))
@lang
def new(folder: Path, id_: str | None, label: str | None, publisher: str | None, lang: str) -> None:
    """Write a small complete app to begin with; asks for what is not given."""
    from runtime.packages.editor_files import editor_files  # noqa: PLC0415 - as below
    from runtime.packages.starter import starter_files  # noqa: PLC0415 - keeps others quick

    if folder.exists() and any(folder.iterdir()):
        complain(Message("文件夹 {path} 不是空的", path=str(folder)), lang)
        sys.exit(1)
    usual = re.sub(r"[^a-z0-9_]+", "_", folder.resolve().name.lower()).strip("_0123456789")
    question = Message("应用标识（小写字母、数字、下划线）")
    while id_ is None or (sys.stdin.isatty() and not ID.fullmatch(id_)):
        id_ = _ask(question, usual or "my_app", lang)
    if not ID.fullmatch(id_):
        complain(Message("应用标识只能用小写字母、数字和下划线，以字母开头，如 my_app"), lang)
        sys.exit(1)
    label = label or _ask(Message("应用名称"), id_, lang)
    publisher = publisher or _ask(Message("发布者"), label, lang)
    files = starter_files(id_, label, publisher, lang)
    _write(folder, {**files, **editor_files()})
    say(Message("已写入 {count} 个文件到 {path}", count=len(files), path=str(folder)), lang)
    say(Message("接着：dougong app check、app test、app pack、app sign"), lang)


@click.command("editor", help=N_("写好编辑器补全用的设置和 schema，包括应用自己的字段类型"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@lang
def editor(folder: Path, lang: str) -> None:
    """Write the settings and schemas by which editors complete the files of an app, types of its
    own among them."""
    from runtime.packages.editor_files import editor_files  # noqa: PLC0415 - keeps others quick

    files = editor_files(sorted(path.stem for path in folder.glob("types/*.yaml")))
    kept = [name for name in files if (folder / name).exists() and "schemas/" not in name]
    _write(folder, {name: text for name, text in files.items() if name not in kept})
    say(
        Message("已写入 {count} 个文件到 {path}", count=len(files) - len(kept), path=str(folder)),
        lang,
    )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _ask(question: Message, usual: str, lang: str) -> str:
    from runtime.language import translate  # noqa: PLC0415 - keeps other commands quick

    if not sys.stdin.isatty():
        return usual
    answer: str = click.prompt(question.fill(translate(lang), lang), default=usual)
    return answer
