"""What is just added stands at once: every type of field, a group, a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest

from designer.forms.first_choices import first_choices
from designer.forms.seeds import ASKED, CELL_TYPES, form_edits, free_id, new_form, seed_of
from designer.speech import Speech
from engine.catalog import FIELD_TYPES
from engine.editing.apply import Applied, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import AnyEdit
from tests.desk import FILES

FIELDS = ["forms/ticket.yaml", "sections", "basics", "fields"]


@pytest.fixture(scope="module")
def draft() -> Draft:
    return open_draft(FILES)


def _made(draft: Draft, edits: Sequence[Mapping[str, Any]]) -> Draft:
    done = apply(draft, msgspec.convert(edits, list[AnyEdit]))
    assert isinstance(done, Applied), done
    return done.draft


def _fill(message: Any) -> str:
    return str(message.text)


@pytest.mark.parametrize("type_", sorted(set(FIELD_TYPES) - ASKED))
def test_a_new_field_of_any_type_stands_as_it_is(draft: Draft, type_: str) -> None:
    value = {"id": "fresh", **seed_of(type_, "zh", _fill)}
    made = _made(draft, [{"op": "add", "target": FIELDS, "value": value}])

    assert made.app.forms["ticket"].fields["fresh"].type == type_


@pytest.mark.parametrize("type_", sorted(CELL_TYPES - ASKED))
def test_a_new_column_of_any_type_stands_as_it_is(draft: Draft, type_: str) -> None:
    value = {"id": "fresh", **seed_of(type_, "zh", _fill)}
    into = [*FIELDS, "parts", "fields"]
    made = _made(draft, [{"op": "add", "target": into, "value": value}])

    assert made.app.forms["ticket"].fields["parts"].cells["fresh"].type == type_  # type: ignore[attr-defined]  # of lines


@pytest.mark.parametrize("type_", sorted(ASKED))
def test_whatever_may_be_chosen_first_makes_a_field(draft: Draft, type_: str) -> None:
    form = "site" if type_ == "rollup" else "ticket"
    speech = Speech({"desk": draft.app}, draft.app.forms[form], "zh")
    choices = [one for group in first_choices(speech, type_) for one in group.choices]
    into = [f"forms/{form}.yaml", "sections", "basics", "fields"]

    assert choices
    for choice in choices:
        value = {"id": "fresh", **seed_of(type_, "zh", _fill), **choice.seed}
        made = _made(draft, [{"op": "add", "target": into, "value": value}])
        assert made.app.forms[form].fields["fresh"].label == choice.seed["label"]


def test_a_new_form_is_in_the_menu_and_open_to_every_role(draft: Draft) -> None:
    form = new_form(draft.app, "device", "设备", "device-laptop", "cyan", _fill)
    app = _made(draft, form_edits(draft.app, "forms/device.yaml", form, "服务台")).app

    assert app.definition.menu[-1].forms[-1] == "device"
    assert set(app.forms["device"].definition.access) == {"agent", "chief", "auditor"}


def test_a_free_id_is_one_that_nothing_has() -> None:
    assert free_id("text", ()) == "text"
    assert free_id("text", {"text", "text_2"}) == "text_3"
