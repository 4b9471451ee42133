"""An app goes, and everything is as it was before it came, except the log."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect, text

from engine.forms.submission import read_json
from engine.outcomes import Saved
from runtime.cli import main
from runtime.jobs.workshop import Workshop
from runtime.packages.row_words import CALLED, called
from runtime.packages.uninstall import dependents, drop_data, export_data, keep_data
from runtime.store.platform_tables import METADATA
from runtime.store.query import Page
from runtime.store.removal import STAYS
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from runtime.use_cases.list_records import Wanted, list_records
from runtime.workspace.demo_data import install_demo
from runtime.workspace.open import install_app
from tests.desk import FILES, Desk

RULE = """
rule: greet
label: {zh: 有新工单, en: A new ticket}
form: ticket
on: {type: created}
do:
  - {type: create_task, to: {roles: [agent]}, text: 看一看}
  - {type: notify, to: {roles: [agent]}, text: 有新工单}
"""
WORKFLOW = """
workflow: checked
label: {zh: 审核, en: Check}
form: ticket
start: {roles: [chief]}
steps:
  - {kind: approve, id: one, label: 一, who: [{person: chief_north}], within: {calendar: P1D}}
"""
DATA = """
form: ticket
rows:
  - id: t_1
    owner: ann
    name: 打印机
    parts: [{part: 硒鼓, quantity: 2}]
    evidence: [{item: minutes, files: [minutes.pdf], by: ann}]
    comments: [{by: ann, text: 已经看过}]
  - id: t_2
    owner: chief_north
    name: 扫描仪
    approval: checked
