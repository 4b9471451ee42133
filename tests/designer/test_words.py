"""Whatever a definition can say, the designer says in the words of people, in both languages."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest

from designer.choices import CHOICES, PROPER_NAMES, choice
from designer.forms.palette import GROUPS, ICONS, palette
from designer.speech import Speech
from engine.app import App, Logic
from engine.catalog import FIELD_TYPES
from engine.definition.titles import titles_of
from engine.expressions import Compiled
from engine.expressions.telling.tell import tell_value
from engine.loading.load import load_app
from engine.wording import LOCALES
from runtime.web.assets import icon_names
from runtime.web.forms.names import FormNames
from runtime.workspace.packages import files_of, shipped
from tests.builders import app_of, form_spec


@pytest.fixture(scope="module")
def apps() -> Mapping[str, App]:
    return {id_: load_app(files_of(folder)) for id_, folder in shipped().items()}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_field_type_is_in_the_palette_with_a_name_and_a_sentence(locale: str) -> None:
    kinds = [kind for group in palette(locale) for kind in group.kinds]

    assert sorted(kind.type for kind in kinds) == sorted(FIELD_TYPES)
    assert [kind.type for kind in kinds if not (kind.title and kind.about)] == []
    assert len({kind.title for kind in kinds}) == len(kinds)


def test_every_field_type_has_a_sign_that_exists() -> None:
    assert FIELD_TYPES.keys() - ICONS.keys() == set()
    assert set(ICONS.values()) - icon_names() == set()
    assert {found.group for found in FIELD_TYPES.values()} <= GROUPS.keys()


def _literals(hint: Any) -> Iterator[object]:
    if typing.get_origin(hint) is typing.Literal:
        yield from typing.get_args(hint)
        return
    for part in typing.get_args(hint):
        yield from _literals(part)


@pytest.mark.parametrize("type_", FIELD_TYPES)
def test_every_option_has_a_title_and_every_fixed_choice_has_words(type_: str) -> None:
    found = FIELD_TYPES[type_]
    hints = typing.get_type_hints(found, include_extras=True)
    options = {one.name for one in msgspec.structs.fields(found)}

    assert options - titles_of(found).keys() == set()
    wordless = [
        (name, each)
        for name in options - PROPER_NAMES
        for each in _literals(hints[name])
        if choice(name, each) is None
    ]
    assert wordless == []


def _every(logic: Logic) -> Iterator[tuple[str, Compiled, bool]]:
    """Yield every expression with the field that it fills, and whether it is a condition."""
    for conditions in (logic.visible, logic.checks, logic.gates, logic.pipelines, logic.grants):
        yield from (("", each, True) for each in conditions.values())
    yield from (("", need.when, True) for need in logic.required.values() if need.when)
    yield from (("", each, True) for each in logic.readonly.values() if each)
    for values in (logic.defaults, logic.formulas):
        yield from ((id_, each, False) for id_, each in values.items())


def test_every_expression_of_the_shipped_apps_is_said_without_an_id(
    apps: Mapping[str, App],
) -> None:
    wrong = []
    for form in (form for app in apps.values() for form in app.forms.values()):
        logics = [(None, form.logic), *form.logic.lines.items()]
        ids = {id_ for id_ in form.fields if "_" in id_}
        for lines, logic in logics:
            for id_, compiled, is_condition in _every(logic):
                for locale in LOCALES:
                    speech = Speech(apps, form, locale)
                    rule = (
                        speech.condition(compiled, lines)
                        if is_condition
                        else speech.value(compiled, (id_,), lines)
                    )
                    if not rule.said or any(each in " ".join(rule.lines) for each in ids):
                        wrong.append((form.id, compiled.text, rule.lines))

    assert wrong == []


def _ticket(*fields: Mapping[str, Any], **more: Any) -> Speech:
    site = form_spec(
        "site",
        [
            {"id": "name", "type": "text", "label": {"zh": "名称", "en": "Name"}},
            {"id": "open", "type": "yes_no", "label": {"zh": "营业", "en": "Open"}},
        ],
    )
    plain = {"id": "name", "type": "text", "label": {"zh": "标题", "en": "Title"}}
    app = app_of(form_spec("ticket", [plain, *fields], **more), site)
    return Speech({app.id: app}, app.forms["ticket"], "zh")


def test_a_condition_that_is_written_is_said_as_well() -> None:
    speech = _ticket()

    assert speech.where("name != null") == ("“标题”已填写",)
    assert speech.where('substring(name, 1 + 1) = "x"')


def test_an_expression_without_words_is_shown_as_it_is_written() -> None:
    code = {"id": "code", "type": "formula", "label": "代号", "result": "text",
            "feel": 'replace(name, "a", "b")'}  # fmt: skip
    speech = _ticket(code)
    compiled = speech.form.logic.formulas["code"]

    assert tell_value(compiled.tree, FormNames(speech.apps, speech.form)) is None
    assert not speech.value(compiled).said


def test_the_choices_have_no_words_for_what_does_not_exist() -> None:
    known: dict[str, set[object]] = {}
    for found in FIELD_TYPES.values():
        hints = typing.get_type_hints(found, include_extras=True)
        for one in msgspec.structs.fields(found):
            known.setdefault(one.name, set()).update(_literals(hints[one.name]))

    assert {
        name: set(said) - known[name] for name, said in CHOICES.items() if set(said) - known[name]
    } == {}
