"""What are the keys called that say which stages a record goes through?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

STAGES: Mapping[str, Mapping[str, Said]] = {
    "ConditionDef": {
        "that": ("必须成立", "Must hold"),
        "message": ("不成立时提示", "Message", "告诉填写的人该怎么改", "Says what to do"),
    },
    "GeofenceDef": {
        "of": ("以哪个位置为准", "Near", "表单里的定位字段", "A position of the record"),
        "metres": ("多少米以内", "Within metres"),
    },
    "EvidenceDef": {
        "label": ("凭证名称", "Name", "如 会议纪要", "As minutes"),
        "kind": ("类型", "Kind"),
        "types": ("文件格式", "File types", "如 pdf；不填就按类型", "As pdf; by kind without any"),
        "at_least": ("至少几份", "At least"),
        "fresh": ("进入阶段后才上传的才算", "Fresh", "以前的不算", "Handed in since it came in"),
        "reuse": ("可以重复使用", "Reuse", "同一个文件可用在别的记录上", "Elsewhere too"),
        "within": ("拍摄地点", "Taken near", "照片要在这附近拍", "Where a photo must be taken"),
        "expires": ("有效期", "Expires", "过期后关卡重新关上", "The gate shuts again then"),
        "review": ("由谁审核", "Reviewed by", "审核通过才算", "Each piece must be accepted"),
        "when": ("什么时候需要", "Needed when", "不设就总是需要", "Always without it"),
        "help": ("说明", "Help", "告诉大家该交什么", "Says what to hand in"),
    },
    "GateDef": {
        "fields": ("必填字段", "Fields to fill"),
        "that": ("必须成立的条件", "Conditions"),
        "evidence": ("要交的凭证", "Evidence"),
        "approval": ("要通过的审批", "Approval", "同意后才能往下走", "Must have been agreed"),
        "override": ("谁可以破例放行", "May pass anyway", "要写明理由", "With a reason"),
    },
    "BackDef": {
        "to": ("可以退回到", "Back to"),
        "reason": ("退回要写理由", "Needs a reason"),
    },
    "StageDef": {
        "label": ("阶段名称", "Name of the stage"),
        "help": ("阶段说明", "Help", "这个阶段要做什么", "What is to be done here"),
        "expect": ("预期用时", "Expected time", "工作时间，超过后显示黄色", "Yellow after it"),
        "red": ("超时", "Red after", "不填就是预期用时的两倍", "Twice as long without it"),
        "gate": ("进入下一阶段前", "To leave", "满足了才能往下走", "What must hold to go on"),
        "entry": ("进入本阶段前", "To enter", "从哪里进来都要满足", "From wherever"),
        "back": ("退回", "Way back", "不设就不能退回", "No way back without it"),
        "aside": ("旁路阶段", "Aside", "如“搁置”，从任何阶段都能转入", "Open from every stage"),
        "outcome": ("结果", "Outcome", "到这里就结束了", "The path ends here"),
    },
    "PipelineDef": {
        "label": ("路径名称", "Name of the path"),
        "when": ("哪些记录走这条", "Which records", "都不符合时走第一条", "Else the first path"),
        "stages": ("阶段", "Stages"),
    },
}  # fmt: skip