"""


def _spare(more: str = "") -> Mapping[str, bytes]:
    manifest = FILES["app.yaml"].replace(b"app: desk", b"app: spare") + more.encode()
    written = {
        "rules/greet.yaml": RULE,
        "workflows/checked.yaml": WORKFLOW,
        "data/ticket.yaml": DATA,
    }
    return {**FILES, "app.yaml": manifest, **{name: it.encode() for name, it in written.items()}}


def _whole(desk: Desk, without: tuple[str, ...] = ()) -> dict[str, str]:
    """A checksum of every table with its name and columns, and of every kept file."""
    sums: dict[str, str] = {}
    with desk.services.store.reading() as unit:
        found = inspect(unit.connection)
        for name in sorted(set(found.get_table_names()) - set(without)):
            columns = [column["name"] for column in found.get_columns(name)]
            rows = unit.connection.execute(text(f'SELECT * FROM "{name}"')).all()
            indexes = sorted((str(one["name"]), one["unique"]) for one in found.get_indexes(name))
            told = repr((columns, sorted(map(repr, rows)), indexes))
            sums[name] = hashlib.sha256(told.encode()).hexdigest()
    for path in sorted(desk.services.settings.files_folder.rglob("*")):
        if path.is_file():
            sums[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return sums


def _use(desk: Desk) -> None:
    """Install the other app and do what people do with an app."""
    app = install_app(desk.services, _spare())
    with desk.services.store.unit() as unit:
        unit.people.roles.set_for("person", desk.people["ann"].id, "spare", ["agent"])
        unit.people.roles.set_for("person", desk.people["chief_north"].id, "spare", ["chief"])
    with desk.services.store.unit() as unit:
        install_demo(desk.services, unit, app)
        ann = unit.people.actor(desk.people["ann"].id)
    assert ann is not None
    act = Act(actor=ann, door="api", key="once", request="x")
    made = create_record(
        desk.services, act, app.forms["ticket"], read_json(app.forms["ticket"], {"name": "新的"})
    )
    assert isinstance(made, Saved), made
    Workshop(services=desk.services).run_due()


def test_dropping_an_app_leaves_everything_else_as_it_was(desk: Desk) -> None:
    desk.ticket(cause="卡纸")
    Workshop(services=desk.services).run_due()
    before, log = _whole(desk, STAYS), _whole(desk)["event"]
    _use(desk)
    assert _whole(desk, STAYS) != before

    report = drop_data(desk.services, "spare")

    assert _whole(desk, STAYS) == before
    assert report.gone is not None
    assert report.gone.records == {"site": 0, "ticket": 3}
    touched = {
        "approval",
        "evidence",
        "file_use",
        "idempotency",
        "job",
        "notice",
        "package",
        "task",
    }
    assert touched <= set(report.gone.rows)
    assert len(report.gone.contents) == 1
    with desk.services.store.reading() as unit:
        stays = "SELECT count(*) FROM event WHERE app = 'spare'"
        assert unit.connection.execute(text(stays)).scalar() == report.log > 0
    assert log != _whole(desk)["event"]
    assert "spare" not in desk.services.apps


def test_an_app_can_come_back_after_it_was_dropped(desk: Desk) -> None:
    _use(desk)
    drop_data(desk.services, "spare")

    _use(desk)

    form = desk.services.apps["spare"].forms["ticket"]
    page = list_records(desk.services, Act(actor=desk.people["admin"], door="api"), form, Wanted())
    assert isinstance(page, Page), page
    assert page.total == 3


def test_kept_data_is_there_when_the_app_comes_back(desk: Desk) -> None:
    _use(desk)
    waiting = "SELECT state, count(*) FROM task WHERE app = 'spare' GROUP BY state"
    with desk.services.store.reading() as unit:
        before = unit.connection.execute(text(waiting)).all()

    report = keep_data(desk.services, "spare")

    assert report.gone is None
    with desk.services.store.reading() as unit:
        assert [one.app for one in unit.packages.list()] == ["desk"]
        assert unit.connection.execute(text(waiting)).all() != before
    install_app(desk.services, _spare())
    with desk.services.store.reading() as unit:
        assert unit.connection.execute(text(waiting)).all() == before
        assert unit.packages.kept("spare") is None
    form = desk.services.apps["spare"].forms["ticket"]
    page = list_records(desk.services, Act(actor=desk.people["admin"], door="api"), form, Wanted())
    assert isinstance(page, Page), page
    assert page.total == 3


def test_kept_data_can_be_dropped_later(desk: Desk) -> None:
    before = _whole(desk, STAYS)
    _use(desk)
    keep_data(desk.services, "spare")

    drop_data(desk.services, "spare")

    assert _whole(desk, STAYS) == before


def test_what_a_company_takes_along_is_all_there(small_desk: Desk, tmp_path: Path) -> None:
    _use(small_desk)
    app = small_desk.services.apps["spare"]

    export_data(small_desk.services, app, tmp_path / "out.zip")

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        lines = archive.read("records/ticket.jsonl").decode().splitlines()
        rows = {row["name"]: row for row in map(json.loads, lines)}
        files = [name for name in archive.namelist() if name.startswith("files/")]
        log = archive.read("log.jsonl").decode().splitlines()
        assert archive.read("app/forms/ticket.yaml") == _spare()["forms/ticket.yaml"]
    assert set(rows) == {"打印机", "扫描仪", "新的"}
    assert rows["打印机"]["parts"][0]["part"] == "硒鼓"
    assert [name.rpartition("/")[2] for name in files] == ["minutes.pdf"]
    assert len(log) > 3
    assert "spare" not in small_desk.services.apps


def test_nothing_goes_if_the_file_can_not_be_written(small_desk: Desk, tmp_path: Path) -> None:
    _use(small_desk)
    (tmp_path / "out.zip").write_bytes(b"mine")
    before = _whole(small_desk)

    with pytest.raises(FileExistsError):
        export_data(small_desk.services, small_desk.services.apps["spare"], tmp_path / "out.zip")

    assert _whole(small_desk) == before
    assert (tmp_path / "out.zip").read_bytes() == b"mine"


def test_the_command_says_what_went_and_what_stays(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(small_desk)
    monkeypatch.setenv("HOME_DIR", str(small_desk.services.settings.home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    words = ["app", "uninstall", "spare", "--lang", "en"]

    undecided = CliRunner().invoke(main, words)
    done = CliRunner().invoke(main, [*words, "--drop"])
    again = CliRunner().invoke(main, [*words, "--drop"])

    assert (undecided.exit_code, done.exit_code, again.exit_code) == (2, 0, 1)
    assert "Desk" not in done.output
    assert "Ticket: 3 records" in done.output
    assert "Files of the app and its upgrades" in done.output
    assert "package_file" not in done.output
    assert "(event)" in done.output


def test_apps_that_need_it_are_named(small_desk: Desk) -> None:
    install_app(small_desk.services, _spare("requires: {desk: '>=1.0'}\n"))

    assert [app.id for app in dependents(small_desk.services, "desk")] == ["spare"]
    assert dependents(small_desk.services, "spare") == ()


# Tables that are about the workspace, and those whose rows belong to an app by something else.
OF_THE_WORKSPACE = {
    "calendar_day", "calendar_week", "calendar_year", "channel", "channel_address", "department",
    "failed_try", "file", "handover", "notice_wish", "pace", "package_check", "person", "phrase",
    "session", "succession", "token",
}  # fmt: skip
BY_SOMETHING_ELSE = {
    "delivery", "delivery_attempt", "entrusted", "idempotency", "import_line", "job", "rule_begun",
    "sequence", "signed_link", "task_term",
}  # fmt: skip


def test_what_goes_has_a_name_that_people_know() -> None:
    named = {table for _, tables in CALLED for table in tables}
    gone = {name for name, table in METADATA.tables.items() if "app" in table.c} - set(STAYS)

    assert gone - named == set()
    assert BY_SOMETHING_ELSE - named == set()
    told = called({"task": 2, "approval": 1, "task_term": 3})
    assert [(name.text, n) for name, n in told] == [("待办", 5), ("审批", 1)]


def test_somebody_decided_for_each_table_what_becomes_of_it() -> None:
    known = OF_THE_WORKSPACE | BY_SOMETHING_ELSE
    others = {name for name, table in METADATA.tables.items() if "app" not in table.c}

    assert others - known == set()
