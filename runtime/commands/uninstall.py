"""How does somebody take an app out of the workspace from the command line?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.wording import Message
from runtime.commands.speaking import N_, complain, lang


@click.command("uninstall", help=N_("卸载应用，并列出删了什么、留下什么"))
@click.argument("app")
@click.option("--keep", "way", flag_value="keep", help=N_("数据留着，再装就回来"))
@click.option("--drop", "way", flag_value="drop", help=N_("数据一起删除，不能恢复"))
@click.option(
    "--export", "export", type=click.Path(dir_okay=False, path_type=Path),
    help=N_("数据先导出到这个文件，再删除"),
)  # fmt: skip
@lang
def uninstall(app: str, way: str | None, export: Path | None, lang: str) -> None:
    """Take an app out of the workspace, and say what is left of it."""
    if (way is None) == (export is None):
        complain(Message("请选 --keep、--export 或 --drop 其中之一：数据怎么办"), lang)
        sys.exit(2)
    from runtime.commands.uninstalling import uninstall_app  # noqa: PLC0415 - keeps others quick

    uninstall_app(app, way or "export", export, lang)
