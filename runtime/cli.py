"""What can be done with a workspace and with apps from the command line?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from engine.wording import Message
from runtime.commands.install import install
from runtime.commands.new import editor, new
from runtime.commands.offering import publish, store
from runtime.commands.packing import key, pack, sign
from runtime.commands.rollback import rollback
from runtime.commands.root import Root
from runtime.commands.speaking import N_, complain, lang, say
from runtime.commands.testing import test
from runtime.commands.uninstall import uninstall
from runtime.serving import APPLICATION, announce, free_address, prepare, serve
from runtime.settings import Settings


def addressed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let whoever calls a command that serves pages say at which port and address."""
    port = click.option(
        "--port",
        type=click.IntRange(1, 65_535),
        envvar="PORT",
        default=8000,
        help=N_("监听的端口"),
        show_envvar=True,
    )
    host = click.option(
        "--host",
        default="127.0.0.1",
        envvar="HOST",
        help=N_("监听的地址"),
        show_envvar=True,
    )
    return port(host(command))


@click.group(cls=Root, help=N_("斗拱：自己部署的应用搭建平台"))
@click.version_option(package_name="dougong", message="%(prog)s %(version)s", help=N_("显示版本号"))
def main() -> None:
    """Dougong (斗拱): an app builder that you host yourself."""


@main.command(help=N_("启动工作区；第一次会先建好，并装上自带的应用"))
@addressed
@click.option("--demo/--no-demo", default=True, help=N_("带上演示人员和示例数据，供试用"))
@click.pass_obj
def run(application: str | None, port: int, host: str, demo: bool) -> None:
    """Serve the workspace; the first time, make it and install the apps."""
    free_address(host, port)
    settings = Settings.from_environment()
    announce(prepare(settings, demo=demo), host, port)
    serve(application or APPLICATION, host, port)


@main.command(help=N_("单独起一个进程做后台任务；设了 REDIS_URL 就由 Redis 叫醒，一次做一个"))
@click.option("--threads", type=click.IntRange(1, 64), default=2, help=N_("同时做几个任务"))
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


@main.group(help=N_("应用：新建、检查、测试、打包、安装、升级"))
def app() -> None:
    """Check, test and install apps."""


@app.command("check", help=N_("列出应用的所有问题和位置；有问题时退出码为 1"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@lang
def check(folder: Path, lang: str) -> None:
    """Print every problem of an app with its place; exit with 1 if there are any."""
    from engine.loading.load import problems_of  # noqa: PLC0415 - keeps other commands quick
    from runtime.web.language import translate  # noqa: PLC0415

    problems = problems_of(folder)
    for problem in problems:
        click.echo(problem.fill(translate(lang), lang))
    _tell_verdict(len(problems), lang)
    sys.exit(1 if problems else 0)


@app.command("list", help=N_("列出已安装的应用：标识和版本"))
def list_() -> None:
    """Print the installed apps: id and version."""
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    services = open_workspace(Settings.from_environment())
    for installed in services.apps.values():
        click.echo(f"{installed.id}\t{installed.definition.version}")


@main.group(help=N_("工作区里的人员"))
def person() -> None:
    """People of the workspace."""


@person.command("list", help=N_("列出人员：登录名、姓名、角色"))
def person_list() -> None:
    """Print the people: login name first, then name and roles."""
    from runtime.workspace.accounts import account_lines  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    for line in account_lines(open_workspace(Settings.from_environment())):
        click.echo(line)


@person.command("add", help=N_("添加人员"))
@click.argument("login")
@click.argument("name")
@click.option("--admin/--no-admin", default=False, help=N_("是不是管理员"))
@click.option("--role", "roles", multiple=True, help=N_("角色，写成 应用:角色，可以写多次"))
@click.password_option(prompt=N_("密码"), help=N_("密码，不写就会问"))
@lang
def person_add(login: str, name: str, lang: str, **given: Any) -> None:
    """Add a person."""
    from runtime.use_cases.own_account import good_password  # noqa: PLC0415
    from runtime.workspace.accounts import add_account  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    services = open_workspace(Settings.from_environment())
    wrong = good_password(given["password"], login) or add_account(
        services, login, name, given["password"], given["admin"], given["roles"]
    )
    if wrong:
        complain(wrong, lang)
        sys.exit(1)
    click.echo(login)


@main.group(help=N_("给程序用的密钥"))
def token() -> None:
    """Keys for programs."""


@token.command("create", help=N_("生成一个密钥；只显示这一次"))
@click.option("--person", "login", required=True, help=N_("用谁的权限，写登录名"))
@click.option("--name", default="cli", help=N_("做什么用"))
@lang
def token_create(login: str, name: str, lang: str) -> None:
    """Print a new bearer token; it is shown this once."""
    from runtime.workspace.accounts import new_token  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    made = new_token(open_workspace(Settings.from_environment()), login, name)
    if made is None:
        complain(Message("没有账号 {login}", login=login), lang)
        sys.exit(1)
    click.echo(made)


@main.command(help=N_("找出没有索引的列表，以及找不到人的审批步骤；有发现时退出码为 1"))
@lang
@click.option("--records", default=10_000, help=N_("只看记录不少于这么多的表单"))
def doctor(lang: str, records: int) -> None:
    """Name lists that make the database read or sort everything, and ways of approvals on which
    nobody would be found; exit with 1 if there are any."""
    from runtime.web.language import translate  # noqa: PLC0415 - keeps other commands quick
    from runtime.workspace.checkup import findings  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415

    found = findings(open_workspace(Settings.from_environment()), records)
    for message in found:
        click.echo(message.fill(translate(lang), lang))
    _tell_verdict(len(found), lang)
    sys.exit(1 if found else 0)


def _tell_verdict(count: int, lang: str) -> None:
    say(Message("发现 {count} 个问题", count=count) if count else Message("没有发现问题"), lang)


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
