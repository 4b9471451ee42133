"""In which words is it said until when something must be done, or how long to wait?"""

from __future__ import annotations

from datetime import timedelta

from designer.speech import Speech
from engine.definition.deadline import DeadlineDef
from engine.rules.span import Span

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def length_of(speech: Speech, span: Span | DeadlineDef) -> str:
    """Say a length of time together with the clock by which it counts."""
    if span.working is not None:
        days, rest = divmod(span.working, DAY)
        if rest:
            return speech.say("{time}（只算工作日）", time=speech.time(span.working))
        return speech.say("{n} 个工作日", n=days) if days != 1 else speech.say("1 个工作日")
    if span.working_hours is not None:
        hours, rest = divmod(span.working_hours, HOUR)
        if rest:
            return speech.say("{time}（只算上班时间）", time=speech.time(span.working_hours))
        return speech.say("{n} 个工作小时", n=hours) if hours != 1 else speech.say("1 个工作小时")
    return speech.time(span.calendar) if span.calendar is not None else ""


def deadline_of(speech: Speech, deadline: DeadlineDef) -> str:
    """Say until when something must be done."""
    length, at = length_of(speech, deadline), deadline.at or ""
    if deadline.before is not None:
        field = speech.field(deadline.before)
        said = speech.say("{field}之前 {time}", field=field, time=length or speech.say("当天"))
    elif deadline.until is not None:
        field = speech.field(deadline.until)
        said = (
            speech.say("{field}之后 {time}内", field=field, time=length)
            if length
            else speech.say("{field}之前", field=field)
        )
    else:
        said = speech.say("{time}内", time=length)
    return speech.say("{deadline}，到 {clock} 为止", deadline=said, clock=at) if at else said
