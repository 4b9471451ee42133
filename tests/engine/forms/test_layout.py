"""What a person sees of a form, must fill in and may change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.access.sight import SEES_ALL, Sight
from engine.forms.layout import Layout, Shown, layout
from engine.forms.showing import locked_fields
from tests.builders import env_of, record_of
from tests.engine.forms.device import device


def seen(values: Mapping[str, Any], sight: Sight = SEES_ALL) -> Layout:
    return layout(device(), record_of(device(), values).row(), env_of(), sight)


def test_conditions_show_and_hide() -> None:
    water, oil = seen({"kind": "water"}), seen({"kind": "oil", "amount": 2000})

    assert not water.fields["permit"].visible
    assert oil.fields["permit"] == Shown(required=True)
    assert not water.fields["permit"].required


def test_a_section_hides_its_fields() -> None:
    calm, urgent = seen({}), seen({"urgent": True})

    assert calm.sections == {"main": True, "inner": False}
    assert not calm.fields["secret"].visible
    assert urgent.sections == {"main": True, "inner": True}
    assert urgent.fields["secret"].required


def test_what_is_worked_out_or_locked_is_read_only() -> None:
    oil = seen({"kind": "oil"})

    assert oil.fields["total"].readonly
    assert oil.fields["locked"].readonly
    assert not oil.fields["name"].readonly
    assert not seen({}).fields["locked"].readonly
    row = record_of(device(), {"kind": "oil"}).row()
    assert locked_fields(device(), row, env_of()) == {"total", "double", "factor", "city", "locked"}


def test_rights_hide_mask_and_lock() -> None:
    sight = Sight(
        hidden=frozenset({"amount", "secret"}),
        masked=frozenset({"permit"}),
        readonly=frozenset({"name", "permit", "amount"}),
    )

    shown = seen({"kind": "oil", "urgent": True}, sight)

    assert shown.fields["amount"] == Shown(visible=False, readonly=True, hidden=True)
    assert shown.fields["permit"] == Shown(readonly=True, masked=True)
    assert shown.fields["name"] == Shown(required=True, readonly=True)
    assert shown.sections["inner"] is False


def test_each_row_has_its_own_cells() -> None:
    rows = ({"id": "1", "spare": True}, {"id": "2", "spare": False})

    first, second = seen({"items": rows}).rows["items"]

    assert first["why"] == Shown(required=True)
    assert second["why"] == Shown(visible=False)
    assert first["cost"].readonly
    assert not first["item"].readonly


def test_the_rows_of_a_locked_field_are_locked() -> None:
    (row,) = seen({"items": ({"id": "1"},)}, Sight(readonly=frozenset({"items"}))).rows["items"]

    assert all(cell.readonly for cell in row.values())
