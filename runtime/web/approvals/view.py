"""How does an approval look on the page of its record: how it stands, who did what, who is next?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.approvals.run import SUBMITTER, Seat, Visit
from engine.approvals.telling import why_seat, why_visit
from engine.definition.workflow import BranchStep, ParallelStep
from engine.wording import Label, Message, words
from runtime.services import Services
from runtime.use_cases.approvals.preview_approval import Way, way_on
from runtime.use_cases.approvals.read_approval import OwnTask, Seen, step_of
from runtime.web.approvals.path import Ahead, ahead
from runtime.web.approvals.words import (
    PLACES,
    mode_words,
    seat_words,
    standing,
)
from runtime.web.inbox.due_words import Due, due_words, span_words
from runtime.web.language import translate
from runtime.web.showing import sayer
from runtime.web.values.moments import short_moment
from runtime.web.visit import Visit as Visitor

VERBS = {
    "agree": (Message("同意"), "check"),
    "refuse": (Message("不同意"), "x"),
    "return": (Message("退回修改"), "arrow-back-up"),
    "transfer": (Message("转交"), "user-share"),
    "add_signer": (Message("加签"), "user-plus"),
    "ask_opinion": (Message("征求意见"), "message-2"),
    "opine": (Message("回复意见"), "message-2"),
    "handle": (Message("办理"), "edit"),
    "acknowledge": (Message("我知道了"), "check"),
    "resubmit": (Message("重新提交"), "send"),
}
"""What can be done with one's own task, in words."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person at one step."""

    name: str
    said: str
    tone: str
    marks: tuple[str, ...]
    """Why and how: added, in whose place, by itself."""
    when: str
    took: str
    opinion: str
    question: str
    signature: str | None
    open: bool


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One time that a step was come to."""

    label: str
    how: str
    state: str
    """The class of its mark: done, now, bad, past or nothing."""
    due: Due | None
    passed: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something that the visitor can do."""

    verb: str
    text: str
    icon: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One approval of a record."""

    id: str
    label: str
    state: str
    tone: str
    open: bool
    remark: str
    stops: tuple[Stop, ...]
    primary: tuple[Button, ...]
    further: tuple[Button, ...]
    mine: bool
    """Something of it waits for the visitor."""
    coming: tuple[Ahead, ...] = ()
    """The steps that are still to come."""


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """What approvals are drawn with, for one visitor and one record."""

    services: Services
    visit: Visitor
    base: str
    """The address of the record's page."""
    after: str = ""
    """Where the visitor came from: `queue` for the next task, `inbox` for the list."""

    def card(self, seen: Seen) -> Card:
        """Return an approval as a card."""
        run = seen.run
        state, tone = standing(run)
        first = [self._of_task(own, verb) for own in seen.own for verb in own.verbs]
        first += list(self._of_submitter(seen))
        main = [one for one in first if one.verb in ("agree", "handle", "opine", "resubmit")]
        main += [one for one in first if one.verb in ("refuse", "acknowledge")]
        return Card(
            id=run.id,
            label=self.words(seen.workflow.definition.label),
            state=self.say(state),
            tone=tone,
            open=run.outcome is None,
            remark=run.remark or "",
            stops=tuple(self._stops(seen)),
            primary=tuple(main),
            further=tuple(one for one in first if one not in main),
            mine=bool(seen.own),
            coming=ahead(self.visit, seen.workflow, self._way_on(seen)),
        )

    def _way_on(self, seen: Seen) -> Way:
        if seen.run.outcome is not None:
            return ()
        return way_on(self.services, self.visit.act("form"), seen.approval.id)

    def _of_task(self, own: OwnTask, verb: str) -> Button:
        text, icon = VERBS[verb]
        href = f"{self.base}/approvals/{own.task.id}/{verb}"
        return Button(verb=verb, text=self.say(text), icon=icon, href=href + self._query)

    def _of_submitter(self, seen: Seen) -> Iterator[Button]:
        say = sayer(self.visit.locale)
        here = f"{self.base}/approval/{seen.approval.id}"
        if seen.urge and seen.run.open_seats:
            yield Button(verb="urge", text=say("催办"), icon="bell", href=f"{here}/urge")
        if seen.withdraw:
            text = say("撤回申请")
            yield Button(verb="withdraw", text=text, icon="rotate", href=f"{here}/withdraw")
        # Who is asked again decides anew instead.
        for task in () if seen.own else seen.take_back[-1:]:
            href = f"{self.base}/approvals/{task.id}/take_back"
            yield Button(verb="take_back", text=say("撤回我的处理"), icon="rotate", href=href)

    @property
    def _query(self) -> str:
        return f"?after={self.after}" if self.after else ""

    def _stops(self, seen: Seen) -> Iterator[Stop]:
        run = seen.run
        say = sayer(self.visit.locale)
        yield Stop(
            label=say("提交"),
            how="",
            state="done",
            due=None,
            passed="",
            lines=(self._submission(seen),),
        )
        for visit in run.visits:
            step = step_of(seen.workflow, visit.step)
            if visit.step == SUBMITTER or (
                step is not None and not isinstance(step, BranchStep | ParallelStep)
            ):
                yield self._stop(seen, visit)

    def _submission(self, seen: Seen) -> Line:
        say = sayer(self.visit.locale)
        return Line(
            name=seen.names.get(seen.run.submitter, ""),
            said=say("提交了申请"),
            tone="green",
            marks=(),
            when=self.when(seen.run.started_at),
            took="",
            opinion=seen.run.remark or "",
            question="",
            signature=None,
            open=False,
        )

    def _stop(self, seen: Seen, visit: Visit) -> Stop:
        step = step_of(seen.workflow, visit.step)
        how = mode_words(step, visit) if step is not None else None
        passed = why_visit(visit) if visit.state != "open" else None
        return Stop(
            label=self.words(step.label) if step else sayer(self.visit.locale)("修改后重新提交"),
            how=self.say(how) if how else "",
            state=_state(visit),
            due=self._due(visit) if seen.run.outcome is None else None,
            passed=self.say(passed) if passed else "",
            lines=tuple(self._line(seen, seat) for seat in sorted(visit.seats, key=_moment)),
        )

    def _due(self, visit: Visit) -> Due | None:
        if visit.due is None or visit.state != "open":
            return None
        return due_words(visit.due, self.services.now(), self.zone, sayer(self.visit.locale))

    def _line(self, seen: Seen, seat: Seat) -> Line:
        said, tone = seat_words(seat)
        ended = seat.ended_at if seat.state == "done" else None
        took = ended - seat.opened_at if ended and seat.by else None
        return Line(
            name=seen.names.get(seat.person, ""),
            said=self.say(said),
            tone=tone,
            marks=tuple(self._marks(seen, seat)),
            when=self.when(ended or seat.opened_at) if seat.state in ("done", "open") else "",
            took=span_words(took, sayer(self.visit.locale)) if took else "",
            opinion=seat.opinion or "",
            question=seat.question or "",
            signature=f"/files/{seat.signature}/signature.png" if seat.signature else None,
            open=seat.state == "open",
        )

    def _marks(self, seen: Seen, seat: Seat) -> Iterator[str]:
        say = sayer(self.visit.locale)
        if seat.instead_of:
            yield say("代{name}", name=seen.names.get(seat.instead_of, ""))
        if place := PLACES.get(seat.place or ""):
            yield self.say(place)
        elif seat.place == "instead" and seat.asked_by:
            asked = seen.run.seat(seat.asked_by)
            if asked is not None and asked.person != seat.person:
                yield say("由{name}转来", name=seen.names.get(asked.person, ""))
        if seat.state != "void" and (why := why_seat(seat)):
            yield self.say(why)

    def when(self, at: datetime) -> str:
        """Return a moment, short."""
        return short_moment(self.services, at)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the workspace reads its clocks."""
        return ZoneInfo(self.services.settings.zone)

    def say(self, message: Message) -> str:
        """Return a message in the visitor's language."""
        return message.fill(translate(self.visit.locale), self.visit.locale)

    def words(self, label: Label) -> str:
        """Return the author's text in the visitor's language."""
        return words(label, self.visit.locale)


def _moment(seat: Seat) -> tuple[bool, datetime, int]:
    """Return by what people at a step stand in order: as they came to their end, then who waits."""
    return (seat.ended_at is None, seat.ended_at or seat.opened_at, seat.order or 0)


def _state(visit: Visit) -> str:
    if visit.state == "past":
        return "past"
    if visit.state in ("open", "paused"):
        return "now"
    bad = visit.outcome == "refused" or any(seat.outcome == "return" for seat in visit.seats)
    return "bad" if bad else "done"
