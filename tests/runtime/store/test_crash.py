"""Is an app that was changed here all old or all new, whenever its upgrade is killed?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from designer.drafts.editing import Edited, edit_draft, open_held
from designer.drafts.publishing import Published, publish
from engine.app import App
from engine.editing.edits import AddFile, Set
from engine.record import Actor, Record
from runtime.store import Store
from runtime.store.migrate.shape import shape_of, to_data
from runtime.workspace.upgrade import upgrade_app
from tests.runtime.store.building import later, record_of
from tests.runtime.store.crashing import (
    DRAFTED,
    LOCAL,
    OWN,
    ROWS,
    merged,
    opened,
    packed,
    version,
)

KILLS = 60
ROOT = Path(__file__).parents[3]


def _columns(connection: Connection, table: str) -> set[str]:
    found = {column["name"] for column in inspect(connection).get_columns(table)}
    return {name for name in found if not name.startswith(("_trash", "_key", "_found"))}


def _installed(store: Store) -> int:
    with store.reading() as unit:
        (package,) = unit.packages.list()
        n = int(package.version.rpartition(".")[2])
        assert unit.packages.files("plant") == merged(n)
        shape = unit.packages.shape("plant")
        drafted = unit.drafts.files("plant")
        head = unit.drafts.head("plant")
        base, former = unit.upgrades.base("plant"), unit.upgrades.former("plant")
    assert shape == _frozen(to_data(shape_of(version(n))))
    assert base == packed(n)
    whole = _texts(merged(n))
    assert drafted == {**whole, "app.yaml": whole["app.yaml"].replace(*DRAFTED)}
    assert head is not None
    assert head.base == package.revision
    assert (former.files if former else None) == (_texts(merged(n - 1)) if n > 1 else None)
    return n


def _texts(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items()}


def _frozen(data: object) -> object:
    if isinstance(data, list):
        return tuple(map(_frozen, data))
    if isinstance(data, dict):
        return {key: _frozen(value) for key, value in data.items()}
    return data


def _check(store: Store, app: App, n: int, ids: list[str]) -> None:
    """Everything is as that version says: tables, columns, every record with its lines."""
    form = app.forms[f"device_{n}"]
    store.serve(app)
    with store.reading() as unit:
        for each in app.forms.values():
            for table in store.tables(each).all():
                wanted = {c.name for c in table.c if not c.name.startswith(("_key", "_found"))}
                assert _columns(unit.connection, table.name) == wanted
        names = inspect(unit.connection).get_table_names()
        assert not [name for name in names if name.startswith(f"plant__device_{n + 1}")]
        records = unit.records.many(form, ids)
    assert len(records) == ROWS
    for number, id_ in enumerate(ids):
        values = records[id_].values
        assert values[f"mark_{n}"] == f"m{number}"
        assert str(values["amount"]) == f"{number}.50"
        assert values["parts"] == ({"id": "r", f"part_{n}": f"p{number}"},)


def _customised(url: str, folder: Path) -> None:
    """Install the first version, change it here, publish some of that and go on changing."""
    services = opened(url, str(folder), 1)
    upgrade_app(services, {path: text.encode() for path, text in packed(1).items()})
    admin = Actor(id="admin", name="", admin=True)
    role = Set(target=("app.yaml", "roles", "worker", "label"), value=LOCAL[1][7:])
    form = AddFile(path="forms/own.yaml", value=OWN)
    after = Set(target=("app.yaml", "label"), value=DRAFTED[1][7:])
    steps: list[list[Set | AddFile]] = [[role, form], [after]]
    for edits in steps:
        rev = open_held(services, "plant").head.rev
        assert isinstance(edit_draft(services, admin, "plant", rev, edits), Edited)
        if edits[0] is role:
            assert isinstance(publish(services, admin, "plant", ""), Published)
    services.store.close()


def _filled(store: Store) -> list[str]:
    app = version(1)
    form = app.forms["device_1"]
    ids = []
    with store.unit() as unit:
        for number in range(ROWS):
            record = _numbered(app, number)
            unit.records.add(form, record)
            ids.append(record.id)
    return ids


def _numbered(app: App, number: int) -> Record:
    form = app.forms["device_1"]
    amount = form.fields["amount"].parse(f"{number}.50")
    parts = ({"id": "r", "part_1": f"p{number}"},)
    return record_of(form, {"mark_1": f"m{number}", "amount": amount, "parts": parts})


class Upgrades:
    """A program that upgrades in processes of its own, one after another."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        assert program.stdin is not None
        assert program.stdout is not None
        self._asking, self._answers = program.stdin, program.stdout

    def killed(self, url: str, folder: Path, first: int, chance: random.Random) -> int:
        """Upgrade from a version on, strike somewhere in the middle, and return how far it came."""
        self._asking.write(f"{url}\t{folder}\t{first}\n")
        self._asking.flush()
        child, begun, wanted = 0, 0, first + chance.randint(0, 1)
        while not child or begun < wanted:
            word, _, number = next(self._answers).partition(" ")
            child, begun = (int(number), begun) if word == "child" else (child, int(number))
        # Not a wait for something to happen: the blow must be able to fall at any moment.
        threading.Event().wait(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        for line in self._answers:
            word, _, number = line.strip().partition(" ")
            if word == "dead":
                break
            begun = int(number)
        return begun


@pytest.fixture
def upgrades() -> Iterator[Upgrades]:
    command = [sys.executable, "-m", "tests.runtime.store.crashing"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as program:
        yield Upgrades(program)
        assert program.stdin is not None
        program.stdin.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_any_moment_an_upgrade_is_all_or_nothing(
    url: str, tmp_path: Path, upgrades: Upgrades
) -> None:
    seed = random.SystemRandom().randint(0, 10**6)
    chance = random.Random(seed)
    _customised(url, tmp_path / "files")
    store = Store(url, tmp_path / "files")
    store.serve(version(1))
    ids = _filled(store)
    store.close()
    seen, old, new = 1, 0, 0

    for _ in range(KILLS):
        begun = upgrades.killed(url, tmp_path / "files", seen + 1, chance)
        store = Store(url, tmp_path / "files")
        n = _installed(store)
        assert n in (begun - 1, begun), f"seed {seed}"
        old, new = old + (n == begun - 1), new + (n == begun)
        _check(store, version(n), n, ids)
        store.empty_trash(later(n + 1))
        store.close()
        seen = n

    assert old, f"no upgrade was struck in the middle, seed {seed}"
