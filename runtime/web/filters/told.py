"""How does a chip say a filter?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.page import FilterDef
from engine.expressions import FeelErrors, Slot, compile_expression
from engine.expressions.telling.names import Where, Words
from engine.expressions.telling.tell import tell_condition
from engine.expressions.values import Value
from engine.filters import Condition, Part, Written, listed
from engine.typed.regions import full_name
from runtime.web.filters.fields import Fields, Filterable
from runtime.web.filters.menus import CHOSEN, NEAR, ONE_OF, PERIODS, TODAY, TRUTH, words_of
from runtime.web.forms.names import FormNames
from runtime.web.language import translate
from runtime.web.showing import sayer

LONGEST = 6
"""So many values are named; of more, only how many."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The words of the filters of one form."""

    fields: Fields
    names: Mapping[str, str]
    """Those of the people, departments and records that the filters hold."""

    def filter(self, held: FilterDef) -> str:
        """Return a filter of a definition in words."""
        app = self.fields.apps[self.fields.form.app]
        return self.condition(listed(app, self.fields.form, held))

    def part(self, part: Part, inside: bool = False) -> str:
        """Return a part of a filter in words, in brackets where it stands inside another."""
        if isinstance(part, Condition):
            return self.condition(part)
        if isinstance(part, Written):
            return self.written(part.text)
        say = sayer(self._locale)
        between = say("，且 ") if part.all else say("，或 ")
        told = between.join(self.part(item, inside=True) for item in part.items)
        return say("（{words}）", words=told) if inside and len(part.items) > 1 else told

    def written(self, text: str) -> str:
        """Return an expression in words; itself where it has none."""
        form = self.fields.form
        try:
            tree = compile_expression(text, form.scope, Slot.ROWS).tree
        except FeelErrors:
            return text
        told = tell_condition(tree, NamedValues(self.fields.apps, form, None, self.names))
        return told.fill(translate(self._locale), self._locale) if told else text

    def condition(self, condition: Condition) -> str:
        """Return a condition in words."""
        field = self.fields.one(condition.field)
        label = field.label if field else condition.field
        return f"{label} {self._asked(condition, field)}"

    def _asked(self, condition: Condition, field: Filterable | None) -> str:
        say = sayer(self._locale)
        op, values = condition.op, condition.values
        kind = field.kind if field else "text"
        whole = f"{op}:{values[0]}" if len(values) == 1 else op
        if op in NEAR:
            return say(NEAR[op].text, n="".join(values))
        if op == "in_period":
            return " ".join(say(PERIODS[each].text) for each in values if each in PERIODS)
        if kind == "date" and whole in TODAY:
            return say(TODAY[whole].text)
        if kind == "yes_no" and whole in TRUTH:
            return say(TRUTH[whole].text)
        told = self._values(condition, field)
        asked = words_of(kind, ONE_OF.get(op, op) if kind in CHOSEN else op)
        said = say(asked, values=told)
        return said if "{values}" in asked else f"{said} {told}".strip()

    def _values(self, condition: Condition, field: Filterable | None) -> str:
        say = sayer(self._locale)
        known = {**self.names, **dict(field.options if field else ())}
        known |= {"true": say("是"), "false": say("否"), "today": say("今天")}
        shown = [known.get(each, each) for each in condition.values]
        if field is not None and field.kind == "region":
            shown = [full_name(each) or each for each in condition.values]
        if field is not None and field.kind == "number":
            shown = [self.fields.shown(field.id, each) for each in shown]
        if condition.op == "between":
            low, high = (*shown, "", "")[:2]
            return f"{low} – {high}"
        if len(shown) > LONGEST:
            return say("{n} 项之一", n=len(shown))
        return ("、" if self._locale == "zh" else ", ").join(shown)

    @property
    def _locale(self) -> str:
        return self.fields.locale


@dataclass(frozen=True)
class NamedValues(FormNames):
    """The names of a form, and those of the people and records in a filter."""

    named: Mapping[str, str] | None = None

    def value(self, where: Where, value: Value) -> Words | None:
        """Return what people read for a value of the field at the end of a path."""
        return super().value(where, value) or (self.named or {}).get(str(value))
