"""How does somebody take back an upgrade from the command line?"""

from __future__ import annotations

import click

from runtime.commands.speaking import lang


@click.command("rollback")
@click.argument("app")
@click.option("--dry-run", is_flag=True, help="Only say what it would mean.")
@lang
def rollback(app: str, dry_run: bool, lang: str) -> None:
    """Make an app what it was before its last upgrade; records stay."""
    from runtime.commands.rolling_back import take_back  # noqa: PLC0415 - keeps others quick

    take_back(app, lang, only_say=dry_run)
