"""Which application does the command line serve?"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from engine.problems import BrokenApp
from runtime.cli import app
from runtime.cli import main as command_line
from runtime.commands.speaking import lang

APPLICATION = "designer.app:create"


@command_line.command("design")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(1, 65_535), envvar="PORT", default=8000)
@click.option("--host", default="127.0.0.1", envvar="HOST")
def design(folder: Path, port: int, host: str) -> None:
    """Open an app's folder in the designer; publishing writes the folder."""
    from designer.folder import FOLDER, LOGIN, prepare_folder  # noqa: PLC0415 - keeps others quick
    from runtime.serving import announce, serve  # noqa: PLC0415
    from runtime.settings import Settings  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME_DIR": home, FOLDER: str(folder.resolve())}
        os.environ.pop("DATABASE_URL", None)
        try:
            app, password = prepare_folder(Settings.from_environment(), folder)
        except BrokenApp as broken:
            click.echo(str(broken), err=True)
            sys.exit(1)
        announce((LOGIN,), host, port, password)
        click.echo(f"  设计 / design        http://{host}:{port}/design/{app}/")
        click.echo(f"  点“发布”写回 / publishing writes  {folder.resolve()}\n")
        serve(APPLICATION, host, port)


@app.command("diff")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--against-workspace", "workspace", is_flag=True, help="Count what it would meet.")
@click.option("--strict", is_flag=True, help="Exit with 1 if something breaks.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang
def diff(old: Path, new: Path, workspace: bool, strict: bool, as_json: bool, lang: str) -> None:
    """Say what is different between two versions of an app (folders or packages), and what breaks
    for those who use the old one."""
    from designer.publishing.diff_command import tell_difference  # noqa: PLC0415 - keeps other commands quick

    sound = tell_difference(old, new, workspace=workspace, as_json=as_json, lang=lang)
    sys.exit(1 if strict and not sound else 0)


@app.command("rehearse")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--scenarios/--no-scenarios", default=True, help="Play them before and after.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything is held up or comes out.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang
def rehearse(source: Path, scenarios: bool, strict: bool, as_json: bool, lang: str) -> None:
    """Upgrade a copy of the workspace to a package or a folder, and say what that meets."""
    from designer.publishing.rehearse_command import rehearse_upgrade  # noqa: PLC0415 - keeps other commands quick

    sound = rehearse_upgrade(source, scenarios=scenarios, as_json=as_json, lang=lang)
    sys.exit(1 if strict and not sound else 0)


def main() -> None:
    """Run a command; what is served has the pages of the designer too."""
    command_line(obj=APPLICATION)


if __name__ == "__main__":
    main()
