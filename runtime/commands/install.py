"""How does somebody install an app from the command line?"""

from __future__ import annotations

from pathlib import Path

import click

from runtime.commands.speaking import lang

SOURCE = click.Path(exists=True, path_type=Path)


@click.command("install")
@click.argument("source", type=SOURCE)
@click.option("--demo/--no-demo", default=False, help="Its demo records too.")
@click.option("--yes", is_flag=True, help="Agree to what it asks for.")
@click.option("--unsigned", is_flag=True, help="Take a package that nobody signed.")
@click.option("--new-publisher", help="Take another publisher's key; say why.")
@click.option("--lose-edits", is_flag=True, help="Give up what was changed in the app here.")
@lang
def install(source: Path, lang: str, demo: bool, **decided: str | bool | None) -> None:
    """Install an app from a package or its folder, or bring it to this version."""
    from runtime.commands.installing import install_from  # noqa: PLC0415 - keeps others quick

    install_from(source, lang, demo, decided)
