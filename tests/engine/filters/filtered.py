"""A form with a field of every kind that can be filtered, and one behind a reference."""

from __future__ import annotations

from engine.app import App, Form
from tests.builders import app_of, form_spec

OPTIONS = [{"id": "low", "label": "低"}, {"id": "high", "label": "高"}]
SITE = form_spec(
    "site",
    [
        {"id": "name", "type": "text", "label": "名称"},
        {"id": "level", "type": "select", "label": "级别", "options": OPTIONS},
        {"id": "opened", "type": "date", "label": "开放"},
    ],
    title="name",
)
DEVICE = form_spec(
    "device",
    [
        {"id": "name", "type": "text", "label": "名称"},
        {"id": "price", "type": "money", "label": "价格"},
        {"id": "pieces", "type": "integer", "label": "数量"},
        {"id": "share", "type": "percent", "label": "占比"},
        {"id": "bought", "type": "date", "label": "购买日"},
        {"id": "seen", "type": "datetime", "label": "检查"},
        {"id": "opens", "type": "time", "label": "开门"},
        {"id": "takes", "type": "duration", "label": "用时"},
        {"id": "active", "type": "yes_no", "label": "在用"},
        {"id": "grade", "type": "select", "label": "等级", "options": OPTIONS},
        {"id": "kinds", "type": "tags", "label": "标签"},
        {"id": "levels", "type": "multi_select", "label": "级别", "options": OPTIONS},
        {"id": "site", "type": "reference", "to": "site", "label": "站点"},
        {"id": "sites", "type": "reference_list", "to": "site", "label": "相关站点"},
        {"id": "keeper", "type": "person", "label": "保管人"},
        {"id": "place", "type": "address", "label": "地址"},
        {
            "id": "parts",
            "type": "lines",
            "label": "部件",
            "fields": [{"id": "part", "type": "text", "label": "部件"}],
        },
    ],
    title="name",
)


def filtered() -> tuple[App, Form]:
    """Return the app and the form of devices."""
    app = app_of(DEVICE, SITE)
    return app, app.forms["device"]
