"""How does somebody take an app out of the workspace from the command line?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.wording import Message
from runtime.commands.speaking import complain, lang


@click.command("uninstall")
@click.argument("app")
@click.option("--keep", "way", flag_value="keep", help="Its data waits for it to come back.")
@click.option("--drop", "way", flag_value="drop", help="Its data goes with it, for good.")
@click.option(
    "--export", "export", type=click.Path(dir_okay=False, path_type=Path),
    help="Its data goes with it, into this file.",
)  # fmt: skip
@lang
def uninstall(app: str, way: str | None, export: Path | None, lang: str) -> None:
    """Take an app out of the workspace, and say what is left of it."""
    if (way is None) == (export is None):
        complain(Message("请选 --keep、--export 或 --drop 其中之一：数据怎么办"), lang)
        sys.exit(2)
    from runtime.commands.uninstalling import uninstall_app  # noqa: PLC0415 - keeps others quick

    uninstall_app(app, way or "export", export, lang)
