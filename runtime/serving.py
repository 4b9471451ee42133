"""How does a workspace start to serve, the first time and every time?"""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping

import click

from engine.wording import Message
from runtime.settings import BadSettings, Settings
from runtime.workspace.last_start import accounts_of_last_start, remember_start
from runtime.workspace.packages import demo_people, digest, files_of, shipped

DEMO_PASSWORD = "dougong-demo"  # noqa: S105 - printed on the screen; for trying out only
THREADS = 8
PATIENCE = 20
"""Seconds for requests in flight when a signal comes; a worker that hangs is ended after them."""
APPLICATION = "runtime.app:create"
"""The pages of the runtime alone; who starts us may name a factory that adds more."""


def prepare(settings: Settings, *, demo: bool) -> tuple[str, ...]:
    """Make the workspace if it is new, bring the shipped apps to their shipped version, and
    return a line for each account."""
    folders = {app: files_of(folder) for app, folder in shipped().items()}
    stamps = {app: digest(files) for app, files in folders.items()}
    stamp = " ".join(stamps.values())
    known = accounts_of_last_start(settings, stamp)
    if known is not None:
        return known
    _bring_up_what_is_stale(settings, stamps, demo=demo)
    accounts = _accounts(settings)
    remember_start(settings, stamp, accounts)
    return accounts


def _bring_up_what_is_stale(settings: Settings, stamps: Mapping[str, str], *, demo: bool) -> None:
    from runtime.packages.uninstall import UNINSTALLED  # noqa: PLC0415 - as below
    from runtime.store import Store  # noqa: PLC0415 - a second start should not wait for all

    store = Store(settings.database_url, settings.files_folder)
    with store.reading() as unit:
        apps = [package.app for package in unit.packages.list()]
        installed = {app: digest(unit.packages.files(app)) for app in apps}
        settled = {app for app in apps if unit.app_versions.list(app) or unit.origins.one(app)}
        settled |= {one.app or "" for one in unit.events.of_kind(UNINSTALLED)}
        empty = not unit.people.anybody()
    store.close()
    # What the workspace's own designers published, what came from a package and what somebody
    # took out stays as it is.
    stale = sorted(
        app for app, stamp in stamps.items() if installed.get(app) != stamp and app not in settled
    )
    if stale or (empty and demo):
        _bring_up(settings, stale, new_demo=empty and demo)


def _bring_up(settings: Settings, stale: list[str], *, new_demo: bool) -> None:
    from runtime.passwords import Passwords  # noqa: PLC0415
    from runtime.workspace.demo_data import install_demo  # noqa: PLC0415
    from runtime.workspace.open import open_workspace  # noqa: PLC0415
    from runtime.workspace.people_file import add_people, read_people  # noqa: PLC0415
    from runtime.workspace.upgrade import Upgraded, upgrade_app  # noqa: PLC0415

    click.echo("正在准备工作区 … / preparing the workspace …")
    services = open_workspace(settings, whole=True)
    for id_ in stale:
        done = upgrade_app(services, files_of(shipped()[id_]))
        if isinstance(done, Upgraded):
            click.echo(f"  {done.app.id} {done.app.definition.version}")
        else:
            click.echo(f"  {id_} → /design/{id_}/conflicts")
    if new_demo:
        path = demo_people()
        people = read_people(path.read_text(encoding="utf-8"), path.name)
        # One transaction: a first start that is broken off leaves nobody behind, and the next
        # one begins again.
        with services.store.unit() as unit:
            add_people(unit, people, Passwords().hash(DEMO_PASSWORD), services.now())
            for app in services.apps.values():
                count = len(install_demo(services, unit, app))
                click.echo(f"  {app.id}: {count} 条示例记录 / demo records")
    services.store.close()


def _accounts(settings: Settings) -> tuple[str, ...]:
    from runtime.store import Store  # noqa: PLC0415
    from runtime.workspace.people_file import read_people  # noqa: PLC0415

    store = Store(settings.database_url, settings.files_folder)
    with store.reading() as unit:
        people = unit.people.list()
    store.close()
    # Whoever was added since has a password of their own.
    path = demo_people()
    demo = [row.login for row in read_people(path.read_text(encoding="utf-8"), path.name).people]
    ordered = sorted(
        (person for person in people if person.login in demo),
        key=lambda person: demo.index(person.login),
    )
    return tuple(f"{person.login:<14} {person.name} {person.post or ''}" for person in ordered)


def free_address(host: str, port: int) -> None:
    """Make sure that nobody listens at an address. Raises BadSettings.

    Two servers at one port would not be refused: each would get some of the requests.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise BadSettings(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> Message:
    if error.errno == errno.EADDRINUSE:
        return Message("端口 {port} 已被占用，请换一个：PORT={next}", port=port, next=port + 1)
    if isinstance(error, PermissionError):
        return Message("没有权限监听端口 {port}，请用 1024 以上的端口", port=port)
    return Message("不能在 {host} 上监听：{why}", host=host, why=error.strerror or "")


def announce(
    accounts: tuple[str, ...], host: str, port: int, password: str = DEMO_PASSWORD
) -> None:
    """Print the address and the accounts to try, which all have one password."""
    click.echo(f"\n  斗拱 Dougong  →  http://{host}:{port}/\n")
    if accounts:
        click.echo(f"  账号 / accounts (密码 / password: {password})")
    else:
        click.echo(
            "  添加账号 / add an account:  dougong person add 登录名/LOGIN 姓名/NAME --admin"
        )
    for line in accounts:
        click.echo(f"    {line}")
    click.echo("")


def serve(application: str, host: str, port: int) -> None:
    """Serve what the name makes, until a signal comes; requests in flight are finished."""
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    Server(
        application,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=PATIENCE,
    ).serve()
