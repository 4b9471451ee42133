"""An upgrade is rehearsed on a copy: what it meets is told, and nothing is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import inspect

import designer.cli
from designer.drafts.editing import Edited, edit_draft, open_held
from designer.drafts.publishing import publish
from designer.publishing.rehearsal import Wish, rehearse
from engine.editing.edits import Set, Target
from runtime.cli import main
from runtime.store.told import message_of
from runtime.workspace.upgrade import upgrade_app
from tests.desk import FILES, Desk

assert designer.cli.rehearse.name == "rehearse"

CAUSE = b"{id: cause, type: text, label: {zh: \xe5\x8e\x9f\xe5\x9b\xa0, en: Cause}}"
LABEL: Target = ("forms/ticket.yaml", "sections", "basics", "fields", "cause", "label", "zh")
STORY = """
scenario: 坐席可以开工单
steps:
  - {as: agent, create: {form: ticket, name: t, values: {name: 打印机}}, then: {stage: open}}
---
scenario: 有原因有费用还差会议纪要
given:
  records: [{form: ticket, id: t1, owner: agent, name: 打印机, cost: 3, cause: "12"}]
steps:
  - {as: agent, check: {record: t1}, then: {refused: ["请上传“会议纪要”，至少 1 份（pdf）"]}}
"""
FIRST = {**FILES, "scenarios/tickets.yaml": STORY.encode()}
SECOND = {
    **FIRST,
    "app.yaml": FILES["app.yaml"].replace(b"1.0.0", b"1.1.0"),
    "forms/ticket.yaml": FILES["forms/ticket.yaml"]
    .replace(CAUSE, CAUSE.replace(b"type: text", b"type: integer"))
    .replace(b"fields: [cause]", b"fields: [cause, phone]"),
    "scenarios/tickets.yaml": STORY.replace("refused: [", "refused: [请填写“电话”, ")
    .replace('cause: "12"', "cause: 12")
    .encode(),
}


def edited(desk: Desk) -> None:
    upgrade_app(desk.services, FIRST)
    admin = desk.people["admin"]
    rev = open_held(desk.services, "desk").head.rev
    done = edit_draft(desk.services, admin, "desk", rev, [Set(target=LABEL, value="缘由")])
    assert isinstance(done, Edited)
    publish(desk.services, admin, "desk", "")


def _digest(desk: Desk) -> dict[str, list[str]]:
    with desk.services.store.reading() as unit:
        found = {}
        for name in inspect(unit.connection).get_table_names():
            rows = unit.connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            found[name] = sorted(map(repr, rows))
    return found


def test_it_tells_what_an_upgrade_meets_and_touches_nothing(desk: Desk) -> None:
    edited(desk)
    desk.ticket(cause="卡纸")
    desk.ticket(cause="12")
    before, steps = _digest(desk), []
    wish = Wish(files=SECOND, choices={})

    found = rehearse(desk.services, desk.people["admin"], wish, lambda *at: steps.append(at))

    assert _digest(desk) == before
    assert (found["before"], found["version"]) == ("1.0.0", "1.1.0")
    names = [message_of(form["label"]).fill() for form in found["forms"]]
    counts = [(form["before"], form["after"]) for form in found["forms"]]
    forms = dict(zip(names, counts, strict=True))
    assert forms == {"站点": (0, 0), "工单": (2, 2)}
    (left,) = found["migration"]["leftovers"]
    assert (message_of(left["what"]).fill(), left["count"], left["texts"]) == (
        "“工单”的“缘由”", 1, ["卡纸"],
    )  # fmt: skip
    assert {"field.type", "stage.gate"} <= {one["code"] for one in found["breaking"]}
    played = found["scenarios"]
    assert played["before"] == {"passed": 2, "total": 2}
    assert played["after"] == {"passed": 2, "total": 2}, played["failed"]
    assert played["former"] == {"passed": 0, "total": 1}
    (gone,) = played["former_failed"]
    assert gone["sentence"] == "有原因有费用还差会议纪要"
    assert steps[-1][0] == steps[-1][1]


def test_the_command_tells_the_same(
    small_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME_DIR", str(small_desk.services.settings.home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    edited(small_desk)
    small_desk.ticket(cause="卡纸")
    for name, content in SECOND.items():
        path = tmp_path / "new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def run(*words: str) -> Result:
        command = ["app", "rehearse", str(tmp_path / "new"), "--no-scenarios", *words]
        return CliRunner().invoke(main, command)

    told, strict = run(), run("--strict")
    english = json.loads(run("--json", "--lang", "en").stdout)

    assert "在数据副本上从 1.0.0 升级到 1.1.0" in told.stdout
    assert "“工单”的“缘由” 有 1 个值换不过去" in told.stdout
    assert (told.exit_code, strict.exit_code) == (0, 1)
    assert english["forms"][1] == {"label": "Ticket", "before": 1, "after": 1}
    assert english["breaking"][0]["count"] == 1
