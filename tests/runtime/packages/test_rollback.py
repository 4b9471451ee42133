"""After an upgrade an app becomes what it was again, and no record loses anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.drafts.publishing import publish
from engine.editing.edits import Add, Set, Target
from engine.forms.submission import read_json
from engine.outcomes import Saved
from engine.record import Record
from runtime.cli import main
from runtime.packages.rollback import RolledBack, roll_back, way_back
from runtime.use_cases.edit_record import edit_record
from runtime.workspace.upgrade import Upgraded, upgrade_app
from tests.desk import FILES, Desk

FIELDS: Target = ("forms/ticket.yaml", "sections", "basics", "fields")
CAUSE = "{id: cause, type: text, label: {zh: 原因, en: Cause}}"
NEWER = (
    ("version: 1.0.0", "version: 1.1.0"),
    (CAUSE, CAUSE + "\n      - {id: colour, type: text, label: 颜色}"),
    ("{id: phone,", "{id: call, formerly: phone,"),
    ("{id: due, type: date,", "{id: due, type: text,"),
    ("mask: [phone]", "mask: [call]"),
    ("that: due = null or begun = null or due >= begun", "that: begun = null or name != null"),
    ("- {id: part, type: text,", "- {id: piece, formerly: part, type: text,"),
    ("{id: begun, type: date, label: {zh: 开始日期, en: Begun}}",
     "{id: begun, type: date, label: {zh: 开始日期, en: Begun}}\n"
     "      - {id: helpers, type: lines, label: 帮手, fields: [{id: who, type: text, label: 谁}]}"),
)  # fmt: skip


def _newer(*changes: tuple[str, str]) -> dict[str, bytes]:
    files = {}
    for path, content in FILES.items():
        text = content.decode()
        for before, after in (*NEWER, *changes):
            text = text.replace(before, after)
        files[path] = text.encode()
    return files


def _edit(desk: Desk, *edits: Any) -> None:
    rev = open_held(desk.services, "desk").head.rev
    done = edit_draft(desk.services, desk.people["admin"], "desk", rev, edits)
    assert isinstance(done, Edited), done


def _publish(desk: Desk, *edits: Any) -> None:
    _edit(desk, *edits)
    publish(desk.services, desk.people["admin"], "desk", "")


def _values(desk: Desk, record: Record) -> Mapping[str, Any]:
    return desk.stored(record.id).values


def _changed(desk: Desk, record: Record, **values: Any) -> Record:
    form = desk.form()
    act = desk.act("admin", door="system")
    found = desk.stored(record.id)
    outcome = edit_record(
        desk.services, act, form, record.id, read_json(form, values), found.version
    )
    assert isinstance(outcome, Saved), outcome
    return outcome.record


def test_going_back_keeps_every_value_and_the_next_upgrade_brings_the_rest(desk: Desk) -> None:
    _publish(desk, Set(target=(*FIELDS, "cost", "label", "zh"), value="花费"))
    _edit(desk, Set(target=(*FIELDS, "margin", "label", "zh"), value="利润"))
    parts = [{"part": "轮子", "quantity": 2}]
    old = desk.ticket(phone="+8613800001111", due="2026-04-01", parts=parts)
    assert isinstance(upgrade_app(desk.services, _newer()), Upgraded)
    since = desk.ticket(
        call="+8613900002222",
        due="尽快",
        colour="红",
        parts=[{"piece": "门"}],
        helpers=[{"who": "安"}],
    )
    _changed(desk, old, colour="蓝")

    back = roll_back(desk.services, "desk", desk.people["admin"].id)

    assert isinstance(back, RolledBack)
    assert back.given_up == ()
    fields = desk.form().fields
    assert "colour" not in fields
    assert fields["cost"].label == {"zh": "花费", "en": "Cost"}
    assert open_draft(desk.services, "desk").value((*FIELDS, "margin", "label", "zh")) == "利润"
    stored = {record.id: _values(desk, record) for record in (old, since)}
    assert [stored[one.id]["phone"] for one in (old, since)] == ["+8613800001111", "+8613900002222"]
    assert str(stored[old.id]["due"]) == "2026-04-01"
    assert stored[since.id]["due"] is None
    assert [row["part"] for one in (old, since) for row in stored[one.id]["parts"]] == [
        "轮子",
        "门",
    ]
    assert roll_back(desk.services, "desk") is None

    assert isinstance(upgrade_app(desk.services, _newer()), Upgraded)

    again = {record.id: _values(desk, record) for record in (old, since)}
    assert [again[one.id]["colour"] for one in (old, since)] == ["蓝", "红"]
    assert [again[one.id]["call"] for one in (old, since)] == ["+8613800001111", "+8613900002222"]
    assert [row["who"] for row in again[since.id]["helpers"]] == ["安"]


def test_a_value_that_the_newer_type_could_not_take_is_there_again(desk: Desk) -> None:
    worded = desk.ticket(cause="卡纸")
    number = desk.ticket(cause="12")
    emptied = desk.ticket(cause="13")
    newer = _newer((CAUSE, CAUSE.replace("type: text", "type: integer")))
    newer["forms/ticket.yaml"] = newer["forms/ticket.yaml"].replace(
        CAUSE.encode(), CAUSE.replace("type: text", "type: integer").encode()
    )
    assert isinstance(upgrade_app(desk.services, newer), Upgraded)
    assert _values(desk, worded)["cause"] is None
    _changed(desk, emptied, cause=None)

    assert isinstance(roll_back(desk.services, "desk"), RolledBack)

    found = [_values(desk, one)["cause"] for one in (worded, number, emptied)]
    assert found == ["卡纸", "12", None]


def test_what_was_changed_here_since_stays_where_it_has_a_place(small_desk: Desk) -> None:
    assert isinstance(upgrade_app(small_desk.services, _newer(("zh: 标题", "zh: 名目"))), Upgraded)
    label: Target = (*FIELDS, "name", "label", "zh")
    place = {"id": "place", "type": "text", "label": "地点"}
    _publish(small_desk, Set(target=label, value="题目"), Add(target=FIELDS, value=place))

    back = roll_back(small_desk.services, "desk")

    assert isinstance(back, RolledBack)
    assert [one.target for one in back.given_up] == [label]
    assert small_desk.form().fields["name"].label == {"zh": "标题", "en": "Title"}
    assert small_desk.form().fields["place"].label == "地点"


def test_it_is_said_before_what_going_back_takes_away(small_desk: Desk) -> None:
    assert way_back(small_desk.services, "desk") is None
    upgrade_app(small_desk.services, _newer())
    small_desk.ticket(colour="红")

    way = way_back(small_desk.services, "desk")

    assert way is not None
    assert way.former.version == "1.0.0"
    counted = [(one.code, count) for one, count in way.breaking]
    assert ("field.removed", 1) in counted
    assert ("field.renamed", None) in counted
    assert [code for code, _ in counted].count("field.removed") == 2


def test_the_command_says_what_it_takes_and_takes_back_only_once(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME_DIR", str(small_desk.services.settings.home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    upgrade_app(small_desk.services, _newer())
    small_desk.ticket(colour="红")

    only_said = CliRunner().invoke(main, ["app", "rollback", "desk", "--dry-run"])
    done = CliRunner().invoke(main, ["app", "rollback", "desk", "--lang", "en"])
    again = CliRunner().invoke(main, ["app", "rollback", "desk"])

    assert "“工单”的“颜色”：删除了字段（涉及 1 条）" in only_said.stdout
    assert "It is 1.0.0 again, with every record" in done.stdout
    assert again.exit_code == 1
    with small_desk.services.store.reading() as unit:
        package = unit.packages.one("desk")
    assert package is not None
    assert package.version == "1.0.0"
