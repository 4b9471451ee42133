"""What can be done with a workspace and with apps from the command line?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from runtime.commands.install import install
from runtime.commands.new import editor, new
from runtime.commands.offering import publish, store
from runtime.commands.packing import key, pack, sign
from runtime.commands.rollback import rollback
from runtime.commands.testing import test
from runtime.commands.uninstall import uninstall
from runtime.serving import APPLICATION, announce, prepare, serve
from runtime.settings import Settings


@click.group()
@click.version_option(package_name="dougong")
def main() -> None:
    """Dougong (斗拱): an app builder that you host yourself."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65_535), envvar="PORT", default=8000)
@click.option("--host", default="127.0.0.1", envvar="HOST")
@click.option("--demo/--no-demo", default=True, help="People and records to try it with.")
@click.pass_obj
def run(application: str | None, port: int, host: str, demo: bool) -> None:
    """Serve the workspace; the first time, make it and install the apps."""
    settings = Settings.from_environment()
    announce(prepare(settings, demo=demo), host, port)
    serve(application or APPLICATION, host, port)


@main.command()
@click.option("--threads", type=click.IntRange(1, 64), default=2, help="Jobs at a time.")
@click.pass_obj
def worker(application: str | None, threads: int) -> None:
    """Do the work of the background in a process of its own; with REDIS_URL, one job at a time,
    as Redis calls."""
    from runtime.jobs.alone import work_alone  # noqa: PLC0415 - keeps other commands quick
    from runtime.jobs.kinds import kinds_of  # noqa: PLC0415
    from runtime.jobs.workshop import Workshop  # noqa: PLC0415
    from runtime.logs import log_plainly  # noqa: PLC0415
    from runtime.workspace.fresh import keeps_fresh  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    log_plainly()
    services = open_workspace(Settings.from_environment())
    workshop = Workshop(
        services=services, kinds=kinds_of(application), refresh=keeps_fresh(services)
    )
    work_alone(workshop, threads)


@main.group()
def app() -> None:
    """Check, test and install apps."""


@app.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
def check(folder: Path, lang: str) -> None:
    """Print every problem of an app with its place; exit with 1 if there are any."""
    from engine.loading.load import problems_of  # noqa: PLC0415 - keeps other commands quick
    from runtime.web.language import translate  # noqa: PLC0415

    problems = problems_of(folder)
    for problem in problems:
        click.echo(problem.fill(translate(lang), lang))
    click.echo(_verdict(len(problems), lang))
    sys.exit(1 if problems else 0)


@app.command("list")
def list_() -> None:
    """Print the installed apps: id and version."""
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    services = open_workspace(Settings.from_environment())
    for installed in services.apps.values():
        click.echo(f"{installed.id}\t{installed.definition.version}")


@main.group()
def person() -> None:
    """People of the workspace."""


@person.command("list")
def person_list() -> None:
    """Print the people: login name first, then name and roles."""
    from runtime.workspace.accounts import account_lines  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    for line in account_lines(open_workspace(Settings.from_environment())):
        click.echo(line)


@person.command("add")
@click.argument("login")
@click.argument("name")
@click.option("--admin/--no-admin", default=False)
@click.option("--role", "roles", multiple=True, help="As app:role; may be given several times.")
@click.password_option()
def person_add(login: str, name: str, admin: bool, roles: tuple[str, ...], password: str) -> None:
    """Add a person."""
    from runtime.workspace.accounts import add_account  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    services = open_workspace(Settings.from_environment())
    wrong = add_account(services, login, name, password, admin, roles)
    if wrong:
        click.echo(wrong, err=True)
        sys.exit(1)
    click.echo(login)


@main.group()
def token() -> None:
    """Keys for programs."""


@token.command("create")
@click.option("--person", "login", required=True, help="Whose rights the key has.")
@click.option("--name", default="cli", help="What the key is for.")
def token_create(login: str, name: str) -> None:
    """Print a new bearer token; it is shown this once."""
    from runtime.workspace.accounts import new_token  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    made = new_token(open_workspace(Settings.from_environment()), login, name)
    if made is None:
        click.echo(f"没有账号 {login} / there is no account {login}", err=True)
        sys.exit(1)
    click.echo(made)


@main.command()
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--records", default=10_000, help="Look at forms with at least so many records.")
def doctor(lang: str, records: int) -> None:
    """Name lists that make the database read or sort everything, and ways of approvals on which
    nobody would be found; exit with 1 if there are any."""
    from runtime.web.language import translate  # noqa: PLC0415 - keeps other commands quick
    from runtime.workspace.checkup import findings  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    found = findings(open_workspace(Settings.from_environment()), records)
    for message in found:
        click.echo(message.fill(translate(lang), lang))
    click.echo(_verdict(len(found), lang))
    sys.exit(1 if found else 0)


def _verdict(count: int, lang: str) -> str:
    if lang == "zh":
        return f"发现 {count} 个问题" if count else "没有发现问题"
    return f"{count} problems" if count else "no problems"


app.add_command(install)
app.add_command(editor)
app.add_command(new)
app.add_command(pack)
app.add_command(publish)
app.add_command(rollback)
app.add_command(sign)
app.add_command(test)
app.add_command(uninstall)
main.add_command(key)
main.add_command(store)


if __name__ == "__main__":
    main()
