"""Does the runner play scenarios as people would, and tell what differs?"""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.scenarios.run import Result, run_scenarios
from runtime.scenarios.telling import tell
from tests.desk import FILES, PEOPLE


def _play(tmp_path: Path, scenario: str, *, app: str = "desk", people: str = PEOPLE) -> Result:
    folder = tmp_path / app
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.replace(b"app: desk", f"app: {app}".encode()))
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "one.yaml").write_text(scenario, encoding="utf-8")
    (tmp_path / "demo_people.yaml").write_text(people, encoding="utf-8")
    (result,) = run_scenarios(folder)
    return result


def test_people_meet_the_gate_and_pass_it_with_what_it_asks_for(tmp_path: Path) -> None:
    result = _play(
        tmp_path,
        """
scenario: 纪要审核通过后工单进入处理
given:
  records:
    - {form: ticket, id: t1, owner: ann, name: 打印机不能用, stage_entered_at: "-2d"}
steps:
  - as: ann
    advance: {record: t1}
    then: {refused: [请填写“原因”, 请先估算费用, 请上传“会议纪要”，至少 1 份（pdf）]}
  - {as: ben, read: {record: t1}, then: {missing: true}}
  - {as: ann, attach: {record: t1, item: minutes, files: [minutes.pdf]}}
  - {as: chief_north, review: {record: t1, item: minutes, verdict: accepted}}
  - as: ann
    at: "+1d"
    advance: {record: t1, values: {cause: 卡纸, cost: 80}}
    then: {stage: fixing}
  - {as: ann, read: {record: t1}, then: {hidden: [margin], values: {cost: 80, cause: 卡纸}}}
  - as: chief_north
    door: bulk
    transfer: {record: t1, to: ben}
    then: {owner: ben, events: [advanced, transferred]}
  - {as: ben, list: {form: ticket}, then: {count: 1, records: [t1]}}
""",
    )
    assert result.passed, "\n".join(tell([result]))


def test_what_is_filled_in_for_a_new_record_counts_over_what_a_conversion_says(
    tmp_path: Path,
) -> None:
    result = _play(
        tmp_path,
        """
scenario: 建站点时改了名字
given:
  records:
    - {form: ticket, id: t1, owner: ann, name: 打印机不能用}
steps:
  - as: chief_north
    convert: {record: t1, by: to_site, names: {site: hall}, values: {site: {name: 大厅}}}
  - {as: chief_north, read: {record: hall}, then: {values: {name: 大厅}}}
""",
    )
    assert result.passed, "\n".join(tell([result]))


@pytest.mark.parametrize(
    ("step", "line", "words"),
    [
        (
            "{as: ann, advance: {record: t1}, then: {stage: fixing}}",
            6,
            "应能做成，实际：refused: 请上传“会议纪要”，至少 1 份（pdf）",
        ),
        ("{as: ann, edit: {record: t1, values: {cost: 9}}, then: {denied: true}}", 6, "做成了"),
        (
            "{as: ann, edit: {record: t1, values: {cost: 9}}, then: {values: {cost: 8}}}",
            6,
            "应为 ¥8.00",
        ),
        ("{as: ann, read: {record: t1}, then: {hidden: [cost]}}", 6, "“cost”应当隐藏"),
        ("{as: ann, list: {form: ticket}, then: {count: 2}}", 6, "应有 2 条，实际 1 条"),
        ("{as: ann, read: {record: t1}, then: {owner: ben}}", 6, "负责人应为 ben，实际 ann"),
        ("{as: nobody, read: {record: t1}}", 6, "这一步无法进行：nobody"),
    ],
)
def test_what_differs_is_told_with_its_line(
    tmp_path: Path, step: str, line: int, words: str
) -> None:
    result = _play(
        tmp_path,
        f"""scenario: 一个不成立的故事
given:
  records:
    - {{form: ticket, id: t1, owner: ann, name: 打印机, cause: 卡纸, cost: 80}}
steps:
  - {step}
""",
    )
    assert not result.passed
    told = "\n".join(tell([result]))
    assert f"scenarios/one.yaml:{line}:" in told
    assert words in told
    assert "1 个场景，1 个不符" in told


def test_given_records_obey_the_rules_of_the_app(tmp_path: Path) -> None:
    result = _play(
        tmp_path,
        """scenario: 给定的记录也要合规
given:
  records:
    - {form: ticket, id: t1, owner: ann, name: 打印机, begun: "+2d", due: "+1d"}
steps:
  - {as: ann, read: {record: t1}}
""",
    )
    assert [str(one.message) for one in result.differences] == [
        "给定的记录不成立：ticket/t1: : 截止日期不能早于开始日期"
    ]


RENAMED = """
scenario: 换了名字的应用，人和角色照旧
given:
  records:
    - {form: ticket, id: t1, owner: ann, name: 打印机不能用}
steps:
  - {as: ben, read: {record: t1}, then: {missing: true}}
  - {as: chief_north, read: {record: t1}, then: {values: {name: 打印机不能用}}}
  - {as: agent, read: {record: t1}, then: {missing: true}}
"""


def test_a_package_under_a_new_name_finds_the_same_people_and_one_for_each_role(
    tmp_path: Path,
) -> None:
    result = _play(tmp_path, RENAMED, app="helpdesk")

    assert result.passed, "\n".join(tell([result]))


def test_somebody_called_like_a_role_plays_it_in_an_unknown_package(tmp_path: Path) -> None:
    people = PEOPLE.replace("login: audit, ", "login: auditor, ").replace("[auditor]", "[agent]")
    scenario = """
scenario: 审计员看全部
given: {records: [{form: ticket, id: t1, owner: ann, name: 打印机不能用}]}
steps: [{as: auditor, read: {record: t1}, then: {values: {name: 打印机不能用}}}]
"""

    result = _play(tmp_path, scenario, app="helpdesk", people=people)

    assert result.passed, "\n".join(tell([result]))
