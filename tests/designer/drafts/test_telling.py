"""Changes and refusals are told by the names that people know, conditions as sentences."""

from __future__ import annotations

import re
from pathlib import Path

from designer.drafts.telling import shortened, tell
from designer.plain_shapes import PLAIN, QUOTES
from designer.plain_words import refusals
from engine.editing.apply import Applied, Refused, apply
from engine.editing.differences import differences
from engine.editing.draft import open_draft
from engine.editing.edits import AnyEdit, Remove, Set, Target
from engine.editing.targets import target_of
from engine.loading import complaints
from tests.designer.test_every_file import read
from tests.engine.editing.test_random_edits import FILES

SOME = (
    "app.yaml", "forms/quotation.yaml", "forms/opportunity.yaml", "forms/customer.yaml",
    "decisions/lead_owner.yaml", "connectors/erp.yaml",
)  # fmt: skip
BASE = open_draft(FILES)
FIELDS: Target = ("forms/device.yaml", "sections", "basics", "fields")


def _told(edit: AnyEdit, locale: str) -> tuple[str, str, str]:
    made = apply(BASE, [edit])
    assert isinstance(made, Applied), made
    ((line,),) = (
        one.lines for one in tell(BASE, made.draft, differences(BASE, made.draft), locale)
    )
    return line.what, line.before, line.after


def test_a_changed_condition_is_told_as_sentences_before_and_after() -> None:
    edit = Set(target=(*FIELDS, "cost", "visible"), value='state = "good" and name != null')
    assert _told(edit, "zh") == ("显示条件", "“状态”是“损坏”", "“状态”是“良好”；“名称”已填写")
    assert _told(edit, "en")[2] == "“State” is “Good”; “Name” is filled in"


def test_a_changed_text_is_told_before_and_after_and_long_ones_around_the_difference() -> None:
    edit = Set(target=(*FIELDS, "name", "label"), value="品名")
    assert _told(edit, "zh")[1:] == ("名称", "品名")
    before, after = shortened("前" * 90 + "甲" + "后" * 90, "前" * 90 + "乙" + "后" * 90)
    assert "甲" in before
    assert "乙" in after
    assert max(len(before), len(after)) <= 82


def test_a_refusal_names_fields_forms_roles_and_types_as_people_do() -> None:
    said = [
        *_refused(Remove(target=(*FIELDS, "cost"))),
        *_refused(Remove(target=("app.yaml", "roles", "clerk"))),
        *_refused(Set(target=(*FIELDS, "name", "type"), value="nonsense")),
    ]
    assert "没有名为“费用”的字段" in said
    assert "没有角色“文员”；可用：主管" in said
    assert any("“类型”不能是“nonsense”" in one and "单行文字" in one for one in said), said
    assert not any("cost" in one or "clerk" in one or "yaml" in one for one in said), said


def _refused(edit: AnyEdit) -> list[str]:
    made = apply(BASE, [edit])
    assert isinstance(made, Refused)
    return refusals(made.problems, "zh", BASE.app)


def test_a_value_of_the_wrong_kind_is_refused_without_words_of_files() -> None:
    name: Target = (*FIELDS, "name")
    asked = {
        (*FIELDS, "cost", "required"): ([1], "这里应为文字、是或否"),
        (*name, "label"): (5, "“5”不能填在这里，应为文字"),
        (*name, "max_length"): ("many", "“many”不能填在这里，应为整数"),
        (*name, "nonsense"): (True, "这里没有“nonsense”这项设置"),
    }
    edits = {at: Set(target=at, value=value) for at, (value, _) in asked.items()}
    assert {at: _refused(edit) for at, edit in edits.items()} == {
        at: [said] for at, (_, said) in asked.items()
    }
    made = apply(BASE, [edits[(*name, "max_length")]])
    assert isinstance(made, Refused)
    assert refusals(made.problems, "en", BASE.app) == [
        "“many” can't stand here; this takes a whole number"
    ]


def test_what_stands_for_the_words_of_files_stands_for_words_that_are_said() -> None:
    said = set(re.findall(r'Message\(\s*"([^"]+)"', Path(complaints.__file__).read_text("utf-8")))
    assert {*PLAIN, QUOTES} - said == set()


WRITTEN = re.compile(r"[a-z]+_[a-z_]+|\.yaml|\bfeel\b|[a-z]: ")
"""What only who writes files would know: ids, paths, keys."""


def test_no_refusal_of_taking_something_away_speaks_of_ids_or_files() -> None:
    draft = read("sales_crm")
    kinds = ("fields", "stages", "roles", "outputs", "inputs", "tabs", "ledgers", "operations")
    found = [
        target
        for file in SOME
        for path in draft.documents[file][0].places
        if len(target := (file, *target_of(draft.documents[file][0].data, path))) > 2
        and target[-2] in kinds
    ]
    said: dict[Target, list[str]] = {}
    for target in found[:: max(1, len(found) // 40)]:
        made = apply(draft, [Remove(target=target)])
        if isinstance(made, Refused):
            said[target] = refusals(made.problems, "zh", draft.app)
    assert len(said) > 10
    assert {at: texts for at, texts in said.items() if WRITTEN.search(" ".join(texts))} == {}
