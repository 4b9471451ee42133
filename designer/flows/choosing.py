"""What can be chosen at each place of a rule: fields, stages, people, spans of time?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from designer.flows.edits import Target
from designer.flows.picks import Choices, Pick
from designer.flows.time_words import length_of
from designer.panels.blanks import blanks_of_rule, with_names
from designer.speech import Speech
from engine.app import Form
from engine.rules.span import Span
from engine.rules.who import Who
from engine.wording import Label, Message, words

PEOPLE = ("owner", "created_by", "updated_by")
"""What the system keeps and texts can show."""
DAYS = (-60, -30, -15, -7, -3, -1, 0, 1, 3, 7, 15, 30)
UNITS: Mapping[str, tuple[Message, str, str]] = {
    "days": (Message("天"), "calendar", "D"),
    "hours": (Message("小时"), "calendar", "H"),
    "working_days": (Message("个工作日"), "working", "D"),
    "working_hours": (Message("个工作小时"), "working_hours", "H"),
}
"""Units of a span: their words, the key in the definition, and the letter behind the number."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Choosing:
    """The picks of one rule, in the words of its form."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.say = speech.say

    def stages(self, target: Target, value: Sequence[str], empty: str = "") -> Pick:
        """Return a pick of several stages."""
        choices = [(one.id, self.speech.words(one.label)) for one in _stages(self.speech.form)]
        return self.many(self.say("阶段"), target, value, choices, empty)

    def stage(self, target: Target, value: str) -> Pick:
        """Return a pick of one stage."""
        choices = [(one.id, self.speech.words(one.label)) for one in _stages(self.speech.form)]
        return self.one(self.say("阶段"), target, value, choices)

    def fields(self, target: Target, value: Sequence[str], empty: str = "") -> Pick:
        """Return a pick of several fields of the form."""
        choices = self._named(self.speech.form.fields)
        return self.many(self.say("字段"), target, value, choices, empty)

    def watched(self, target: Target, value: Sequence[str]) -> Pick:
        """Return a pick of several fields whose changes the log tells."""
        ids = (*self.speech.form.fields, "owner", "department", "stage")
        return self.many(self.say("字段"), target, value, self._named(ids))

    def field(self, target: Target, value: str, *types: str) -> Pick:
        """Return a pick of one field of some types."""
        fields = self.speech.form.fields.values()
        ids = [one.id for one in fields if one.type in types]
        return self.one(self.say("字段"), target, value, self._named(ids))

    def workflow(self, target: Target, value: str | None, empty: str = "") -> Pick:
        """Return a pick of one of the form's approvals."""
        found = self.speech.app.workflows.values()
        choices = [
            (one.id, self.speech.words(one.definition.label))
            for one in found
            if one.form == self.speech.form.id
        ]
        return self.one(self.say("审批"), target, value, choices, empty)

    def one(  # a pick is all of this
        self, name: str, target: Target, value: Any, choices: Choices, empty: str = ""
    ) -> Pick:
        """Return a pick of one thing."""
        shown = dict(choices).get(str(value), empty if value is None else str(value))
        return Pick(
            kind="one", name=name, target=target, shown=shown, value=value, choices=choices,
            empty=empty,
        )  # fmt: skip

    def many(
        self, name: str, target: Target, value: Sequence[Any], choices: Choices, empty: str = ""
    ) -> Pick:
        """Return a pick of several things."""
        known = dict(choices)
        shown = self._either(known.get(str(one), str(one)) for one in value) or empty
        return Pick(
            kind="many", name=name, target=target, shown=shown,
            value=[str(one) for one in value], choices=choices, empty=empty,
        )  # fmt: skip

    def days(self, target: Target, value: Sequence[int]) -> Pick:
        """Return a pick of days before and after a date."""
        offered = sorted({*DAYS, *value})
        choices = [(str(day), self._day(day)) for day in offered]
        pick = self.many(self.say("哪几天"), target, value, choices)
        return Pick(
            kind="days", name=pick.name, target=target, shown=pick.shown, value=pick.value,
            choices=choices,
        )  # fmt: skip

    def span(self, name: str, target: Target, value: Span | None, empty: str = "") -> Pick:
        """Return a pick of a length of time."""
        shown = length_of(self.speech, value) if value is not None else empty
        units = [(unit, self.speech.fill(told[0])) for unit, told in UNITS.items()]
        return Pick(
            kind="span", name=name, target=target, shown=shown,
            value=_number_and_unit(value), choices=units, empty=empty,
        )  # fmt: skip

    def number(self, name: str, target: Target, value: int) -> Pick:
        """Return a pick of a number."""
        return Pick(kind="number", name=name, target=target, shown=str(value), value=value)

    def clock(self, target: Target, value: str) -> Pick:
        """Return a pick of a time of the day."""
        name = self.say("几点")
        return Pick(kind="clock", name=name, target=target, shown=value, value=value)

    def text(self, name: str, target: Target, label: Label) -> Pick:
        """Return a text in which fields may stand; their names stand in brackets for people."""
        locale = self.speech.locale
        if isinstance(label, Mapping):
            target = (*target, locale if locale in label else "zh")
        names = blanks_of_rule(self.speech)
        shown = with_names(words(label, locale), names)
        return Pick(kind="text", name=name, target=target, shown=shown, value=shown, blanks=names)

    def people(self, target: Target, who: Who | None, empty: str = "") -> Pick:
        """Return a pick of people."""
        groups = self._groups()
        value = {key: list(getattr(who, key, ())) for key, _, _ in groups}
        shown = self.speech.listed(
            dict(choices).get(id_, id_) for key, _, choices in groups for id_ in value[key]
        )
        return Pick(
            kind="people", name=self.say("给谁"), target=target, shown=shown or empty,
            value=value, groups=groups, empty=empty,
        )  # fmt: skip

    def panel(self, name: str, target: Target, shown: str) -> Pick:
        """Return what is chosen in the panel beside the sentence."""
        return Pick(kind="panel", name=name, target=target, shown=shown)

    def _groups(self) -> Sequence[tuple[str, str, Choices]]:
        say, form = self.say, self.speech.form
        people = [*PEOPLE, *(one.id for one in form.fields.values() if one.type == "person")]
        known = form.fields.values()
        departments = ["department", *(one.id for one in known if one.type == "department")]
        above = [(id_, say("{who}的上级", who=self.speech.field(id_))) for id_ in people]
        heads = [
            (id_, say("{department}的负责人", department=self.speech.field(id_)))
            for id_ in departments
        ]
        roles = [(one.id, self.speech.words(one.label)) for one in self.speech.app.definition.roles]
        return (
            ("fields", say("记录里的人"), self._named(people)),
            ("managers_of", say("上级"), above),
            ("heads_of", say("部门负责人"), heads),
            ("roles", say("角色"), roles),
        )

    def _named(self, ids: Iterable[str]) -> Choices:
        return [(id_, self.speech.field(id_)) for id_ in dict.fromkeys(ids)]

    def _either(self, texts: Iterable[str]) -> str:
        return self.speech.listed(texts)

    def _day(self, day: int) -> str:
        if day == 0:
            return self.say("当天")
        return self.say("前 {n} 天", n=-day) if day < 0 else self.say("后 {n} 天", n=day)


def _stages(form: Form) -> Iterator[Any]:
    yield from form.stages.values()


def _number_and_unit(span: Span | None) -> tuple[int, str]:
    """Return how many of which unit a span is, as its controls show it."""
    if span is None:
        return 1, "days"
    if span.working is not None:
        return max(1, span.working // DAY), "working_days"
    if span.working_hours is not None:
        return max(1, span.working_hours // HOUR), "working_hours"
    length = span.calendar or DAY
    return (length // DAY, "days") if length % DAY == timedelta(0) else (length // HOUR, "hours")
