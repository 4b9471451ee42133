"""Which buttons of an app's own does an actor find at a record, or above a list?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.access.sight import Sight
from engine.app import App, Form, Rule
from engine.record import Actor
from engine.rules.triggers.button import Button
from runtime.use_cases.reach import Reached, Work


def button_of(app: App, form: Form, rule_id: str) -> tuple[Rule, Button] | None:
    """Return a rule of a form that waits for its button, with the button."""
    rule = app.rules.get(rule_id)
    if rule is None or rule.form != form.id or rule.definition.paused:
        return None
    trigger = rule.definition.on
    return (rule, trigger) if isinstance(trigger, Button) else None


def buttons_at(work: Work, reached: Reached) -> tuple[Rule, ...]:
    """Return those that the actor may press now, on the page of a record."""
    return tuple(
        rule
        for rule, button in _of_form(work.app, work.form)
        if "record" in button.places
        and may_press(work, reached, button)
        and is_offered(work, reached, rule)
    )


def buttons_above(app: App, form: Form, sight: Sight, actor: Actor) -> tuple[Rule, ...]:
    """Return those of the list that the actor may press for some record at least."""
    return tuple(
        rule
        for rule, button in _of_form(app, form)
        if "list" in button.places and _ever(app, button, sight, actor)
    )


def may_press(work: Work, reached: Reached, button: Button) -> bool:
    """Tell whether the actor has the right to."""
    if button.roles:
        return _plays(work.app, button, work.act.actor)
    return work.within(work.sight.edit, reached.row)


def is_offered(work: Work, reached: Reached, rule: Rule) -> bool:
    """Tell whether the rule's condition holds now."""
    return rule.condition is None or rule.condition.holds(reached.row, work.env)


def _ever(app: App, button: Button, sight: Sight, actor: Actor) -> bool:
    return _plays(app, button, actor) if button.roles else not sight.edit.none


def _plays(app: App, button: Button, actor: Actor) -> bool:
    return actor.admin or bool(set(button.roles) & actor.roles_in(app.id))


def _of_form(app: App, form: Form) -> Iterator[tuple[Rule, Button]]:
    for id_ in app.rules:
        found = button_of(app, form, id_)
        if found is not None:
            yield found
