"""Whatever is edited: the app loads or a reason is given, and undoing restores every byte."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import (
    Add,
    AddFile,
    AnyEdit,
    Move,
    Remove,
    RemoveFile,
    Set,
    Splice,
    Target,
)
from engine.editing.rebase import rebase
from engine.editing.targets import target_of
from engine.loading.load import load_app, problems_of
from engine.loading.read import read_text

EDITS = int(os.environ.get("EDITS", "150"))
"""So many edits are tried; the undoing of each as well."""

AT_ONCE = 10

pytestmark = pytest.mark.timeout(max(120, EDITS // 10))

MANIFEST = """\
# yaml-language-server: $schema=../../schemas/app.schema.json
app: depot
version: 1.0.0
label: {zh: 仓库, en: Depot}
roles:
  - {id: clerk, label: 文员}
  - id: chief   # 看全部
    label: 主管
menu:
- forms: [device, shelf]
"""
SHELF = """\
form: shelf
label: 货架
title: code

sections:
  # 只有一节
  - id: main
    label: "主要：内容"
    fields:
    - {id: code, type: text, label: 'it''s', required: true}
    - id: notes
      type: long_text
      label: 备注
      help: |
        第一行
          缩进的第二行
    - {id: devices, type: rollup, label: 件数, form: device, by: shelf, measure: count}
access:
  clerk: {rows: all, create: true}
"""
DEVICE = """\
form: device
label: 设备
title: name
sections:
  - id: basics
    label: 基本
    columns: 2
    fields:
      - {id: name, type: text, label: 名称, required: true, max_length: 50}
      # 放在哪里
      - {id: shelf, type: reference, to: shelf, label: 货架}

      - id: state
        type: select
        label: 状态
        options:
          - {id: good, label: 良好, colour: green}
          - {id: broken, label: 损坏, colour: red}   # 要修
      - {id: cost, type: money, label: 费用, currency: CNY, visible: state = "broken"}
  - id: more
    label: 更多
    fields:
      - {id: tax, type: formula, label: 税, result: money, feel: if cost = null then 0 else cost}
      - id: parts
        type: lines
        label: 零件
        fields:
          - {id: part, type: text, label: 零件}
          - {id: count, type: integer, label: 数量}
stages:
  - {id: new, label: 新}
  - id: done
    label: 完成
    entry:
      fields: [cost]
      that: [{id: cheap, that: cost < 100, message: 太贵}]
checks:
  - {id: named, that: name != null, message: 要有名称}
list:
  columns: [name, shelf, state]
  filters: [state]
access:
  clerk: {rows: own, create: true, edit: true, mask: []}
  chief: {rows: all, edit: true}
"""
ENGLISH = """\
locale: en
texts:
  forms:
    device:
      label: Device
      fields:
        name: Name
        state: {label: State, options: {good: Good}}
