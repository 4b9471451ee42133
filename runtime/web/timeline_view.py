"""What happened to a record, told in people's words?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.app import Form
from engine.field import NotAcceptable
from engine.record import StoredFile
from engine.wording import Message, words
from runtime.services import Services
from runtime.store import Event
from runtime.use_cases.name_values import Names, name_values
from runtime.use_cases.timeline import Related, Timeline
from runtime.web.cells import Cells
from runtime.web.naming import cells_for, cells_with
from runtime.web.showing import sayer
from runtime.web.visit import Visit

DID: Mapping[str, Message] = {
    "created": Message("新建了记录"),
    "edited": Message("修改了记录"),
    "advanced": Message("推进了阶段"),
    "returned": Message("退回了阶段"),
    "set_aside": Message("移出了流程"),
    "resumed": Message("恢复了流程"),
    "overridden": Message("越过关卡推进了阶段"),
    "transferred": Message("转移了负责人"),
    "deleted": Message("删除了记录"),
    "restored": Message("恢复了记录"),
    "commented": Message("发表了评论"),
    "evidence_added": Message("提交了凭证"),
    "evidence_reviewed": Message("审核了凭证"),
    "converted": Message("转换了记录"),
    "file_added": Message("添加了文件"),
    "exported": Message("导出了记录"),
    "todo_done": Message("完成了待办"),
}
DOORS: Mapping[str, Message] = {
    "board": Message("看板"),
    "bulk": Message("批量操作"),
    "api": Message("接口"),
    "import": Message("表格导入"),
    "automation": Message("自动化"),
    "link": Message("外部链接"),
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
class Leads:
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
    links: tuple[Leads, ...] = ()
    files: tuple[StoredFile, ...] = ()


def entries(services: Services, visit: Visit, form: Form, told: Timeline) -> tuple[Entry, ...]:
    """Return the timeline, newest first: what happened, and what arrived in related lists."""
    cells = _cells(services, visit, form, told)
    found = [_entry(services, cells, form, event) for event in told.events]
    for related in told.related:
        found.append(_arrival(services, visit, related))
    return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))


def _cells(services: Services, visit: Visit, form: Form, told: Timeline) -> Cells:
    rows: list[dict[str, Any]] = []
    for event in told.events:
        rows.append({"owner": event.actor})
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
        when=_when(services, cells, event.at),
        exact=cells.moment(event.at),
        who=known or cells.say("系统"),
        did=did.fill(cells.translate, cells.locale) if did else event.kind,
        state=STATES.get(event.kind, ""),
        door=_door(cells, event),
        text=event.text or _told(cells, form, event),
        reason=event.reason or "",
        changes=tuple(_changes(cells, form, event)),
        links=tuple(_made(cells, event)),
        files=_files(cells.names, event),
    )


def _when(services: Services, cells: Cells, at: datetime) -> str:
    """Return a moment as people say it: by the clock today, by the date before."""
    today = services.today(services.now())
    day = at.astimezone(cells.zone).date()
    text = cells.moment(at)
    if day == today:
        return cells.say("今天 {time}").format(time=text[11:])
    if day == today - timedelta(days=1):
        return cells.say("昨天 {time}").format(time=text[11:])
    return text[5:] if day.year == today.year else text


def _door(cells: Cells, event: Event) -> str:
    door = DOORS.get(event.door or "")
    return door.fill(cells.translate, cells.locale) if door else ""


def _told(cells: Cells, form: Form, event: Event) -> str:
    """Return what the event's own data adds: which evidence, which verdict."""
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


def _made(cells: Cells, event: Event) -> Iterator[Leads]:
    for made in event.data.get("made", ()):
        form = cells.app.forms.get(made["form"])
        if form is None:
            continue
        label = words(form.definition.label, cells.locale)
        yield Leads(f"/a/{form.app}/{form.id}/{made['record']}", label)


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
        when=_when(services, cells, record.created_at),
        exact=cells.moment(record.created_at),
        who=cells.names.people.get(record.created_by or "") or say("系统"),
        did=say("添加了{form}", form=label),
        state="is-now",
        text="" if essence == title else essence,
        links=(Leads(f"/a/{form.app}/{form.id}/{record.id}", title or say("查看")),),
    )


def _essence(cells: Cells, form: Form, related: Related) -> str:
    """Return the first long text of a related record: usually what was said or done."""
    for id_, field in form.fields.items():
        value = related.record.values.get(id_)
        if field.type in ("long_text", "rich_text") and value:
            return cells.text(form, id_, value)[:200]
    return ""
