"""What should somebody do now, and what is said about each?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.app import Form
from engine.record import Record
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.handovers.asking import list_of
from runtime.use_cases.inbox import Line, see_tasks, to_dos_about, waiting_lines
from runtime.use_cases.read_record import Reading
from runtime.use_cases.waiting_reviews import evidence_to_review
from runtime.use_cases.waiting_work import overdue_records
from runtime.web.inbox.due_words import DAY, Due, due_words, span_words
from runtime.web.language import translate
from runtime.web.lists.board_view import TONES
from runtime.web.showing import sayer
from runtime.web.values.moments import short_moment
from runtime.web.visit import Visit

SYMBOLS = {
    "todo": ("checkbox", "blue"),
    "approve": ("rubber-stamp", "violet"),
    "handle": ("edit", "violet"),
    "opinion": ("message-2", "violet"),
    "cc": ("send", "grey"),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a list on the workbench."""

    href: str
    title: str
    meta: str
    symbol: str
    badge: str = ""
    tone: str = "grey"
    tile: str = ""
    """The colour of the sign where it isn't that of the badge."""
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Doing:
    """What one person is to do, over all apps or in one."""

    services: Services
    visit: Visit
    app: str | None = None

    def all(self) -> tuple[Item, ...]:
        """Return what they should do, the most urgent first: what has its time, what others wait
        for, then what has stood still for too long."""
        return (*self.tasks(), *self.to_review(), *self.late())

    def tasks(self) -> tuple[Item, ...]:
        """Return what they were asked to do or to decide."""
        lines = waiting_lines(self.services, self.visit.act(), self.app)
        return tuple(map(self.item, lines))

    def item(self, line: Line) -> Item:
        """Return one task as a line of a list."""
        symbol, tone = SYMBOLS[line.task.kind]
        mark, (title, *facts) = self.mark(line), self.facts(line)
        return Item(
            href=href_of(line),
            title=title,
            meta=" · ".join(facts),
            symbol=symbol,
            badge=mark.text,
            tone=mark.tone,
            tile=tone,
        )

    def facts(self, line: Line) -> Iterator[str]:
        """Yield what a task is called, what it is about and what was said when it was given.

        Many wait for the same decision: what tells them apart is the record, so it comes first."""
        asked = line.task.title.fill(translate(self.visit.locale), self.visit.locale)
        if line.task.approval and line.about:
            yield from (line.about, asked)
        else:
            yield asked
            if line.form is not None:
                yield self._label(line.form)
            if line.about:
                yield line.about
        if line.submitter:
            yield sayer(self.visit.locale)("{name}提交", name=line.submitter)
        if line.task.note:
            yield line.task.note

    def mark(self, line: Line) -> Due:
        """Return until when a task is to be done, or for how long it has waited."""
        say, now = sayer(self.visit.locale), self.services.now()
        if line.task.due is not None:
            return due_words(line.task.due, now, self.zone, say)
        waited = now - line.task.opened_at
        if waited < DAY:
            return Due("", "grey")
        return Due(say("已等 {span}", span=span_words(waited, say)), "grey")

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the workspace reads its clocks."""
        return ZoneInfo(self.services.settings.zone)

    def when(self, at: datetime) -> str:
        """Return a moment, short."""
        return short_moment(self.services, at)

    def to_review(self) -> tuple[Item, ...]:
        """Return the evidence of others that they judge."""
        say = sayer(self.visit.locale)
        return tuple(
            Item(
                href=f"{record_href(each.form, each.record)}#panel-missing",
                title=each.title,
                meta=f"{self._label(each.form)} · {words(each.item.label, self.visit.locale)}",
                symbol="paperclip",
                badge=say("{n} 份待审核", n=each.pieces),
                tone="violet",
            )
            for each in evidence_to_review(self.services, self.visit.act(), self.app)
        )

    def late(self) -> tuple[Item, ...]:
        """Return their own records that have stood in their stage for too long."""
        say = sayer(self.visit.locale)
        return tuple(
            Item(
                href=record_href(each.form, each.record),
                title=title_of(each.form, each.record, self.visit.locale),
                meta=f"{self._label(each.form)} · {words(each.stage.label, self.visit.locale)}",
                symbol=each.form.definition.icon,
                badge=say("停留 {n} 天", n=each.days),
                tone=TONES[each.mark],
            )
            for each in overdue_records(self.services, self.visit.act(), self.app)
        )

    def _label(self, form: Form) -> str:
        return words(form.definition.label, self.visit.locale)


def own_to_dos(services: Services, visit: Visit, reading: Reading) -> tuple[Item, ...]:
    """Return what the visitor was asked to do about the record that they look at."""
    lines = to_dos_about(services, visit.act(), reading.form, reading.record.id)
    see_tasks(services, visit.act(), [line.task for line in lines])
    doing = Doing(services=services, visit=visit)
    return tuple(
        replace(doing.item(line), href=f"/todo/{line.task.id}", meta=line.task.note or "")
        for line in lines
    )


def title_of(form: Form, record: Record, locale: str) -> str:
    """Return what a record is called, by its own title or else by its form."""
    value = record.values.get(form.definition.title)
    field = form.fields[form.definition.title]
    return field.show(value, locale) if value is not None else words(form.definition.label, locale)


def record_href(form: Form, record: Record) -> str:
    """Return where a record is looked at."""
    return f"/a/{form.app}/{form.id}/{record.id}"


def href_of(line: Line) -> str:
    """Return where a task is done: at its record, or by itself."""
    task = line.task
    handover = list_of(task)
    if handover is not None:
        return f"/handovers/{handover}"
    if line.form is None or task.record is None or not line.about:
        return f"/todo/{task.id}"
    here = f"/a/{task.app}/{task.form}/{task.record}?task={task.id}"
    return here if task.kind == "todo" else f"{here}#panel-approval"
