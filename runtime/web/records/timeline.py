"""What happened to a record, told in people's words?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.app import Form
from engine.approvals.reasons import OUTCOMES
from engine.field import NotAcceptable
from engine.record import StoredFile
from engine.wording import Message, words
from runtime.services import Services
from runtime.store import Event
from runtime.store.told import message_of
from runtime.use_cases.approvals.read_approval import step_of
from runtime.use_cases.name_values import Names, name_values
from runtime.use_cases.timeline import Related, Timeline
from runtime.web.rules.routing_words import routing_told
from runtime.web.showing import sayer
from runtime.web.values.cells import Cells
from runtime.web.values.moments import said_when
from runtime.web.values.naming import cells_for, cells_with
from runtime.web.visit import Visit

APPROVALS: Mapping[str, Message] = {
    "approval.submitted": Message("提交了审批"),
    "approval.agree": Message("同意了审批"),
    "approval.refuse": Message("不同意审批"),
    "approval.return": Message("退回了审批"),
    "approval.transfer": Message("转交了审批"),
    "approval.added": Message("加签了审批"),
    "approval.handled": Message("办理了审批"),
    "approval.asked": Message("征求了意见"),
    "approval.opined": Message("回复了意见"),
    "approval.seen": Message("看过了抄送"),
    "approval.resubmitted": Message("重新提交了审批"),
    "approval.taken_back": Message("撤回了自己的处理"),
    "approval.withdrawn": Message("撤回了审批"),
    "approval.cancelled": Message("取消了审批"),
    "approval.urged": Message("催办了审批"),
    "approval.due": Message("到期处理了审批"),
    "approval.child": Message("收到了下级审批的结果"),
    "approval.left": Message("因离职交接了审批"),
    "approval.entrusted": Message("按委托转交了审批"),
    "approval.ended": Message("结束了审批"),
    "locked": Message("因审批锁定了记录"),
}
"""What approvals write into the history of their record."""
DID: Mapping[str, Message] = {
    "created": Message("新建了记录"),
    "edited": Message("修改了记录"),
    "advanced": Message("推进了阶段"),
    "returned": Message("退回了阶段"),
    "set_aside": Message("移出了流程"),
    "resumed": Message("恢复了流程"),
    "overridden": Message("越过关卡推进了阶段"),
    "transferred": Message("转移了负责人"),
    "claimed": Message("领取了记录"),
    "released": Message("退回了记录"),
    "recycled": Message("收回了记录"),
    "routed": Message("自动分配了负责人"),
    "deleted": Message("删除了记录"),
    "restored": Message("恢复了记录"),
    "commented": Message("发表了评论"),
    "evidence_added": Message("提交了凭证"),
    "evidence_reviewed": Message("审核了凭证"),
    "converted": Message("转换了记录"),
    "file_added": Message("添加了文件"),
    "document_made": Message("生成了文档"),
    "exported": Message("导出了记录"),
    "todo_done": Message("完成了待办"),
    "pressed": Message("点击了按钮"),
    "webhook": Message("收到了外部消息"),
    "frozen": Message("冻结了新建"),
    "registered_again": Message("再次登记"),
    "unfrozen": Message("解除了冻结"),
    "handover_noted": Message("写了交接说明"),
    "handover_received": Message("确认接收了交接"),
    **APPROVALS,
}
DOORS: Mapping[str, Message] = {
    "board": Message("看板"),
    "bulk": Message("批量操作"),
    "api": Message("接口"),
    "import": Message("表格导入"),
    "automation": Message("自动化"),
    "link": Message("外部链接"),
    "card": Message("消息卡片"),
    "public": Message("公开登记"),
    "scenario": Message("演练"),
    "system": Message("系统"),
}
STATES = {"advanced": "is-done", "converted": "is-done", "created": "is-now"}
FIRST_VALUES = frozenset({"created"})
"""Kinds whose changes are all values of the record: nothing that is worth repeating."""


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Link:
    """A link that an entry names."""

    url: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the timeline."""

    at: datetime
    when: str
    exact: str
    who: str
    did: str
    state: str = ""
    door: str = ""
    text: str = ""
    reason: str = ""
    changes: tuple[Change, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[StoredFile, ...] = ()


def entries(services: Services, visit: Visit, form: Form, told: Timeline) -> tuple[Entry, ...]:
    """Return the timeline, newest first: what happened, and what arrived in related lists."""
    cells = _cells(services, visit, form, told)
    found = [_entry(services, cells, form, event) for event in told.events]
    for related in told.related:
        found.append(_arrival(services, visit, related))
    return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))


