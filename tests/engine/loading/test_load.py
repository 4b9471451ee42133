"""What a loaded app holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine.app import App
from engine.expressions import Env
from engine.fields.lines import Lines
from engine.loading.load import load_app, problems_of
from engine.loading.texts import missing_texts
from engine.problems import BrokenApp, Location
from engine.wording import words

SOUND = Path(__file__).parent / "sound"
SMALLEST = Path(__file__).parents[3] / "examples" / "smallest"
ENV = Env(today=date(2026, 3, 2), now=datetime(2026, 3, 2, 9, tzinfo=UTC), user={"id": "u1"})


def texts(folder: Path = SOUND) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.yaml")
    }


def changed(file: str, old: str, new: str) -> dict[str, str]:
    files = texts()
    assert old in files[file]
    return {**files, file: files[file].replace(old, new)}


@pytest.fixture(scope="module")
def app() -> App:
    return load_app(SOUND)


def test_a_folder_and_its_texts_are_the_same_app(app: App) -> None:
    again = load_app(texts())

    assert again.definition == app.definition
    assert [form.definition for form in again.forms.values()] == [
        form.definition for form in app.forms.values()
    ]
    assert again.places == app.places


def test_an_app_of_one_form_is_enough() -> None:
    assert list(load_app(SMALLEST).forms) == ["note"]


def test_fields_stand_in_the_order_of_the_form(app: App) -> None:
    assert list(app.forms["ticket"].fields) == [
        "name", "site", "site_level", "kind", "due", "engineer", "cost", "items", "total",
    ]  # fmt: skip


def test_durations_and_amounts_are_exact(app: App) -> None:
    ticket = app.forms["ticket"]
    stage = ticket.stage("open")

    assert stage is not None
    assert stage.expect == timedelta(days=2)
    assert [pipeline.id for pipeline in ticket.pipelines] == ["main"]


def test_every_condition_is_compiled_under_its_own_name(app: App) -> None:
    logic = app.forms["ticket"].logic

    assert logic.gates.keys() == {"solving/gate/that/cost_known"}
    assert logic.gates["solving/gate/that/cost_known"].holds({"cost": Decimal(1)}, ENV)
    assert not logic.gates["solving/gate/that/cost_known"].holds({"cost": None}, ENV)
    assert logic.visible.keys() == {"engineer"}
    assert logic.checks.keys() == {"due_later"}
    assert logic.grants.keys() == {"lead/rows"}
    assert logic.required["name"].when is None


def test_formulas_of_lines_come_before_the_total_of_them(app: App) -> None:
    logic = app.forms["ticket"].logic

    assert logic.formula_order == (("items", "amount"), ("total",))
    row = {"qty": 3, "price": Decimal("1.50")}
    assert logic.lines["items"].formulas["amount"].value(row, ENV) == Decimal("4.50")


def test_tells_which_references_the_rules_read(app: App) -> None:
    assert app.forms["ticket"].logic.reads == {("site", "level"), ("site", "position")}
    assert app.forms["site"].logic.reads == frozenset()


def test_a_row_reads_its_record_and_what_that_refers_to() -> None:
    doubled = 'feel: if record.site.level = "high" then 2 * qty * price else qty * price'
    app = load_app(changed("forms/ticket.yaml", "feel: qty * price", doubled))
    ticket = app.forms["ticket"]

    assert ("site", "level") in ticket.logic.reads
    amount = ticket.logic.lines["items"].formulas["amount"]
    row = {"qty": 3, "price": Decimal(2), "record": {"site.": {"level": "high"}}}
    assert amount.value(row, ENV) == Decimal(12)


def test_follows_three_references_and_no_more() -> None:
    near = changed("forms/ticket.yaml", "that: cost > 0", 'that: owner.department.name = "x"')
    assert ("owner", "department", "name") in load_app(near).forms["ticket"].logic.reads


def test_everything_has_a_place(app: App) -> None:
    gate = "forms/ticket/stages/solving/gate"

    assert app.places[f"{gate}/that/cost_known"] == Location("forms/ticket.yaml", 45, 14)
    assert app.places[f"{gate}/evidence/photo"] == Location("forms/ticket.yaml", 47, 11)
    assert app.places["forms/ticket/stages/open/gate/fields/engineer"].line == 40
    assert app.at("forms", "ticket", "fields", "items", "fields", "qty").line == 28
    assert app.at("forms", "ticket", "nothing") == Location("forms/ticket.yaml", 1, 1)


def test_what_was_checked_before_may_skip_the_check(app: App) -> None:
    assert load_app(texts(), checked=True).forms["ticket"].definition == (
        app.forms["ticket"].definition
    )


def test_what_was_not_checked_after_all_is_refused_all_the_same() -> None:
    with pytest.raises(BrokenApp, match=r"shape\.build"):
        load_app(changed("forms/ticket.yaml", "title: name", "titel: name"), checked=True)


def test_problems_come_in_the_order_of_the_files() -> None:
    problems = problems_of(changed("forms/ticket.yaml", "label:", "lable:"))

    assert [problem.at for problem in problems] == sorted(problem.at for problem in problems)
    assert len(problems) > 10


def test_a_mistake_of_shape_keeps_the_links_for_later() -> None:
    files = changed("forms/ticket.yaml", "fields: [engineer]", "fields: [nobody]")

    assert {problem.code for problem in problems_of(files)} == {"link.field"}
    files["app.yaml"] += "surplus: 1\n"
    assert {problem.code for problem in problems_of(files)} == {"shape.unknown_key"}


def test_translations_stand_beside_the_chinese() -> None:
    english = """locale: en
