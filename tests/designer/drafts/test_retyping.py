"""A field gets another type: what becomes of its values is told before, and so it happens."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from designer.app import build_app
from designer.drafts.editing import Edited, open_held
from designer.drafts.publishing import publish
from designer.drafts.retyping import (
    Impossible,
    Subject,
    Tried,
    change_type,
    offered_for,
    try_type,
    types_for,
)
from runtime.workspace.open import install_app
from tests.desk import FILES, Desk
from tests.web.visitor import Visitor


def _try(desk: Desk, field: str, type_: str) -> Tried | Impossible | None:
    admin = desk.people["admin"]
    return try_type(desk.services, admin, Subject("desk", "ticket", field), type_, "zh")


def _change(desk: Desk, tried: object) -> None:
    assert isinstance(tried, Tried), tried
    rev = open_held(desk.services, "desk").head.rev
    done = change_type(desk.services, desk.people["admin"], "desk", rev, tried)
    assert isinstance(done, Edited), done
    publish(desk.services, desk.people["admin"], "desk", "")


def test_texts_become_options_as_they_are_found(desk: Desk) -> None:
    ids = [desk.ticket(cause=text).id for text in ("卡纸", "断电", "卡纸")]
    empty = desk.ticket().id
    tried = _try(desk, "cause", "select")
    assert isinstance(tried, Tried), tried
    assert (tried.filled, tried.failing, len(tried.examples)) == (3, 0, 3)
    _change(desk, tried)
    options = {one.id: one.label for one in getattr(desk.form().fields["cause"], "options", ())}
    assert sorted(options.values(), key=str) == ["卡纸", "断电"]
    found = [options[str(desk.stored(id_).values["cause"])] for id_ in ids]
    assert found == ["卡纸", "断电", "卡纸"]
    assert desk.stored(empty).values.get("cause") is None
    _change(desk, _try(desk, "cause", "multi_select"))
    kept = desk.stored(ids[1]).values["cause"]
    assert isinstance(kept, tuple)
    assert [options[str(one)] for one in kept] == ["断电"]


def test_what_does_not_fit_is_counted_as_by_hand_and_shown(desk: Desk) -> None:
    for text in ("12", "3.5", "很多", "2026-01-05"):
        desk.ticket(cause=text)
    number = _try(desk, "cause", "number")
    assert isinstance(number, Tried)
    assert (number.filled, number.failing) == (4, 2)
    assert {one for one, _ in number.misfits} == {"很多", "2026-01-05"}
    day = _try(desk, "cause", "date")
    assert isinstance(day, Tried)
    assert day.failing == 3
    assert day.examples == [("2026-01-05", "2026-01-05")]
    _change(desk, number)
    with desk.services.store.reading() as unit:
        form = desk.form()
        assert form.fields["cause"].type == "number"
        assert unit.packages.trash("desk") != ()


def test_figures_change_among_each_other(desk: Desk) -> None:
    id_ = desk.ticket(cost="12.00").id
    whole = _try(desk, "cost", "integer")
    assert isinstance(whole, Tried), whole
    assert (whole.filled, whole.failing) == (1, 0)
    assert "integer" in types_for("money")
    text = _try(desk, "cost", "long_text")
    assert isinstance(text, Impossible | Tried)
    assert str(desk.stored(id_).values["cost"]) == "12.00"


def test_what_can_not_be_says_why_and_what_else_to_do(small_desk: Desk) -> None:
    lines = _try(small_desk, "parts", "text")
    assert isinstance(lines, Impossible)
    assert "新建一个字段" in str(lines.why[0])
    visitor = Visitor(build_app(small_desk.services).test_client())
    visitor.sign_in("admin")
    assert "新建一个字段" in visitor.get("/design/desk/ticket/retype/parts").text
    small_desk.ticket(cause="卡纸")
    page = visitor.get("/design/desk/ticket/retype/cause?to=number").text
    assert "其中 1 条放不进新类型" in page
    assert visitor.post("/design/desk/ticket/retype/cause", to="tags", at="1").status_code == 303
    assert "换类型" not in visitor.get("/design/desk/ticket/retype/cause").text
    assert visitor.get("/design/desk/ticket/retype/nothing").status_code == 404


OWN = {
    **FILES,
    "types/dose.yaml": (
        b"type: dose\nlabel: {zh: \xe5\x89\x82\xe9\x87\x8f, en: Dose}\n"
        b"like: {type: number, places: 1, unit: ml, max: 99}\n"
    ),
}


def test_a_field_gets_a_type_of_the_apps_own_and_goes_back(desk: Desk) -> None:
    install_app(desk.services, OWN)
    low, high = desk.ticket(cause="12.5").id, desk.ticket(cause="700").id
    tried = _try(desk, "cause", "dose")
    assert isinstance(tried, Tried), tried
    assert (tried.filled, tried.failing) == (2, 1)
    _change(desk, tried)
    form = desk.form()
    assert form.own_types == {"cause": "dose"}
    assert desk.stored(low).values["cause"] == Decimal("12.5")
    assert desk.stored(high).values.get("cause") is None

    back = _try(desk, "cause", "money")
    assert isinstance(back, Tried), back
    _change(desk, back)
    cause = desk.form().fields["cause"]
    assert (cause.type, getattr(cause, "max", None), desk.form().own_types) == ("money", 99, {})
    assert desk.stored(low).values["cause"] == Decimal("12.5")


def test_the_column_of_a_sub_table_changes_with_what_its_rows_hold(desk: Desk) -> None:
    rows = ({"part": "3"}, {"part": "很多"})
    id_ = desk.ticket(parts=rows).id
    assert offered_for("reference", "site") == ("reference_list",)
    assert offered_for("reference", "parts.site") == ()
    tried = _try(desk, "parts.part", "integer")
    assert isinstance(tried, Tried), tried
    assert (tried.filled, tried.failing) == (2, 1)
    assert [one for one, _ in tried.misfits] == ["很多"]
    _change(desk, tried)
    kept = desk.stored(id_).values["parts"]
    assert isinstance(kept, tuple)
    assert [isinstance(row, Mapping) and row.get("part") for row in kept] == [3, None]
    visitor = Visitor(build_app(desk.services).test_client())
    visitor.sign_in("admin")
    page = visitor.get("/design/desk/ticket/retype/parts.part").text
    assert 'value="number"' in page
    assert visitor.get("/design/desk/ticket/retype/parts.nothing").status_code == 404
