"""What do people call the rows of the platform that go with an app?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.wording import Message

CALLED: Iterable[tuple[Message, tuple[str, ...]]] = (
    (Message("附件和证据的登记"), ("file_use", "evidence")),
    (Message("待办"), ("task", "task_term")),
    (Message("审批"), ("workflow_version", "approval", "entrusted", "delegation")),
    (Message("消息和投递记录"), ("notice", "delivery", "delivery_attempt", "signed_link")),
    (Message("规则运行记录"), ("rule_run", "rule_begun", "rule_mark", "rule_look", "rule_life")),
    (Message("冻结"), ("freeze",)),
    (Message("积分明细"), ("point_entry",)),
    (Message("公海领取记录"), ("pool_turn",)),
    (Message("导入记录"), ("import_run", "import_line", "import_memory")),
    (Message("后台任务"), ("job",)),
    (Message("编号和防重复提交的记录"), ("sequence", "idempotency")),
    (Message("交接清单"), ("handover_item",)),
    (Message("公开页面的二维码"), ("public_link",)),
    (Message("连接器和它的往来"), ("connector_setup", "connector_call", "hook", "hook_message")),
    (Message("角色分配"), ("role_grant",)),
    (Message("列表视图"), ("view", "first_view")),
    (Message("示例数据的标记"), ("sample",)),
    (Message("去掉的字段留下的值"), ("trash", "leftover")),
    (Message("设计草稿"), ("draft", "draft_file", "draft_edit", "draft_look")),
    (Message("发布过的版本"), ("app_version", "publish_plan")),
    (
        Message("应用文件和升级记录"),
        (
            "package", "package_file", "package_origin", "package_base", "package_upgrade",
            "package_former", "kept_app",
        ),
    ),
)  # fmt: skip
"""What goes, in the order in which it matters, with the tables in which it stands."""
OTHERS = Message("其他")


def called(rows: Mapping[str, int]) -> list[tuple[Message, int]]:
    """Return how many rows went, by table, as people read it: what goes by one name is counted
    together."""
    left = dict(rows)
    told = [
        (name, sum(left.pop(table, 0) for table in tables if table in left))
        for name, tables in CALLED
    ]
    told.append((OTHERS, sum(left.values())))
    return [(name, count) for name, count in told if count]
