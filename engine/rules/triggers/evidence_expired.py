"""The `evidence_expired` trigger."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Id
from engine.rules.looking import Looking
from engine.rules.trigger import Trigger
from engine.rules.window import Window
from engine.wording import Message

DAY = timedelta(days=1)
FURTHEST = 400
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class EvidenceExpired(
    Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="evidence_expired"
):
    """The latest piece of an item of evidence is valid no more, or not for much longer."""

    title: ClassVar = {"zh": "凭证到期", "en": "Evidence expires"}
    about: ClassVar = {
        "zh": "某项凭证最新的一份到期（或临近到期）时触发；交了新的一份，按新的算。",
        "en": "Goes off when the latest piece of an item expires, or some days before or after.",
    }
    titles: ClassVar = {
        "items": ("哪些凭证", "Items", "不选就是所有凭证", "All without any"),
        "days": ("哪几天", "Days", "0 是失效当天，-7 是提前 7 天", "0 is the first day invalid"),
        "at": ("几点", "At"),
        "late": ("错过几天内仍触发", "Late by", "天", "Days"),
    }
    by_clock: ClassVar = True
    replays: ClassVar = False

    items: tuple[Id, ...] = ()
    """Only these; without any, all of the form's stages."""
    days: tuple[Annotated[int, Meta(ge=-FURTHEST, le=FURTHEST)], ...] = (0,)
    """On which days: 0 is the first on which it is not valid any more, -7 a week before."""
    at: Annotated[str, Meta(pattern=CLOCK)] = "09:00"
    """From which time of that day."""
    late: Annotated[int, Meta(ge=0, le=60)] = 2
    """So many days later it still goes off; then no more."""

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if len(set(self.days)) != len(self.days) or not self.days:
            yield "days", Message("天数不能为空，也不能重复")

    def windows(self, looking: Looking) -> tuple[Window, ...]:
        local = looking.now.astimezone(looking.calendar.zone)
        reached = local.date() if f"{local:%H:%M}" >= self.at else local.date() - DAY
        items = tuple(id_ for id_ in looking.evidence if id_ in (self.items or looking.evidence))
        found = []
        for number in self.days:
            # It is valid on the day that is written on it.
            until = reached - (number + 1) * DAY
            gone = until - (self.late + 1) * DAY
            window = Window(
                field="expires_on", until=until, after=gone, number=number, evidence=items
            )
            found.append(window)
            found += self._of_those_that_age(looking, items, number)
        return tuple(found)

    def _of_those_that_age(
        self, looking: Looking, items: tuple[str, ...], number: int
    ) -> Iterator[Window]:
        for id_ in items:
            valid_for = looking.evidence[id_]
            if valid_for is not None:
                until = looking.now - valid_for - number * DAY
                gone = until - (self.late + 1) * DAY
                yield Window(
                    field="added_at", until=until, after=gone, number=number, evidence=(id_,)
                )
