"""The `silent` trigger."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Id
from engine.rules.looking import Looking
from engine.rules.span import Span
from engine.rules.stretch import Stretch
from engine.rules.trigger import Trigger
from engine.rules.window import Window
from engine.wording import Message
from engine.worktime import WorkCalendar


class Silent(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="silent"):
    """Nothing has happened to a record, or in a list of it, for too long."""

    title: ClassVar = {"zh": "长时间无动静", "en": "Silent"}
    about: ClassVar = {
        "zh": "记录（或它的某类关联记录）超过时长没有动静时触发；再有动静后重新计时。",
        "en": "Goes off when nothing happened for so long; what happens later starts it anew.",
    }
    titles: ClassVar = {
        "after": ("多久没有动静", "After"),
        "of": (
            "只看哪种记录",
            "Of the form",
            "关联到本记录的表单；不选就看一切动静",
            "Only new ones of it end it",
        ),
        "by": ("关联字段", "By"),
        "repeat": ("之后每隔多久再触发", "Repeat"),
        "backlog": (
            "已经很久的也算",
            "Those before too",
            "规则启用前已到时限的记录",
            "What came due before",
        ),
        "most": ("最多触发几次", "At most"),
    }
    by_clock: ClassVar = True

    after: Span
    """How long."""
    of: Id | None = None
    """A form that refers to this one: only new records of it end the silence."""
    by: Id | None = None
    """Its reference field that points here."""
    repeat: Span | None = None
    """Goes off again each time that so much more has passed."""
    backlog: bool = False
    """What was silent for so long when the rule came, or came to wait for this, counts too."""
    most: Annotated[int, Meta(ge=1, le=30)] = 1
    """How often it goes off in one silence, with `repeat`."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if self.after.given() != 1:
            yield "after", Message("时长只能写一种：calendar、working 或 working_hours")
        if self.repeat is not None and self.repeat.given() != 1:
            yield "repeat", Message("时长只能写一种：calendar、working 或 working_hours")
        if (self.of is None) != (self.by is None):
            yield "of" if self.of else "by", Message("of 和 by 要一起写")
        if self.most > 1 and self.repeat is None:
            yield "most", Message("没有 repeat，只会触发一次")

    def windows(self, looking: Looking) -> tuple[Window, ...]:
        ends = self._bases(looking.now, looking.calendar)
        missed = looking.there_since and self._bases(looking.there_since, looking.calendar)
        of = (self.of, self.by) if self.of and self.by else None
        return tuple(
            Window(
                field="last_activity_at",
                until=end,
                after=_latest(ends[number + 1 : number + 2], (missed or [])[number : number + 1]),
                of=of,
                number=number,
            )
            for number, end in enumerate(ends)
        )

    def _bases(self, now: datetime, calendar: WorkCalendar) -> list[datetime]:
        """Return since when it must have been silent to go off at a moment, the first time and
        each time again."""
        ends = [self.after.before(now, calendar)]
        while self.repeat is not None and len(ends) < self.most:
            ends.append(self.repeat.before(ends[-1], calendar))
        return ends

    @property
    def watched(self) -> str | None:
        return None if self.of else "last_activity_at"

    def moments(self, stretch: Stretch) -> Iterator[datetime]:
        moment = self.after.after(stretch.active_at, stretch.calendar)
        for _ in range(self.most):
            if stretch.has(moment):
                yield moment
            if self.repeat is None:
                return
            moment = self.repeat.after(moment, stretch.calendar)


def _latest(*bases: list[datetime]) -> datetime | None:
    return max((base for some in bases for base in some), default=None)
