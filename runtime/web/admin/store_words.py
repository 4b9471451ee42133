"""How is work in the background told that is about whole apps?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.wording import Label, Message
from runtime.market.catalogue import catalogue
from runtime.services import Services
from runtime.store.jobs import Job


def check_title(services: Services, job: Job) -> Message:
    """Return what trying a package is called."""
    return Message("在这里运行“{label}”的场景", label=_label(services, job.arguments))


def check_done(services: Services, job: Job) -> Message:
    """Return what came of it."""
    counts = {name: job.result.get(name, 0) for name in ("passed", "total")}
    return Message("场景 {passed}/{total} 在这里通过", **counts)


def trial_title(services: Services, job: Job) -> Message:
    """Return what preparing a trial is called."""
    return Message("准备“{label}”的试用", label=_label(services, job.arguments))


def trial_done(services: Services, job: Job) -> Message:
    """Return what came of it."""
    return Message("可以开始试用了")


def install_title(services: Services, job: Job) -> Message:
    """Return what installing an app is called."""
    return Message("安装“{label}”", label=job.arguments.get("label", ""))


def install_done(services: Services, job: Job) -> Message:
    """Return what came of it."""
    if job.result.get("waits"):
        return Message("新版本和本地修改碰到一起，请先逐项选择；还没有升级")
    return Message("已安装，可以用了")


def samples_title(services: Services, job: Job) -> Message:
    """Return what removing samples is called."""
    return Message("移除“{label}”的示例数据", label=_label(services, job.arguments))


def samples_done(services: Services, job: Job) -> Message:
    """Return what came of it."""
    return Message("移除了 {n} 条示例数据，可以在回收站恢复", n=job.result.get("count", 0))


def leaving_title(services: Services, job: Job) -> Message:
    """Return what taking an app out is called."""
    label = job.result.get("label")
    if not label:
        given = {"app": str(job.arguments.get("leaving", "")).partition(":")[2]}
        label = _label(services, given)
    return Message("卸载“{label}”", label=label)


def leaving_done(services: Services, job: Job) -> Message:
    """Return what came of it."""
    if "file" in job.result:
        return Message("已卸载，数据在导出的文件里，请下载保存")
    return Message("已卸载，报告里写明删除和留下了什么")


def _label(services: Services, given: Mapping[str, Any]) -> Label:
    id_ = str(given.get("package") or given.get("app") or "")
    known = services.app(id_)
    if known is not None:
        return known.definition.label
    found = catalogue(services).offerings.get(id_)
    return found.entry.label if found else id_
