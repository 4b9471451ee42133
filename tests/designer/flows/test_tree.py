"""The tree of an approval says who decides by when, and where it would stand still today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.flows.values import Scene, workflow_values
from engine.editing.draft import open_draft
from tests.desk import FILES, Desk, open_desk

REVIEW = """
workflow: review
label: {zh: 费用审批, en: Cost review}
form: ticket
start: {created: true, roles: [agent]}
steps:
  - kind: branch
    id: by_cost
    label: 按费用
    paths:
      - id: dear
        label: 大额
        when: cost > 1000
        steps:
          - kind: approve
            id: chiefs
            label: 主管审批
            who: [{role: chief}, {manager: submitter, above: 1}]
            mode: ratio
            share: 60
            within: {working_hours: PT4H}
            ladder: [{before: PT1H}, {after: P1D, act: tell, to: [{head: owner}]}]
            need: [cause]
  - kind: approve
    id: audit
    label: 审计
    who: [{role: nobody_yet}, {person: ann}]
    when: margin > 5
"""
MANIFEST = FILES["app.yaml"].replace(
    b"menu:", "  - {id: nobody_yet, label: {zh: 空缺, en: Vacant}}\nmenu:".encode()
)
FILES_HERE = {**FILES, "app.yaml": MANIFEST, "workflows/review.yaml": REVIEW.encode()}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_desk(folder, files=FILES_HERE) as made:
        yield made


def test_a_step_says_what_it_does_in_plain_words(desk: Desk) -> None:
    draft = open_draft(FILES_HERE)
    scene = Scene(desk.services, draft, "zh", ("workflows/review.yaml", "steps", "audit"))
    tree = workflow_values(scene, draft.app.workflows["review"])["tree"]

    branch, audit = tree.row.stops
    chiefs = branch.ways[0].row.stops[0].card
    assert [line.text for line in chiefs.lines] == [
        "主管、提交人的直属上级再往上 1 级",
        "会签，60% 同意即可",
        "4 个工作小时内",
        "到期前 1 小时提醒处理人等 2 项",
        "须填写：原因",
    ]
    assert branch.ways[0].when.lines == ("“费用”大于 ¥1,000.00",)
    assert branch.passes
    assert audit.card.lines[0].text == "空缺、安静"
    assert audit.card.chosen
    assert not branch.card.chosen
    assert [line.text for line in tree.start.lines][:2] == ["坐席", "新建记录时自动发起"]


def test_a_step_that_would_stall_is_marked_there(desk: Desk) -> None:
    draft = open_draft(FILES_HERE)
    tree = workflow_values(Scene(desk.services, draft, "zh"), draft.app.workflows["review"])["tree"]

    branch, audit = tree.row.stops
    assert "角色“空缺”里没有人" in audit.card.troubles[0]
    assert "没有上级" in branch.ways[0].row.stops[0].card.troubles[0]
    assert branch.card.troubles == ()
