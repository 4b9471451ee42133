"""Which application does the command line serve?"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from runtime.cli import addressed, app
from runtime.cli import main as command_line
from runtime.commands.speaking import N_, lang

APPLICATION = "designer.app:create"


@command_line.command("design", help=N_("在设计器里打开应用文件夹；发布就写回文件夹"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@addressed
def design(folder: Path, port: int, host: str) -> None:
    """Open an app's folder in the designer; publishing writes the folder."""
    from designer.folder import FOLDER, LOGIN, prepare_folder  # noqa: PLC0415 - keeps others quick
    from runtime.serving import announce, free_address, serve  # noqa: PLC0415
    from runtime.settings import Settings  # noqa: PLC0415

    free_address(host, port)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME_DIR": home, FOLDER: str(folder.resolve())}
        os.environ.pop("DATABASE_URL", None)
        app, password = prepare_folder(Settings.from_environment(), folder)
        announce((LOGIN,), host, port, password)
        click.echo(f"  设计 / design        http://{host}:{port}/design/{app}/")
        click.echo(f"  点“发布”写回 / publishing writes  {folder.resolve()}\n")
        serve(APPLICATION, host, port)


@app.command("diff", help=N_("应用（文件夹或包）的两个版本有什么不同；哪些会影响正在用的人"))
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--against-workspace", "workspace", is_flag=True, help=N_("数一数工作区里会碰到多少"))
@click.option("--strict", is_flag=True, help=N_("有破坏性变更时退出码为 1"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON，供程序读取"))
@lang
def diff(old: Path, new: Path, workspace: bool, strict: bool, as_json: bool, lang: str) -> None:
    """Say what is different between two versions of an app (folders or packages), and what breaks
    for those who use the old one."""
    from designer.publishing.diff_command import tell_difference  # noqa: PLC0415 - keeps other commands quick

    sound = tell_difference(old, new, workspace=workspace, as_json=as_json, lang=lang)
    sys.exit(1 if strict and not sound else 0)


@app.command("rehearse", help=N_("在工作区的副本上演练升级，并说会碰到什么"))
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--scenarios/--no-scenarios", default=True, help=N_("升级前后都运行场景"))
@click.option("--strict", is_flag=True, help=N_("有值换不过去或场景不再通过时退出码为 1"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON，供程序读取"))
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
