"""What would `dougong doctor` say of a workspace?"""

from __future__ import annotations

from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.advise_indexes import Advice, advise_indexes
from runtime.use_cases.approvals.find_stalls import Stalled, find_stalls


def findings(services: Services, least: int) -> tuple[Message, ...]:
    """Return what is found in forms with at least so many records, and in the ways of approvals,
    and what to do about it."""
    indexes = map(_said, advise_indexes(services, least=least))
    return (*indexes, *map(_stalled, find_stalls(services)))


def _stalled(found: Stalled) -> Message:
    place = f"{found.app.id}/workflows/{found.workflow.id}.yaml"
    if found.approval is not None:
        place = f"{place} · {found.approval.record}"
    return Message("{place}：{what}", place=place, what=found.message)


def _said(advice: Advice) -> Message:
    reading = any(one.way.reads_all for one in advice.asked)
    return Message(
        "{app}/forms/{form}.yaml（{records} 条记录）：{lists}时，{what}。请在 indexes 下加：{yaml}",
        app=advice.app.id,
        form=advice.form.id,
        records=advice.records,
        lists=[Message("{role}看“{view}”", role=one.role, view=one.view) for one in advice.asked],
        what=_READS if reading else _SORTS,
        yaml=advice.yaml,
    )


_READS = Message("数据库要逐条读完全部记录")
_SORTS = Message("数据库要先给找到的全部记录排序")