texts:
  app: Desk
  roles: {agent: Agent}
  menu/ticket: Work
  forms/ticket:
    label: Ticket
    sections: {basics: Basics}
    fields:
      name: Name
      kind: {options: {fault: Fault}}
      items/fields/qty: Pieces
    checks: {due_later: Too early}
    stages: {solving: {gate/that: {cost_known: Fill in the cost}, gate/evidence/photo: Photo}}
    list/views/mine: Mine
  forms/site/label: Site
"""
    app = load_app({**texts(), "locales/en.yaml": english})
    ticket = app.forms["ticket"]

    assert words(app.definition.label, "en") == "Desk"
    assert words(app.definition.label, "zh") == "服务台"
    assert words(app.definition.menu[0].label, "en") == "Work"
    assert words(ticket.fields["name"].label, "en") == "Name"
    assert words(ticket.definition.list.views[0].label, "en") == "Mine"
    stage = ticket.stage("solving")
    assert stage is not None
    assert words(stage.gate.that[0].message, "en") == "Fill in the cost"
    items = ticket.fields["items"]
    assert isinstance(items, Lines)
    assert words(items.cells["qty"].label, "en") == "Pieces"
    missing = missing_texts(app, "en")
    assert "forms/ticket/fields/due/label" in missing
    assert "forms/ticket/fields/name/label" not in missing
    assert "forms/ticket/stages/solving/gate/that/cost_known/message" not in missing


def test_a_finished_translation_lacks_nothing() -> None:
    assert missing_texts(load_app(SMALLEST), "en") == ()


DATA = """form: site
rows:
  - id: hq
    owner: rep1
    created_at: "-3d 14:20"
    name: 总部
    level: high
    position: {latitude: 31.2, longitude: 121.5}
"""
SCENARIOS = """scenario: 没有工程师不能推进
given:
  demo: true
  records:
    - {form: ticket, id: t1, owner: rep1, name: 打印机, site: hq, due: "+2d"}
steps:
  - {as: rep1, advance: {record: t1}, then: {refused: [请填写工程师]}}
  - as: rep1
    create: {form: site, name: depot, values: {name: 仓库}}
  - {as: rep1, at: "+2h", edit: {record: t1, values: {site: depot}}, then: {values: {site: depot}}}
---
scenario: 组长看得见
steps:
  - {as: lead1, list: {form: ticket, view: mine}, then: {count: 0}}
"""


def test_demo_data_and_scenarios_come_along() -> None:
    app = load_app({**texts(), "data/sites.yaml": DATA, "scenarios/all.yaml": SCENARIOS})

    (row,) = app.data["site"]
    assert (row.id, row.owner, row.created_at) == ("hq", "rep1", "-3d 14:20")
    assert row.values["name"] == "总部"
    assert [scenario.scenario for scenario in app.scenarios] == ["没有工程师不能推进", "组长看得见"]
    first = app.scenarios[0]
    assert first.given.records[0].values["due"] == "+2d"
    assert first.steps[0].then.refused == ("请填写工程师",)


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    for file, text in texts(SMALLEST).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    (tmp_path / "forms" / "stolen.yaml").symlink_to("/etc/passwd")

    assert [problem.code for problem in problems_of(tmp_path)] == ["folder.link"]


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    for file, text in texts(SMALLEST).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    (tmp_path / "README.md").write_text("notes")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.yaml").write_text("a: 1")

    assert problems_of(tmp_path) == []


def _large_app(forms: int, fields: int) -> dict[str, str]:
    files = {"app.yaml": "app: large\nversion: 1.0.0\nlabel: 大\nroles: [{id: all, label: 全部}]\n"}
    for form in range(forms):
        lines = [
            f"form: f{form}", f"label: 表{form}", "title: t0", "sections:", "  - id: main",
            "    label: 主", "    fields:", "      - {id: t0, type: text, label: 名称}",
            f"      - {{id: up, type: reference, to: f{max(form - 1, 0)}, label: 上级}}",
        ]  # fmt: skip
        for field in range(2, fields):
            lines += [
                f"      - id: n{field}", "        type: formula", "        label: 数",
                f"        feel: if up.n2 > {field} then {field} * 2 else {field} + 1",
                f"        visible: t0 != null and up.t0 != \"x{field}\"",
            ]  # fmt: skip
        files[f"forms/f{form}.yaml"] = "\n".join(lines) + "\n"
    return files


def test_twelve_forms_with_three_hundred_fields_load() -> None:
    app = load_app(_large_app(12, 25))

    assert sum(len(form.fields) for form in app.forms.values()) == 300


def test_the_limits_are_said() -> None:
    fields = _large_app(1, 201)
    assert [problem.code for problem in problems_of(fields)] == ["limit.fields"]

    forms = _large_app(201, 3)
    assert [problem.code for problem in problems_of(forms)] == ["limit.forms"]