def changes_since(
    services: Services, visit: Visit, form: Form, told: Timeline, at: datetime
) -> tuple[Change, ...]:
    """Return what has changed in a record since a moment, each field once: then and now."""
    later = [event for event in told.events if event.at > at and event.kind not in FIRST_VALUES]
    merged: dict[str, Any] = {}
    for event in later:
        for id_, (old, new) in event.changes.items():
            if id_ in form.fields:
                merged[id_] = (old, merged[id_][1] if id_ in merged else new)
    kept = {id_: pair for id_, pair in merged.items() if pair[0] != pair[1]}
    if not kept:
        return ()
    whole = replace(later[0], changes=kept)
    cells = _cells(services, visit, form, replace(told, events=(whole,), related=()))
    return tuple(_changes(cells, form, whole))


def _cells(services: Services, visit: Visit, form: Form, told: Timeline) -> Cells:
    rows: list[dict[str, Any]] = []
    for event in told.events:
        rows.append({"owner": event.actor})
        weighed = (event.data.get("routing") or {}).get("weighed", ())
        rows += [{"owner": one["person"]} for one in weighed]
        for position in (0, 1):
            rows.append(dict(_read(form, event, position)))
    files = [id_ for event in told.events for id_ in event.data.get("files", ())]
    names = name_values(services, visit.act("form"), form, rows, files)
    return cells_with(services, visit, form, names)


def _read(form: Form, event: Event, position: int) -> Iterator[tuple[str, Any]]:
    for id_, pair in event.changes.items():
        field = form.fields.get(id_)
        if field is None:
            yield id_, pair[position]
            continue
        try:
            yield id_, field.read(pair[position])
        except NotAcceptable:
            # An older version of the form took it; it is shown as it was kept.
            yield id_, None


def _entry(services: Services, cells: Cells, form: Form, event: Event) -> Entry:
    known = cells.names.people.get(event.actor or "")
    did = DID.get(event.kind)
    return Entry(
        at=event.at,
        when=said_when(services, cells, event.at),
        exact=cells.moment(event.at),
        who=known or cells.say("系统"),
        did=did.fill(cells.translate, cells.locale) if did else event.kind,
        state=STATES.get(event.kind, ""),
        door=_door(cells, event),
        text="\n".join(filter(None, (_told(cells, form, event), event.text))),
        reason=event.reason or "" if "workflow" not in event.data else "",
        changes=tuple(_changes(cells, form, event)),
        links=tuple(_made(cells, event)),
        files=_files(cells.names, event),
    )


def _door(cells: Cells, event: Event) -> str:
    door = DOORS.get(event.door or "")
    return door.fill(cells.translate, cells.locale) if door else ""


