"""What is an app made of: its forms, its roles, its menu, its home page?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from designer.speech import Speech
from engine.app import App, Form
from engine.definition.access import RoleDef
from engine.definition.page import Card as CardDef
from engine.definition.page import MenuDef
from engine.wording import words


@dataclass(frozen=True, kw_only=True)
class FormCard:
    """One form in the overview."""

    id: str
    label: str
    help: str
    icon: str
    tone: str
    holds: str
    """How many fields, rules, approvals and documents it has, in words."""
    paths: tuple[str, ...]
    """The stages of each pipeline, in a row."""


@dataclass(frozen=True)
class Role:
    """One role, and how many forms it sees."""

    label: str
    help: str
    forms: str
    designs: bool


@dataclass(frozen=True)
class MenuGroup:
    """One group of the side navigation."""

    label: str
    forms: tuple[tuple[str, str, str], ...]
    """Id, label and icon."""
    roles: str


@dataclass(frozen=True)
class HomeCard:
    """One card of the home page."""

    label: str
    shows: str
    where: str
    roles: str


@dataclass(frozen=True)
class Structure:
    """All parts of an app."""

    forms: tuple[FormCard, ...]
    roles: tuple[Role, ...]
    menu: tuple[MenuGroup, ...]
    home: tuple[HomeCard, ...]


def structure_of(apps: Mapping[str, App], app: App, locale: str) -> Structure:
    """Return the parts of an app in a language."""
    definition = app.definition
    listed = [id_ for group in definition.menu for id_ in group.forms]
    speeches = {
        id_: Speech(apps, app.forms[id_], locale) for id_ in dict.fromkeys((*listed, *app.forms))
    }
    return Structure(
        forms=tuple(_form(speech) for speech in speeches.values()),
        roles=tuple(_role(app, role, locale) for role in definition.roles),
        menu=tuple(_menu(speeches, each) for each in definition.menu),
        home=tuple(_home(speeches[card.form], card) for card in definition.home),
    )


def _form(speech: Speech) -> FormCard:
    form = speech.form
    definition = form.definition
    return FormCard(
        id=form.id,
        label=speech.words(definition.label),
        help=speech.words(definition.help),
        icon=definition.icon,
        tone=definition.colour or "blue",
        holds=_holds(speech),
        paths=tuple(
            " → ".join(speech.words(stage.label) for stage in pipeline.stages if not stage.aside)
            for pipeline in form.pipelines
        ),
    )


def _holds(speech: Speech) -> str:
    app, id_ = speech.app, speech.form.id
    rules = sum(one.form == id_ for one in app.rules.values())
    approvals = sum(one.form == id_ for one in app.workflows.values())
    documents = sum(one.form == id_ for one in app.documents.values())
    said = [speech.say("{n} 个字段", n=len(speech.form.fields))]
    said += [speech.say("{n} 条规则", n=rules)] if rules else []
    said += [speech.say("{n} 个审批", n=approvals)] if approvals else []
    said += [speech.say("{n} 份文档", n=documents)] if documents else []
    return " · ".join(said)


def _role(app: App, role: RoleDef, locale: str) -> Role:
    seen = [
        words(form.definition.label, locale) for form in app.forms.values() if _sees(form, role.id)
    ]
    return Role(
        label=words(role.label, locale),
        help=words(role.help, locale),
        forms=("、" if locale == "zh" else ", ").join(seen),
        designs=role.design,
    )


def _sees(form: Form, role: str) -> bool:
    grant = form.definition.access.get(role)
    return grant is not None and grant.rows != "none"


def _menu(speeches: Mapping[str, Speech], group: MenuDef) -> MenuGroup:
    found = [speeches[id_] for id_ in group.forms]
    return MenuGroup(
        label=found[0].words(group.label),
        forms=tuple(
            (one.form.id, one.words(one.form.definition.label), one.form.definition.icon)
            for one in found
        ),
        roles=found[0].roles(group.roles),
    )


def _home(speech: Speech, card: CardDef) -> HomeCard:
    form = speech.words(speech.form.definition.label)
    match card.show:
        case "count":
            shows = speech.say("{form}的条数", form=form)
        case "sum":
            shows = speech.say("{form}的{field}合计", form=form, field=speech.field(card.of or ""))
        case _:
            shows = speech.say("{form}，最多 {n} 条", form=form, n=card.limit)
    return HomeCard(
        label=speech.words(card.label),
        shows=shows,
        where=speech.listed(speech.where(card.where)),
        roles=speech.roles(card.roles),
    )
