"""In which words does the designer speak of the things of one form?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from engine.app import App, Form
from engine.definition.page import FilterDef
from engine.expressions import Compiled, Slot, compile_expression
from engine.expressions.telling.names import Where
from engine.expressions.telling.parts import span
from engine.expressions.telling.tell import tell_conditions, tell_value
from engine.filter import Where as WhereDef
from engine.wording import Label, Message, words
from runtime.web.filters.fields import Fields
from runtime.web.filters.told import Told
from runtime.web.forms.names import FormNames
from runtime.web.language import translate
from runtime.web.showing import sayer

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Rule:
    """An expression as it is shown: sentences that hold together, or else its own text."""

    lines: tuple[str, ...]
    feel: str

    @property
    def said(self) -> bool:
        """Whether there are words for it."""
        return bool(self.lines)


@dataclass(frozen=True)
class Speech:
    """What a form and its parts are called, in one language."""

    apps: Mapping[str, App]
    form: Form
    locale: str

    @cached_property
    def say(self) -> Callable[..., str]:
        """Translates a text of ours."""
        return sayer(self.locale)

    @cached_property
    def _fields(self) -> Fields:
        return Fields(apps=self.apps, form=self.form, scope=self.form.scope, locale=self.locale)

    @property
    def app(self) -> App:
        """The app of the form."""
        return self.apps[self.form.app]

    def fill(self, message: Message) -> str:
        """Return a message in the language."""
        return message.fill(translate(self.locale), self.locale)

    def words(self, label: Label | None) -> str:
        """Return an author's text in the language."""
        return words(label, self.locale)

    def condition(self, compiled: Compiled, lines: str | None = None) -> Rule:
        """Say a condition of the form, or of the rows of a line field."""
        told = tell_conditions(compiled.tree, FormNames(self.apps, self.form, lines))
        return Rule(tuple(map(self.fill, told)), compiled.text)

    def value(self, compiled: Compiled, like: Where = (), lines: str | None = None) -> Rule:
        """Say how a value is worked out."""
        told = tell_value(compiled.tree, FormNames(self.apps, self.form, lines), like)
        return Rule((self.fill(told),) if told else (), compiled.text)

    def field(self, id_: str) -> str:
        """Return what a field is called, the system's too; `site.position` names one over there."""
        names = FormNames(self.apps, self.form)
        steps = id_.split(".")
        labels = [names.field(tuple(steps[: n + 1])) for n in range(len(steps))]
        return " · ".join(
            self.fill(Message("{label}", label=label)) if label else step
            for label, step in zip(labels, steps, strict=True)
        )

    def fields(self, ids: Iterable[str]) -> str:
        """Return the names of several fields, one after the other."""
        return self.listed(map(self.field, ids))

    def listed(self, texts: Iterable[str]) -> str:
        """Return several texts as a list in a sentence."""
        return ("、" if self.locale == "zh" else ", ").join(texts)

    def roles(self, ids: Iterable[str]) -> str:
        """Return the names of several roles."""
        known = {role.id: self.words(role.label) for role in self.app.definition.roles}
        return self.listed(known.get(id_, id_) for id_ in ids)

    def stage(self, id_: str) -> str:
        """Return what a stage is called."""
        stage = self.form.stage(id_)
        return self.words(stage.label) if stage else id_

    def time(self, length: timedelta) -> str:
        """Return a length of time."""
        return self.fill(span(length))

    def filter(self, one: FilterDef) -> str:
        """Say one condition of a list, its figures written as those of the field."""
        names = FormNames(self.apps, self.form)
        values = one.value if isinstance(one.value, list | tuple) else (one.value,)
        figures = [each for each in values if type(each) in (int, float)]
        shown = {str(each): names.value((one.field,), Decimal(str(each))) for each in figures}
        known = {
            text: self.fill(Message("{label}", label=label))
            for text, label in shown.items()
            if label
        }
        return Told(fields=self._fields, names=known).filter(one)

    def where(self, conditions: WhereDef) -> tuple[str, ...]:
        """Say conditions that must all hold, however they are written."""
        if not isinstance(conditions, str):
            return tuple(map(self.filter, conditions))
        rule = self.condition(compile_expression(conditions, self.form.scope, Slot.ROWS))
        return rule.lines or (rule.feel,)

    def order(self, sort: Iterable[str]) -> str:
        """Say how a list is sorted."""
        return self.listed(self._sorted(each.lstrip("-"), each.startswith("-")) for each in sort)

    def _sorted(self, id_: str, down: bool) -> str:
        field = self.field(id_)
        found = self._fields.one(id_)
        if found is not None and found.kind == "date":
            if down:
                return self.say("{field}从新到旧", field=field)
            return self.say("{field}从旧到新", field=field)
        if down:
            return self.say("{field}从大到小", field=field)
        return self.say("{field}从小到大", field=field)

    def other(self, name: str) -> Speech | None:
        """Return how another form is spoken of: one of the same app, or `app.form`."""
        app, _, id_ = name.rpartition(".")
        found = self.apps.get(app or self.form.app)
        form = found.forms.get(id_) if found else None
        return Speech(self.apps, form, self.locale) if form else None
