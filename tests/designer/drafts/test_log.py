"""Everything that designers do with an app is in the audit log: who, when and what."""

from __future__ import annotations

from typing import Any

from designer.app import build_app
from designer.drafts.editing import edit_draft, open_draft, open_held, redo, remove_along, undo
from designer.drafts.log import log_of
from designer.drafts.publishing import publish, restore_version, throw_away
from engine.editing.edits import Set, Target
from runtime.workspace.upgrade import upgrade_app
from tests.desk import FILES, Desk
from tests.web.visitor import Visitor

CAUSE: Target = ("forms/ticket.yaml", "sections", "basics", "fields", "cause")


def _rev(desk: Desk) -> int:
    return open_held(desk.services, "desk").head.rev


def test_each_deed_is_logged_with_who_when_and_what(desk: Desk) -> None:
    services, admin, ann = desk.services, desk.people["admin"], desk.people["ann"]

    def label(to: str) -> Any:
        return edit_draft(
            services, ann, "desk", _rev(desk), [Set(target=(*CAUSE, "label"), value=to)]
        )

    label("缘由")
    undo(services, ann, "desk")
    redo(services, ann, "desk")
    publish(services, admin, "desk", "")
    remove_along(services, ann, "desk", _rev(desk), [CAUSE])
    throw_away(services, admin, "desk")
    restore_version(services, admin, "desk", 1)
    client = build_app(services).test_client()
    visitor = Visitor(client)
    visitor.sign_in("admin")
    client.get("/design/desk/export")

    logged = log_of(services, "desk", open_draft(services, "desk"), "zh")
    told = [(one.who, str(one.what)) for one in reversed(logged)]
    assert told == [
        ("安静", "修改"), ("安静", "撤销"), ("安静", "重做"), ("管理员", "发布第 2 版"),
        ("安静", "修改"), ("管理员", "放弃未发布的修改"), ("管理员", "让草稿回到以前的版本"),
        ("管理员", "下载应用文件"),
    ]  # fmt: skip
    assert logged[-1].where == ("工单 › 基本信息 › 原因 › 名称",)
    assert all(one.at == services.now() for one in logged)
    page = visitor.get("/design/desk/log").text
    assert all(what in page for _, what in told)
    older = log_of(services, "desk", open_draft(services, "desk"), "zh", before=logged[-2].id)
    assert [one.id for one in older] == [logged[-1].id]


def test_the_first_installation_is_not_called_an_upgrade(small_desk: Desk) -> None:
    services = small_desk.services
    for version in (b"1.0.0", b"1.1.0"):
        manifest = FILES["app.yaml"].replace(b"app: desk", b"app: bureau")
        upgrade_app(services, {**FILES, "app.yaml": manifest.replace(b"1.0.0", version)})
    logged = log_of(services, "bureau", open_draft(services, "bureau"), "zh")
    assert [str(one.what) for one in reversed(logged)] == ["安装 1.0.0", "升级到 1.1.0"]
