"""What are the records, people and stages of a scenario called, and where are they designed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.app import App, Form
from engine.definition.data import DemoRow
from engine.definition.scenario import VERBS, ScenarioDef, StepDef
from engine.wording import Message
from runtime.workspace.people_file import PeopleFile

STAGED = frozenset({"advance", "check", "attach", "review"})
APPROVING = frozenset(
    {"submit", "agree", "refuse", "give_back", "hand_in", "pass_on", "add_signer", "ask_opinion",
     "opine", "handle", "acknowledge", "take_back", "withdraw", "urge"}
)  # fmt: skip
LISTED = frozenset({"claim", "release", "list"})
SAID = frozenset({"wanted", "came", "line"})
KIND = re.compile(r"^(refused|denied|invalid \w+|bad): ")
"""Which kind of refusal it is, in front of its words: authors of files want to know that."""
Place = Mapping[str, str]
"""A tab of the designer and the form, workflow or rule that it is about."""


@dataclass(frozen=True)
class Names:
    """What one scenario speaks of."""

    app: App
    scenario: ScenarioDef
    people: Mapping[str, str]
    """What people are called, by login."""
    records: Mapping[str, tuple[str, str]]
    """The form and the title of records, by name."""

    def form(self, step: StepDef) -> Form | None:
        """Return the form that a step is about."""
        wish = wish_of(step)
        name = str(getattr(wish, "record", ""))
        id_ = self.records[name][0] if name in self.records else getattr(wish, "form", None)
        return self.app.forms.get(str(id_))


def names_of(app: App, number: int, people: PeopleFile) -> Names:
    """Return what one scenario of an app speaks of."""
    scenario = app.scenarios[number]
    called = {one.login: one.name for one in people.people}
    return Names(app, scenario, called, records_of(app, scenario))


def records_of(app: App, scenario: ScenarioDef) -> Mapping[str, tuple[str, str]]:
    """Return the form and the title of each record that a scenario can name."""
    found: dict[str, tuple[str, str]] = {}
    rows: list[tuple[str, DemoRow]] = [(row.form, row) for row in scenario.given.records]
    if scenario.given.demo:
        rows = [(form, row) for form, each in app.data.items() for row in each] + rows
    for form, row in rows:
        found[row.id] = form, _title(app, form, row.values)
    for step in scenario.steps:
        found.update(made_by(app, step))
    return found


def made_by(app: App, step: StepDef) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what a step makes and names."""
    if step.create and step.create.name:
        form = step.create.form
        yield step.create.name, (form, _title(app, form, step.create.values))
    if step.convert:
        conversions = [one for form in app.forms.values() for one in form.definition.conversions]
        made = [each for one in conversions if one.id == step.convert.by for each in one.creates]
        for each in made:
            key = each.id or each.form
            if key in step.convert.names:
                yield step.convert.names[key], (each.form, "")


def _title(app: App, form: str, values: Mapping[str, Any]) -> str:
    there = app.forms.get(form)
    value = values.get(there.definition.title) if there else None
    return value if isinstance(value, str) else ""


def verb_of(step: StepDef) -> str:
    """Return what is done in a step."""
    return next(verb for verb in VERBS if getattr(step, verb) is not None)


def wish_of(step: StepDef) -> Any:
    """Return what a step says of what is done."""
    return getattr(step, verb_of(step))


def in_words(names: Names, at: int | None, message: Message) -> Message:
    """Return a message with the names that people know in place of ids."""
    step = names.scenario.steps[at] if at is not None else None
    form = names.form(step) if step else None
    args = {key: _named(names, form, key, value) for key, value in message.args.items()}
    return type(message)(message.text, **args) if args else message


def _named(names: Names, form: Form | None, key: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_named(names, form, key, item) for item in value]
    if not isinstance(value, str):
        return value
    if key in SAID and (parts := [KIND.sub("", part) for part in value.split(" / ")]) != [value]:
        return parts
    if form and key == "field" and value in form.fields:
        return form.fields[value].label
    if form and key in ("wanted", "came") and (stage := form.stage(value)):
        return stage.label
    if key in ("who", "wanted", "came"):
        return names.people.get(value) or names.records.get(value, ("", ""))[1] or value
    return value


def place_of(names: Names, at: int | None) -> Place | None:
    """Return where in the designer one would look for why a step came out otherwise."""
    if at is None:
        return None
    step = names.scenario.steps[at]
    form, verb = names.form(step), verb_of(step)
    if verb == "press":
        return {"tab": "rule", "id": wish_of(step).button}
    workflow = getattr(wish_of(step), "workflow", None) or getattr(
        step.then.approval, "workflow", None
    )
    if workflow in names.app.workflows:
        return {"tab": "workflow", "id": str(workflow)}
    if form is None:
        return None
    return {"tab": _tab(step, verb), "id": form.id}


def _tab(step: StepDef, verb: str) -> str:
    if verb in APPROVING or step.then.approval:
        return "approvals"
    if verb in STAGED or step.then.stage:
        return "stages"
    if step.then.told:
        return "rules"
    if verb in LISTED:
        return "lists"
    return "access" if step.then.denied or step.then.hidden or step.then.missing else "form"
