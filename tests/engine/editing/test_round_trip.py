"""Every file of the shipped apps opens, and an edit changes only the lines that it means."""

from __future__ import annotations

import difflib

import pytest

from engine.editing.apply import Applied, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Add, Edit, Move, Set, Target
from engine.loading.folder import kind_of
from engine.loading.read import read_text
from engine.loading.source import Source
from engine.loading.writing.rewriting import with_value
from engine.loading.writing.scalars import written
from runtime.workspace.packages import files_of, shipped

APPS = {name: files_of(folder) for name, folder in shipped().items()}
FILES = [(app, path) for app, files in APPS.items() for path in files]
CONTACT = "forms/contact.yaml"
BASICS: Target = (CONTACT, "sections", "basics", "fields")


@pytest.fixture(scope="module")
def sales() -> Draft:
    return open_draft(APPS["sales_crm"])


@pytest.mark.parametrize("app", APPS)
def test_every_file_is_exported_byte_for_byte(app: str) -> None:
    exported = {path: text.encode() for path, text in open_draft(APPS[app]).files.items()}
    assert exported == APPS[app]


@pytest.mark.parametrize(("app", "path"), FILES)
def test_setting_a_value_to_itself_changes_no_byte(app: str, path: str) -> None:
    for source in _sources(path, APPS[app][path].decode()):
        for at in list(source.places)[:40]:
            assert with_value(source, at, _value(source, at)).cuts == ()


@pytest.mark.parametrize(("app", "path"), [one for one in FILES if "data" not in one[1]])
def test_another_value_changes_no_line_outside_of_what_holds_it(app: str, path: str) -> None:
    for source in _sources(path, APPS[app][path].decode()):
        scalars = [at for at in source.places if at and not _holds(_value(source, at))]
        for at in scalars[:: max(1, len(scalars) // 2)]:
            made = with_value(source, at, "另一个值")
            (cut,) = made.cuts
            assert _value(made.source, at) == "另一个值"
            item = source.places[_item(source, at)]
            assert source.text.rfind("\n", 0, item.start) < cut.start
            assert cut.end <= item.end + 1


@pytest.mark.parametrize(
    "text",
    ["是", "true", "null", "12", "0.5", "1e3", "a: b", "a #b", "- a", "[a]", "a, b", "'", '"', " a",
     "a ", "", "\t", "两行\n文字", "\\", "a:", "?", "~", "<<", "---", "*a", "&a", "!a", "%a", "@a",
     "`a`", "{x}", "0123", "2026-01-01", "12:30", "\x07", "x\n\ny", "\n", "，。", "=", "🙂"],
)  # fmt: skip
@pytest.mark.parametrize("flow", [True, False])
def test_every_text_is_read_as_it_was_meant(text: str, flow: bool) -> None:
    line = f"a: [{written(text, flow=True)}]" if flow else f"a: {written(text, flow=False)}"
    if "\n" in text and not flow:
        return
    sources, problems = read_text("forms/x.yaml", "form", line + "\n")
    assert problems == []
    assert sources[0].data == {"a": [text] if flow else text}


LABEL = Set(target=(*BASICS, "office", "label"), value="科室")
NEW = Add(target=BASICS, value={"id": "fax", "type": "text", "label": "传真"}, before="wechat")
MOVED = Move(target=(*BASICS, "wechat"), into=BASICS, before="name")
LONG = Set(target=(*BASICS, "office", "help"), value="第一行\n第二行")


@pytest.mark.parametrize(
    ("edit", "less", "more"),
    [
        (LABEL, ["      - {id: office, type: text, label: 部门, max_length: 50}"],
         ["      - {id: office, type: text, label: 科室, max_length: 50}"]),
        (NEW, [], ["      - {id: fax, type: text, label: 传真}"]),
        (MOVED, ["      - {id: wechat, type: text, label: 微信号, max_length: 50, mask: ends}"],
         ["      - {id: wechat, type: text, label: 微信号, max_length: 50, mask: ends}"]),
        (LONG, ["      - {id: office, type: text, label: 部门, max_length: 50}"],
         ["      - id: office", "        type: text", "        label: 部门",
          "        max_length: 50", "        help: |-", "          第一行", "          第二行"]),
    ],
)  # fmt: skip
def test_an_edit_writes_what_a_person_would(
    sales: Draft, edit: Edit, less: list[str], more: list[str]
) -> None:
    made = apply(sales, [edit])  # type: ignore[list-item]  # each is one of the edits
    assert isinstance(made, Applied), made
    before, after = sales.files[CONTACT].splitlines(), made.draft.files[CONTACT].splitlines()
    lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    assert [line[1:] for line in lines if line.startswith("-")] == less
    assert [line[1:] for line in lines if line.startswith("+")] == more
    back = apply(made.draft, made.undo)
    assert isinstance(back, Applied)
    assert back.draft.files == sales.files


def test_remarks_go_with_what_they_stand_above() -> None:
    text = "# 文件\na:\n  # 第一个\n  - {id: x}\n  # 第二个\n  - {id: y}  # 尾巴\n"
    source = _sources("forms/x.yaml", text)[0]
    made = with_value(source, ("a", 1, "id"), "z")
    assert made.source.text == text.replace("y}", "z}")


def _sources(path: str, text: str) -> list[Source]:
    return read_text(path, kind_of(path) or "", text)[0]


def _value(source: Source, path: tuple[str | int, ...]) -> object:
    value = source.data
    for step in path:
        value = value[step]
    return value


def _holds(value: object) -> bool:
    return isinstance(value, (dict, list))


def _item(source: Source, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the innermost thing around a value that is not in brackets, or the value."""
    for length in range(len(path)):
        if source.places[path[:length]].style == "{":
            return path[:length]
    return path
