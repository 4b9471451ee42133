"""A type of an app's own is a shipped one with its options, wherever a field is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec
import pytest

from engine.app import App
from engine.editing.apply import Applied, apply
from engine.editing.draft import open_draft
from engine.editing.edits import Remove, RemoveFile, Set
from engine.editing.fallout import fallout_of
from engine.fields.number import Number
from engine.fields.text import Text
from engine.loading.load import load_app, problems_of
from engine.loading.texts import missing_texts

FILES = {
    "app.yaml": """
app: depot
version: 1.0.0
label: {zh: 仓库, en: Depot}
roles: [{id: keeper, label: {zh: 管理员, en: Keeper}}]
""",
    "types/degrees.yaml": """
type: degrees
label: {zh: 温度, en: Temperature}
like: {type: number, places: 1, unit: 度, help: 量两次, max: 200}
open: [max]
checks:
  - {id: sane, that: value > -50, message: 温度太低}
""",
    "types/cold.yaml": """
type: cold
label: {zh: 冷藏温度, en: Cold}
like: {type: degrees, max: 8}
checks:
  - {id: above, that: value >= -30, message: 冻坏了}
""",
    "forms/item.yaml": """
form: item
label: {zh: 物品, en: Item}
title: name
sections:
  - id: basics
    label: {zh: 基本, en: Basics}
    fields:
      - {id: name, type: text, label: {zh: 名称, en: Name}}
      - {id: heat, type: degrees, label: {zh: 温度, en: Heat}, max: 90, required: true}
      - {id: kept, type: cold, label: {zh: 存放, en: Kept at}, help: {zh: 库里的, en: Inside}}
      - id: rows
        type: lines
        label: {zh: 明细, en: Rows}
        fields:
          - {id: part, type: text, label: {zh: 部位, en: Part}}
          - {id: heat, type: degrees, label: {zh: 温度, en: Heat}}
access:
  keeper: {rows: all, create: true, edit: true}
""",
}
LOCALE = """
locale: en
texts:
  types:
    degrees:
      like: {help: Measure twice, unit: degrees}
      checks: {sane: Too cold}
    cold:
      like: {help: Measure twice, unit: degrees}
      checks: {above: Frozen}
