"""An app in which every key of a definition says something."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

APP = "full"
NO = object()
"""A key that is taken away."""


def text(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "type": "text", "label": f"字段{id_}", **more}


PLACE = {
    "form": "place",
    "label": "地点",
    "title": "name",
    "sections": [
        {
            "id": "all",
            "label": "全部",
            "fields": [
                text("name"),
                text("city"),
                {"id": "spot", "type": "geo", "label": "位置"},
            ],
        }
    ],
    "related": [
        {
            "form": "item",
            "by": "place",
            "label": "这里的物品",
            "columns": ["name", "city"],
            "add": True,
            "timeline": True,
        }
    ],
    "access": {"agent": {"rows": "all", "create": True}, "boss": {"rows": "all", "create": True}},
}

PART = {
    "form": "part",
    "label": "部件",
    "title": "name",
    "sections": [
        {
            "id": "all",
            "label": "全部",
            "fields": [
                text("name"),
                text("city"),
                {"id": "source", "type": "reference", "to": "item", "label": "来源"},
                {"id": "rows", "type": "lines", "label": "行", "fields": [text("piece")]},
            ],
        }
    ],
    "access": {"agent": {"rows": "all", "create": True, "edit": True}},
}

ITEM = {
    "form": "item",
    "label": "物品",
    "help": "说明文字甲",
    "icon": "box",
    "colour": "violet",
    "title": "name",
    "subtitle": "city",
    "tabs": [{"id": "early", "label": "先填的"}, {"id": "late", "label": "后填的"}],
    "sections": [
        {
            "id": "first",
            "label": "第一节",
            "help": "第一节的说明",
            "columns": 3,
            "fields": [
                text("name", required=True, help="名称的说明", placeholder="写个名称"),
                text("city", width="full"),
                {"id": "cost", "type": "money", "currency": "CNY", "label": "费用"},
                text("made", default="默认的"),
                text("worked", default={"feel": '"算出" + user.name'}),
                text("maybe", visible="cost > 100"),
                text("why", required={"when": "cost > 100", "message": "费用高要写明原因"}),
                text("locked", readonly=True),
                text("code", unique={"within": ["city"], "message": "代号重复了"}),
                text("secret", mask="all"),
                text("hidden"),
                {"id": "place", "type": "reference", "to": "place", "label": "地点"},
                {"id": "kept", "type": "reference", "to": "part", "label": "生成的部件"},
                {"id": "lines", "type": "lines", "label": "明细", "fields": [text("piece")]},
                {"id": "price", "type": "money", "currency": "CNY", "label": "价格"},
            ],
        },
        {
            "id": "second",
            "label": "第二节",
            "tab": "late",
            "folded": True,
            "visible": "cost = null or cost < 1000",
            "fields": [text("extra")],
        },
    ],
    "checks": [{"id": "dear", "that": "cost = null or cost != 13", "message": "费用不能是十三"}],
    "pipelines": [
        {
            "id": "usual",
            "label": "平常",
            "stages": [
                {
                    "id": "open",
                    "label": "开始",
                    "help": "开始阶段要做的事",
                    "colour": "violet",
                    "expect": "P1D",
                    "red": "P20D",
                    "gate": {
                        "fields": ["extra"],
                        "that": [{"id": "some", "that": "cost > 5", "message": "费用太低"}],
                        "evidence": [
                            {
                                "id": "proof",
                                "label": "凭证",
                                "kind": "photo",
                                "types": ["png"],
                                "at_least": 2,
                                "fresh": True,
                                "reuse": True,
                                "within": {"of": "place.spot", "metres": 100},
                                "expires": "P3D",
                                "review": "boss",
                                "when": "cost > 1",
                                "help": "凭证的说明",
                            }
                        ],
                        "override": ["agent"],
                    },
                },
                {
                    "id": "busy",
                    "label": "处理",
                    "entry": {"fields": ["made"], "override": ["agent"]},
                    "back": {"to": ["open"], "reason": True},
                },
                {"id": "ended", "label": "结束", "outcome": "won"},
                {"id": "dropped", "label": "放弃", "aside": True, "outcome": "lost"},
            ],
        },
        {
            "id": "quick",
            "label": "加急",
            "when": 'city = "急"',
            "stages": [{"id": "fast", "label": "立即"}, {"id": "over", "label": "完毕"}],
        },
    ],
    "access": {
        "agent": {
            "rows": "all",
            "create": True,
            "edit": True,
            "advance": True,
            "delete": True,
            "transfer": True,
            "comment": True,
            "export": True,
            "import": True,
            "hide": ["hidden"],
            "mask": ["secret"],
            "readonly": ["extra"],
        },
        "boss": {"rows": "all"},
    },
    "list": {
        "columns": ["name", "city", "cost"],
        "sort": ["name"],
        "filters": ["cost"],
        "views": [
            {
                "id": "dear",
                "label": "贵的",
                "where": [{"field": "cost", "op": ">", "value": 50}],
                "sort": ["-cost"],
                "columns": ["cost", "made"],
                "roles": ["agent"],
            }
        ],
    },
    "board": {"card": ["cost"], "total": "cost"},
    "conversions": [
        {
            "id": "build",
            "label": "生成部件",
            "when": "cost < 500",
            "message": "太贵，不能生成",
            "roles": ["agent"],
            "stage": "busy",
            "creates": [{"form": "part"}],
        },
        {
            "id": "again",
            "label": "再次生成",
            "creates": [{"form": "part", "id": "second", "existing": "kept"}],
        },
        {
            "id": "third",
            "label": "带着内容生成",
            "keep": {"kept": "part"},
            "creates": [
                {
                    "form": "part",
                    "set": {"city": '"由转换写入"'},
                    "refer": {"source": "source"},
                    "lines": {"rows": "lines"},
                }
            ],
        },
    ],
    "search": ["name", "made"],
    "timeline": True,
    "comments": True,
}

MANIFEST = {
    "app": APP,
    "version": "1.2.3",
    "label": "样样都有",
    "description": "每个键都写了",
    "icon": "box",
    "colour": "violet",
    "publisher": "测试者",
    "roles": [
        {"id": "agent", "label": "坐席", "help": "坐席的说明"},
        {"id": "boss", "label": "主管"},
    ],
    "menu": [
        {"id": "work", "label": "工作", "forms": ["item", "place"], "roles": ["agent"]},
        {"forms": ["part"]},
    ],
    "home": [
        {
            "id": "sum",
            "label": "总费用",
            "form": "item",
            "show": "sum",
            "of": "cost",
            "where": [{"field": "cost", "op": ">", "value": 50}],
            "roles": ["agent"],
        },
        {
            "id": "few",
            "label": "几条",
            "form": "item",
            "show": "list",
            "sort": ["-name"],
            "limit": 2,
        },
    ],
}
SPEC: dict[str, Any] = {"app": MANIFEST, "place": PLACE, "part": PART, "item": ITEM}


def varied(path: str, value: Any) -> dict[str, Any]:
    """Return the app with one thing said differently, or not at all."""
    spec = deepcopy(SPEC)
    *steps, last = path.split("/")
    place: Any = spec
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    key = int(last) if last.isdigit() else last
    if value is NO:
        del place[key]
    else:
        place[key] = value
    return spec


def files_of(spec: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of the app."""
    files = {"app.yaml": json.dumps(spec["app"], ensure_ascii=False).encode()}
    for form in ("place", "part", "item"):
        files[f"forms/{form}.yaml"] = json.dumps(spec[form], ensure_ascii=False).encode()
    return files
