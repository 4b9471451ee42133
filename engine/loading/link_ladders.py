"""Does each rung of a ladder come at some time, and does it say whom it is for?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.definition.workflow import ApproveStep, HandleStep, RungDef
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

NAMES_PEOPLE = ("tell", "hand")
DECIDES = ("agree", "refuse")


def ladder_problems(step: ApproveStep | HandleStep, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with what happens by itself at a step."""
    if step.ladder and step.within is None:
        message = Message("没有写期限 within，ladder 不会起作用")
        yield (spot / "ladder").key_problem("workflow.ladder", message)
    for at, rung in enumerate(step.ladder):
        here = spot / "ladder" / at
        yield from _times(rung, here)
        yield from _people(rung, here)
        if isinstance(step, HandleStep) and rung.act in DECIDES:
            message = Message("办理步骤没有同意和拒绝，act 不能写 {act}", act=rung.act)
            yield (here / "act").problem("workflow.act", message)


def _times(rung: RungDef, spot: Spot) -> Iterator[Problem]:
    if rung.before is not None and rung.after is not None:
        message = Message("before 和 after 只能写一个")
        yield (spot / "after").key_problem("workflow.rung", message)
    for key in ("before", "after", "every"):
        span = getattr(rung, key)
        if span is not None and span <= timedelta(0):
            message = Message("{key} 要长于零", key=key)
            yield (spot / key).problem("workflow.rung", message)
    if rung.every is None and rung.times != RungDef().times:
        message = Message("times 只和 every 一起用")
        yield (spot / "times").key_problem("workflow.unused", message)
    if rung.every is not None and rung.act not in ("remind", "tell"):
        message = Message("只有 remind 和 tell 可以反复")
        yield (spot / "every").key_problem("workflow.rung", message)


def _people(rung: RungDef, spot: Spot) -> Iterator[Problem]:
    if rung.act in NAMES_PEOPLE and not rung.to:
        yield spot.problem("shape.missing", Message("缺少“{key}”", key="to"))
    if rung.act not in NAMES_PEOPLE and rung.to:
        message = Message("to 只和 act: tell 或 hand 一起用")
        yield (spot / "to").key_problem("workflow.unused", message)
