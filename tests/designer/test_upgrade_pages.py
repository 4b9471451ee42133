"""Designers look at an upgrade, rehearse it, decide, upgrade, and take it back."""

from __future__ import annotations

import json
import re

import pytest

from designer import jobs
from designer.app import build_app
from designer.drafts.editing import Edited, edit_draft, open_held
from engine.editing.edits import Set
from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from runtime.workspace.upgrade import Undecided, upgrade_app
from tests.designer.test_rehearsal import LABEL, SECOND, edited
from tests.desk import Desk
from tests.web.visitor import Visitor

HERE = "/design/desk/conflicts"
OLD, NEW = "zh: 原因".encode(), "zh: 起因".encode()
CONFLICTING = {
    **SECOND,
    "forms/ticket.yaml": SECOND["forms/ticket.yaml"].replace(OLD, NEW),
}


@pytest.fixture
def visitor(small_desk: Desk) -> Visitor:
    edited(small_desk)
    small_desk.ticket(cause="卡纸")
    assert isinstance(upgrade_app(small_desk.services, CONFLICTING), Undecided)
    found = Visitor(build_app(small_desk.services).test_client())
    found.sign_in("admin")
    return found


def _work(desk: Desk) -> None:
    Workshop(services=desk.services, kinds=kinds(jobs)).run_due()


def test_an_upgrade_is_rehearsed_decided_and_taken_back(small_desk: Desk, visitor: Visitor) -> None:
    name = json.dumps(LABEL, ensure_ascii=False)
    page = visitor.get(HERE).text
    assert "checked" not in page
    assert "不合适的值会作为文字另存" in page
    assert "先演练" in page
    assert visitor.post(f"{HERE}/rehearse", **{name: "theirs"}).status_code == 200
    assert "正在数据副本上演练" in visitor.get(f"{HERE}/rehearsal").text
    _work(small_desk)
    told = visitor.get(HERE).text
    for words in ("升级前 2/2 通过", "升级后 2/2 通过", "有 1 个值换不过去", "卡纸", "再演练一次"):
        assert words in told
    assert re.search(r"复制 \d+\.\d 秒", told)
    assert re.search(r'value="theirs" checked', told)
    assert small_desk.services.apps["desk"].definition.version == "1.0.0"

    assert visitor.post(HERE, **{name: "theirs"}).status_code == 303

    assert small_desk.form().fields["cause"].label == {"zh": "起因", "en": "Cause"}
    assert "退回升级前的 1.0.0" in visitor.get(HERE).text
    assert "退回 1.0.0" in visitor.get("/admin/apps").text
    assert visitor.post(f"{HERE}/back").status_code == 303
    assert small_desk.form().fields["cause"].label == {"zh": "缘由", "en": "Cause"}
    assert "退回升级前的 1.0.0" in visitor.get("/design/desk/log").text
    assert visitor.post(f"{HERE}/back").status_code == 409


def test_all_can_be_decided_at_once(visitor: Visitor) -> None:
    page = visitor.post(f"{HERE}/all", all="theirs").text
    assert 'value="theirs" checked' in page


def test_publishing_says_what_breaks_too(small_desk: Desk) -> None:
    small_desk.ticket()
    admin = small_desk.people["admin"]
    rev = open_held(small_desk.services, "desk").head.rev
    edit = Set(target=(*LABEL[:-2], "required"), value=True)
    assert isinstance(edit_draft(small_desk.services, admin, "desk", rev, [edit]), Edited)
    visitor = Visitor(build_app(small_desk.services).test_client())
    visitor.sign_in("admin")

    page = visitor.get("/design/desk/publish").text

    assert "“工单”的“原因”：改为必填" in page
    assert "涉及 1 条" in page
