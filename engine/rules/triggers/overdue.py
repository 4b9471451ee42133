"""The `overdue` trigger."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from engine.field import Id
from engine.rules.looking import Looking
from engine.rules.span import Span
from engine.rules.stretch import Stretch
from engine.rules.trigger import Trigger
from engine.rules.window import Window
from engine.wording import Message


class Overdue(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="overdue"):
    """A record has stood in its stage for longer than it should."""

    title: ClassVar = {"zh": "阶段超时", "en": "Stage overdue"}
    about: ClassVar = {
        "zh": "记录在阶段里停留超过时长时触发，每次进入阶段只触发一次。",
        "en": "Goes off once each time that a record stays in a stage for too long.",
    }
    titles: ClassVar = {
        "stages": ("哪些阶段", "Stages", "不选就是所有写了预期用时的", "All that expect a time"),
        "after": ("停留多久以后", "After", "不填就按阶段的预期用时", "As the stage expects"),
        "backlog": (
            "已经超时的也算",
            "Those before too",
            "规则启用前已超时的记录",
            "What came due before",
        ),
    }
    by_clock: ClassVar = True

    stages: tuple[Id, ...] = ()
    """Only these; without any, all that say how long they should need."""
    after: Span | None = None
    """After this time in the stage; without it, after what the stage expects."""
    backlog: bool = False
    """What was overdue when the rule came, or came to wait for this, counts too."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if self.after is not None and self.after.given() != 1:
            yield "after", Message("时长只能写一种：calendar、working 或 working_hours")

    def windows(self, looking: Looking) -> tuple[Window, ...]:
        found = []
        for stage in self.stages or looking.expected:
            span = self.after or Span(working=looking.expected.get(stage))
            if span.given():
                until = span.before(looking.now, looking.calendar)
                since = looking.there_since
                missed = span.before(since, looking.calendar) if since else None
                found.append(
                    Window(field="stage_entered_at", until=until, after=missed, stage=stage)
                )
        return tuple(found)

    @property
    def watched(self) -> str | None:
        return "stage_entered_at"

    def moments(self, stretch: Stretch) -> Iterator[datetime]:
        stage = stretch.record.stage
        if stage is None or stage not in (self.stages or stretch.expected):
            return
        span = self.after or Span(working=stretch.expected.get(stage))
        moment = span.after(stretch.entered_at, stretch.calendar)
        if span.given() and stretch.has(moment):
            yield moment
