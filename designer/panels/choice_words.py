"""What are the fixed choices of a key called?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.choices import CHOICES
from designer.choices import choice as field_choice
from designer.forms.palette import GROUPS
from engine.catalog import FIELD_TYPES
from engine.documents.block import Block
from engine.documents.catalog import BLOCKS
from engine.rules.catalog import ACTIONS, TRIGGERS
from engine.wording import Message

Words = Mapping[str, Message]

COLOURS: Words = {
    "grey": Message("灰色"),
    "blue": Message("蓝色"),
    "cyan": Message("青色"),
    "green": Message("绿色"),
    "amber": Message("橙色"),
    "red": Message("红色"),
    "violet": Message("紫色"),
}
_OF: Words = {
    "submitter": Message("提交人"),
    "owner": Message("记录负责人"),
    "approver": Message("前一位审批人"),
}
_EMPTY: Words = {
    "keepers": Message("交给兜底的人"),
    "pass": Message("自动通过"),
    "refuse": Message("自动不同意"),
}
_VERDICT: Words = {"accepted": Message("通过"), "rejected": Message("退回")}
_AGAIN: Words = {
    "all": Message("所有人重新审批"),
    "straight": Message("直接回到这一步"),
    "changed": Message("只有看到改动的人重新审批"),
}
OUTCOMES: Words = {
    "running": Message("进行中"),
    "agreed": Message("已同意"),
    "refused": Message("不同意"),
    "withdrawn": Message("已撤回"),
    "cancelled": Message("已取消"),
}
STEPS: Words = {
    "approve": Message("审批"),
    "handle": Message("办理"),
    "cc": Message("抄送"),
    "branch": Message("条件分支"),
    "parallel": Message("并行"),
    "approval": Message("子审批"),
    "wait": Message("等待"),
}

WORDS: Mapping[str, Words] = {
    "colour": COLOURS,
    "head": _OF,
    "manager": _OF,
    "chain": _OF,
    "empty": _EMPTY,
    "same": {
        "manager": Message("由他的上级审批"),
        "decide": Message("由他自己审批"),
        "pass": Message("自动通过"),
    },
    "repeated": {
        "decide": Message("再审批一次"),
        "pass": Message("自动通过"),
        "adjacent": Message("紧挨着的自动通过"),
    },
    "resubmit": _AGAIN,
    "verdict": _VERDICT,
    "opinion": {
        "agree": Message("同意时"),
        "refuse": Message("不同意时"),
        "return": Message("退回时"),
    },
    "outcomes": OUTCOMES,
    "state": OUTCOMES,
    "every": {"day": Message("天"), "week": Message("周"), "month": Message("月")},
    "on": {
        "monday": Message("周一"),
        "tuesday": Message("周二"),
        "wednesday": Message("周三"),
        "thursday": Message("周四"),
        "friday": Message("周五"),
        "saturday": Message("周六"),
        "sunday": Message("周日"),
    },
    "pick": {
        "first": Message("第一个人"),
        "least_loaded": Message("手上最少的人"),
    },
    "places": {"record": Message("记录页"), "list": Message("列表的批量操作")},
    "door": {
        "form": Message("表单"),
        "board": Message("看板"),
        "bulk": Message("批量操作"),
        "api": Message("接口"),
    },
    "place": {"before": Message("在我之前"), "after": Message("在我之后")},
    "policy": {
        "unique": Message("不允许，只能有一条符合"),
        "any": Message("都符合时答案必须相同"),
        "first": Message("用最上面的一条"),
        "priority": Message("用最重要的答案"),
        "rule order": Message("全部列出，按规则的先后"),
        "output order": Message("全部列出，按答案的先后"),
        "collect": Message("全部列出"),
        "collect sum": Message("加起来"),
        "collect min": Message("取最小"),
        "collect max": Message("取最大"),
        "collect count": Message("数有几条"),
    },
    "op": {
        "=": Message("等于"),
        "!=": Message("不等于"),
        ">": Message("大于"),
        ">=": Message("不小于"),
        "<": Message("小于"),
        "<=": Message("不大于"),
        "in": Message("是其中之一"),
        "not_in": Message("不是其中之一"),
        "contains": Message("包含"),
        "starts_with": Message("开头是"),
        "empty": Message("未填写"),
        "filled": Message("已填写"),
        "between": Message("介于"),
        "last_days": Message("最近几天"),
        "next_days": Message("未来几天"),
        "this": Message("本周期内"),
        "mine": Message("是我"),
    },
    "EvidenceDef.kind": {
        "any": Message("不限"),
        "document": Message("文档"),
        "photo": Message("照片"),
        "screenshot": Message("截图"),
        "recording": Message("录音"),
        "signature": Message("手写签名"),
    },
    "StageDef.outcome": {"won": Message("成功"), "lost": Message("失败")},
    "SectionDef.columns": {"1": Message("一列"), "2": Message("两列"), "3": Message("三列")},
    "FieldsBlock.columns": {"1": Message("一列"), "2": Message("两列")},
    "SetupStepDef.go": {
        "records": Message("打开列表"),
        "new": Message("新建一条"),
        "import": Message("从表格导入"),
        "people": Message("把角色分给人"),
        "decision": Message("看决策表"),
        "links": Message("生成二维码"),
    },
    "Card.show": {"count": Message("条数"), "sum": Message("合计"), "list": Message("清单")},
    "RoutingDef.otherwise": {"pool": Message("放进公海"), "maker": Message("归创建人")},
    "align": {"left": Message("靠左"), "center": Message("居中"), "right": Message("靠右")},
    "DocumentDef.language": {"zh": Message("中文版"), "en": Message("英文版")},
    "PageDef.size": {
        "a4": Message("A4"),
        "a5": Message("A5"),
        "a3": Message("A3"),
        "us-letter": Message("美国信纸"),
    },
    "RungDef.act": {
        "remind": Message("催办"),
        "tell": Message("通知别人"),
        "hand": Message("交给别人"),
        "agree": Message("自动同意"),
        "refuse": Message("自动不同意"),
        "return": Message("自动退回"),
    },
    "ApproveStep.mode": {
        "all": Message("所有人都同意"),
        "any": Message("一个人同意即可"),
        "ratio": Message("按比例"),
        "weighted": Message("按权重"),
        "sequential": Message("一个接一个"),
    },
    "HandleStep.mode": {"any": Message("一个人办理即可"), "all": Message("每个人都办理")},
    "ApproveStep.refused": {"end": Message("审批结束"), "return": Message("退回给提交人")},
    "ParallelStep.join": {"all": Message("全部走完"), "any": Message("有一条走完")},
    "WorkflowDef.lock": {"all": Message("全部字段"), "none": Message("不锁定")},
    "WorkflowDef.withdraw": {
        "always": Message("随时可以"),
        "untouched": Message("还没人处理时可以"),
        "never": Message("不可以"),
    },
    "BackDef.to": {"any": Message("之前任何阶段")},
    "Schedule.catch_up": {
        "once": Message("补做一次"),
        "all": Message("每次都补"),
        "skip": Message("不补"),
    },
    "ConnectorDef.type": {"http": Message("HTTP 接口")},
    "OperationDef.method": {
        "GET": Message("读取（GET）"),
        "POST": Message("提交（POST）"),
        "PUT": Message("替换（PUT）"),
        "PATCH": Message("修改（PATCH）"),
        "DELETE": Message("删除（DELETE）"),
    },
    "Threshold.measure": {
        "count": Message("条数"),
        "sum": Message("合计"),
        "avg": Message("平均"),
        "ratio": Message("占比"),
    },
    "Threshold.per": {"day": Message("天"), "week": Message("周"), "month": Message("月")},
    "OwnTypeDef.group": dict(GROUPS),
    "Threshold.each": {"total": Message("合在一起"), "owner": Message("每个人分别")},
    "GrantDef": {
        "none": Message("不可以"),
        "own": Message("本人负责的"),
        "department": Message("本部门的"),
        "tree": Message("本部门和下级部门的"),
        "all": Message("全部"),
    },
}
"""By the struct and its key, or by the key alone, or by the struct; each in its order."""


def choice_words(owner: Any, key: str, word: Any) -> Message | None:
    """Return what one choice of a key is called."""
    for name in (*(f"{each.__name__}.{key}" for each in owner.__mro__), key, owner.__name__):
        found = WORDS.get(name, {}).get(str(word))
        if found is not None:
            return found
    if key in ("type", "kind") or key == owner.__struct_config__.tag_field:
        return type_words(word, owner) or field_choice(key, word)
    return field_choice(key, word)


def type_words(word: Any, owner: Any = None) -> Message | None:
    """Return what a type of field, trigger, action, block or step is called; `owner` tells the
    blocks of documents from the fields of the same word."""
    if isinstance(owner, type) and issubclass(owner, Block) and word in BLOCKS:
        return Message("{label}", label=dict(BLOCKS[word].title))
    for table in (FIELD_TYPES, TRIGGERS, ACTIONS, BLOCKS):
        if word in table:
            return Message("{label}", label=dict(table[word].title))
    return STEPS.get(str(word))


def in_order(owner: Any, key: str, words: tuple[Any, ...]) -> list[Any]:
    """Return the choices in the order in which people expect them."""
    for name in (*(f"{each.__name__}.{key}" for each in owner.__mro__), key, owner.__name__):
        if name in WORDS or name in CHOICES:
            known = list(WORDS.get(name) or CHOICES[name])
            return sorted(
                words, key=lambda word: known.index(str(word)) if str(word) in known else 99
            )
    return list(words)