"""


def _app(**files: str) -> App:
    return load_app(
        {**FILES, **{name.replace("__", "/") + ".yaml": t for name, t in files.items()}}
    )


def test_a_field_is_one_of_the_shipped_type_with_the_options_of_both() -> None:
    form = _app().forms["item"]

    assert isinstance(form.fields["heat"], Number)
    assert msgspec.structs.asdict(form.fields["heat"]) == msgspec.structs.asdict(
        Number(
            id="heat", label={"zh": "温度", "en": "Heat"}, places=1, unit="度", help="量两次",
            max=90, required=True,
        )
    )  # fmt: skip


def test_a_type_made_of_another_has_what_that_one_says_and_its_own() -> None:
    kept = _app().forms["item"].fields["kept"]

    assert isinstance(kept, Number)
    assert (kept.max, kept.unit, kept.help) == (8, "度", {"zh": "库里的", "en": "Inside"})


def test_the_form_still_knows_which_types_were_named() -> None:
    app = _app()

    assert app.forms["item"].own_types == {
        "heat": "degrees", "kept": "cold", "rows.heat": "degrees"
    }  # fmt: skip
    assert list(app.types) == ["cold", "degrees"]


def test_its_checks_are_checks_of_the_form_and_stand_in_the_file_of_the_type() -> None:
    app = _app()
    form = app.forms["item"]

    said = {one.id: one.that for one in form.definition.checks}
    assert said == {
        "heat_sane": "heat = null or (heat > -50)",
        "kept_sane": "kept = null or (kept > -50)",
        "kept_above": "kept = null or (kept >= -30)",
        "rows_heat_sane": "every row in rows satisfies (row.heat = null or (row.heat > -50))",
    }
    place = app.at("forms", "item", "checks", "kept_above")
    assert (place.file, place.line) == ("types/cold.yaml", 6)
    assert form.logic.checks["heat_sane"].targets


def test_the_fields_have_the_translations_of_their_types() -> None:
    app = _app(locales__en=LOCALE)
    heat = app.forms["item"].fields["heat"]

    assert isinstance(heat, Number)
    assert heat.unit == {"zh": "度", "en": "degrees"}
    assert app.forms["item"].definition.checks[0].message == {"zh": "温度太低", "en": "Too cold"}
    assert missing_texts(app, "en") == ()
    assert "types/degrees/checks/sane/message" in missing_texts(_app(), "en")


def test_an_edit_of_a_type_reaches_every_form_and_a_refused_one_none() -> None:
    draft = open_draft(FILES)
    wider = apply(draft, [Set(target=("types/degrees.yaml", "like", "places"), value=3)])

    assert isinstance(wider, Applied)
    assert wider.draft.app.forms["item"].fields["heat"].scale() == 3
    assert wider.draft.app.forms["item"].fields["kept"].scale() == 3
    wrong = apply(draft, [Set(target=("types/degrees.yaml", "open"), value=[])])
    assert not isinstance(wrong, Applied)
    assert [str(one.at) for one in wrong.problems] == [
        "types/cold.yaml:4:23",
    ]
    back = apply(wider.draft, [Set(target=("types/degrees.yaml", "like", "places"), value=1)])
    assert isinstance(back, Applied)
    assert back.draft.app.forms["item"].fields["heat"].scale() == 1


def test_an_edit_of_a_form_keeps_what_its_types_say() -> None:
    field = ("forms/item.yaml", "sections", "basics", "fields", "heat")
    done = apply(open_draft(FILES), [Set(target=(*field, "max"), value=80)])

    assert isinstance(done, Applied)
    heat = done.draft.app.forms["item"].fields["heat"]
    assert isinstance(heat, Number)
    assert (heat.max, heat.places) == (80, 1)
    again = apply(done.draft, [Remove(target=(*field, "max"))])
    assert isinstance(again, Applied)
    assert again.draft.app.forms["item"].fields["heat"].max == 200  # type: ignore[attr-defined]  # it is a number


def test_a_type_that_is_used_can_not_go() -> None:
    gone = apply(open_draft(FILES), [RemoveFile(path="types/cold.yaml")])

    assert not isinstance(gone, Applied)
    assert gone.problems[0].code == "type.unknown"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "types/cold.yaml:5:13: 应用“stock”不在 requires 里 [link.app]"),
        ({"app.yaml": FILES["app.yaml"] + "requires: {stock: '>=1.0'}\n"}, None),
    ],
)
def test_what_a_type_is_taken_from_is_required(more: Mapping[str, str], told: str | None) -> None:
    taken = FILES["types/cold.yaml"].replace("checks:", "taken_from: stock\nchecks:")
    found = problems_of({**FILES, "types/cold.yaml": taken, **more})

    assert [str(one) for one in found] == ([told] if told else [])


def test_a_line_of_rows_reads_as_the_type_says() -> None:
    rows = _app().forms["item"].fields["rows"]

    cell = {one.id: one for one in rows.fields}["heat"]  # type: ignore[attr-defined]  # they are lines
    assert cell.parse("36.5") == Decimal("36.5")
    assert isinstance({one.id: one for one in rows.fields}["part"], Text)  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("last", [True, False])
def test_removing_a_type_never_takes_fields_along(last: bool) -> None:
    files = dict(FILES)
    if last:
        del files["types/cold.yaml"]
        files["forms/item.yaml"] = files["forms/item.yaml"].replace("type: cold", "type: number")
    gone = "types/degrees.yaml" if last else "types/cold.yaml"
    fallout = fallout_of(open_draft(files), [(gone,)])

    assert (fallout.along, fallout.applied) == ((), None)
    assert fallout.stuck