def _told(cells: Cells, form: Form, event: Event) -> str:
    """Return what the event's own data adds: which evidence, which verdict, which approval."""
    if "workflow" in event.data:
        return _of_approval(cells, event)
    if "task" in event.data and "title" in event.data:
        return message_of(event.data["title"]).fill(cells.translate, cells.locale)
    if "routing" in event.data:
        return routing_told(cells, cells.app, event.data["routing"])
    if "document" in event.data:
        document = cells.app.documents.get(event.data["document"])
        return words(document.definition.label, cells.locale) if document else ""
    if "consent" in event.data:
        agreed = Message("已同意：{text}", text=event.data["consent"])
        return agreed.fill(cells.translate, cells.locale)
    item = event.data.get("item")
    if not item:
        return ""
    labels = {
        one.id: one.label
        for stage in form.stages.values()
        for gate in (stage.gate, stage.entry)
        for one in gate.evidence
    }
    label = words(labels.get(item, item), cells.locale)
    verdict = event.data.get("verdict")
    if verdict is None:
        return label
    accepted = verdict == "accepted"
    judged = (
        Message("{item}：通过", item=label) if accepted else Message("{item}：退回", item=label)
    )
    return judged.fill(cells.translate, cells.locale)


def _of_approval(cells: Cells, event: Event) -> str:
    """Return the names of the workflow and of the step, and how it ended."""
    workflow = cells.app.workflows.get(event.data["workflow"])
    if workflow is None:
        return ""
    parts = [words(workflow.definition.label, cells.locale)]
    step = step_of(workflow, event.data.get("step"))
    if step is not None:
        parts.append(words(step.label, cells.locale))
    ended = OUTCOMES.get(event.data.get("outcome", "")) if event.kind.endswith("ended") else None
    if ended is not None:
        parts.append(ended.fill(cells.translate, cells.locale))
    line = " · ".join(parts)
    said = event.reason or event.data.get("remark") or event.data.get("question")
    return f"{line}\n{said}" if said else line


def _changes(cells: Cells, form: Form, event: Event) -> Iterator[Change]:
    if event.kind in FIRST_VALUES:
        return
    old, new = dict(_read(form, event, 0)), dict(_read(form, event, 1))
    for id_ in event.changes:
        field = form.fields.get(id_)
        if field is not None and field.type == "lines":
            yield Change(words(field.label, cells.locale), *_row_counts(cells, old, new, id_))
            continue
        label = words(field.label, cells.locale) if field else cells.system_label(id_)
        yield Change(label, cells.text(form, id_, old[id_]), cells.text(form, id_, new[id_]))


def _row_counts(
    cells: Cells, old: Mapping[str, Any], new: Mapping[str, Any], id_: str
) -> tuple[str, str]:
    counted = cells.say("{n} 行")
    before, after = (counted.format(n=len(rows.get(id_) or ())) for rows in (old, new))
    return (before, after) if before != after else ("", cells.say("内容有改动"))


def _made(cells: Cells, event: Event) -> Iterator[Link]:
    for made in event.data.get("made", ()):
        form = cells.app.forms.get(made["form"])
        if form is None:
            continue
        label = words(form.definition.label, cells.locale)
        yield Link(f"/a/{form.app}/{form.id}/{made['record']}", label)


def _files(names: Names, event: Event) -> tuple[StoredFile, ...]:
    ids = event.data.get("files", ())
    return tuple(names.files[id_] for id_ in ids if id_ in names.files)


def _arrival(services: Services, visit: Visit, related: Related) -> Entry:
    form, record = related.form, related.record
    cells = cells_for(services, visit, form, (record,))
    say = sayer(visit.locale)
    title = cells.text(form, form.definition.title, record.values.get(form.definition.title))
    label = words(form.definition.label, visit.locale)
    essence = _essence(cells, form, related)
    return Entry(
        at=record.created_at,
        when=said_when(services, cells, record.created_at),
        exact=cells.moment(record.created_at),
        who=cells.names.people.get(record.created_by or "") or say("系统"),
        did=say("添加了{form}", form=label),
        state="is-now",
        text="" if essence == title else essence,
        links=(Link(f"/a/{form.app}/{form.id}/{record.id}", title or say("查看")),),
    )


def _essence(cells: Cells, form: Form, related: Related) -> str:
    """Return the first long text of a related record: usually what was said or done."""
    for id_, field in form.fields.items():
        value = related.record.values.get(id_)
        if field.type in ("long_text", "rich_text") and value:
            return cells.text(form, id_, value)[:200]
    return ""
