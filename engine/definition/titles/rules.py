"""What are the keys of rules called that triggers and actions do not name in their files?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

RULES: Mapping[str, Mapping[str, Said]] = {
    "RuleDef": {
        "rule": ("标识", "Id", "保存后不要改", "Never change it"),
        "label": ("规则名称", "Name of the rule"),
        "form": ("关于哪张表单", "Form"),
        "on": ("当", "When", "发生什么时触发", "What sets it off"),
        "if": ("如果", "If", "不设就总是执行", "Always without it"),
        "do": ("就", "Then", "从上到下依次执行", "In this order"),
        "again": ("可以触发自己几次", "May follow itself", "0 表示不可以", "0 is never"),
        "paused": ("暂停", "Paused", "先不执行", "Does nothing for now"),
    },
    "Action": {
        "id": ("标识", "Id", "翻译时用", "What translations call it"),
    },
    "Span": {
        "calendar": ("自然时间", "By the clock", "休息日也算", "Days off count too"),
        "working": ("工作日", "Working days", "只算工作日", "Only working days count"),
        "working_hours": ("工作时间", "Working hours", "只算上班时间", "Only hours of work count"),
    },
    "Who": {
        "fields": ("记录上的人", "People of the record", "如负责人", "As its owner"),
        "managers_of": ("他们的上级", "Managers of", "没有上级就找部门主管", "Else the head"),
        "heads_of": ("部门主管", "Heads of", "这些部门的主管", "Of these departments"),
        "roles": ("角色", "Roles", "有这个角色的所有人", "All who play it"),
    },
}  # fmt: skip