"""
FILES = {
    "app.yaml": MANIFEST,
    "forms/device.yaml": DEVICE,
    "forms/shelf.yaml": SHELF,
    "locales/en.yaml": ENGLISH,
}

TEXTS = st.sampled_from(
    ["新名称", "a, b: c", 'state = "good"', "cost > 1", "name", "broken", "是 # 否", "两\n行", "",
     "'", '"', "true", "12", "- x", "{", "text", "clerk", "none", " 空格 ", "\u3000", "x" * 150]
)  # fmt: skip
PLAIN = TEXTS | st.booleans() | st.integers(-3, 300) | st.just(None)
FIELDS = st.builds(
    lambda id_, type_, label: {"id": id_, "type": type_, "label": label},
    st.sampled_from(["one", "two", "three", "name", "note_4"]),
    st.sampled_from(["text", "integer", "date", "yes_no", "long_text", "nonsense"]),
    TEXTS,
)
OPTIONS = st.builds(lambda id_: {"id": id_, "label": "选项"}, st.sampled_from(["x", "y", "good"]))
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN | FIELDS | OPTIONS,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "label", "zh", "en", "when", "message"]), inside)
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["help", "label", "required", "visible", "readonly", "placeholder", "max_length", "width",
     "title", "subtitle", "unique", "default", "columns", "colour", "mask", "hide", "odd"]
)  # fmt: skip


def _targets(draft: Draft) -> list[Target]:
    return [
        (file, *target_of(sources[0].data, path))
        for file, sources in draft.documents.items()
        for path in sources[0].places
    ]


@st.composite
def _edit(draw: st.DrawFn, draft: Draft) -> AnyEdit:
    targets = _targets(draft)
    lists = [one for one in targets if isinstance(draft.value(one), list)]
    things = [one for one in targets if isinstance(draft.value(one[:-1] or one), list)]
    target = draw(st.sampled_from(targets))
    match draw(st.integers(0, 9)):
        case 0 | 1 | 2:
            return Set(target=target, value=draw(VALUES))
        case 3:
            return Set(target=(*target, draw(KEYS)), value=draw(PLAIN))
        case 4 | 5:
            return Add(
                target=draw(st.sampled_from(lists)), value=draw(FIELDS | OPTIONS | VALUES),
                before=draw(st.sampled_from([None, 0, 1, "name", "state"])),
            )  # fmt: skip
        case 6:
            return Remove(target=draw(st.sampled_from(things)) if draw(st.booleans()) else target)
        case 7 | 8:
            into = draw(st.sampled_from(lists))
            before = draw(st.sampled_from([None, 0, "name", "cost"]))
            return Move(target=draw(st.sampled_from(things)), into=into, before=before)
        case _:
            if draw(st.booleans()):
                return RemoveFile(path=draw(st.sampled_from(list(FILES))))
            value = {"form": "bin", "label": "箱", "title": "name", "sections": [draw(VALUES)]}
            return AddFile(path="forms/bin.yaml", value=value)


@settings(
    max_examples=max(1, EDITS // AT_ONCE),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.data())
def test_it_loads_or_is_refused_and_undoing_restores_every_byte(data: st.DataObject) -> None:
    draft = open_draft(FILES)
    undos: list[tuple[Splice, ...]] = []
    texts: list[dict[str, str]] = []
    for _ in range(AT_ONCE):
        made = apply(draft, [data.draw(_edit(draft))])
        if isinstance(made, Refused):
            assert made.problems
            assert all(str(one.message) for one in made.problems)
            continue
        texts.append(dict(draft.files))
        undos.append(made.undo)
        draft = made.draft
        _as_if_read_anew(draft)
    for undo, text in zip(reversed(undos), reversed(texts), strict=True):
        back = apply(draft, undo)
        assert isinstance(back, Applied), back
        assert back.draft.files == text
        draft = back.draft
    assert draft.files == FILES


@settings(max_examples=max(1, EDITS // 40), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_one_edit_of_two_is_undone_alone(data: st.DataObject) -> None:
    draft = open_draft(FILES)
    mine = apply(draft, [data.draw(_edit(draft))])
    if isinstance(mine, Refused):
        return
    theirs = apply(mine.draft, [data.draw(_edit(mine.draft))])
    if isinstance(theirs, Refused):
        return
    moved = rebase(mine.undo, theirs.splices)
    if moved is None:
        return
    left = apply(theirs.draft, moved)
    if isinstance(left, Applied):
        again = rebase([one.inverse for one in reversed(theirs.splices)], moved)
        if again is not None:
            back = apply(left.draft, again)
            assert isinstance(back, Refused) or back.draft.files == FILES


def _as_if_read_anew(draft: Draft) -> None:
    """What was linked in small steps is what is linked from the texts at once."""
    assert problems_of(draft.files) == []
    whole = load_app(draft.files)
    assert draft.app.definition == whole.definition
    assert dict(draft.app.places) == dict(whole.places)
    assert list(draft.app.forms) == list(whole.forms)
    for id_, form in whole.forms.items():
        here = draft.app.forms[id_]
        assert here.definition == form.definition
        assert here.scope.names == form.scope.names
        assert here.logic.reads == form.logic.reads
        assert {key: one.text for key, one in here.logic.visible.items()} == {
            key: one.text for key, one in form.logic.visible.items()
        }
    for path, text in draft.files.items():
        (source,) = read_text(path, draft.documents[path][0].kind, text)[0]
        assert source.data == draft.documents[path][0].data
        assert source.places == draft.documents[path][0].places
