"""What happens when somebody writes a comment on a record?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.app import Form
from engine.outcomes import Denied, Invalid, Missing, Saved
from engine.wording import Message
from runtime.services import Services
from runtime.store import Event
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.once import once
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.rules.hearing import tell
from runtime.use_cases.tell_mentioned import tell_mentioned

LONGEST = 5_000
"""Characters of a comment."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A comment: its words, the ids of the people it mentions, and of its files."""

    text: str
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


Commented = Saved | Invalid | Denied | Missing


def comment_record(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    remark: Remark,
) -> Commented:
    """Keep a comment with the record, with the people that it mentions and its files."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        tidy = replace(remark, text=remark.text.strip())
        return once(work, lambda: _comment(work, id_, tidy))


def _comment(work: Work, id_: str, remark: Remark) -> Commented:
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    refused = _refused(work, remark)
    return refused if refused is not None else _kept(work, reached, remark)


def _refused(work: Work, remark: Remark) -> Denied | Invalid | None:
    if not work.sight.comment or not work.form.definition.comments:
        return Denied(Message("您没有评论这条记录的权限"))
    if not remark.text and not remark.files:
        return Invalid({"text": (Message("请写点什么"),)})
    if len(remark.text) > LONGEST:
        return Invalid({"text": (Message("评论最长 {longest} 字", longest=LONGEST),)})
    return None


def _kept(work: Work, reached: Reached, remark: Remark) -> Saved | Invalid:
    actor = work.act.actor.id
    if any(work.unit.files.fresh(file, actor) is None for file in remark.files):
        return Invalid({"files": (Message("这份文件不存在或已被使用，请重新上传"),)})
    known = tuple(person for person in remark.mentions if work.unit.people.all_known((person,)))
    event = Event(
        id=new_id(work.now),
        at=work.now,
        app=work.form.app,
        form=work.form.id,
        record=reached.record.id,
        version=reached.record.version,
        kind="commented",
        actor=actor,
        door=work.act.door,
        text=remark.text,
        data={"mentions": list(known), "files": list(remark.files)},
        cause=work.act.cause,
        depth=work.act.depth,
    )
    tell(work.unit, work.app, event, reached.record)
    tell_mentioned(work, reached, event, known)
    work.unit.files.put(work.form, reached.record.id, "comment", remark.files)
    work.unit.records.touch(work.form, reached.record.id, work.now)
    return Saved(reached.record)
