"""What are the keys of decision tables called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

DECISIONS: Mapping[str, Mapping[str, Said]] = {
    "DecisionDef": {
        "decision": ("标识", "Id", "保存后不要改", "Never change it"),
        "label": ("决策表名称", "Name of the table"),
        "form": ("关于哪张表单", "Form"),
        "policy": ("几条都符合时", "When several fit"),
        "inputs": ("条件列", "Conditions"),
        "outputs": ("结果列", "Answers"),
        "rules": ("规则", "Rules", "每行一条", "One a line"),
        "partial": (
            "可以没有答案", "May be silent",
            "不选时，遗漏的情况算错误", "Else gaps are wrong",
        ),
    },
    "DecisionInputDef": {
        "label": ("列名", "Heading"),
        "value": (
            "比较什么", "What is tested",
            "不填就是同名字段", "The field of this id without it",
        ),
        "allowed": ("可能的值", "Possible values", "如 >= 0", "As >= 0"),
    },
    "DecisionOutputDef": {
        "label": ("列名", "Heading"),
        "order": ("答案的先后", "Order of answers", "最重要的在前", "The most important first"),
        "default": ("默认答案", "Default", "没有规则符合时", "Where no rule fits"),
    },
    "DecisionRuleDef": {
        "when": ("条件", "When", "每列一格，“-”表示不限", "A cell each; - lets all pass"),
        "then": ("结果", "Then"),
    },
}  # fmt: skip
