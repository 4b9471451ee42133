"""What are the keys of connectors called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

CONNECTORS: Mapping[str, Mapping[str, Said]] = {
    "ConnectorDef": {
        "connector": ("标识", "Id", "保存后不要改", "Never change it"),
        "label": ("系统名称", "Name of the system"),
        "url": ("地址", "Address", "管理员可以另设", "Administrators may set another one"),
        "secrets": ("密钥", "Secrets", "值由管理员填写", "Their values are set by administrators"),
        "headers": ("请求头", "Headers", "每次都带上", "Sent each time"),
        "operations": ("操作", "Operations"),
        "test": (
            "用哪个操作测试", "Tried by",
            "不用填写、重复做也无妨的操作", "One that asks for nothing and does no harm",
        ),
    },
    "SecretDef": {"label": ("名称", "Name")},
    "AskedDef": {
        "label": ("名称", "Name"),
        "required": ("必填", "Required"),
    },
    "AnswerDef": {
        "label": ("名称", "Name"),
        "path": ("在回答里的位置", "Where in the answer", "如 data.no", "As data.no"),
    },
    "OperationDef": {
        "label": ("操作名称", "Name"),
        "method": ("方法", "Method"),
        "path": (
            "路径", "Path",
            "接在地址后面，{名称} 换成输入的值", "Behind the address; {name} becomes an input",
        ),
        "ask": ("需要哪些值", "Needs"),
        "query": ("查询参数", "Query"),
        "body": ("发送内容", "Body"),
        "answers": ("读取哪些值", "Reads"),
        "failed_if": (
            "何时算失败", "Failed if",
            "对方返回 200 也可能是失败", "Even a 200 may say that it failed",
        ),
        "why": ("失败原因", "Why it failed", "哪个值说明原因", "The value that says why"),
        "repeatable": (
            "可以重复", "Repeatable",
            "不选时，结果不明的调用等人处理，不会自动再发",
            "Else what may have been done waits for a person",
        ),
    },
}  # fmt: skip
