"""What does a sheet say of the record itself: whose it is, since when, at which stage?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.app import Form
from engine.field import NotAcceptable
from engine.fields.department import Department
from engine.fields.person import Person
from engine.imports.drafts import Draft
from engine.imports.reading import Meant
from engine.imports.spelling import typed_instant
from engine.imports.targets import HISTORY, Target
from engine.typed.moments import typed_moment
from engine.typed.text import cut
from engine.wording import Label, Message

PEOPLE = {
    name: Person(id=name, label=HISTORY[name]) for name in ("owner", "created_by", "updated_by")
}
DEPARTMENT = Department(id="department", label=HISTORY["department"])


@dataclass
class AboutRecord:
    """What was said, read; ids of people and of the department, stage and pipeline."""

    names: dict[str, str] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    complaints: dict[str, tuple[Message, ...]] = field(default_factory=dict)


def read_about_record(
    form: Form, targets: Mapping[str, Target], draft: Draft, meant: Meant, now: datetime
) -> AboutRecord:
    """Read what the columns say that are no fields. `now` is in the zone of the workspace."""
    found = AboutRecord()
    readers: Mapping[str, Callable[[str], str]] = {
        "department": lambda text: meant(DEPARTMENT, text),
        "stage": lambda text: _stage(form, text),
        "pipeline": lambda text: _pipeline(form, text),
        **{name: _person(name, meant) for name in PEOPLE},
    }
    for id_, text in draft.texts.items():
        if id_ not in targets or targets[id_].kind not in ("record", "history"):
            continue
        try:
            if id_ in ("created_at", "updated_at"):
                found.moments[id_] = _moment(text, now)
            elif id_ in readers:
                found.names[id_] = readers[id_](text)
        except NotAcceptable as refused:
            label = targets[id_].label
            said = Message("“{field}”：{problem}", field=label, problem=refused.message)
            found.complaints[id_] = (said,)
    return found


def _person(name: str, meant: Meant) -> Callable[[str], str]:
    return lambda text: meant(PEOPLE[name], text)


def _moment(text: str, now: datetime) -> datetime:
    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    moment = typed_moment(typed_instant(text), zone)
    if moment is None or moment > now:
        raise NotAcceptable(Message("不能晚于现在"))
    return moment


def _stage(form: Form, text: str) -> str:
    labels = {stage.id: stage.label for stage in form.stages.values()}
    return _chosen(labels, text, Message("没有“{text}”这个阶段", text=cut(text)))


def _pipeline(form: Form, text: str) -> str:
    labels = {pipeline.id: pipeline.label for pipeline in form.pipelines}
    return _chosen(labels, text, Message("没有“{text}”这个流程", text=cut(text)))


def _chosen(labels: Mapping[str, Label | None], text: str, otherwise: Message) -> str:
    wanted = text.strip().casefold()
    for id_, label in labels.items():
        names = (label,) if isinstance(label, str) else (label or {}).values()
        if wanted == id_ or wanted in [name.strip().casefold() for name in names]:
            return id_
    raise NotAcceptable(otherwise)
