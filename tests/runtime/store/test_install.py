from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import inspect

from engine.access.sight import SEES_ALL
from engine.app import App, Form
from engine.record import Record
from runtime.store import Store
from runtime.store.migrate.change import Change, Leftover, Migration
from runtime.store.query import Query
from runtime.store.views import SavedView
from tests.runtime.store.building import NOW, actor_of, app_of, env_of, form_text, later, record_of

VISIT = form_text(
    "visit",
    """
    {id: name, type: text, label: 名称}
    {id: device, type: reference, to: device, label: 设备}
    """,
)
SITE = form_text("site", "{id: name, type: text, label: 名称}")


def device(fields: str, more: str = "") -> str:
    return form_text("device", "{id: name, type: text, label: 名称}\n" + fields, more)


class Life:
    """An app that is installed in one version after another."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.versions = 0

    def install(self, *forms: str) -> Migration:
        self.versions += 1
        app = app_of(*forms, version=f"1.0.{self.versions}")
        return self.store.install(app, {"app.yaml": b"x"}, later(self.versions))

    def form(self, name: str = "device") -> Form:
        return self.store.apps["plant"].forms[name]

    def add(self, form: str = "device", **values: Any) -> Record:
        record = record_of(self.form(form), values)
        with self.store.unit() as unit:
            unit.records.add(self.form(form), record)
        return record

    def values(self, record: Record, form: str = "device") -> dict[str, Any]:
        with self.store.reading() as unit:
            read = unit.records.one(self.form(form), record.id)
        assert read is not None
        return dict(read.values)

    def found(self, words: str, form: str = "device") -> list[str]:
        query = Query(
            form=self.form(form), sight=SEES_ALL, actor=actor_of(), env=env_of(), search=words
        )
        with self.store.reading() as unit:
            return [record.id for record in unit.query.page(query).records]


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


def test_the_first_installation_makes_tables_and_keeps_the_files(life: Life) -> None:
    report = life.install(SITE, device("{id: code, type: text, label: 编码}"))

    assert (report.before, report.version) == (None, "1.0.1")
    assert {change.form for change in report.changes} == {"site", "device"}
    with life.store.reading() as unit:
        assert [(p.app, p.version, p.revision) for p in unit.packages.list()] == [
            ("plant", "1.0.1", 1)
        ]
        assert unit.packages.files("plant") == {"app.yaml": b"x"}


def test_installing_the_same_again_changes_nothing(life: Life) -> None:
    text = device(
        """
        {id: code, type: text, label: 编码, unique: true}
        {id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}
        """,
        "indexes: [{fields: [code, name]}]\n",
    )
    life.install(SITE, text)
    record = life.add(name="甲", code="1", parts=({"id": "r1", "part": "阀"},))

    report = life.install(SITE, text)

    assert report.changes == ()
    assert report.before == "1.0.1"
    assert life.values(record)["parts"] == ({"id": "r1", "part": "阀"},)


def test_a_new_field_is_empty_on_old_records(life: Life) -> None:
    life.install(device(""))
    record = life.add(name="甲")

    report = life.install(device("{id: code, type: money, label: 编码}"))

    assert report.changes == (Change(what="added", form="device", field="code"),)
    assert life.values(record) == {"name": "甲", "code": None}
    assert life.values(life.add(code=Decimal("1.50")))["code"] == Decimal("1.50")


def test_a_renamed_field_keeps_its_values(life: Life) -> None:
    life.install(device("{id: code, type: text, label: 编码, unique: true}"))
    record = life.add(code="D-1")

    report = life.install(
        device("{id: mark, type: text, label: 编码, formerly: code, unique: true}")
    )

    assert report.changes == (Change(what="renamed", form="device", field="mark", before="code"),)
    assert life.values(record) == {"name": None, "mark": "D-1"}
    field = life.form().fields["mark"]
    with life.store.reading() as unit:
        assert unit.records.taken(life.form(), field, {"mark": "D-1"}) == record.id


def test_a_field_may_take_the_id_of_one_that_goes(life: Life) -> None:
    life.install(device("{id: a, type: text, label: 甲}\n{id: b, type: text, label: 乙}"))
    record = life.add(a="1", b="2")

    report = life.install(device("{id: b, type: text, label: 甲, formerly: a}"))

    assert life.values(record) == {"name": None, "b": "1"}
    assert {(change.what, change.field) for change in report.changes} == {
        ("renamed", "b"), ("dropped", "b"),
    }  # fmt: skip


def test_a_field_moves_once_however_often_its_former_id_is_said(life: Life) -> None:
    life.install(device("{id: a, type: text, label: 甲}"))
    record = life.add(a="1")
    for _ in range(2):
        life.install(device("{id: b, type: text, label: 甲, formerly: a}"))

    assert life.values(record) == {"name": None, "b": "1"}


def test_a_renamed_form_keeps_its_records_lines_links_and_numbers(life: Life) -> None:
    fields = """
        {id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}
        {id: sites, type: reference_list, to: site, label: 站点}
        """
    life.install(SITE, device(fields), VISIT)
    record = life.add(name="甲", parts=({"id": "r1", "part": "阀"},), sites=("s1",))
    visit = life.add("visit", device=record.id)
    with life.store.unit() as unit:
        unit.records.next_number("plant/device/code/2026")
    renamed = device(fields, "formerly: device\n").replace("form: device", "form: machine")
    pointing = VISIT.replace("to: device", "to: machine")

    report = life.install(SITE, renamed, pointing)

    assert Change(what="renamed", form="machine", before="device") in report.changes
    assert report.leftovers == ()
    assert life.values(record, "machine") == {
        "name": "甲", "parts": ({"id": "r1", "part": "阀"},), "sites": ("s1",),
    }  # fmt: skip
    assert life.values(visit, "visit")["device"] == record.id
    assert life.found("甲", "machine") == [record.id]
    with life.store.unit() as unit:
        assert unit.records.next_number("plant/machine/code/2026") == 2


def test_a_form_may_take_the_name_of_one_that_goes(life: Life) -> None:
    one = form_text("one", "{id: name, type: text, label: 名称}")
    two = form_text("two", "{id: name, type: text, label: 名称}")
    life.install(one, two)
    first, second = life.add("one", name="甲"), life.add("two", name="乙")

    report = life.install(two + "formerly: one\n")

    assert life.values(first, "two") == {"name": "甲"}
    assert life.found("甲", "two") == [first.id]
    with life.store.reading() as unit:
        assert unit.records.one(life.form("two"), second.id) is None
    assert life.store.restore(_restorable(report))
    assert life.values(second, "two") == {"name": "乙"}


RETYPED: list[tuple[str, Any, str, Any]] = [
    ("type: text", "12.50", "type: money", Decimal("12.50")),
    ("type: integer", 7, "type: number, places: 2", Decimal(7)),
    ("type: number, places: 2", Decimal("7.00"), "type: integer", 7),
    ("type: number, places: 2", Decimal("7.25"), "type: number, places: 4", Decimal("7.25")),
    ("type: number, places: 4", Decimal("7.2500"), "type: number, places: 2", Decimal("7.25")),
    ("type: number, places: 2", Decimal("0.15"), "type: text", "0.15"),
    ("type: integer", -3, "type: text", "-3"),
    ("type: date", date(2026, 2, 28), "type: text", "2026-02-28"),
    ("type: text", "2026-02-28", "type: date", date(2026, 2, 28)),
    ("type: text", "甲", "type: long_text", "甲"),
    ("type: text", "低", "type: select, options: [{id: low, label: 低}]", "low"),
    ("type: select, options: [{id: low, label: 低}]", "low", "type: text", "低"),
    ("type: select, options: [{id: low, label: 低}]", "low",
     "type: multi_select, options: [{id: low, label: 低}]", ("low",)),
    ("type: multi_select, options: [{id: low, label: 低}]", ("low",),
     "type: select, options: [{id: low, label: 低}]", "low"),
    ("type: reference, to: site", "s1", "type: reference_list, to: site", ("s1",)),
    ("type: reference_list, to: site", ("s1",), "type: reference, to: site", "s1"),
    ("type: tags", ("a", "b"), "type: text", "a、b"),
]  # fmt: skip
BENT: list[tuple[str, Any, str, str]] = [
    ("type: text", "viel", "type: money", "viel"),
    ("type: number, places: 2", Decimal("7.25"), "type: integer", "7.25"),
    ("type: number, places: 4", Decimal("7.2525"), "type: number, places: 2", "7.2525"),
    ("type: text", "2026-02-30", "type: date", "2026-02-30"),
    ("type: text", "高", "type: select, options: [{id: low, label: 低}]", "高"),
    ("type: tags", ("a", "b"), "type: select, options: [{id: a, label: 低}]", "a、b"),
    ("type: reference_list, to: site", ("s1", "s2"), "type: reference, to: site", "s1、s2"),
    ("type: reference, to: site", "s1", "type: reference, to: device", "s1"),
    ("type: text", "甲" * 101, "type: text, max_length: 100", ""),
]


@pytest.mark.parametrize(("before", "value", "after", "expected"), RETYPED, ids=str)
def test_values_go_over_to_another_type_if_they_are_exact(
    life: Life, before: str, value: Any, after: str, expected: Any
) -> None:
    life.install(SITE, device(f"{{id: x, label: 项, {before}}}"))
    record, empty = life.add(x=value), life.add(name="leer")

    report = life.install(SITE, device(f"{{id: x, label: 项, {after}}}"))

    assert report.leftovers == ()
    assert life.values(record)["x"] == expected
    assert life.values(empty)["x"] is None


@pytest.mark.parametrize(("before", "value", "after", "text"), BENT[:-1], ids=str)
def test_values_that_would_be_bent_are_kept_as_text_and_listed(
    life: Life, before: str, value: Any, after: str, text: str
) -> None:
    life.install(SITE, device(f"{{id: x, label: 项, {before}}}"))
    record = life.add(x=value)

    report = life.install(SITE, device(f"{{id: x, label: 项, {after}}}"))

    if "device" not in after:
        assert report.leftovers == (
            Leftover(form="device", field="x", record=record.id, text=text),
        )
    assert life.values(record)["x"] is None


def test_cells_of_lines_are_migrated_like_fields(life: Life) -> None:
    life.install(
        device(
            "{id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}, "
            "{id: cost, type: text, label: 价}, {id: old, type: text, label: 旧}]}"
        )
    )
    record = life.add(
        parts=(
            {"id": "r1", "part": "阀", "cost": "1.50", "old": "x"},
            {"id": "r2", "part": "泵", "cost": "viel", "old": None},
        )
    )

    report = life.install(
        device(
            "{id: parts, type: lines, label: 部件, fields: ["
            "{id: what, type: text, label: 部件, formerly: part}, "
            "{id: cost, type: money, label: 价}, {id: new, type: text, label: 新}]}"
        )
    )

    assert life.values(record)["parts"] == (
        {"id": "r1", "what": "阀", "cost": Decimal("1.50"), "new": None},
        {"id": "r2", "what": "泵", "cost": None, "new": None},
    )
    assert [left.text for left in report.leftovers] == ["viel"]
    assert {(c.what, c.cell) for c in report.changes} == {
        ("added", "new"), ("renamed", "what"), ("retyped", "cost"), ("dropped", "old"),
    }  # fmt: skip


def _restorable(report: Migration) -> str:
    (trash,) = (change.trash for change in report.changes if change.what == "dropped")
    assert trash is not None
    return trash


def test_a_dropped_field_can_be_restored(life: Life) -> None:
    full = device("{id: code, type: money, label: 编码}")
    life.install(full)
    record, changed = life.add(code=Decimal("1.50")), life.add(code=Decimal(2))
    trash = _restorable(life.install(device("")))
    assert life.values(record) == {"name": None}
    life.install(full)
    assert life.values(record)["code"] is None
    with life.store.unit() as unit:
        after = replace(changed, version=2, values={"name": None, "code": Decimal(9)})
        assert unit.records.save(life.form(), changed, after)

    restored = life.store.restore(trash)

    assert restored
    assert life.values(record)["code"] == Decimal("1.50")
    assert life.values(changed)["code"] == Decimal(9)


def test_what_has_no_place_now_is_not_restored(life: Life) -> None:
    life.install(device("{id: code, type: money, label: 编码}"))
    record = life.add(code=Decimal("1.50"))
    trash = _restorable(life.install(device("")))

    assert not life.store.restore(trash)
    life.install(device("{id: code, type: date, label: 编码}"))
    assert not life.store.restore(trash)
    life.install(device("{id: code, type: money, label: 编码}"))

    assert life.store.restore(trash)
    assert not life.store.restore(trash)
    assert life.values(record)["code"] == Decimal("1.50")


def test_dropped_lines_and_links_can_be_restored(life: Life) -> None:
    parts = "{id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}"
    sites = "{id: sites, type: reference_list, to: site, label: 站点}"
    life.install(SITE, device(f"{parts}\n{sites}"))
    record = life.add(parts=({"id": "r1", "part": "阀"},), sites=("s1", "s2"))
    dropped = life.install(SITE, device(""))
    life.install(SITE, device(f"{parts}\n{sites}"))
    assert life.values(record)["parts"] is None

    for change in dropped.changes:
        assert change.trash is not None
        assert life.store.restore(change.trash)

    assert life.values(record)["parts"] == ({"id": "r1", "part": "阀"},)
    assert life.values(record)["sites"] == ("s1", "s2")


def test_a_dropped_form_can_be_restored(life: Life) -> None:
    text = device(
        "{id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}"
    )
    life.install(SITE, text)
    record = life.add(name="甲", parts=({"id": "r1", "part": "阀"},))
    dropped = life.install(SITE)
    (trash,) = (change.trash for change in dropped.changes)
    life.install(SITE, text)
    assert life.found("甲") == []

    assert trash is not None
    assert life.store.restore(trash)

    assert life.values(record) == {"name": "甲", "parts": ({"id": "r1", "part": "阀"},)}
    assert life.found("甲") == [record.id]


def test_the_trash_follows_a_form_that_is_renamed(life: Life) -> None:
    full = device("{id: code, type: text, label: 编码}")
    life.install(full)
    record = life.add(code="1")
    trash = _restorable(life.install(device("")))

    life.install(full.replace("form: device", "form: machine") + "formerly: device\n")

    assert life.store.restore(trash)
    assert life.values(record, "machine")["code"] == "1"


def test_the_trash_is_emptied_for_good(life: Life) -> None:
    life.install(SITE, device("{id: code, type: text, label: 编码}"))
    record = life.add(code="1")
    life.install(device(""))
    with life.store.reading() as unit:
        assert {d.kind for d in unit.packages.trash("plant")} == {"form", "column"}

    assert life.store.empty_trash(later(60)) == 2

    with life.store.reading() as unit:
        assert unit.packages.trash("plant") == ()
        names = inspect(unit.connection).get_columns("plant__device")
    assert not [column for column in names if column["name"].startswith("_trash")]
    assert life.values(record) == {"name": None}


def test_a_field_that_becomes_unique_does_not_stop_an_upgrade(life: Life) -> None:
    life.install(device("{id: code, type: text, label: 编码}"))
    first, second = life.add(code="1"), life.add(code="1")
    unique = device("{id: code, type: text, label: 编码, unique: true}")

    report = life.install(unique)

    assert report.repeated == (("device", "code"),)
    with life.store.unit() as unit:
        unit.records.remove(life.form(), second.id)
    assert life.install(unique).repeated == ()
    with pytest.raises(Exception, match=r"(?i)unique"):
        life.add(code="1")
    assert life.values(first)["code"] == "1"


def test_a_searched_field_that_changes_is_indexed_anew(life: Life) -> None:
    code = "{id: code, type: text, label: 编码}"
    life.install(device(code))
    record = life.add(name="甲一", code="乙二")
    assert life.found("乙二") == []

    life.install(device(code, "search: [name, code]\n"))

    assert life.found("乙二") == [record.id]
    assert life.found("甲一") == [record.id]


def test_saved_views_follow_a_renamed_field(life: Life) -> None:
    life.install(device("{id: code, type: text, label: 编码}"))
    definition = {"where": [{"field": "code", "op": "=", "value": "1"}], "sort": ["-code"],
                  "columns": ["name", "code"]}  # fmt: skip
    view = SavedView(id="v", app="plant", form="device", person="ann", name="mine", shared=False,
                     definition=definition, created_at=NOW)  # fmt: skip
    with life.store.unit() as unit:
        unit.views.add(view)

    life.install(device("{id: mark, type: text, label: 编码, formerly: code}"))

    with life.store.reading() as unit:
        (moved,) = unit.views.of("plant", "device", "ann")
    assert moved.definition == {
        "where": ({"field": "mark", "op": "=", "value": "1"},), "sort": ("-mark",),
        "columns": ("name", "mark"),
    }  # fmt: skip


def test_a_failed_installation_leaves_everything_as_it_was(life: Life) -> None:
    life.install(device("{id: code, type: text, label: 编码}"))
    record = life.add(code="1")
    app = app_of(device("{id: sum, type: money, label: 额}"), SITE, version="9.0.0")

    with pytest.raises(Exception, match="object"):
        life.store.install(app, {"x.yaml": object()}, later(9))  # type: ignore[dict-item]  # what fails last

    assert life.store.apps["plant"].definition.version == "1.0.1"
    assert life.values(record)["code"] == "1"
    with life.store.reading() as unit:
        assert "plant__site" not in inspect(unit.connection).get_table_names()


def _formula(feel: str) -> str:
    return device(
        "{id: price, type: money, label: 价}\n"
        f"{{id: total, type: formula, label: 额, feel: '{feel}', result: money}}"
    )


def test_a_new_or_changed_formula_is_worked_out_for_old_records(life: Life) -> None:
    life.install(device("{id: price, type: money, label: 价}"))
    record = life.add(price=Decimal("1.50"))

    life.install(_formula("price * 2"))
    twice = life.values(record)["total"]
    life.install(_formula("price * 3"))

    assert (twice, life.values(record)["total"]) == (Decimal("3.00"), Decimal("4.50"))


def test_other_apps_are_not_touched(life: Life) -> None:
    other: App = app_of(
        SITE, manifest="app: other\nversion: 1.0.0\nlabel: 其他\nroles: [{id: a, label: 甲}]\n"
    )
    life.store.install(other, {}, NOW)
    with life.store.unit() as unit:
        record = record_of(other.forms["site"], {"name": "甲"}, at=datetime(2026, 1, 1, tzinfo=UTC))
        unit.records.add(other.forms["site"], record)

    life.install(SITE)
    life.install(device(""))

    with life.store.reading() as unit:
        assert unit.records.one(other.forms["site"], record.id) == record
