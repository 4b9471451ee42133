from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import inspect

from engine.app import App
from runtime.store import Store
from runtime.store.migrate.change import Change
from runtime.store.views import SavedView
from tests.runtime.store.building import NOW, app_of, form_text, later, record_of
from tests.runtime.store.lives import SITE, Life, device

VISIT = form_text(
    "visit",
    """
    {id: name, type: text, label: 名称}
    {id: device, type: reference, to: device, label: 设备}
    """,
)


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


def test_written_filters_and_first_views_follow_a_renamed_field(life: Life) -> None:
    life.install(device("{id: code, type: text, label: 编码}"))
    definition = {"feel": 'code = "1" and name != "code"', "sort": [], "columns": []}
    view = SavedView(id="v", app="plant", form="device", person="ann", name="mine", shared=False,
                     definition=definition, created_at=NOW)  # fmt: skip
    with life.store.unit() as unit:
        unit.views.add(view)
        unit.views.put_first("plant", "device", "ann", "v")

    life.install(device("{id: mark, type: text, label: 编码, formerly: code}"))

    with life.store.reading() as unit:
        (moved,) = unit.views.of("plant", "device", "ann")
        first = unit.views.first("plant", "device", "ann")
    assert moved.definition["feel"] == 'mark = "1" and name != "code"'
    assert first == {"ann": "v"}


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
