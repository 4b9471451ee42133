"""In which words is it said who may submit a record for approval, and when that happens?"""

from __future__ import annotations

from collections.abc import Iterator

from designer.flows.step_words import Line
from designer.speech import Speech
from engine.app import Workflow


def start_lines(speech: Speech, workflow: Workflow) -> Iterator[Line]:
    """Yield how an approval begins, each in one line."""
    start, say = workflow.definition.start, speech.say
    yield Line("user", speech.roles(start.roles) or say("能修改记录的人"))
    if start.stage:
        yield Line("route", say("记录进入“{stage}”时自动发起", stage=speech.stage(start.stage)))
    if start.created:
        yield Line("plus", say("新建记录时自动发起"))
    if start.button:
        yield Line("pointer", say("在记录上点“提交审批”"))
    yield Line("lock", lock_words(speech, workflow))


def lock_words(speech: Speech, workflow: Workflow) -> str:
    """Say what stays as it is while an approval runs."""
    lock = workflow.definition.lock
    if lock == "all":
        return speech.say("审批期间不能修改记录")
    if lock == "none":
        return speech.say("审批期间可以修改记录")
    return speech.say("审批期间不能修改{fields}", fields=speech.fields(lock))
