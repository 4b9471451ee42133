"""What would somebody call the device that a browser says it is?"""

from __future__ import annotations

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("Windows", "Windows"),
    ("Linux", "Linux"),
)
PROGRAMS = (
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg/", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_of(agent: str) -> str:
    """Return program and system, such as `Chrome · Windows`."""
    found = [
        next((name for mark, name in known if mark in agent), "") for known in (PROGRAMS, SYSTEMS)
    ]
    return " · ".join(name for name in found if name) or "?"
