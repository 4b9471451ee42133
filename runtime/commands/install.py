"""How does somebody install an app from the command line?"""

from __future__ import annotations

from pathlib import Path

import click

from runtime.commands.speaking import N_, lang

SOURCE = click.Path(exists=True, path_type=Path)


@click.command("install", help=N_("安装应用包或应用文件夹，已装的升级到这个版本"))
@click.argument("source", type=SOURCE)
@click.option("--demo/--no-demo", default=False, help=N_("连同示例数据"))
@click.option("--yes", is_flag=True, help=N_("同意它要的权限"))
@click.option("--unsigned", is_flag=True, help=N_("没有签名也安装"))
@click.option("--new-publisher", help=N_("换了发布者公钥也安装，请写明理由"))
@click.option("--lose-edits", is_flag=True, help=N_("放弃在这里改过的内容"))
@lang
def install(source: Path, lang: str, demo: bool, **decided: str | bool | None) -> None:
    """Install an app from a package or its folder, or bring it to this version."""
    from runtime.commands.installing import install_from  # noqa: PLC0415 - keeps others quick

    install_from(source, lang, demo, decided)
