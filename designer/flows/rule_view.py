"""What does a rule look like as a sentence: when what happens, if what holds, does it what?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from designer.flows.action_words import action_said
from designer.flows.choosing import Choosing
from designer.flows.edits import Target, move, put, together, written
from designer.flows.picks import Part, plain
from designer.flows.rule_kinds import ICONS
from designer.flows.tree import Tools
from designer.flows.trigger_words import trigger_said
from designer.speech import Rule as Told
from designer.speech import Speech
from engine.app import App, Rule


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One action of a rule."""

    at: int
    target: str
    title: str
    icon: str
    parts: Sequence[Part]
    chosen: bool
    tools: Tools


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One rule."""

    id: str
    target: str
    label: str
    paused: bool
    switch: str
    """The edit that pauses it, or lets it go on."""
    trigger: str
    trigger_icon: str
    on: str
    """The target of its trigger."""
    when: Sequence[Part]
    only_if: Told | None
    deeds: tuple[Deed, ...]
    do: str
    """The list of its actions."""
    chosen: str

    @property
    def told(self) -> str:
        """What sets it off, as it is read."""
        return plain(self.when)

    @property
    def acts(self) -> tuple[str, ...]:
        """What it does, as it is read."""
        return tuple(plain(deed.parts) for deed in self.deeds)


def file_of(rule: str) -> str:
    """Return the file of a rule."""
    return f"rules/{rule}.yaml"


def rules_of(speech: Speech) -> list[Sentence]:
    """Return the rules about a form."""
    rules = speech.app.rules.values()
    return [sentence_of(speech, one) for one in rules if one.form == speech.form.id]


def sentence_of(speech: Speech, rule: Rule, chosen: str = "") -> Sentence:
    """Return one rule, in parts that can be chosen."""
    choosing, definition = Choosing(speech), rule.definition
    file: Target = (file_of(rule.id),)
    trigger = definition.on
    return Sentence(
        id=rule.id,
        target=written(file),
        label=speech.words(definition.label),
        paused=definition.paused,
        switch=together(put((*file, "paused"), not definition.paused)),
        trigger=trigger.title.get(speech.locale, trigger.type),
        trigger_icon=ICONS.get(trigger.type, "bolt"),
        on=written((*file, "on")),
        when=trigger_said(choosing, rule, (*file, "on")),
        only_if=speech.condition(rule.condition) if rule.condition else None,
        deeds=tuple(_deeds(choosing, rule, (*file, "do"), chosen)),
        do=written((*file, "do")),
        chosen=chosen,
    )


def _deeds(choosing: Choosing, rule: Rule, into: Target, chosen: str) -> Iterator[Deed]:
    actions = rule.definition.do
    names: list[str | int] = [one.id or at for at, one in enumerate(actions)]
    for at, action in enumerate(actions):
        target = (*into, names[at])
        yield Deed(
            at=at,
            target=written(target),
            title=action.title.get(choosing.speech.locale, action.type),
            icon=ICONS.get(action.type, "bolt"),
            parts=action_said(choosing, rule, at, target),
            chosen=written(target) == chosen,
            tools=_tools(target, into, names, at),
        )


def _tools(target: Target, into: Target, names: list[str | int], at: int) -> Tools:
    after = names[at + 2] if at + 2 < len(names) else None
    return Tools(
        up=together(move(target, into, names[at - 1])) if at else "",
        down=together(move(target, into, after)) if at + 1 < len(names) else "",
        remove=written(target) if len(names) > 1 else "",
    )


def speech_of(apps: dict[str, App], app: App, form: str, locale: str) -> Speech:
    """Return how the things of a form of a draft are spoken of."""
    return Speech({**apps, app.id: app}, app.forms[form], locale)
