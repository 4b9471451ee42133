"""How does somebody take back an upgrade from the command line?"""

from __future__ import annotations

import click

from runtime.commands.speaking import N_, lang


@click.command("rollback", help=N_("退回应用的上一次升级；记录都在"))
@click.argument("app")
@click.option("--dry-run", is_flag=True, help=N_("只说会怎样，不动手"))
@lang
def rollback(app: str, dry_run: bool, lang: str) -> None:
    """Make an app what it was before its last upgrade; records stay."""
    from runtime.commands.rolling_back import take_back  # noqa: PLC0415 - keeps others quick

    take_back(app, lang, only_say=dry_run)
