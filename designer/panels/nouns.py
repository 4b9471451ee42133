"""What is a thing of an app called in general, and by which sign is it known?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.forms.palette import icon_of
from designer.speech import Speech
from engine.documents.block import Block
from engine.field import Field
from engine.rules.action import Action
from engine.rules.trigger import Trigger
from engine.wording import Message, words

NOUNS: Mapping[str, tuple[Message, str]] = {
    "AppDef": (Message("应用"), "apps"),
    "RoleDef": (Message("角色"), "users-group"),
    "MenuDef": (Message("菜单分组"), "list"),
    "SetupStepDef": (Message("准备步骤"), "circle-check"),
    "Card": (Message("首页卡片"), "chart-bar"),
    "FormDef": (Message("表单"), "forms"),
    "OwnTypeDef": (Message("字段类型"), "adjustments"),
    "SectionDef": (Message("分组"), "list-details"),
    "TabDef": (Message("标签页"), "folder"),
    "Option": (Message("选项"), "circle-dot"),
    "ConditionDef": (Message("条件"), "circle-check"),
    "GrantDef": (Message("角色的权限"), "lock"),
    "ListDef": (Message("列表页"), "list"),
    "ViewDef": (Message("视图"), "filter"),
    "BoardDef": (Message("看板"), "layout-kanban"),
    "RelatedDef": (Message("关联列表"), "link"),
    "ConversionDef": (Message("转换"), "transfer"),
    "CreateDef": (Message("生成的记录"), "plus"),
    "PoolDef": (Message("公海"), "users"),
    "RoutingDef": (Message("自动分派"), "route"),
    "IndexDef": (Message("索引"), "table"),
    "StageDef": (Message("阶段"), "route"),
    "PipelineDef": (Message("流程路径"), "git-branch"),
    "GateDef": (Message("关卡"), "lock"),
    "EvidenceDef": (Message("凭证"), "file-check"),
    "GeofenceDef": (Message("拍摄地点"), "map-pin"),
    "BackDef": (Message("退回"), "arrow-back-up"),
    "FilterDef": (Message("筛选条件"), "filter"),
    "WorkflowDef": (Message("审批"), "checks"),
    "StartDef": (Message("怎样发起"), "player-play"),
    "AfterDef": (Message("结束之后"), "circle-check"),
    "ApproveStep": (Message("审批步骤"), "checks"),
    "HandleStep": (Message("办理步骤"), "edit"),
    "CcStep": (Message("抄送"), "send"),
    "BranchStep": (Message("条件分支"), "git-branch"),
    "ParallelStep": (Message("并行"), "git-branch"),
    "SubStep": (Message("子审批"), "checks"),
    "WaitStep": (Message("等待"), "clock"),
    "PathDef": (Message("路径"), "route"),
    "WhoDef": (Message("由谁"), "user"),
    "LimitDef": (Message("审批额度"), "currency-yuan"),
    "RungDef": (Message("催办和超时"), "clock"),
    "BackToDef": (Message("退回"), "arrow-back-up"),
    "DeadlineDef": (Message("期限"), "clock"),
    "RuleDef": (Message("规则"), "bolt"),
    "Span": (Message("时长"), "clock"),
    "Who": (Message("人员"), "users"),
    "DecisionDef": (Message("决策表"), "table"),
    "DecisionInputDef": (Message("条件列"), "table"),
    "DecisionOutputDef": (Message("结果列"), "table"),
    "DecisionRuleDef": (Message("规则"), "table"),
    "ConnectorDef": (Message("连接器"), "world"),
    "SecretDef": (Message("密钥"), "key"),
    "OperationDef": (Message("连接器操作"), "player-play"),
    "AskedDef": (Message("输入"), "list-details"),
    "AnswerDef": (Message("读取的值"), "list-details"),
    "DocumentDef": (Message("文档"), "file-text"),
    "PageDef": (Message("纸张和页眉页脚"), "file"),
    "SignerDef": (Message("签名栏"), "signature"),
    "PublicDef": (Message("公开表单"), "qrcode"),
    "PublicFieldDef": (Message("字段"), "forms"),
    "LimitsDef": (Message("提交上限"), "clock"),
    "DemoFile": (Message("示例数据"), "table"),
    "DemoRow": (Message("示例记录"), "file"),
    "DemoEvidence": (Message("凭证"), "file-check"),
    "DemoComment": (Message("评论"), "message"),
    "LocaleFile": (Message("译文"), "world"),
    "ScenarioDef": (Message("场景"), "player-play"),
    "GivenDef": (Message("开始之前"), "clock"),
    "GivenRow": (Message("已有的记录"), "file"),
    "StepDef": (Message("步骤"), "player-play"),
    "ThenDef": (Message("结果"), "circle-check"),
}
THING = (Message("设置"), "settings")


def noun_of(struct: Any, speech: Speech) -> tuple[str, str]:
    """Return what a thing of a struct is called in general, and its sign."""
    if issubclass(struct, Field):
        type_ = str(struct.__struct_config__.tag)
        return words(dict(struct.title), speech.locale), icon_of(type_)
    if issubclass(struct, Block):
        return words(dict(struct.title), speech.locale), struct.icon
    if issubclass(struct, Action | Trigger):
        return words(dict(struct.title), speech.locale), "bolt"
    noun, icon = NOUNS.get(struct.__name__, THING)
    return speech.fill(noun), icon


def about_of(struct: Any, locale: str) -> str:
    """Return one sentence on what a type is for."""
    about = getattr(struct, "about", None)
    return words(dict(about), locale) if isinstance(about, Mapping) else ""


def name_of(value: Any, locale: str, told: Any = None) -> str:
    """Return what a single thing is called; `told` is what the app made of it, with its texts in
    every language."""
    if not isinstance(value, dict):
        return ""
    for key in ("label", "message", "text", "id", "scenario", "form", "role"):
        if isinstance(value.get(key), str | dict) and value[key]:
            known = getattr(told, key, None)
            return words(known if isinstance(known, str | dict) else value[key], locale)
    return ""
